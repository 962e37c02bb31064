import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { columns, type StoredMessage } from './messages.repository.ts'

/** Messages from one up to the conversation's beginning; a message is newer than the one before it, so this ends. */
const branchOf = (tx: Transaction, sessionId: string, leafId: string) => sql`
  recursive branch as (
    select id, parent_id, sequence from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and id = ${leafId}
    union all
    select m.id, m.parent_id, m.sequence from branch b
    join chat_messages m on m.workspace_id = ${tx.workspaceId} and m.id = b.parent_id and m.session_id = ${sessionId} and m.sequence < b.sequence
  )`

/** Messages of the branch that ends with a message, newest first. */
export async function listBranch(
  tx: Transaction,
  sessionId: string,
  { leafId, before, limit }: { leafId: string; before: number | undefined; limit: number },
): Promise<StoredMessage[]> {
  return await tx.query<StoredMessage>(sql`
    with ${branchOf(tx, sessionId, leafId)}
    select ${columns} from chat_messages where workspace_id = ${tx.workspaceId}
      and id in (select id from branch ${before === undefined ? sql`` : sql`where sequence < ${before}`} order by sequence desc limit ${limit})
    order by sequence desc`)
}

export async function countBranch(tx: Transaction, sessionId: string, leafId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`with ${branchOf(tx, sessionId, leafId)} select count(*) as count from branch`)
  return row?.count ?? 0
}

export async function listBranchIds(tx: Transaction, sessionId: string, leafId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`with ${branchOf(tx, sessionId, leafId)} select id from branch order by sequence`)
  return rows.map(({ id }) => id)
}

/** What a follow-up of a message refers to: what the newest answer of its branch remembered; null when nothing was. */
export async function findBranchMemory(tx: Transaction, sessionId: string, leafId: string): Promise<unknown> {
  const [row] = await tx.query<{ memory: unknown }>(sql`
    with ${branchOf(tx, sessionId, leafId)}
    select m.metadata -> 'memory' as memory from branch b join chat_messages m on m.workspace_id = ${tx.workspaceId} and m.id = b.id
    where m.metadata ? 'memory' order by b.sequence desc limit 1`)
  return row?.memory ?? null
}

/** Ids of messages that stand in the same place, for those of the given messages that are not alone there. */
export async function findSiblings(tx: Transaction, sessionId: string, messages: readonly StoredMessage[]): Promise<string[][]> {
  const parents = messages.flatMap(({ parentId }) => (parentId == null ? [] : [parentId]))
  const rows = await tx.query<{ ids: string[] }>(sql`
    select array_agg(id order by sequence) as ids from chat_messages
    where workspace_id = ${tx.workspaceId} and session_id = ${sessionId}
      and (parent_id = any(${sql.param(parents)}::uuid[]) or (parent_id is null and ${messages.some(({ parentId }) => parentId == null)}))
    group by parent_id having count(*) > 1`)
  return rows.map(({ ids }) => ids)
}

/** The newest end of what goes on from a message; undefined when the session does not have it. */
export async function findNewestLeaf(tx: Transaction, sessionId: string, messageId: string): Promise<string | undefined> {
  const rows = await tx.query<{ id: string; parentId: string | null }>(sql`
    select id, parent_id as "parentId" from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} order by sequence`)
  const below = new Set<string>()
  let leaf: string | undefined
  for (const { id, parentId } of rows) {
    if (id !== messageId && (parentId === null || !below.has(parentId))) continue
    below.add(id)
    leaf = id
  }
  return leaf
}

/** A message as far as its place goes. */
export interface PlacedMessage {
  id: string
  role: 'user' | 'assistant'
  text: string
  parentId: string | null
  /** Who said it in the actor's name, where it was not the actor. */
  spokenFor: 'mcp' | null
}

export async function findPlacedMessage(tx: Transaction, sessionId: string, messageId: string): Promise<PlacedMessage | undefined> {
  const [row] = await tx.query<PlacedMessage>(sql`
    select id, role, text, parent_id as "parentId", metadata ->> 'spokenFor' as "spokenFor" from chat_messages
    where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and id = ${messageId}`)
  return row
}
