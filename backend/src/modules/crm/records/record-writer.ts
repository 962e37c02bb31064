import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorName } from '#backend/kernel/actor.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { phoneKey } from '../search/words.ts'
import { allDone, begun } from './all-done.ts'
import { unnested, unnestRows } from './bulk-columns.ts'
import { defaultSql, defaultsOf } from './column-defaults.ts'
import { type FieldChange, recordHistory } from './history.ts'
import type { RecordValues } from './parse-record.ts'
import { newIds } from './record-ids.ts'
import { readRecords } from './record-reader.ts'
import { type IndexedRecord, indexNewRecords, indexRecords } from './search-index.ts'
import type { WordKeeper } from './search-words.ts'
import { recordsetType, type StoredColumn, storedColumns, tableOf } from './storage.ts'
import { claimRestricted, refuseHiding, withoutRestrictedNames } from './visibility.ts'
import { addVocabulary, collectVocabulary, writeVocabulary } from './vocabulary.ts'

/** Values ready to store: typed, references as ids; the names of references stay beside them for the search index. */
export type StorableRecord = RecordValues & { id?: string }

export interface WriteOptions {
  now: Date
  /** The import that these records come from; its creations are not repeated in the field history. */
  importId?: string | undefined
  /** Takes the words of new records; without it they are written in their transaction. */
  keeper?: WordKeeper | undefined
  /** The record is another system's, whose time of the change is kept even where nothing else changed. */
  keepsTimes?: boolean
}

/** Records made ready before others have their turn on the processor. */
const slice = 250
/** Records that are sent to the database at once. */
const part = 500

const bookkeeping: readonly StoredColumn[] = [
  { key: 'id', column: 'id', sqlType: 'uuid' },
  { key: 'created_at', column: 'created_at', sqlType: 'timestamptz' },
  { key: 'updated_at', column: 'updated_at', sqlType: 'timestamptz' },
]

function writableColumns(entity: EntityName): StoredColumn[] {
  const own = storedColumns(entity).filter(({ key }) => key !== 'created_at' && key !== 'updated_at')
  return [...bookkeeping.filter(({ key }) => key !== 'updated_at' || hasUpdatedAt(entity)), ...own]
}

/** Whether records of this kind say when they were changed. */
export function hasUpdatedAt(entity: EntityName): boolean {
  return !['stages', 'order_lines', 'users', 'tags'].includes(entity)
}

/** Inserts records in bulk and keeps search, vocabulary and history in step; returns their ids in order. */
export async function insertRecords(tx: Transaction, entity: EntityName, records: readonly StorableRecord[], options: WriteOptions): Promise<string[]> {
  if (records.length === 0) return []
  const rows = await toRows(tx, entity, records, options)
  await refuseHiding(tx, entity, rows)
  const documents = await withoutRestrictedNames(
    tx,
    entity,
    rows.map((row) => ({ id: row.id as string, values: row })),
  )
  const ids = rows.map((row) => row.id as string)
  const insert = insertInto(tx, entity, rows, options)
  const landing: Promise<unknown>[] = []
  // While the database writes a part of them the next is made ready, and then what search keeps of them.
  for (let start = 0; start < rows.length; start += part) {
    if (start > 0) await nextTurn()
    landing.push(begun(insert(rows.slice(start, start + part))))
  }
  await allDone([...landing, addToSearch(tx, entity, { documents, rows }, options.keeper)])
  if (entities[entity].record && options.importId === undefined && tx.actor.type === 'user') {
    await recordHistory(
      tx,
      entity,
      'create',
      ids.map((recordId) => ({ recordId })),
      options.now,
    )
  }
  return ids
}

