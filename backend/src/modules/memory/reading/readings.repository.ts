import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId, type Role } from '#backend/kernel/actor.ts'

/** A message that waits for a model, with its words as they are now. */
export interface Reading {
  messageId: string
  sessionId: string
  userId: string
  name: string
  role: Role
  text: string
  saidAt: string
  tries: number
  /** The person is still here, and neither they nor their conversation has memory switched off. */
  isWanted: boolean
}

const mostWaiting = 200
const mostTries = 8
const mostDays = 7

const columns = sql`r.message_id as "messageId", m.session_id as "sessionId", r.user_id as "userId", u.name, u.role, m.text, m.created_at as "saidAt", r.tries,
  u.active and s.memory and s.actor_id = r.user_id::text and coalesce(p.enabled, true) as "isWanted"`
const around = sql`join chat_messages m on m.workspace_id = r.workspace_id and m.id = r.message_id
  join chat_sessions s on s.workspace_id = m.workspace_id and s.id = m.session_id
  join users u on u.workspace_id = r.workspace_id and u.id = r.user_id
  left join memory_settings p on p.workspace_id = r.workspace_id and p.actor_id = r.user_id::text`

/** Has a message of the actor's wait: until the model is asked next, or with all others of the hour. A person has so many at most. */
export async function addReading(tx: Transaction, messageId: string, { hourly }: { hourly: boolean }): Promise<void> {
  const next = hourly ? sql`date_trunc('hour', clock_timestamp()) + interval '1 hour'` : sql`clock_timestamp()`
  await tx.query(sql`
    insert into memory_readings (workspace_id, message_id, user_id, next_at) select ${tx.workspaceId}, ${messageId}, ${actorId(tx.actor)}, ${next}
    where (select count(*) from memory_readings where workspace_id = ${tx.workspaceId} and user_id = ${actorId(tx.actor)}) < ${mostWaiting}
    on conflict do nothing`)
}

/** How many messages of the actor's wait. */
export async function countReadings(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*) as count from memory_readings where workspace_id = ${tx.workspaceId} and user_id = ${actorId(tx.actor)}`,
  )
  return row?.count ?? 0
}

/** Lets go of everything of the actor's that waits: who has something forgotten is not taught it again. */
export async function dropOwnReadings(tx: Transaction): Promise<void> {
  await tx.query(sql`delete from memory_readings where workspace_id = ${tx.workspaceId} and user_id::text = ${actorId(tx.actor)}`)
}

/** @returns false when it was not there any more, or its person has no access */
export async function dropReading(tx: Transaction, messageId: string): Promise<boolean> {
  const [row] = await tx.query<{ active: boolean }>(sql`
    delete from memory_readings r using users u
    where r.workspace_id = ${tx.workspaceId} and r.message_id = ${messageId} and u.workspace_id = r.workspace_id and u.id = r.user_id returning u.active`)
  return row?.active === true
}

/** Lets go of what has waited or was tried for too long. */
export async function dropOldReadings(tx: Transaction): Promise<void> {
  await tx.query(sql`
    delete from memory_readings where workspace_id = ${tx.workspaceId} and batch_id is null
      and (tries >= ${mostTries} or created_at < clock_timestamp() - ${mostDays} * interval '1 day')`)
}

/** What is due, the oldest first. */
export async function listDueReadings(tx: Transaction, limit: number): Promise<Reading[]> {
  return await tx.query<Reading & Record<string, unknown>>(sql`
    select ${columns} from memory_readings r ${around} where r.workspace_id = ${tx.workspaceId} and r.batch_id is null and r.next_at <= clock_timestamp()
    order by r.created_at, r.message_id limit ${limit}`)
}

/** Takes the next that is due; when this process dies, another one does so after the lease. */
export async function takeReading(tx: Transaction, leaseSeconds: number): Promise<Reading | undefined> {
  const [row] = await tx.query<Reading & Record<string, unknown>>(sql`
    with r as (
      update memory_readings set next_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      where workspace_id = ${tx.workspaceId} and message_id = (
        select message_id from memory_readings where workspace_id = ${tx.workspaceId} and batch_id is null and next_at <= clock_timestamp()
        order by created_at, message_id limit 1 for update skip locked)
      returning *)
    select ${columns} from r ${around}`)
  return row
}

const soon = sql`clock_timestamp() + least(360, power(4, least(tries, 5))) * interval '1 minute'`

/** Tries again, each time after a longer wait. */
export async function retryReading(tx: Transaction, messageId: string): Promise<void> {
  await tx.query(
    sql`update memory_readings set next_at = ${soon}, tries = tries + 1 where workspace_id = ${tx.workspaceId} and message_id = ${messageId} and batch_id is null`,
  )
}

/** Nothing of a person's is asked before so many seconds have passed; it counts as no try. */
export async function restReadings(tx: Transaction, userId: string, seconds: number): Promise<void> {
  await tx.query(sql`
    update memory_readings set next_at = greatest(next_at, clock_timestamp() + ${seconds} * interval '1 second')
    where workspace_id = ${tx.workspaceId} and user_id = ${userId} and batch_id is null`)
}

/** Gives one back as it was taken. */
export async function returnReading(tx: Transaction, messageId: string): Promise<void> {
  await tx.query(
    sql`update memory_readings set next_at = clock_timestamp() where workspace_id = ${tx.workspaceId} and message_id = ${messageId} and batch_id is null`,
  )
}

/** Ends what a batch has left: it waits again, for longer each time. */
export async function retryBatched(tx: Transaction, batchId: string): Promise<void> {
  await tx.query(sql`
    update memory_readings set batch_id = null, next_at = ${soon}, tries = tries + 1 where workspace_id = ${tx.workspaceId} and batch_id = ${batchId}`)
}

export async function listBatchedReadings(tx: Transaction, batchId: string): Promise<Reading[]> {
  return await tx.query<Reading & Record<string, unknown>>(
    sql`select ${columns} from memory_readings r ${around} where r.workspace_id = ${tx.workspaceId} and r.batch_id = ${batchId} order by r.created_at, r.message_id`,
  )
}

/** Workspaces in which something is due. */
export async function listReadingWorkspaces(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`select workspace_id as id from memory_reading_workspaces()`)
  return rows.map(({ id }) => id)
}
