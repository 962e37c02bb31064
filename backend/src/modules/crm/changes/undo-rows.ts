import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { deleteRecords } from '../records/deleted-records.ts'
import { type FieldChange, recordHistory } from '../records/history.ts'
import { type RecordJson, readRecords } from '../records/record-reader.ts'
import { changesOf, isSame, reindexDependents, reindexRecords } from '../records/record-writer.ts'
import { unindexRecords } from '../records/search-index.ts'
import { storedColumns, tableOf } from '../records/storage.ts'
import { usedByOthers } from '../records/used-records.ts'
import { addVocabulary } from '../records/vocabulary.ts'
import { entityOf, refuseChangedSince } from './kept-conflicts.ts'
import { type KeptRow, keptOf, listKeptRows } from './kept-rows.ts'

/** What refers to others comes first, so that what only it used is free when its turn comes. */
const tables = [
  'record_links',
  'emails',
  'notes',
  'events',
  'tasks',
  'order_lines',
  'orders',
  'quote_lines',
  'quotes',
  'opportunities',
  'leads',
  'products',
  'contacts',
  'organisations',
  'stages',
  'pipelines',
  'tags',
]
/** Ids of the records that a change was there to make. */
export type Made = ReadonlySet<string> | 'all'

function isMade(made: Made, id: string): boolean {
  return made === 'all' || made.has(id)
}

const derived: Readonly<Record<string, readonly string[]>> = {
  contacts: ['name', 'email_key'],
  leads: ['name', 'email_key'],
  organisations: ['domain_key'],
  order_lines: ['amount'],
}

/**
 * Puts back every row that the change has touched: what it changed gets its values again, what it deleted is there again, what it made is
 * deleted. Made along the way (an organisation, a stage, a tag of the list) and used by somebody else since, it stays.
 * @throws AppError CONFLICT naming what somebody has changed since; nothing is undone then
 */
export async function undoRows(tx: Transaction, changeId: string, { now, made }: { now: Date; made: Made }): Promise<void> {
  // Times are compared as text.
  await tx.query(sql`select set_config('timezone', 'UTC', true)`)
  const rows = await listKeptRows(tx, changeId)
  const byTable = new Map(tables.map((table) => [table, rows.filter((row) => row.table === table)]))
  for (const [table, own] of byTable) if (table !== 'tags') await refuseChangedSince(tx, changeId, table, own)
  // Names that records bring along must be there before them.
  for (const [table, own] of [...byTable].reverse()) await putBack(tx, changeId, table, own, now).catch(refuseTaken)
  for (const [table, own] of byTable) await takeAway(tx, table, own, { now, made, orders: byTable.get('orders') ?? [] })
}

/** @throws AppError CONFLICT where somebody has taken a number, a name or an external id meanwhile */
function refuseTaken(cause: Error & { code?: string }): never {
  if (cause.code === '23505')
    throw new AppError('CONFLICT', 'Something else has taken its name, number or external id meanwhile; nothing was undone.', { cause })
  throw cause
}

async function putBack(tx: Transaction, changeId: string, table: string, rows: readonly KeptRow[], now: Date): Promise<void> {
  const removed = rows.filter(({ kind }) => kind === 'removed').map(({ id }) => id)
  if (removed.length > 0) await insertAgain(tx, changeId, table, removed)
  const updated = rows.filter(({ kind }) => kind === 'updated')
  if (updated.length === 0) return
  const entity = entityOf(table)
  const ids = updated.map(({ id }) => id)
  const tracked = entity !== undefined && entities[entity].record ? entity : undefined
  const before = tracked === undefined ? [] : await readRecords(tx, tracked, ids, { includeDeleted: true })
  // What takes a number or an external id back does so before its former holder returns.
  for (const part of [updated.filter(({ deleted }) => !deleted), updated.filter(({ deleted }) => deleted)]) await updateAgain(tx, changeId, table, part, now)
  if (tracked !== undefined) await follow(tx, tracked, updated, before, now)
}

async function insertAgain(tx: Transaction, changeId: string, table: string, ids: readonly string[]): Promise<void> {
  const generated = new Set(derived[table] ?? [])
  const columns = await tx.query<{ name: string }>(sql`
    select key as name from jsonb_object_keys((select before from ${keptOf(tx, changeId, table)} k where k.row_id = ${ids[0]})) as key order by key`)
  const names = sql.join(
    columns.filter(({ name }) => !generated.has(name)).map(({ name }) => sql.identifier(name)),
    sql`, `,
  )
  await tx.query(sql`
    insert into ${sql.identifier(table)} (${names}) select ${names} from (
      select r.* from ${keptOf(tx, changeId, table)} k cross join lateral jsonb_populate_record(null::${sql.identifier(table)}, k.before) r
      where k.row_id = any(${sql.param([...ids])}::uuid[])) again
    on conflict do nothing`)
}