/** Inserts a part of the rows; the columns are those that any of them fills. */
function insertInto(tx: Transaction, entity: EntityName, rows: readonly Record<string, unknown>[], options: WriteOptions) {
  const columns = writableColumns(entity).filter(({ key }) => rows.some((row) => row[key] !== undefined && row[key] !== null))
  const defaults = new Map(defaultsOf(entity))
  const hasBookkeeping = entities[entity].record
  const names = sql.join(
    columns.map(({ column }) => sql.identifier(column)),
    sql`, `,
  )
  const values = sql.join(
    columns.map((column) => {
      const make = defaults.get(column.key)
      return make === undefined ? unnested(column) : sql`coalesce(${unnested(column)}, ${sql.raw(defaultSql(make()))})`
    }),
    sql`, `,
  )
  return (some: readonly Record<string, unknown>[]) =>
    tx.query(sql`
    insert into ${tableOf(entity)} (workspace_id${hasBookkeeping ? sql`, created_by, import_id` : sql``}, ${names})
    select ${tx.workspaceId}${hasBookkeeping ? sql`, ${actorName(tx.actor)}, ${options.importId ?? null}` : sql``}, ${values}
    from ${unnestRows(some, columns)}`)
}

/** The records with what every new one has: id, times, defaults, phone keys, an owner where one is needed. */
async function toRows(tx: Transaction, entity: EntityName, records: readonly StorableRecord[], options: WriteOptions): Promise<Record<string, unknown>[]> {
  const now = options.now.toISOString()
  const ids = newIds(records.length)
  const phones = phoneFieldsOf(entity)
  const hasChangeTime = hasUpdatedAt(entity)
  // Empty lists and custom fields are left to the database.
  const defaults = defaultsOf(entity).flatMap(([key, make]): [string, unknown][] => (typeof make() === 'object' ? [] : [[key, make()]]))
  const rows: Record<string, unknown>[] = []
  for (const [index, record] of records.entries()) {
    if (index > 0 && index % slice === 0) await nextTurn()
    const row: Record<string, unknown> = { ...record }
    row.id = record.id ?? ids[index]
    for (const [key, value] of defaults) row[key] ??= value
    row.created_at ??= now
    if (hasChangeTime) row.updated_at ??= row.created_at
    addPhoneKeys(phones, row, record.country as string | undefined)
    if (record.custom !== undefined && record.custom !== null) row.custom = withoutEmpty(record.custom)
    claimRestricted(tx, entity, row)
    rows.push(row)
  }
  return rows
}

/** What search and the planner keep of new records. */
async function addToSearch(
  tx: Transaction,
  entity: EntityName,
  { documents, rows }: { documents: readonly IndexedRecord[]; rows: readonly RecordValues[] },
  keeper: WordKeeper | undefined,
): Promise<void> {
  const written = begun(indexNewRecords(tx, entity, documents, keeper))
  const collected = collectVocabulary(tx, entity, rows)
  await allDone([written, collected])
  await writeVocabulary(tx, entity, await collected)
}

/** What is neither null nor absent. */
function withoutEmpty(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const filled: Record<string, unknown> = {}
  for (const key in values) {
    const value = values[key]
    if (value !== null && value !== undefined) filled[key] = value
  }
  return filled
}

function phoneFieldsOf(entity: EntityName): string[] {
  return Object.entries(entities[entity].fields).flatMap(([name, { type }]) => (type === 'phone' ? [name] : []))
}

function addPhoneKeys(phones: readonly string[], row: Record<string, unknown>, country: string | undefined): void {
  for (const name of phones) if (name in row) row[`${name}_key`] = typeof row[name] === 'string' ? phoneKey(row[name], country) : null
}

/**
 * Updates records in bulk, only the given fields; records on which nothing changes are left alone.
 * @returns the changes made, by record
 */
