import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { AnswerChunk } from './answer-log.ts'
import { columns, type StoredMessage } from './messages.repository.ts'
import { readPartialAnswer } from './partial-answer.ts'

export interface RunningAnswer {
  id: string
  /** The process that makes it. */
  runner: string | null
  /** Whether that process is known to live, by the database's clock. */
  isHeld: boolean
}

const isHeld = sql`(held_until is not null and held_until > clock_timestamp())`
const holding = (holdMs: number): SQL => sql`clock_timestamp() + ${holdMs}::float8 * interval '1 millisecond'`

export async function findRunningAnswer(tx: Transaction, sessionId: string): Promise<RunningAnswer | undefined> {
  const [row] = await tx.query<RunningAnswer>(sql`
    select id, metadata ->> 'runner' as runner, ${isHeld} as "isHeld"
    from chat_messages where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and status = 'running'
    order by sequence desc limit 1`)
  return row
}

/** Asks whichever process makes the session's answer to end it. @returns its message's id; undefined when none runs */
export async function requestStop(tx: Transaction, sessionId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(sql`
    update chat_messages set stop_requested = true where workspace_id = ${tx.workspaceId} and session_id = ${sessionId} and status = 'running' returning id`)
  return row?.id
}

/** What the process that makes an answer tells of it. */
export interface AnswerSign {
  id: string
  /** Number of the chunks, without a gap. */
  sequence: number
  chunks: AnswerChunk[] | null
  /** Puts off the time at which the answer counts as left behind. */
  holds: boolean
}

export interface AnswerStanding {
  id: string
  stopRequested: boolean
}

/** Keeps what was said and that its maker lives. @returns those that still run; what was ended elsewhere is missing */
export async function keepAnswers(tx: Transaction, signs: readonly AnswerSign[], holdMs: number): Promise<AnswerStanding[]> {
  return await tx.query<AnswerStanding>(
    sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(signs)}::jsonb) as g(id uuid, sequence integer, chunks jsonb, holds boolean)),
    held as (
      update chat_messages m set held_until = ${holding(holdMs)} from given g
      where m.workspace_id = ${tx.workspaceId} and m.id = g.id and m.status = 'running' and g.holds returning m.id
    ), stored as (
      insert into answer_chunks (workspace_id, message_id, sequence, chunks)
      select ${tx.workspaceId}, g.id, g.sequence, g.chunks from given g join held h on h.id = g.id where jsonb_typeof(g.chunks) = 'array'
      on conflict (workspace_id, message_id, sequence) do nothing
    )
    select m.id, m.stop_requested as "stopRequested" from given g join chat_messages m on m.workspace_id = ${tx.workspaceId} and m.id = g.id
    where m.status = 'running'`,
    { name: 'chat.keepAnswers', last: true },
  )
}

export interface WatchedAnswer {
  id: string
  /** Null when its session is gone. */
  status: StoredMessage['status'] | null
  isHeld: boolean
  /** Number of the last chunks told; -1 before the first. */
  last: number
  /** What was said since, batch by batch. */
  batches: AnswerChunk[][]
}

/** How answers stand that another process makes, with what they said after the chunks that are known. */
export async function watchAnswers(tx: Transaction, known: readonly { id: string; after: number }[]): Promise<WatchedAnswer[]> {
  return await tx.query<WatchedAnswer>(
    sql`
    select g.id, m.status, coalesce(${isHeld}, false) as "isHeld", coalesce(c.last, g.after) as last, coalesce(c.batches, '[]') as batches
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as g(id uuid, after integer)
    left join chat_messages m on m.workspace_id = ${tx.workspaceId} and m.id = g.id
    left join lateral (
      select max(sequence) as last, jsonb_agg(chunks order by sequence) as batches from answer_chunks
      where workspace_id = ${tx.workspaceId} and message_id = g.id and sequence > g.after
    ) c on true`,
    { name: 'chat.watchAnswers' },
  )
}

export interface LeftBehind {
  sessionId?: string
  messageId?: string
  /** Ends what this runner's name begins with even while it is held: its process is known to be gone. */
  runnerPrefix?: string
  /** Ends also what is held. */
  evenHeld?: boolean
}

export interface Ending {
  status: 'stopped' | 'failed'
  /** Said after what was said; may be empty. */
  sentence: string
}

/** Ends running answers that nobody makes any more, and keeps what they had said. */
export async function endLeftBehind(
  tx: Transaction,
  { sessionId, messageId, runnerPrefix, evenHeld = false }: LeftBehind,
  ending: Ending,
): Promise<StoredMessage[]> {
  const left = evenHeld ? sql`` : sql`and (not ${isHeld} ${runnerPrefix === undefined ? sql`` : sql`or starts_with(metadata ->> 'runner', ${runnerPrefix})`})`
  // Whoever asks about one waits for what ends it just now; whoever looks for any leaves it to them.
  const others = sessionId === undefined && messageId === undefined && runnerPrefix === undefined ? sql`skip locked` : sql``
  // Locked first: whatever its maker still writes is there by then, or is not written at all.
  const running = await tx.query<StoredMessage>(sql`
    select ${columns} from chat_messages where workspace_id = ${tx.workspaceId} and status = 'running' ${left}
      ${sessionId === undefined ? sql`` : sql`and session_id = ${sessionId}`} ${messageId === undefined ? sql`` : sql`and id = ${messageId}`}
    order by sequence for update ${others}`)
  const ended: StoredMessage[] = []
  for (const message of running) ended.push(await endWithWhatWasSaid(tx, message, ending))
  return ended
}

async function endWithWhatWasSaid(tx: Transaction, message: StoredMessage, { status, sentence }: Ending): Promise<StoredMessage> {
  const rows = await tx.query<{ chunks: AnswerChunk[] }>(
    sql`select chunks from answer_chunks where workspace_id = ${tx.workspaceId} and message_id = ${message.id} order by sequence`,
  )
  const said = readPartialAnswer(rows.flatMap(({ chunks }) => chunks))
  const text = [said.text, sentence].filter((piece) => piece !== '').join('\n\n')
  const data = said.parts.filter((part) => part.type !== 'text')
  const { runner: _, startedAt: __, ...before } = message.metadata
  const { routing, answeredBy, language } = said.metadata
  // The planner speaks once, when it has everything.
  const told = {
    routing,
    answeredBy: said.text === '' ? answeredBy : 'model',
    language,
    ...(status === 'failed' ? { interrupted: true, failure: sentence } : {}),
  }
  const ended: StoredMessage = {
    ...message,
    status,
    text,
    parts: text === '' ? data : [{ type: 'text', text }, ...data],
    metadata: { ...before, ...(JSON.parse(JSON.stringify(told)) as Record<string, unknown>) },
  }
  await tx.query(sql`
    with ended as (
      update chat_messages set status = ${status}, text = ${text}, parts = ${JSON.stringify(ended.parts)}::jsonb, metadata = ${JSON.stringify(ended.metadata)}::jsonb
      where workspace_id = ${tx.workspaceId} and id = ${message.id}
    )
    delete from answer_chunks where workspace_id = ${tx.workspaceId} and message_id = ${message.id}`)
  return ended
}
