import { sql, type Transaction } from '#backend/infra/database/database.ts'

export interface QueuedChange {
  id: number
  memoryId: string
  actorId: string | null
  operation: 'store' | 'delete'
  remoteId: string | null
  attempts: number
}

/** While one process tells the server, the others leave the row alone; when it dies, they take over after this. */
const leaseSeconds = 60
const longestWaitSeconds = 3600

/** Takes what is due, oldest first; a later change of a memory waits for the earlier one. */
export async function takeQueued(tx: Transaction, limit: number): Promise<QueuedChange[]> {
  const rows = await tx.query<QueuedChange>(sql`
    update memory_queue q set attempts = attempts + 1, next_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    where q.workspace_id = ${tx.workspaceId} and q.id in (
      select id from memory_queue w where w.workspace_id = ${tx.workspaceId} and w.next_at <= clock_timestamp()
        and not exists (select 1 from memory_queue e where e.workspace_id = w.workspace_id and e.memory_id = w.memory_id and e.id < w.id)
      order by id limit ${limit} for update skip locked)
    returning q.id, q.memory_id as "memoryId", q.actor_id as "actorId", q.operation, q.remote_id as "remoteId", q.attempts`)
  return rows.sort((a, b) => a.id - b.id)
}

export async function dropQueued(tx: Transaction, id: number): Promise<void> {
  await tx.query(sql`delete from memory_queue where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** Tries again later, each time after a longer wait. */
export async function postponeQueued(tx: Transaction, { id, attempts }: QueuedChange, error: string): Promise<void> {
  const seconds = Math.min(longestWaitSeconds, 2 ** Math.min(attempts, 12))
  await tx.query(sql`
    update memory_queue set next_at = clock_timestamp() + ${seconds} * interval '1 second', error = ${error} where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export interface StoredText {
  text: string
  remoteId: string | null
}

/** The memory as it is now; undefined when it is gone. */
export async function readStored(tx: Transaction, memoryId: string): Promise<StoredText | undefined> {
  const [row] = await tx.query<StoredText>(sql`select text, remote_id as "remoteId" from memories where workspace_id = ${tx.workspaceId} and id = ${memoryId}`)
  return row
}

/** @returns false when the memory is gone meanwhile */
export async function noteRemote(tx: Transaction, memoryId: string, remoteId: string): Promise<boolean> {
  const rows = await tx.query(sql`update memories set remote_id = ${remoteId} where workspace_id = ${tx.workspaceId} and id = ${memoryId} returning id`)
  return rows.length > 0
}

export async function listWaitingWorkspaces(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`select workspace_id as id from memory_workspaces()`)
  return rows.map(({ id }) => id)
}

/** How many changes the server has not taken. */
export async function countQueued(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`select memory_pending() as count`)
  return row?.count ?? 0
}