export async function updateRecords(
  tx: Transaction,
  entity: EntityName,
  updates: readonly { id: string; values: RecordValues }[],
  options: WriteOptions,
): Promise<FieldChange[]> {
  if (updates.length === 0) return []
  const columns = storedColumns(entity).filter(({ key }) => !key.endsWith('_key') || key === 'custom')
  const stored = await lockReferences(
    tx,
    entity,
    updates.map(({ id }) => id),
  )
  const current = new Map(
    (
      await readRecords(
        tx,
        entity,
        updates.map(({ id }) => id),
      )
    ).map((record) => [record.id, record]),
  )
  const phones = phoneFieldsOf(entity)
  const changes: FieldChange[] = []
  const rows: Record<string, unknown>[] = []
  const indexed: { id: string; values: Record<string, unknown> }[] = []
  const moved: Record<string, unknown>[] = []
  for (const { id, values } of updates) {
    const before = current.get(id)
    if (before === undefined) continue
    const given: RecordValues =
      values.custom === undefined ? { ...values } : { ...values, custom: withoutEmpty({ ...(before.custom as object), ...values.custom }) }
    if (given.visibility !== undefined) claim(tx, entity, before, given)
    const changed = columns.filter(({ key }) => given[key] !== undefined && key !== 'updated_at' && !isSame(before[key], given[key]))
    const isStamped = options.keepsTimes === true && given.updated_at != null && !isSame(before.updated_at, given.updated_at)
    if (changed.length === 0 && !isStamped) continue
    const after = { ...before, ...given }
    const row: Record<string, unknown> = { ...after, updated_at: values.updated_at ?? options.now.toISOString() }
    // A reference that the writer may not see was read as empty; unless it was replaced it stays.
    for (const [key, value] of Object.entries(stored.get(id) ?? {})) if (!changed.some((column) => column.key === key)) row[key] = value
    addPhoneKeys(phones, row, after.country as string | undefined)
    rows.push(row)
    indexed.push({ id, values: { ...after, ...nameOf(entity, after) } })
    if (changed.some(({ key }) => key === 'visibility' || key === 'owner_id' || key === 'author_id')) moved.push(row)
    for (const { key } of changed) changes.push(...changesOf(id, key, before, given))
  }
  if (rows.length === 0) return []
  await refuseHiding(tx, entity, moved)
  const written = [...writableColumns(entity).filter(({ key }) => key !== 'created_at' || rows.some((row) => row.created_at !== undefined))]
  await tx.query(sql`
    update ${tableOf(entity)} t set ${sql.join(
      written.filter(({ key }) => key !== 'id').map(({ key, column }) => sql`${sql.identifier(column)} = x.${sql.identifier(key)}`),
      sql`, `,
    )}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(${recordsetType(written)})
    where t.workspace_id = ${tx.workspaceId} and t.id = x.id`)
  await indexRecords(tx, entity, indexed)
  await addVocabulary(tx, entity, rows)
  // What number another system has for a record, and when it made it there, is no change of the record.
  const told = options.keepsTimes === true ? changes.filter(({ field }) => field !== 'external_id' && field !== 'created_at') : changes
  await recordHistory(tx, entity, 'update', told, options.now)
  await refreshDependents(tx, entity, changes)
  return changes
}

/** Locks the records and reads what they refer to, also where that is hidden from the writer. */
async function lockReferences(tx: Transaction, entity: EntityName, ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const references = Object.values(entities[entity].fields).flatMap((field) => (field.type === 'reference' && field.column !== undefined ? [field.column] : []))
  const columns = ['id', ...new Set(references)].map((column) => sql.identifier(column))
  const rows = await tx.query<{ id: string } & Record<string, unknown>>(
    sql`select ${sql.join(columns, sql`, `)} from ${tableOf(entity)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param([...ids])}::uuid[]) order by id for update`,
  )
  return new Map(rows.map(({ id, ...columns }) => [id, columns]))
}

/** A visibility given without an owner, to a record that has none, makes it the writer's. */
function claim(tx: Transaction, entity: EntityName, before: Record<string, unknown>, given: RecordValues): void {
  const after = { ...before, ...given }
  const owned = { ...after }
  claimRestricted(tx, entity, owned)
  for (const key of ['owner_id', 'author_id']) if (owned[key] !== after[key]) given[key] = owned[key]
}

function nameOf(entity: EntityName, values: Record<string, unknown>): Record<string, unknown> {
  if (entity !== 'contacts' && entity !== 'leads') return {}
  return { name: [values.first_name, values.last_name].filter((part) => typeof part === 'string' && part !== '').join(' ') || null }
}

