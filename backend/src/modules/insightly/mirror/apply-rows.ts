import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { ensureCustomField, insertRecords, type RecordValues, restoreRecords, updateRecords } from '#backend/modules/crm/index.ts'
import { type CustomFieldDefinition, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { InsightlyRow } from '../client/records.ts'
import { forKnownRecord, idOf, type Lookup, type MirroredEntity, type MirroredRecord, referencesIn, toRecord } from '../mapping/index.ts'
import { adoptUncertain, mergeRemote, openChanges, withoutKept } from '../outbox/index.ts'
import { loadChosen } from './chosen-subjects.ts'
import { landLinks } from './links.ts'
import type { Lists } from './lists.ts'
import { loadProducts } from './price-book-entries.ts'
import { keepSkusApart } from './product-skus.ts'
import { findKnown, type KnownRecord, loadLookup, saveKnown } from './record-ids.ts'
import type { ReferenceKind } from './reference-data.ts'
import { dateStages } from './stage-times.ts'

export interface Applied {
  created: number
  updated: number
  unchanged: number
  /** What rows name and is not known, such as a person or an entry of a list; a look at the lists mends it. */
  needs: ReadonlySet<ReferenceKind>
}

export interface ApplyOptions {
  lists: Lists
  now: Date
  /** When the rows were asked for, in the database's time: what was written here and delivered since is newer than they are. */
  fetchedAt: string
  /** When they were sent, by the clock there. */
  answeredAt?: string | null
}

/** Times there have whole seconds: a second change within one of them looks like the first. */
const unsureMs = 2000

/** Brings records here to what these rows of Insightly say, and tells how many that were. */
export async function applyRows(tx: Transaction, entity: MirroredEntity, rows: readonly InsightlyRow[], options: ApplyOptions): Promise<Applied> {
  const known = await findKnown(
    tx,
    entity,
    rows.map((row) => idOf(entity, row)),
  )
  const unknownRows = rows.filter((row) => !known.has(idOf(entity, row)))
  // Made here, and on its way when the server or the network went: it is the same record.
  for (const [insightlyId, recordId] of await adoptUncertain(tx, entity, unknownRows))
    known.set(insightlyId, { insightlyId, recordId, remoteUpdatedAt: null, gone: false })
  const lookup: Lookup = { ...(await loadLookup(tx, referencesIn(entity, rows), options.lists)), chosen: await loadChosen(tx, entity, [...known.values()]) }
  if (entity === 'quote_lines') lookup.productOf = await loadProducts(tx, rows)
  const { records, incomplete, needs } = toRecords(entity, rows, lookup)
  const changed = records.filter(({ insightlyId, remoteUpdatedAt }) => isNews(known.get(insightlyId), remoteUpdatedAt))
  const defined = await defineFields(tx, entity, changed, options.lists)
  const seen = (record: MirroredRecord) => ({
    insightlyId: record.insightlyId,
    // A record that names one that is not here yet is looked at again when it comes next.
    remoteUpdatedAt: incomplete.has(record) || mayChangeUnseen(record, options) ? null : record.remoteUpdatedAt,
  })
  const fresh = changed.filter(({ insightlyId }) => !known.has(insightlyId))
  const twins = await findTwins(tx, entity, fresh)
  if (entity === 'opportunities') await dateStages(tx, changed, (record) => known.get(record.insightlyId)?.recordId ?? twins.get(record))
  if (entity === 'products') await keepSkusApart(tx, changed, (record) => known.get(record.insightlyId)?.recordId ?? twins.get(record))
  const toInsert = fresh.filter((record) => !twins.has(record))
  const ids = await insertRecords(
    tx,
    entity,
    toInsert.map((record) => record.values),
    { now: options.now },
  )
  const made = toInsert.map((record, index) => ({ record, recordId: ids[index] as string }))
  const there = changed.flatMap((record) => {
    const recordId = known.get(record.insightlyId)?.recordId ?? twins.get(record)
    return recordId === undefined ? [] : [{ record, recordId }]
  })
  const updated = await update(tx, entity, there, known, options)
  await saveKnown(
    tx,
    entity,
    [...made, ...there].map(({ record, recordId }) => ({ ...seen(record), recordId })),
  )
  await landLinks(tx, entity, { made, there }, lookup)
  for (const field of defined) options.lists.add(field)
  return { created: made.length, updated, unchanged: rows.length - made.length - updated, needs }
}

/** Besides the records: those that name one that is not here, and which lists do not have what they name. */
function toRecords(entity: MirroredEntity, rows: readonly InsightlyRow[], lookup: Lookup) {
  let missed = false
  const needs = new Set<ReferenceKind>()
  const noting: Lookup = {
    ...lookup,
    record(other, id) {
      const found = lookup.record(other, id)
      if (found === undefined) {
        missed = true
        if (other === 'users') needs.add('users')
        if (other === 'pipelines' || other === 'stages') needs.add('pipelines')
      }
      return found
    },
    listName(kind, id) {
      const found = lookup.listName(kind, id)
      if (found === undefined) {
        missed = true
        needs.add('lists')
      }
      return found
    },
    productOf(entryId) {
      const found = lookup.productOf?.(entryId)
      if (found === undefined) {
        missed = true
        needs.add('pricebookEntries')
      }
      return found
    },
    customField(other, name) {
      const found = lookup.customField(other, name)
      if (found === undefined) needs.add(`fields:${entity}`)
      return found
    },
  }
  const incomplete = new Set<MirroredRecord>()
  const records = rows.map((row) => {
    missed = false
    const record = toRecord(entity, row, noting)
    if (missed) incomplete.add(record)
    return record
  })
  return { records, incomplete, needs }
}

function mayChangeUnseen({ remoteUpdatedAt }: MirroredRecord, { answeredAt, fetchedAt }: ApplyOptions): boolean {
  return remoteUpdatedAt !== null && Date.parse(remoteUpdatedAt) > Date.parse(answeredAt ?? fetchedAt) - unsureMs
}

function isNews(known: KnownRecord | undefined, remoteUpdatedAt: string | null): boolean {
  return known === undefined || known.gone || remoteUpdatedAt === null || known.remoteUpdatedAt !== remoteUpdatedAt
}

/** Standard fields for which there is no column here become custom ones when a first value appears. */
async function defineFields(tx: Transaction, entity: MirroredEntity, records: readonly MirroredRecord[], lists: Lists): Promise<CustomFieldDefinition[]> {
  const known = lists.keysOf(entity)
  const fields = new Map(records.flatMap(({ extraFields }) => extraFields.filter(({ key }) => !known.has(key)).map((field) => [field.key, field] as const)))
  // In one order, so that two pages beside each other do not wait for one another.
  const sorted = [...fields.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const field of sorted) await ensureCustomField(tx, field)
  return sorted
}

/** Records that are here under Insightly's id without having come from there: an earlier import of its export, or a mirror that was left. */
async function findTwins(tx: Transaction, entity: MirroredEntity, records: readonly MirroredRecord[]): Promise<Map<MirroredRecord, string>> {
  const twins = new Map<MirroredRecord, string>()
  if (records.length === 0) return twins
  const { table, labelField } = entities[entity]
  const rows = await tx.query<{ id: string; externalId: string; label: string | null }>(sql`
    select id, external_id as "externalId", ${sql.identifier(labelField)} as label from ${sql.identifier(table)} t
    where workspace_id = ${tx.workspaceId} and deleted_at is null and external_id = any(${sql.param(records.flatMap(({ insightlyId }) => [String(insightlyId), otherNumber(insightlyId)]))}::text[])
      and not exists (select from insightly_records r where r.workspace_id = t.workspace_id and r.entity = ${entity} and r.record_id = t.id)`)
  const byId = new Map(rows.map((row) => [row.externalId, row]))
  for (const record of records) {
    const { insightlyId } = record
    const candidate = byId.get(otherNumber(insightlyId)) ?? byId.get(String(insightlyId))
    if (candidate === undefined) continue
    if (candidate.externalId === otherNumber(insightlyId)) {
      record.values.external_id = candidate.externalId
      twins.set(record, candidate.id)
    } else if (fold(candidate.label ?? '') === fold(labelOf(entity, record.values))) twins.set(record, candidate.id)
    // Another system's number that happens to be the same keeps it.
    else record.values.external_id = otherNumber(insightlyId)
  }
  return twins
}

/** For a record whose number another one has here. */
function otherNumber(insightlyId: number): string {
  return `insightly-${insightlyId}`
}

function labelOf(entity: MirroredEntity, values: RecordValues): string {
  const { labelField } = entities[entity]
  const parts = labelField === 'name' && (entity === 'contacts' || entity === 'leads') ? [values.first_name, values.last_name] : [values[labelField]]
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ')
}

async function update(
  tx: Transaction,
  entity: MirroredEntity,
  records: readonly { record: MirroredRecord; recordId: string }[],
  known: ReadonlyMap<number, KnownRecord>,
  { lists, now, fetchedAt }: ApplyOptions,
): Promise<number> {
  if (records.length === 0) return 0
  const ids = records.map(({ recordId }) => recordId)
  // Whoever changes one of them now waits, so that no change is overlooked.
  await tx.query(
    sql`select id from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) order by id for update`,
  )
  await restoreRecords(
    tx,
    entity,
    records.filter(({ record }) => known.get(record.insightlyId)?.gone === true).map(({ recordId }) => recordId),
    { now },
  )
  const open = await openChanges(tx, entity, ids, fetchedAt)
  const ownKeys = lists.ownKeys(entity)
  const updates: { id: string; values: RecordValues }[] = []
  const told = records.map(({ record, recordId }) => ({ recordId, values: forKnownRecord(entity, record.values, ownKeys) }))
  const kept = await withoutKept(tx, entity, told)
  for (const { recordId, values: all } of told) {
    const values = await mergeRemote(tx, entity, recordId, kept.get(recordId) ?? all, open, now)
    updates.push({ id: recordId, values })
  }
  const changes = await updateRecords(tx, entity, updates, { now, keepsTimes: true })
  return new Set(changes.map(({ recordId }) => recordId)).size
}
