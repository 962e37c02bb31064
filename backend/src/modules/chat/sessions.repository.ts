import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'
import type { ChangeSession, ChatSession, SessionHit } from '#contracts/chat.ts'

const columns = sql`s.id, s.title, s.status, s.agent, s.memory, s.created_at as "createdAt", s.updated_at as "updatedAt",
  (select count(*) from chat_messages m where m.workspace_id = s.workspace_id and m.session_id = s.id) as "messageCount"`

/** A session of the transaction's actor: another's is as if it were not there. */
const mine = (tx: Transaction) => sql`s.workspace_id = ${tx.workspaceId} and s.actor_id = ${actorId(tx.actor)}`

export async function insertSession(tx: Transaction, session: { id: string; title: string; agent: string | null; memory: boolean; now: Date }): Promise<void> {
  const now = session.now.toISOString()
  await tx.query(sql`
    insert into chat_sessions (workspace_id, id, actor_id, title, agent, memory, created_at, updated_at)
    values (${tx.workspaceId}, ${session.id}, ${actorId(tx.actor)}, ${session.title}, ${session.agent}, ${session.memory}, ${now}, ${now})
    on conflict (workspace_id, id) do nothing`)
}

export async function findSession(tx: Transaction, id: string): Promise<ChatSession | undefined> {
  const [row] = await tx.query<ChatSession>(sql`select ${columns} from chat_sessions s where ${mine(tx)} and s.id = ${id}`)
  return row
}

export interface LockedSession {
  agent: string | null
  memory: boolean
  /** What follow-ups refer to. */
  plan: unknown
  /** The last message of the branch that is shown. */
  leafId: string | null
  /** The workspace's. */
  timeZone: string
}

/** The session, held until the transaction ends, so that two questions cannot begin in it at once. */
export async function lockSession(tx: Transaction, id: string): Promise<LockedSession | undefined> {
  const [row] = await tx.query<LockedSession>(sql`
    select s.agent, s.memory, s.plan, s.leaf_id as "leafId", w.time_zone as "timeZone" from chat_sessions s join workspaces w on w.id = s.workspace_id
    where ${mine(tx)} and s.id = ${id} for update of s`)
  return row
}

/** The last message of the branch that is shown, of the actor's own session. */
export async function findLeaf(tx: Transaction, id: string): Promise<string | null> {
  const [row] = await tx.query<{ leafId: string | null }>(sql`select s.leaf_id as "leafId" from chat_sessions s where ${mine(tx)} and s.id = ${id}`)
  return row?.leafId ?? null
}

/** Shows another branch, with what its follow-ups refer to; the actor has the session. */
export async function showBranch(tx: Transaction, id: string, leafId: string, plan: unknown): Promise<void> {
  await tx.query(sql`
    update chat_sessions s set leaf_id = ${leafId}, plan = ${plan === null ? null : JSON.stringify(plan)}::jsonb where ${mine(tx)} and s.id = ${id}`)
}

export async function updateSession(tx: Transaction, id: string, change: Omit<ChangeSession, 'leafId'>, now: Date): Promise<ChatSession | undefined> {
  const sets = [sql`updated_at = ${now.toISOString()}`]
  if (change.title !== undefined) sets.push(sql`title = ${change.title}`)
  if (change.status !== undefined) sets.push(sql`status = ${change.status}`)
  if (change.agent !== undefined) sets.push(sql`agent = ${change.agent}`)
  if (change.memory !== undefined) sets.push(sql`memory = ${change.memory}`)
  const [row] = await tx.query<ChatSession>(sql`update chat_sessions s set ${sql.join(sets, sql`, `)} where ${mine(tx)} and s.id = ${id} returning ${columns}`)
  return row
}

export async function deleteSession(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(sql`delete from chat_sessions s where ${mine(tx)} and s.id = ${id} returning s.id`)
  return rows.length === 1
}

export interface SessionPage {
  status: ChatSession['status'] | undefined
  after: { updatedAt: string; id: string } | undefined
  limit: number
}

/** The actor's sessions, the last used first. */
export async function listSessions(tx: Transaction, { status, after, limit }: SessionPage): Promise<ChatSession[]> {
  return await tx.query<ChatSession>(sql`
    select ${columns} from chat_sessions s
    where ${mine(tx)} ${status === undefined ? sql`` : sql`and s.status = ${status}`}
      ${after === undefined ? sql`` : sql`and (s.updated_at, s.id) < (${after.updatedAt}::timestamptz, ${after.id}::uuid)`}
    order by s.updated_at desc, s.id desc limit ${limit}`)
}

export async function countSessions(tx: Transaction, status: ChatSession['status'] | undefined): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`
    select count(*) as count from chat_sessions s where ${mine(tx)} ${status === undefined ? sql`` : sql`and s.status = ${status}`}`)
  return row?.count ?? 0
}

/**
 * Sessions whose title, or one of whose messages, holds every word; a hit in the title first, then the last used.
 * @param words folded
 */
export async function searchSessions(tx: Transaction, words: readonly string[], limit: number): Promise<Omit<SessionHit, 'excerpt'>[]> {
  const holds = (text: ReturnType<typeof sql>) =>
    sql.join(
      words.map((word) => sql`position(${word} in fold(${text})) > 0`),
      sql` and `,
    )
  return await tx.query<Omit<SessionHit, 'excerpt'>>(sql`
    select ${columns}, hit.id as "messageId"
    from chat_sessions s
    left join lateral (
      select m.id from chat_messages m
      where m.workspace_id = s.workspace_id and m.session_id = s.id and ${holds(sql`m.text`)}
      order by m.sequence desc limit 1
    ) hit on true
    where ${mine(tx)} and ((${holds(sql`s.title`)}) or hit.id is not null)
    order by (${holds(sql`s.title`)}) desc, s.updated_at desc, s.id desc limit ${limit}`)
}

/** A session with what its transcript needs to bring it back; of any actor, for system work. */
export interface TranscribedSession extends ChatSession {
  actorId: string
  /** The last message of the branch that is shown. */
  leafId: string | null
}

export async function listTranscribedSessions(
  tx: Transaction,
  { since, after, limit }: { since: Date | undefined; after: string | undefined; limit: number },
): Promise<TranscribedSession[]> {
  return await tx.query<TranscribedSession>(sql`
    select ${columns}, s.actor_id as "actorId", s.leaf_id as "leafId" from chat_sessions s
    where s.workspace_id = ${tx.workspaceId} ${since === undefined ? sql`` : sql`and s.updated_at >= ${since.toISOString()}`}
      ${after === undefined ? sql`` : sql`and s.id < ${after}`}
    order by s.id desc limit ${limit}`)
}

/** False when the id is another person's session. */
export async function restoreSessionRow(tx: Transaction, session: Omit<TranscribedSession, 'messageCount'>, plan: unknown): Promise<boolean> {
  await tx.query(sql`
    insert into chat_sessions (workspace_id, id, actor_id, title, status, agent, memory, leaf_id, plan, created_at, updated_at)
    values (${tx.workspaceId}, ${session.id}, ${session.actorId}, ${session.title}, ${session.status}, ${session.agent}, ${session.memory}, ${session.leafId},
      ${plan == null ? null : JSON.stringify(plan)}::jsonb, ${session.createdAt}, ${session.updatedAt})
    on conflict (workspace_id, id) do nothing`)
  const owners = await tx.query(
    sql`select id from chat_sessions where workspace_id = ${tx.workspaceId} and id = ${session.id} and actor_id = ${session.actorId}`,
  )
  return owners.length === 1
}