/** The fields in which a record was changed, custom fields one by one. */
export function changesOf(recordId: string, key: string, before: Record<string, unknown>, given: Record<string, unknown>): FieldChange[] {
  if (key !== 'custom') return [{ recordId, field: key, oldValue: before[key], newValue: given[key] }]
  const was = (before.custom ?? {}) as Record<string, unknown>
  const is = (given.custom ?? {}) as Record<string, unknown>
  const keys = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...keys]
    .filter((field) => !isSame(was[field], is[field]))
    .map((field) => ({ recordId, field: `custom.${field}`, oldValue: was[field] ?? null, newValue: is[field] ?? null }))
}

/** Whether two values of a field mean the same. */
export function isSame(before: unknown, after: unknown): boolean {
  if ((before ?? null) === (after ?? null)) return true
  if (typeof before === 'string' && typeof after === 'string') {
    if (/^-?\d+(\.\d+)?$/.test(before) && /^-?\d+(\.\d+)?$/.test(after)) return trimZeros(before) === trimZeros(after)
    return before === after
  }
  if (typeof before === 'object' && typeof after === 'object') return canonical(before) === canonical(after)
  return false
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

function canonical(value: unknown): string {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return JSON.stringify(value)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Names that other rows repeat for speed follow the record they come from. */
async function refreshDependents(tx: Transaction, entity: EntityName, changes: readonly FieldChange[]): Promise<void> {
  if (entity !== 'contacts' && entity !== 'organisations') return
  await reindexDependents(tx, entity, changes)
  const renamed = recordsChangedIn(changes, namesOf(entity))
  if (renamed.length > 0) await refreshCustomers(tx, entity, renamed)
}

function namesOf(entity: 'contacts' | 'organisations'): readonly string[] {
  return entity === 'contacts' ? ['first_name', 'last_name', 'email'] : ['name']
}

function recordsChangedIn(changes: readonly FieldChange[], fields: readonly string[]): string[] {
  return [...new Set(changes.filter(({ field }) => fields.includes(field)).map(({ recordId }) => recordId))]
}

/** What search keeps of records that refer to these; it names a record beside them for as long as everyone sees it. */
export async function reindexDependents(tx: Transaction, entity: EntityName, changes: readonly FieldChange[]): Promise<void> {
  if (entity !== 'contacts' && entity !== 'organisations') return
  const shown = recordsChangedIn(changes, [...namesOf(entity), 'visibility'])
  if (shown.length === 0) return
  if (entity === 'organisations') await reindexReferring(tx, 'contacts', 'organisation_id', shown)
  for (const name of ['opportunities', 'quotes'] as const) await reindexReferring(tx, name, entity === 'contacts' ? 'contact_id' : 'organisation_id', shown)
}

async function reindexReferring(tx: Transaction, entity: EntityName, column: string, ids: readonly string[]): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from ${tableOf(entity)} where workspace_id = ${tx.workspaceId} and ${sql.identifier(column)} = any(${sql.param([...ids])}::uuid[]) and deleted_at is null`,
  )
  await reindexRecords(
    tx,
    entity,
    rows.map(({ id }) => id),
  )
}

async function refreshCustomers(tx: Transaction, entity: 'contacts' | 'organisations', ids: readonly string[]): Promise<void> {
  const key = entity === 'contacts' ? sql`o.contact_id = c.id` : sql`o.organisation_id = c.id and o.contact_id is null`
  const label = entity === 'contacts' ? sql`coalesce(c.name, c.email, o.customer)` : sql`c.name`
  for (const table of ['orders', 'order_lines']) {
    await tx.query(sql`
      update ${sql.identifier(table)} o set customer = ${label} from ${tableOf(entity)} c
      where o.workspace_id = ${tx.workspaceId} and c.workspace_id = o.workspace_id and ${key} and c.id = any(${sql.param([...ids])}::uuid[])`)
  }
}

/** Writes the search rows of existing records anew. */
export async function reindexRecords(tx: Transaction, entity: EntityName, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += 2000) {
    const records = await readRecords(tx, entity, ids.slice(start, start + 2000))
    await indexRecords(
      tx,
      entity,
      records.map((record) => ({ id: record.id, values: record })),
    )
  }
}
