import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId, seesEverything } from '#backend/kernel/actor.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { KeptQuestion } from '#contracts/questions.ts'

export interface NewKeptQuestion {
  id: string
  sessionId: string
  messageId: string
  text: string
  askedBefore: readonly string[]
  outcome: KeptQuestion['outcome']
  plan: TypedQueryInput | null
  correction?: string
  at: Date
}

/** Owners and admins see the workspace's, everybody else their own. */
const visible = (tx: Transaction) =>
  seesEverything(tx.actor) ? sql`k.workspace_id = ${tx.workspaceId}` : sql`k.workspace_id = ${tx.workspaceId} and k.actor_id = ${actorId(tx.actor)}`

export async function findConsent(tx: Transaction): Promise<boolean | null> {
  const [row] = await tx.query<{ consents: boolean }>(
    sql`select consents from kept_question_consents where workspace_id = ${tx.workspaceId} and actor_id = ${actorId(tx.actor)}`,
  )
  return row?.consents ?? null
}

export async function saveConsent(tx: Transaction, consents: boolean, at: Date): Promise<void> {
  await tx.query(sql`
    insert into kept_question_consents (workspace_id, actor_id, consents, at) values (${tx.workspaceId}, ${actorId(tx.actor)}, ${consents}, ${at.toISOString()})
    on conflict (workspace_id, actor_id) do update set consents = excluded.consents, at = excluded.at`)
}

/** Keeps a question once; a later correction of it is added. */
export async function insertKeptQuestion(tx: Transaction, question: NewKeptQuestion): Promise<void> {
  await tx.query(sql`
    insert into kept_questions (workspace_id, id, actor_id, session_id, message_id, text, asked_before, outcome, plan, correction, at)
    values (${tx.workspaceId}, ${question.id}, ${actorId(tx.actor)}, ${question.sessionId}, ${question.messageId}, ${question.text},
      ${JSON.stringify(question.askedBefore)}::jsonb, ${question.outcome}, ${question.plan === null ? null : JSON.stringify(question.plan)}::jsonb,
      ${question.correction ?? null}, ${question.at.toISOString()})
    on conflict (workspace_id, message_id) do update set correction = coalesce(excluded.correction, kept_questions.correction)`)
}

/** Notes what the person asked next and got answered: a choice of what was asked back, else a message most of whose words the question has. */
export async function correctKeptQuestion(tx: Transaction, messageId: string, correction: string, words: readonly string[]): Promise<void> {
  await tx.query(sql`
    update kept_questions set correction = ${correction}
    where workspace_id = ${tx.workspaceId} and actor_id = ${actorId(tx.actor)} and message_id = ${messageId} and correction is null
      and (outcome = 'clarified' or (${words.length} > 0
        and 2 * (select count(*) from unnest(${sql.param([...words])}::text[]) w(word) where position(w.word in fold(text)) > 0) >= ${words.length}))`)
}

export async function listKeptQuestions(
  tx: Transaction,
  { after, limit }: { after: { at: string; id: string } | undefined; limit: number },
): Promise<KeptQuestion[]> {
  return await tx.query<KeptQuestion>(sql`
    select k.id, k.text, k.asked_before as "askedBefore", k.outcome, k.plan, k.correction, k.at, u.name as person
    from kept_questions k left join users u on u.workspace_id = k.workspace_id and u.id::text = k.actor_id
    where ${visible(tx)} ${after === undefined ? sql`` : sql`and (k.at, k.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by k.at desc, k.id desc limit ${limit}`)
}

export async function countKeptQuestions(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`select count(*) as count from kept_questions k where ${visible(tx)}`)
  return row?.count ?? 0
}

/** One of those the person sees, or all of them; how many went. */
export async function deleteKeptQuestions(tx: Transaction, id?: string): Promise<number> {
  const rows = await tx.query(sql`delete from kept_questions k where ${visible(tx)} ${id === undefined ? sql`` : sql`and k.id = ${id}`} returning k.id`)
  return rows.length
}

/** One's own answer, its session, and what was asked up to it, oldest first. */
export interface AskedAnswer {
  sessionId: string
  messageId: string
  /** The last is what the message answers. */
  questions: string[]
  plan: TypedQueryInput | null
}

/** The answer with the questions of its branch up to it; undefined when it is not the actor's. */
export async function findAskedAnswer(tx: Transaction, messageId: string, mostQuestions: number): Promise<AskedAnswer | undefined> {
  const [row] = await tx.query<AskedAnswer>(sql`
    with recursive branch as (
      select m.id, m.parent_id, m.session_id, m.role, m.text, m.sequence, m.parts
      from chat_messages m join chat_sessions s on s.workspace_id = m.workspace_id and s.id = m.session_id
      where m.workspace_id = ${tx.workspaceId} and m.id = ${messageId} and m.role = 'assistant' and s.actor_id = ${actorId(tx.actor)}
      union all
      select m.id, m.parent_id, m.session_id, m.role, m.text, m.sequence, m.parts
      from branch b join chat_messages m on m.workspace_id = ${tx.workspaceId} and m.id = b.parent_id and m.session_id = b.session_id and m.sequence < b.sequence
    )
    select b.session_id as "sessionId", b.id as "messageId",
      (select p -> 'data' from jsonb_array_elements(b.parts) p where p ->> 'type' = 'data-plan' limit 1) as plan,
      (select coalesce(array_agg(q.text order by q.sequence), '{}') from (
        select text, sequence from branch where role = 'user' order by sequence desc limit ${mostQuestions}) q) as questions
    from branch b where b.id = ${messageId}`)
  return row
}

/** The answer before one in its branch. */
export async function findAnswerBefore(tx: Transaction, sessionId: string, messageId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(sql`
    select before.id from chat_messages m
    join chat_messages asked on asked.workspace_id = m.workspace_id and asked.id = m.parent_id and asked.session_id = m.session_id
    join chat_messages before on before.workspace_id = m.workspace_id and before.id = asked.parent_id and before.session_id = m.session_id
    where m.workspace_id = ${tx.workspaceId} and m.session_id = ${sessionId} and m.id = ${messageId} and before.role = 'assistant'`)
  return row?.id
}
