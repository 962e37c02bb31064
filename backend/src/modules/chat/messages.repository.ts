import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'
import { jsonOf } from '#backend/kernel/json-text.ts'
import type { ChatMessage, MessagePart } from '#contracts/chat.ts'

/** A message as stored: its metadata also holds what only the server needs. */
export interface StoredMessage extends ChatMessage {
  sequence: number
}

const columns = sql`id, session_id as "sessionId", role, status, agent, text, parts, citations, metadata, created_at as "createdAt", sequence`

/** Metadata of a message while its answer is being made; both go when it ends. */
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
  question: string
  /** Names the session when it has no name. */
  title: string
  agent: string
  run: RunMetadata
  now: Date
}

/** Rows of a question and of the answer that is being made; `may` decides whether they are stored. */
function exchangeRows(tx: Transaction, { sessionId, questionId, answerId, question, agent, run, now }: NewExchangeRows, may: SQL): SQL {
  const parts: MessagePart[] = [{ type: 'text', text: question }]
  return sql`stored as (
      insert into chat_messages (workspace_id, id, session_id, role, status, agent, text, parts, metadata, created_at)
      select ${tx.workspaceId}, v.id, ${sessionId}, v.role, v.status, v.agent, v.text, v.parts, v.metadata, ${now.toISOString()}
      from (values
        (1, ${questionId}::uuid, 'user', 'done', null, ${question}, ${JSON.stringify(parts)}::jsonb, '{}'::jsonb),
        (2, ${answerId}::uuid, 'assistant', 'running', ${agent}, '', '[]'::jsonb, ${JSON.stringify(run)}::jsonb || jsonb_build_object('startedAt', clock_timestamp()))
      ) v (place, id, role, status, agent, text, parts, metadata)
      where ${may} order by v.place
      returning id
    )`
}

/**
 * Creates a session with its first question and the place of the answer.
 * @returns undefined, with nothing stored, when the session is there already
 */
export async function insertFirstExchange(tx: Transaction, exchange: NewExchangeRows, { last }: { last: boolean }): Promise<{ timeZone: string } | undefined> {
  const { sessionId, title } = exchange
  const now = exchange.now.toISOString()
  const [first] = await tx.query<{ timeZone: string }>(
    sql`
    with created as (
      insert into chat_sessions (workspace_id, id, actor_id, title, agent, memory, created_at, updated_at)
      values (${tx.workspaceId}, ${sessionId}, ${actorId(tx.actor)}, ${title}, null, true, ${now}, ${now}) on conflict (workspace_id, id) do nothing returning id
    ), ${exchangeRows(tx, exchange, sql`exists (select from created)`)}
    select (select time_zone from workspaces where id = ${tx.workspaceId}) as "timeZone" from stored limit 1`,
    { name: 'chat.create', last },
  )
  return first
}

/**
 * Stores a question and the place of its answer, and makes the session active and the last used.
 * @returns false, with nothing stored, when an answer runs in the session; the caller holds the session's lock
 */
export async function insertExchange(tx: Transaction, exchange: NewExchangeRows): Promise<boolean> {
  const { sessionId, title } = exchange
  const isFree = sql`not exists (select from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and status = 'running')`
  const rows = await tx.query(
    sql`
    with ${exchangeRows(tx, exchange, isFree)}, touched as (
      update chat_sessions set updated_at = ${exchange.now.toISOString()}, status = 'active', title = case when title = '' then ${title} else title end
      where workspace_id = ${tx.workspaceId} and id = ${sessionId} and exists (select from stored)
    )
    select from stored`,
    { name: 'chat.continue' },
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
 * Ends a running answer, and keeps what it remembered for the session's follow-ups; the transaction ends with it.
 * @returns false when somebody else ended it, or its session is gone
 */
export async function endAnswer(tx: Transaction, messageId: string, end: AnswerEnd): Promise<boolean> {
  const { memory } = end.metadata
  const rows = await tx.query(
    sql`
    with ended as (
      update chat_messages set status = ${end.status}, agent = ${end.agent}, text = ${end.text}, parts = ${jsonOf(end.parts)}::jsonb,
        citations = ${JSON.stringify(end.citations)}::jsonb, metadata = ${JSON.stringify(end.metadata)}::jsonb
      where workspace_id = ${tx.workspaceId} and id = ${messageId} and status = 'running'
      returning session_id
    ) ${
      memory === undefined
        ? sql``
        : sql`, remembered as (
      update chat_sessions set plan = ${JSON.stringify(memory)}::jsonb where workspace_id = ${tx.workspaceId} and id in (select session_id from ended)
    )`
    }
    select from ended`,
    { name: memory === undefined ? 'chat.end' : 'chat.endWithMemory', last: true },
  )
  return rows.length > 0
}

/** Ends running answers that nobody makes any more: one, a session's, or the whole workspace's. */
export async function abandonAnswers(
  tx: Transaction,
  { status, sentence, sessionId, messageId }: { status: 'stopped' | 'failed'; sentence: string; sessionId?: string; messageId?: string },
): Promise<StoredMessage[]> {
  const parts: MessagePart[] = sentence === '' ? [] : [{ type: 'text', text: sentence }]
  return await tx.query<StoredMessage>(sql`
    update chat_messages set status = ${status}, text = ${sentence}, parts = ${JSON.stringify(parts)}::jsonb, metadata = metadata - 'runner' - 'startedAt'
    where workspace_id = ${tx.workspaceId} and status = 'running'
      ${sessionId === undefined ? sql`` : sql`and session_id = ${sessionId}`} ${messageId === undefined ? sql`` : sql`and id = ${messageId}`}
    returning ${columns}`)
}

export interface RunningAnswer {
  id: string
  runner: string | null
  /** Since it began, by the database's clock. */
  ageMs: number
}

export async function findRunningAnswer(tx: Transaction, sessionId: string): Promise<RunningAnswer | undefined> {
  const [row] = await tx.query<RunningAnswer>(sql`
    select id, metadata ->> 'runner' as runner,
      coalesce(extract(epoch from clock_timestamp() - (metadata ->> 'startedAt')::timestamptz) * 1000, 1e12)::float8 as "ageMs"
    from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and status = 'running'
    order by sequence desc limit 1`)
  return row
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

export async function listEndedMessageIds(tx: Transaction, sessionId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select id from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and status <> 'running' order by sequence`)
  return rows.map((row) => row.id)
}

/** Inserts a message as it once was; false when it is there already. */
export async function restoreMessage(tx: Transaction, message: ChatMessage): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into chat_messages (workspace_id, id, session_id, role, status, agent, text, parts, citations, metadata, created_at)
    values (${tx.workspaceId}, ${message.id}, ${message.sessionId}, ${message.role}, ${message.status}, ${message.agent}, ${message.text},
      ${JSON.stringify(message.parts)}::jsonb, ${JSON.stringify(message.citations)}::jsonb, ${JSON.stringify(message.metadata)}::jsonb, ${message.createdAt})
    on conflict (workspace_id, id) do nothing returning id`)
  return rows.length === 1
}
