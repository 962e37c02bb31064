import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { ensureCustomField, insertRecords, updateRecords } from '#backend/modules/crm/index.ts'
import { customFieldEntities } from '#contracts/entities.ts'
import type { CallOptions } from '../client/calls.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import { isNotInPlan } from '../client/insightly-error.ts'
import type { ObjectName } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import type { InsightlyFieldDefinition, InsightlyPipeline, InsightlyPipelineStage, InsightlyUser } from '../client/reference-records.ts'
import { type ListKind, type MirroredEntity, mirroredEntities, objectOf, toCustomField } from '../mapping/index.ts'
import { fieldKind, type ListEntry, loadLists, saveList } from './lists.ts'
import { writeAsMirror } from './mirror-actor.ts'
import { landEntries } from './price-book-entries.ts'
import { findKnown, saveKnown } from './record-ids.ts'

/** What records refer to by number, and how the account's own fields are called. */
interface ReferenceRows {
  users: InsightlyUser[]
  pipelines: InsightlyPipeline[]
  stages: InsightlyPipelineStage[]
  lists: Map<ListKind, InsightlyRow[]>
  fields: Map<MirroredEntity, InsightlyFieldDefinition[]>
  /** Undefined where they were not asked for. */
  entries: InsightlyRow[] | undefined
}

const listFields: Record<ListKind, { id: string; name: string; isDefault?: string }> = {
  leadStatuses: { id: 'LEAD_STATUS_ID', name: 'LEAD_STATUS', isDefault: 'DEFAULT_STATUS' },
  leadSources: { id: 'LEAD_SOURCE_ID', name: 'LEAD_SOURCE', isDefault: 'DEFAULT_VALUE' },
  opportunityCategories: { id: 'CATEGORY_ID', name: 'CATEGORY_NAME' },
  taskCategories: { id: 'CATEGORY_ID', name: 'CATEGORY_NAME' },
}
const listKinds = Object.keys(listFields) as ListKind[]

export type ReferenceKind = 'users' | 'pipelines' | 'lists' | 'pricebookEntries' | `fields:${MirroredEntity}`

export interface ReferenceOptions {
  database: Database
  client: InsightlyClient
  workspaceId: string
  call: CallOptions
  now: Date
  /** Kinds of records that the plan does not have. */
  notInPlan: ReadonlySet<string>
  /** All of them when left out. */
  only?: ReadonlySet<ReferenceKind> | undefined
}

/** Fetches users, pipelines, stages, short lists, custom fields and entries of price books, some seventeen calls in all, and keeps them here in one transaction. */
export async function mirrorReferences(options: ReferenceOptions): Promise<void> {
  const rows = await fetchReferences(options)
  await writeAsMirror(options.database, options.workspaceId, async (tx) => {
    await landUsers(tx, rows.users, options.now)
    await landPipelines(tx, rows.pipelines, options.now)
    await landStages(tx, rows.stages, options.now)
    for (const [kind, entries] of rows.lists) await landList(tx, kind, entries)
    for (const [entity, definitions] of rows.fields) await landFields(tx, entity, definitions)
    if (rows.entries !== undefined) await landEntries(tx, rows.entries)
  })
}

async function fetchReferences({ client, call, notInPlan, only }: ReferenceOptions): Promise<ReferenceRows> {
  const isWanted = (kind: ReferenceKind) => only === undefined || only.has(kind)
  const withFields = mirroredEntities.filter((entity) => customFieldEntities.includes(entity) && !notInPlan.has(entity) && isWanted(`fields:${entity}`))
  const allOf = (name: ObjectName, kind: ReferenceKind) => (isWanted(kind) ? all(client, name, call) : [])
  const orNone = async <T>(fetching: Promise<T[]>): Promise<T[]> =>
    fetching.catch((error: unknown) => {
      if (isNotInPlan(error)) return []
      throw error
    })
  const wantsEntries = isWanted('pricebookEntries') && !notInPlan.has('quote_lines')
  const [users, pipelines, stages, lists, fields, entries] = await Promise.all([
    allOf('users', 'users'),
    allOf('pipelines', 'pipelines'),
    allOf('pipelineStages', 'pipelines'),
    Promise.all((isWanted('lists') ? listKinds : []).map(async (kind) => [kind, await orNone(all(client, kind, call))] as const)),
    Promise.all(withFields.map(async (entity) => [entity, await orNone(client.customFields(objectOf(entity), call))] as const)),
    wantsEntries ? orNone(all(client, 'pricebookEntries', call)) : undefined,
  ])
  return { users, pipelines, stages, lists: new Map(lists), fields: new Map(fields), entries } as ReferenceRows
}

