import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'

/** The session in which the actor was told what a key stands for. */
export async function findThread(tx: Transaction, key: string): Promise<string | undefined> {
  const [row] = await tx.query<{ sessionId: string }>(sql`
    select session_id as "sessionId" from door_threads where workspace_id = ${tx.workspaceId} and actor_id = ${actorId(tx.actor)} and key = ${key}`)
  return row?.sessionId
}

/** The same words may be said in two sessions: the later one is the one that goes on. */
export async function keepThread(tx: Transaction, key: string, sessionId: string, now: Date): Promise<void> {
  await tx.query(sql`
    insert into door_threads (workspace_id, actor_id, key, session_id, created_at)
    select ${tx.workspaceId}, ${actorId(tx.actor)}, ${key}, id, ${now.toISOString()} from chat_sessions
    where workspace_id = ${tx.workspaceId} and id = ${sessionId} and actor_id = ${actorId(tx.actor)}
    on conflict (workspace_id, actor_id, key) do update set session_id = excluded.session_id, created_at = excluded.created_at`)
}
