import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'
import { completeNewRecord } from '../records/complete-record.ts'
import { refuseKeptElsewhere } from '../records/kept-elsewhere.ts'
import { parseRecord, type RecordValues, requireFields } from '../records/parse-record.ts'
import type { PendingRecord } from '../records/pending-record.ts'
import { insertRecords, updateRecords } from '../records/record-writer.ts'
import { resolveReferences } from '../records/resolve-references.ts'
import { type BatchImporter, emptyOutcome, splitUnreadable } from './batch.ts'
import { rememberChanges } from './import-changes.ts'
import { createFinder, findExisting, type Keys, keysOf } from './match-records.ts'

interface PendingRow extends PendingRecord {
  row: number
  keys: Keys
}

/** One record to be, with the values that the batch's rows give it, a later row's over an earlier one's. */
interface Target {
  /** Undefined until inserted. */
  id: string | undefined
  /** Undefined until its first row. */
  values: RecordValues | undefined
  /** Of each row about it: whether it said something new compared with the rows before it. */
  news: boolean[]
}

interface FilledTarget extends Target {
  values: RecordValues
}

/** Imports rows of any entity but orders: matched records get the given fields, the others are created. */
export const importRecords: BatchImporter = async (tx, rows, context) => {
  const { entity, now, importId, keeper } = context
  await refuseKeptElsewhere(tx, entity)
  const outcome = emptyOutcome()
  const pending = splitUnreadable(rows, outcome).map((source): PendingRow => {
    const { row, id, raw, parsed } = source
    // What was parsed ahead is used up; a batch that is tried again is parsed again.
    source.parsed = undefined
    const { values, errors } = parsed ?? parseRecord(entity, raw, { customFields: context.customFields, timeZone: context.timeZone, partial: true })
    return { row, values, errors, keys: keysOf(entity, id, values) }
  })
  const report = (records: readonly PendingRow[]): PendingRow[] =>
    records.filter(({ row, errors }) => {
      for (const { field = '', message } of errors) outcome.errors.push({ row, field, message })
      if (errors.length > 0) outcome.failed++
      return errors.length === 0
    })

  let sound = report(pending)
  const finder = createFinder<Target>(entity)
  for (const { id, keys } of await findExisting(
    tx,
    entity,
    sound.map(({ keys }) => keys),
  ))
    finder.add(keys, { id, values: undefined, news: [] })
  const known = createFinder<true>(entity)
  for (const { values, errors, keys } of sound) {
    // A later row may leave out what an earlier one of the same record gave.
    if (finder.find(keys) === undefined && known.find(keys) === undefined) requireFields(entity, values, errors)
    if (errors.length === 0) known.add(keys, true)
  }
  sound = report(sound)
  await pointToOwnRecords(tx, entity, sound)
  await resolveReferences(tx, entity, sound, { createMissing: context.createMissing, now, importId, keeper })
  sound = report(sound)

  const targets = new Set<FilledTarget>()
  for (const { values, keys } of sound) {
    const target = finder.find(keys) ?? { id: undefined, values: undefined, news: [] }
    target.news.push(target.values === undefined || addValues(target.values, values))
    target.values ??= values
    finder.add(keys, target)
    targets.add(target as FilledTarget)
  }
  const created = [...targets].filter(({ id }) => id === undefined)
  const matched = [...targets].filter((target): target is FilledTarget & { id: string } => target.id !== undefined)
  for (const { values } of created) completeNewRecord(entity, values, context)
  await insertRecords(
    tx,
    entity,
    created.map(({ values }) => values),
    { now, importId, keeper },
  )
  for (const { news } of created) {
    outcome.created++
    for (let row = 1; row < news.length; row++) outcome[news[row] ? 'updated' : 'skipped']++
  }
  const changes = await updateRecords(tx, entity, matched, { now, importId })
  await rememberChanges(tx, entity, importId, changes)
  if (entity === 'products')
    await linkOrderLines(
      tx,
      created.map(({ values }) => values.sku as string),
    )
  const changed = new Set(changes.map(({ recordId }) => recordId))
  for (const { id, news } of matched) {
    for (const isNew of news) outcome[isNew && changed.has(id) ? 'updated' : 'skipped']++
  }
  return outcome
}

/** Merges a row's values into its record's; tells whether they were new. */
function addValues(target: RecordValues, values: RecordValues): boolean {
  let news = false
  for (const [key, value] of Object.entries(values)) {
    if (key === 'custom') {
      target.custom ??= {}
      if (addValues(target.custom, value as RecordValues)) news = true
    } else if (JSON.stringify(target[key]) !== JSON.stringify(value)) {
      target[key] = value
      news = true
    }
  }
  return news
}

/** Our exports name a related record that has no external id by its own id. */
async function pointToOwnRecords(tx: Transaction, entity: EntityName, records: readonly PendingRow[]): Promise<void> {
  if (entities[entity].fields.related_type === undefined) return
  const byType = new Map<string, PendingRow[]>()
  for (const record of records) {
    const { related_type: type, related_external_id: given } = record.values
    if (typeof type === 'string' && isUuid(given)) byType.set(type, [...(byType.get(type) ?? []), record])
  }
  for (const [type, group] of byType) {
    const target = entityBySingular(type)
    if (target === undefined) continue
    const ids = [...new Set(group.map(({ values }) => (values.related_external_id as string).toLowerCase()))]
    const rows = await tx.query<{ id: string }>(
      sql`select id from ${sql.identifier(target.table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`,
    )
    const found = new Set(rows.map(({ id }) => id))
    for (const { values } of group) {
      const id = (values.related_external_id as string).toLowerCase()
      if (!found.has(id)) continue
      values.related_id = id
      delete values.related_external_id
    }
  }
}

/** Lines that were imported before their product belong to it from now on. */
async function linkOrderLines(tx: Transaction, skus: readonly string[]): Promise<void> {
  if (skus.length === 0) return
  await tx.query(sql`
    update order_lines l set product_id = p.id from products p
    where p.workspace_id = ${tx.workspaceId} and p.sku = any(${sql.param([...skus])}::text[]) and p.deleted_at is null
      and l.workspace_id = p.workspace_id and l.sku = p.sku and l.product_id is null`)
}
