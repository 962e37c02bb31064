import type { Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type AgentDefinition, type Assignment, assignMessage, findAgent } from '#backend/modules/agents/index.ts'
import type { TranscriptLine } from '#contracts/chat.ts'
import { abandonAnswers, findRunningAnswer, insertExchange, insertFirstExchange } from './messages.repository.ts'
import { titleFromQuestion } from './session-title.ts'
import { lockSession } from './sessions.repository.ts'
import { messageLine, questionLine, sessionLine } from './transcript-lines.ts'

export interface Exchange {
  sessionId: string
  /** Whether the conversation begins with it. */
  isFirst: boolean
  answerId: string
  askedAt: string
  assignment: Assignment
  /** The session's last plan. */
  previous: unknown
  /** The workspace's, for a request that names none. */
  timeZone: string
  /** What the transcript gains by this question. */
  lines: TranscriptLine[]
}

export interface NewExchange {
  sessionId: string
  /** Whether the session is created when it is not there. */
  mayCreate: boolean
  /** Whether its id was made for it, so that it cannot be there. */
  isNew: boolean
  question: string
  requested: AgentDefinition | undefined
  /** This process. */
  runner: string
  /** An answer that began longer ago than this is nobody's any more. */
  maxAnswerMs: number
  now: Date
}

export const interruptedText = 'This answer was interrupted before it was finished. Ask again.'

/**
 * Stores a question and the place of its answer, in one transaction.
 * @throws AppError NOT_FOUND for a session that is not the actor's, CONFLICT while the session's last question is being answered
 */
export async function beginExchange(
  tx: Transaction,
  { sessionId, mayCreate, isNew, question, requested, runner, maxAnswerMs, now }: NewExchange,
): Promise<Exchange> {
  const rowsFor = (assignment: Assignment) => ({
    sessionId,
    questionId: newId(),
    answerId: newId(),
    question,
    title: titleFromQuestion(question),
    agent: assignment.routing.agent.id,
    run: { runner },
    now,
  })
  const askedAt = now.toISOString()
  if (mayCreate) {
    const assignment = assignMessage(question, { requested, locked: undefined })
    const rows = rowsFor(assignment)
    const begun = await insertFirstExchange(tx, rows, { last: isNew })
    // Another process may have created it just now, or the client goes on with a conversation of its own name.
    if (begun !== undefined) {
      const session = { id: sessionId, title: rows.title, status: 'active' as const, agent: null, memory: true, createdAt: askedAt, updatedAt: askedAt }
      const lines = [sessionLine(session, actorId(tx.actor), tx.workspaceId), questionLine(rows.questionId, question, askedAt)]
      return { sessionId, isFirst: true, answerId: rows.answerId, askedAt, assignment, previous: null, timeZone: begun.timeZone, lines }
    }
  }
  const session = await lockSession(tx, sessionId)
  if (session === undefined) throw notFound('The conversation')
  const assignment = assignMessage(question, { requested, locked: session.agent === null ? undefined : findAgent(session.agent) })
  const rows = rowsFor(assignment)
  const lines: TranscriptLine[] = []
  if (!(await insertExchange(tx, rows))) {
    const running = await findRunningAnswer(tx, sessionId)
    // Within this process the registry has let the question in, so its own rows that still run were left over.
    if (running === undefined || (running.runner !== runner && running.ageMs < maxAnswerMs)) throw stillAnswering()
    const abandoned = await abandonAnswers(tx, { status: 'failed', sentence: interruptedText, sessionId })
    lines.push(...abandoned.map(messageLine))
    if (!(await insertExchange(tx, rows))) throw stillAnswering()
  }
  lines.push(questionLine(rows.questionId, question, askedAt))
  return { sessionId, isFirst: false, answerId: rows.answerId, askedAt, assignment, previous: session.plan, timeZone: session.timeZone, lines }
}

export function stillAnswering(): AppError {
  return new AppError('CONFLICT', 'Your last question in this conversation is still being answered; wait for it, or stop it.')
}
