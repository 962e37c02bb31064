import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId, spokenForBy } from '#backend/kernel/actor.ts'
import { jsonOf } from '#backend/kernel/json-text.ts'
import type { ChatMessage, MessagePart } from '#contracts/chat.ts'

/** A message as stored: its metadata also holds what only the server needs. */
export interface StoredMessage extends ChatMessage {
  sequence: number
}

export const columns = sql`id, session_id as "sessionId", role, status, agent, text, parts, citations, metadata, created_at as "createdAt", sequence, parent_id as "parentId"`

/** Metadata of a message while its answer is being made, which goes when it ends. */
interface RunMetadata {
  /** The process that makes the answer. */
  runner: string
}

const serverOnly = ['runner', 'startedAt', 'memory'] as const

/** The message as its reader sees it. */
export function toChatMessage({ sequence: _, ...message }: StoredMessage): ChatMessage {
  const metadata = { ...message.metadata }
  for (const key of serverOnly) delete metadata[key]
  return { ...message, metadata }
}

export interface NewExchangeRows {
  sessionId: string
  questionId: string
  answerId: string
  /** Undefined when a question that is there is answered once more. */
  question: string | undefined
  /** The message before the question. */
  parentId: string | null
  /** Names the session when it has no name. */
  title: string
  agent: string
  run: RunMetadata
  /** Milliseconds for which the answer counts as being made without another sign of its maker. */
  holdMs: number
  now: Date
}

/** Rows of a question and of the answer that is being made; `may` decides whether they are stored. */
function exchangeRows(tx: Transaction, { sessionId, questionId, answerId, question, parentId, agent, run, holdMs, now }: NewExchangeRows, may: SQL): SQL {
  const parts: MessagePart[] = [{ type: 'text', text: question ?? '' }]
  const asked =
    question === undefined
      ? sql``
      : sql`(1, ${questionId}::uuid, ${parentId}::uuid, 'user', 'done', null, ${question}, ${JSON.stringify(parts)}::jsonb, ${JSON.stringify({ spokenFor: spokenForBy(tx.actor) })}::jsonb, null),`
  return sql`stored as (
      insert into chat_messages (workspace_id, id, session_id, parent_id, role, status, agent, text, parts, metadata, held_until, created_at)
      select ${tx.workspaceId}, v.id, ${sessionId}, v.parent_id, v.role, v.status, v.agent, v.text, v.parts, v.metadata, v.held_until, ${now.toISOString()}
      from (values ${asked}
        (2, ${answerId}::uuid, ${questionId}::uuid, 'assistant', 'running', ${agent}, '', '[]'::jsonb, ${JSON.stringify(run)}::jsonb,
          clock_timestamp() + ${holdMs}::float8 * interval '1 millisecond')
      ) v (place, id, parent_id, role, status, agent, text, parts, metadata, held_until)
      where ${may} order by v.place
      returning id
    )`
}

/**
 * Creates a session with its first question and the place of the answer.
 * @returns undefined, with nothing stored, when the session is there already
 */
export async function insertFirstExchange(tx: Transaction, exchange: NewExchangeRows, { last }: { last: boolean }): Promise<{ timeZone: string } | undefined> {
  const { sessionId, answerId, title } = exchange
  const now = exchange.now.toISOString()
  const [first] = await tx.query<{ timeZone: string }>(
    sql`
    with created as (
      insert into chat_sessions (workspace_id, id, actor_id, title, agent, memory, leaf_id, created_at, updated_at)
      values (${tx.workspaceId}, ${sessionId}, ${actorId(tx.actor)}, ${title}, null, true, ${answerId}, ${now}, ${now})
      on conflict (workspace_id, id) do nothing returning id
    ), ${exchangeRows(tx, exchange, sql`exists (select from created)`)}
    select (select time_zone from workspaces where id = ${tx.workspaceId}) as "timeZone" from stored limit 1`,
    { name: 'chat.create', last },
  )
  return first
}

/**
 * Stores a question and the place of its answer, and makes the session active and the last used; `plan` is what follow-ups of another
 * branch than the one before refer to.
 * @returns false, with nothing stored, when an answer runs in the session; the caller holds the session's lock
 */