async function updateAgain(tx: Transaction, changeId: string, table: string, rows: readonly KeptRow[], now: Date): Promise<void> {
  if (rows.length === 0) return
  const generated = derived[table] ?? []
  const columns = [...new Set(rows.flatMap((row) => row.columns))].filter((column) => !generated.includes(column) && column !== 'updated_at').sort()
  const hasTime = rows.some((row) => row.columns.includes('updated_at'))
  const sets = columns.map((name) => {
    const column = sql.identifier(name)
    return sql`${column} = case when k.after -> ${name} is distinct from k.before -> ${name} then r.${column} else t.${column} end`
  })
  // Whoever changed another field since has said when.
  if (hasTime)
    sets.push(sql`updated_at = case when to_jsonb(t) -> 'updated_at' = k.after -> 'updated_at' then r.updated_at else ${now.toISOString()}::timestamptz end`)
  const done = await tx.query<{ id: string }>(sql`
    update ${sql.identifier(table)} t set ${sql.join(sets, sql`, `)}
    from ${keptOf(tx, changeId, table)} k cross join lateral jsonb_populate_record(null::${sql.identifier(table)}, k.before) r
    where t.workspace_id = ${tx.workspaceId} and t.id = k.row_id and k.row_id = any(${sql.param(rows.map(({ id }) => id))}::uuid[]) returning t.id`)
  if (done.length !== rows.length) throw new AppError('CONFLICT', 'A record of this change is gone or hidden from you; nothing was undone.')
}

/** History, search and vocabulary after values were put back. */
async function follow(tx: Transaction, entity: EntityName, rows: readonly KeptRow[], before: readonly RecordJson[], now: Date): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const after = await readRecords(tx, entity, ids, { includeDeleted: true })
  const was = new Map(before.map((record) => [record.id, record]))
  const columns = storedColumns(entity).filter(({ key }) => (!key.endsWith('_key') || key === 'custom') && key !== 'updated_at')
  const changes: FieldChange[] = after.flatMap((record) => {
    const old = was.get(record.id) ?? record
    return columns.filter(({ key }) => !isSame(old[key], record[key])).flatMap(({ key }) => changesOf(record.id, key, old, record))
  })
  const returned = rows.filter(({ deleted }) => deleted).map(({ id }) => id)
  await recordHistory(tx, entity, 'update', changes, now)
  await recordHistory(
    tx,
    entity,
    'restore',
    returned.map((recordId) => ({ recordId })),
    now,
  )
  const live = new Set(
    (
      await tx.query<{ id: string }>(sql`
    select id from ${tableOf(entity)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`)
    ).map(({ id }) => id),
  )
  await reindexRecords(tx, entity, [...live])
  await unindexRecords(
    tx,
    entity,
    ids.filter((id) => !live.has(id)),
  )
  await addVocabulary(
    tx,
    entity,
    after.filter(({ id }) => live.has(id)),
  )
  await reindexDependents(tx, entity, changes)
}

interface Removal {
  now: Date
  /** Ids of what the change was there to make; the rest it made along the way. */
  made: Made
  orders: readonly KeptRow[]
}

async function takeAway(tx: Transaction, table: string, rows: readonly KeptRow[], { now, made, orders }: Removal): Promise<void> {
  const ids = rows.filter(({ kind }) => kind === 'inserted').map(({ id }) => id)
  if (ids.length === 0) return
  const entity = entityOf(table)
  if (table === 'order_lines') {
    // Lines of a new order go with it.
    const kept = orders.filter(({ kind }) => kind === 'inserted').map(({ id }) => id)
    await tx.query(
      sql`delete from order_lines where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and order_ref <> all(${sql.param(kept)}::uuid[])`,
    )
  } else if (table === 'tags') {
    await removeTags(tx, ids, made)
  } else if (entity === undefined)
    await tx.query(sql`delete from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`)
  else await removeRecords(tx, entity, ids, made, now)
}

async function removeRecords(tx: Transaction, entity: EntityName, ids: readonly string[], made: Made, now: Date): Promise<void> {
  const used = await usedByOthers(tx, entity, ids)
  const wanted = ids.find((id) => used.has(id) && isMade(made, id))
  if (wanted !== undefined)
    throw new AppError('CONFLICT', `Other records refer to the ${entities[entity].singular} that was made; undo or change those first. Nothing was undone.`)
  await deleteRecords(
    tx,
    entity,
    ids.filter((id) => !used.has(id)),
    { now },
  )
}

/** A new tag leaves the list unless a record has it by now. */
async function removeTags(tx: Transaction, ids: readonly string[], made: Made): Promise<void> {
  const tagged = Object.values(entities).filter(({ record, fields, name }) => record && fields.tags !== undefined && name !== 'orders')
  const uses = tagged.map(
    ({ table }) =>
      sql`exists (select 1 from ${sql.identifier(table)} r where r.workspace_id = ${tx.workspaceId} and r.deleted_at is null and t.name = any(r.tags))`,
  )
  const gone = await tx.query<{ id: string }>(sql`
    delete from tags t where t.workspace_id = ${tx.workspaceId} and t.id = any(${sql.param([...ids])}::uuid[]) and not (${sql.join(uses, sql` or `)}) returning id`)
  const left = ids.filter((id) => !gone.some((row) => row.id === id))
  // Those that came along with records stay when others have them.
  if (made !== 'all' && left.some((id) => made.has(id)))
    throw new AppError('CONFLICT', 'Records have the tag that was made; take it off them first. Nothing was undone.')
}