async function all(client: InsightlyClient, name: ObjectName, call: CallOptions): Promise<InsightlyRow[]> {
  const rows: InsightlyRow[] = []
  for (;;) {
    const page = await client.list(name, { skip: rows.length, includeConverted: name === 'leadStatuses' }, call)
    rows.push(...page.rows)
    if (page.isLast) return rows
  }
}

/** People are matched by e-mail, then by name; one who is not here yet is kept without the right to sign in. */
async function landUsers(tx: Transaction, rows: readonly InsightlyUser[], now: Date): Promise<void> {
  const known = await findKnown(
    tx,
    'users',
    rows.map(({ USER_ID }) => USER_ID),
  )
  const people = await tx.query<{ id: string; name: string; email: string | null }>(
    sql`select id, name, email from users where workspace_id = ${tx.workspaceId} order by active desc, created_at, id`,
  )
  const taken = new Set([...known.values()].map(({ recordId }) => recordId))
  const fresh: { insightlyId: number; recordId: string; remoteUpdatedAt: null }[] = []
  for (const row of rows) {
    if (known.has(row.USER_ID)) continue
    const email = textOf(row.EMAIL_ADDRESS)
    const name = textOf([row.FIRST_NAME, row.LAST_NAME].map(textOf).filter(Boolean).join(' ')) ?? email ?? `User ${row.USER_ID}`
    const match = people.find((person) => !taken.has(person.id) && email !== null && person.email?.toLowerCase() === email.toLowerCase())
    const namesake = match ?? people.find((person) => !taken.has(person.id) && (email === null || person.email === null) && same(person.name, name))
    const id = namesake?.id ?? newId()
    if (namesake === undefined)
      await tx.query(sql`
        insert into users (workspace_id, id, name, email, role, active, created_at)
        values (${tx.workspaceId}, ${id}, ${name}, ${email}, 'rep', false, ${now.toISOString()})`)
    taken.add(id)
    fresh.push({ insightlyId: row.USER_ID, recordId: id, remoteUpdatedAt: null })
  }
  await saveKnown(tx, 'users', fresh)
}