export async function insertExchange(tx: Transaction, exchange: NewExchangeRows, branch?: { plan: unknown }): Promise<boolean> {
  const { sessionId, answerId, title } = exchange
  const isFree = sql`not exists (select from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and status = 'running')`
  const plan = branch === undefined ? sql`` : sql`, plan = ${branch.plan === null ? null : JSON.stringify(branch.plan)}::jsonb`
  const rows = await tx.query(
    sql`
    with ${exchangeRows(tx, exchange, isFree)}, touched as (
      update chat_sessions set updated_at = ${exchange.now.toISOString()}, status = 'active', leaf_id = ${answerId} ${plan},
        title = case when title = '' then ${title} else title end
      where workspace_id = ${tx.workspaceId} and id = ${sessionId} and exists (select from stored)
    )
    select from stored`,
    branch === undefined ? { name: 'chat.continue' } : {},
  )
  return rows.length > 0
}

export interface AnswerEnd {
  status: 'done' | 'stopped' | 'failed'
  agent: string
  text: string
  parts: MessagePart[]
  citations: ChatMessage['citations']
  metadata: Record<string, unknown>
}

/**
 * Ends a running answer, and keeps what it remembered for the follow-ups of its branch; the transaction ends with it.
 * @param hasChunks what it said while it was made is in the database and goes now
 * @returns false when somebody else ended it, or its session is gone
 */
export async function endAnswer(tx: Transaction, messageId: string, end: AnswerEnd, hasChunks = false): Promise<boolean> {
  const { memory } = end.metadata
  const remembered =
    memory === undefined
      ? sql``
      : sql`, remembered as (
      update chat_sessions set plan = ${JSON.stringify(memory)}::jsonb
      where workspace_id = ${tx.workspaceId} and id in (select session_id from ended) and leaf_id = ${messageId}
    )`
  const cleared = hasChunks
    ? sql`, cleared as (delete from answer_chunks where workspace_id = ${tx.workspaceId} and message_id in (select id from ended))`
    : sql``
  const rows = await tx.query(
    sql`
    with ended as (
      update chat_messages set status = ${end.status}, agent = ${end.agent}, text = ${end.text}, parts = ${jsonOf(end.parts)}::jsonb,
        citations = ${JSON.stringify(end.citations)}::jsonb, metadata = ${JSON.stringify(end.metadata)}::jsonb
      where workspace_id = ${tx.workspaceId} and id = ${messageId} and status = 'running'
      returning id, session_id
    ) ${remembered} ${cleared}
    select from ended`,
    { ...(hasChunks ? {} : { name: memory === undefined ? 'chat.end' : 'chat.endWithMemory' }), last: true },
  )
  return rows.length > 0
}

export async function findMessage(tx: Transaction, messageId: string): Promise<StoredMessage | undefined> {
  const [row] = await tx.query<StoredMessage>(sql`select ${columns} from chat_messages where workspace_id = ${tx.workspaceId} and id = ${messageId}`)
  return row
}

/** Messages of a session, newest first. */
export async function listNewestMessages(
  tx: Transaction,
  sessionId: string,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<StoredMessage[]> {
  return await tx.query<StoredMessage>(sql`
    select ${columns} from chat_messages
    where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} ${before === undefined ? sql`` : sql`and sequence < ${before}`}
    order by sequence desc limit ${limit}`)
}

/** Ended messages of a session in reading order, after a sequence. */
export async function listEndedMessages(tx: Transaction, sessionId: string, { after, limit }: { after: number; limit: number }): Promise<StoredMessage[]> {
  return await tx.query<StoredMessage>(sql`
    select ${columns} from chat_messages
    where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and sequence > ${after} and status <> 'running'
    order by sequence limit ${limit}`)
}

/** Ids of the ended messages of sessions, by session. */
export async function listEndedMessageIds(tx: Transaction, sessionIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ sessionId: string; ids: string[] }>(sql`
    select session_id as "sessionId", array_agg(id::text) as ids from chat_messages
    where workspace_id = ${tx.workspaceId} and session_id = any(${sql.param([...sessionIds])}::uuid[]) and status <> 'running' group by session_id`)
  return new Map(rows.map(({ sessionId, ids }) => [sessionId, ids]))
}

/** Inserts a message as it once was; false when it is there already. */
export async function restoreMessage(tx: Transaction, message: ChatMessage): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into chat_messages (workspace_id, id, session_id, parent_id, role, status, agent, text, parts, citations, metadata, created_at)
    values (${tx.workspaceId}, ${message.id}, ${message.sessionId}, ${message.parentId ?? null}, ${message.role}, ${message.status}, ${message.agent}, ${message.text},
      ${JSON.stringify(message.parts)}::jsonb, ${JSON.stringify(message.citations)}::jsonb, ${JSON.stringify(message.metadata)}::jsonb, ${message.createdAt})
    on conflict (workspace_id, id) do nothing returning id`)
  return rows.length === 1
}
