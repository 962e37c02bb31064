import { sql, type Transaction } from '#backend/infra/database/database.ts'

/** Whose a question of a batch is; without words, for it outlives its message. */
export interface NotedCall {
  id: string
  messageId: string
  sessionId: string
  userId: string
}

export interface OpenBatch {
  id: string
  model: string
  calls: NotedCall[]
  fileId: string | null
  remoteId: string | null
  takes: number
  failures: number
  createdAt: string
}

/** While one process looks after a batch, others leave it alone; when it dies, they take over after this. */
export const leaseSeconds = 300

/** Puts those messages into a batch that are in none yet, in one transaction with it. @returns whether there was any */
export async function openBatch(tx: Transaction, batch: { id: string; model: string; calls: readonly NotedCall[] }): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(sql`
    select message_id as id from memory_readings where workspace_id = ${tx.workspaceId} and batch_id is null
      and message_id = any(${sql.param(batch.calls.map(({ messageId }) => messageId))}::uuid[]) order by message_id for update skip locked`)
  const free = new Set(rows.map(({ id }) => id))
  const calls = batch.calls.filter(({ messageId }) => free.has(messageId))
  if (calls.length === 0) return false
  await tx.query(
    sql`insert into memory_batches (workspace_id, id, model, calls) values (${tx.workspaceId}, ${batch.id}, ${batch.model}, ${JSON.stringify(calls)}::jsonb)`,
  )
  await tx.query(sql`
    update memory_readings set batch_id = ${batch.id} where workspace_id = ${tx.workspaceId} and message_id = any(${sql.param([...free])}::uuid[])`)
  return true
}

/** Takes the next batch that has to be looked after. */
export async function takeBatch(tx: Transaction): Promise<OpenBatch | undefined> {
  const [row] = await tx.query<OpenBatch & Record<string, unknown>>(sql`
    update memory_batches set takes = takes + 1, next_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    where workspace_id = ${tx.workspaceId} and id = (
      select id from memory_batches where workspace_id = ${tx.workspaceId} and next_at <= clock_timestamp() order by next_at, id limit 1 for update skip locked)
    returning id, model, calls, file_id as "fileId", remote_id as "remoteId", takes, failures, created_at as "createdAt"`)
  return row
}

type Held = Pick<OpenBatch, 'id' | 'takes'>
const held = (tx: Transaction, { id, takes }: Held) => sql`workspace_id = ${tx.workspaceId} and id = ${id} and takes = ${takes}`

/** Notes what is known of it there. @returns false when another process has taken it over */
export async function noteBatch(tx: Transaction, batch: Held, known: { fileId: string } | { remoteId: string }): Promise<boolean> {
  const column = 'fileId' in known ? sql`file_id = ${known.fileId}` : sql`remote_id = ${known.remoteId}`
  const rows = await tx.query(
    sql`update memory_batches set ${column}, next_at = clock_timestamp() + ${leaseSeconds} * interval '1 second' where ${held(tx, batch)} returning id`,
  )
  return rows.length > 0
}

/** Leaves it alone for a while. */
export async function restBatch(tx: Transaction, batch: Held, { seconds, failures }: { seconds: number; failures: number }): Promise<void> {
  await tx.query(sql`update memory_batches set next_at = clock_timestamp() + ${seconds} * interval '1 second', failures = ${failures} where ${held(tx, batch)}`)
}

/** @returns false when another process has taken it over */
export async function closeBatch(tx: Transaction, batch: Held): Promise<boolean> {
  const rows = await tx.query(sql`delete from memory_batches where ${held(tx, batch)} returning id`)
  return rows.length > 0
}