async function landPipelines(tx: Transaction, rows: readonly InsightlyPipeline[], now: Date): Promise<void> {
  const concerned = rows.filter(({ FOR_OPPORTUNITIES }) => FOR_OPPORTUNITIES !== false)
  const known = await findKnown(
    tx,
    'pipelines',
    concerned.map(({ PIPELINE_ID }) => PIPELINE_ID),
  )
  // Two writers must not both create the same pipeline.
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`pipelines:${tx.workspaceId}`}, 0))`)
  const here = await tx.query<{ id: string; name: string }>(
    sql`select id, name from pipelines where workspace_id = ${tx.workspaceId} and deleted_at is null order by created_at, id`,
  )
  const taken = new Set([...known.values()].map(({ recordId }) => recordId))
  for (const row of concerned) {
    const wanted = textOf(row.PIPELINE_NAME) ?? `Pipeline ${row.PIPELINE_ID}`
    const recordId = known.get(row.PIPELINE_ID)?.recordId ?? here.find(({ id, name }) => !taken.has(id) && same(name, wanted))?.id
    const name = freeName(
      wanted,
      here.filter(({ id }) => id !== recordId).map((pipeline) => pipeline.name),
    )
    const values = { name, external_id: String(row.PIPELINE_ID) }
    const id = recordId ?? ((await insertRecords(tx, 'pipelines', [values], { now }))[0] as string)
    if (recordId !== undefined) await updateRecords(tx, 'pipelines', [{ id, values }], { now })
    else here.push({ id, name })
    taken.add(id)
    await saveKnown(tx, 'pipelines', [{ insightlyId: row.PIPELINE_ID, recordId: id, remoteUpdatedAt: null }])
  }
}

async function landStages(tx: Transaction, rows: readonly InsightlyPipelineStage[], now: Date): Promise<void> {
  const known = await findKnown(
    tx,
    'stages',
    rows.map(({ STAGE_ID }) => STAGE_ID),
  )
  const pipelines = await findKnown(tx, 'pipelines', [...new Set(rows.flatMap(({ PIPELINE_ID }) => PIPELINE_ID ?? []))])
  const here = await tx.query<{ id: string; name: string; pipeline_id: string }>(
    sql`select id, name, pipeline_id from stages where workspace_id = ${tx.workspaceId} and deleted_at is null order by position, id`,
  )
  const taken = new Set([...known.values()].map(({ recordId }) => recordId))
  for (const row of [...rows].sort((a, b) => (a.STAGE_ORDER ?? 0) - (b.STAGE_ORDER ?? 0))) {
    const pipeline_id = pipelines.get(row.PIPELINE_ID ?? 0)?.recordId
    if (pipeline_id === undefined) continue
    const ofPipeline = here.filter((stage) => stage.pipeline_id === pipeline_id)
    const wanted = textOf(row.STAGE_NAME) ?? `Stage ${row.STAGE_ID}`
    const recordId = known.get(row.STAGE_ID)?.recordId ?? ofPipeline.find(({ id, name }) => !taken.has(id) && same(name, wanted))?.id
    const name = freeName(
      wanted,
      ofPipeline.filter(({ id }) => id !== recordId).map((stage) => stage.name),
    )
    const values = { name, pipeline_id, position: Math.max(0, row.STAGE_ORDER ?? ofPipeline.length) }
    const id = recordId ?? ((await insertRecords(tx, 'stages', [values], { now }))[0] as string)
    if (recordId !== undefined) await updateRecords(tx, 'stages', [{ id, values }], { now })
    else here.push({ id, name, pipeline_id })
    taken.add(id)
    await saveKnown(tx, 'stages', [{ insightlyId: row.STAGE_ID, recordId: id, remoteUpdatedAt: null }])
  }
}

async function landList(tx: Transaction, kind: ListKind, rows: readonly InsightlyRow[]): Promise<void> {
  const { id, name, isDefault } = listFields[kind]
  await saveList(
    tx,
    kind,
    rows.flatMap((row) => {
      const label = textOf(row[name])
      return label === null || typeof row[id] !== 'number'
        ? []
        : [{ key: String(row[id]), name: label, isDefault: isDefault !== undefined && row[isDefault] === true }]
    }),
  )
}

/** A field keeps the key it once had; a new one gets a key of its own. */
async function landFields(tx: Transaction, entity: MirroredEntity, definitions: readonly InsightlyFieldDefinition[]): Promise<void> {
  const lists = await loadLists(tx)
  const taken = new Set(lists.keysOf(entity))
  const entries: ListEntry[] = []
  for (const definition of definitions) {
    const known = lists.customField(entity, definition.FIELD_NAME)
    const field = known ?? toCustomField(entity, definition, taken)
    if (known === undefined) await ensureCustomField(tx, field)
    taken.add(field.key)
    entries.push({ key: definition.FIELD_NAME, name: field.key, isFixed: definition.EDITABLE === false })
  }
  await saveList(tx, fieldKind(entity), entries)
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.replaceAll('\0', '').trim() : ''
  return text === '' ? null : text
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** Names are unique here; a second one of the same name gets a number. */
function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted
  for (let number = 2; taken.some((other) => same(other, name)); number++) name = `${wanted} (${number})`
  return name
}
