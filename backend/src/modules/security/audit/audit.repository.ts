import { createHash } from 'node:crypto'
import { type Database, type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { AuditEntryView } from '#contracts/security.ts'
import type { PendingEntry } from './pending-entry.ts'

export type Query = <R extends object>(statement: SQL) => Promise<R[]>

export interface EntryFilter {
  event?: string | undefined
  userId?: string | undefined
  operation?: string | undefined
  /** ISO instants. */
  from?: string | undefined
  to?: string | undefined
}

export interface ChainCheck {
  entries: number
  retired: number
  headSequence: number | null
  head: string | null
  broken: number | null
  reason: string | null
}

const nobody = createHash('sha256').update('chatsg audit chain').digest('hex')

/** Work on the chain, which is no workspace's: the database's functions refuse it to whoever acts in one. */
export function outsideWorkspaces<T>(database: Database, work: (query: Query) => Promise<T>): Promise<T> {
  return database.withToken(nobody, work)
}

/** Keeps entries of the transaction's workspace until they are chained. */
export async function insertPending(tx: Pick<Transaction, 'workspaceId'> & { query: Query }, entries: readonly PendingEntry[]): Promise<void> {
  const rows = entries.map(({ at, event, operation, outcome, userId, rest }) => [at, event, operation, outcome, userId, rest])
  await tx.query(sql`
    insert into audit_pending (workspace_id, at, event, operation, outcome, user_id, rest)
    select ${tx.workspaceId}, (x.value ->> 0)::timestamptz, x.value ->> 1, x.value ->> 2, x.value ->> 3, (x.value ->> 4)::uuid, (x.value ->> 5)::json
    from json_array_elements(${JSON.stringify(rows)}::json) with ordinality as x (value, place) order by x.place`)
}

/** Moves waiting entries into the chain; undefined when none waited. */
export async function chainPending(query: Query, atMost: number): Promise<{ first: number; last: number } | undefined> {
  const [range] = await query<{ first: number; last: number }>(sql`select first, last from audit_chain(${atMost})`)
  return range
}

export async function linesAfter(query: Query, sequence: number, atMost: number): Promise<{ sequence: number; line: string }[]> {
  return query(sql`select sequence, line from audit_lines(${sequence}, ${atMost}) order by sequence`)
}

export async function headSequence(query: Query): Promise<number> {
  const [row] = await query<{ sequence: number }>(sql`select audit_head_sequence() as sequence`)
  return row?.sequence ?? 0
}

/** Hash of one entry, also of the last that retention removed; undefined when it is not known. */
export async function hashAt(query: Query, sequence: number): Promise<string | undefined> {
  const [row] = await query<{ hash: string | null }>(sql`select audit_hash_at(${sequence}) as hash`)
  return row?.hash ?? undefined
}

export async function checkChain(query: Query): Promise<ChainCheck> {
  const [row] = await query<ChainCheck>(sql`select entries, retired, head_sequence as "headSequence", head, broken, reason from audit_verify()`)
  if (row === undefined) throw new Error('The audit chain could not be checked.')
  return row
}

export async function retireBefore(
  query: Query,
  before: Date,
  now: Date,
  who: string,
): Promise<{ removed: number; sequence: number; hash: string } | undefined> {
  const [row] = await query<{ removed: number; sequence: number; hash: string }>(
    sql`select removed, sequence, hash from audit_retire(${before.toISOString()}, ${now.toISOString()}, ${who})`,
  )
  return row
}

const mostCounted = 10_000

/** The workspace's entries, newest first. `total` is null above ten thousand. */
export async function listEntries(
  tx: Transaction,
  filter: EntryFilter,
  page: { before: number | undefined; limit: number },
): Promise<{ entries: AuditEntryView[]; total: number | null }> {
  const conditions = [sql`workspace_id = ${tx.workspaceId}`]
  if (filter.event !== undefined) conditions.push(sql`event = ${filter.event}`)
  if (filter.userId !== undefined) conditions.push(sql`user_id = ${filter.userId}`)
  if (filter.operation !== undefined) conditions.push(sql`operation = ${filter.operation}`)
  if (filter.from !== undefined) conditions.push(sql`at >= ${filter.from}`)
  if (filter.to !== undefined) conditions.push(sql`at < ${filter.to}`)
  const matching = sql.join(conditions, sql` and `)
  const rows = await tx.query<{ line: string; hash: string }>(sql`
    select line, hash from audit_entries where ${matching} ${page.before === undefined ? sql`` : sql`and sequence < ${page.before}`}
    order by sequence desc limit ${page.limit}`)
  const [counted] = await tx.query<{ total: number }>(
    sql`select count(*)::int as total from (select 1 from audit_entries where ${matching} limit ${mostCounted + 1}) t`,
  )
  const total = counted?.total ?? 0
  return { entries: rows.map(({ line, hash }) => toView(line, hash)), total: total > mostCounted ? null : total }
}

function toView(line: string, hash: string): AuditEntryView {
  const { sequence, time, event, operation, outcome, userId, userName, sessionId, query, ip, userAgent, requestId, previousHash } = JSON.parse(
    line,
  ) as AuditEntryView
  return { sequence, time, event, operation, outcome, userId, userName, sessionId, query, ip, userAgent, requestId, hash, previousHash }
}
