import type { Transaction } from '#backend/infra/database/database.ts'
import { actorId, spokenForBy } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type AgentDefinition, type Assignment, assignMessage, findAgent } from '#backend/modules/agents/index.ts'
import type { TranscriptLine } from '#contracts/chat.ts'
import { findPlace } from './message-place.ts'
import { insertExchange, insertFirstExchange } from './messages.repository.ts'
import type { Question } from './question.ts'
import { endLeftBehind, findRunningAnswer } from './running-answers.repository.ts'
import { titleFromQuestion } from './session-title.ts'
import { lockSession } from './sessions.repository.ts'
import { messageLine, questionLine, sessionLine } from './transcript-lines.ts'

export interface Exchange {
  sessionId: string
  /** Whether the conversation begins with it. */
  isFirst: boolean
  questionId: string
  answerId: string
  /** What is answered. */
  question: string
  /** Who asked it in the actor's name, when it is answered once more for the actor. */
  spokenFor?: 'mcp' | undefined
  /** The message before the question. */
  parentId: string | null
  /** Whether the conversation may be learned from, and what is known may be used in it. */
  usesMemory: boolean
  askedAt: string
  assignment: Assignment
  /** The branch's last plan. */
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
  question: Question
  requested: AgentDefinition | undefined
  /** This process. */
  runner: string
  /** Milliseconds for which an answer is held without a sign of its maker. */
  holdMs: number
  now: Date
  /** Told who is to answer as soon as that is known, while the database stores the question. */
  onAssigned(assigned: Pick<Exchange, 'assignment' | 'question' | 'usesMemory'>): void
}

export const interruptedText = 'This answer was interrupted before it was finished. Ask again.'

/**
 * Stores a question and the place of its answer, in one transaction.
 * @throws AppError NOT_FOUND for a session that is not the actor's, CONFLICT while the session's last question is being answered
 */
export async function beginExchange(
  tx: Transaction,
  { sessionId, mayCreate, isNew, question: asked, requested, runner, holdMs, now, onAssigned }: NewExchange,
): Promise<Exchange> {
  const rowsFor = (assignment: Assignment, question: string, parentId: string | null, questionId?: string) => ({
    sessionId,
    questionId: questionId ?? newId(),
    answerId: newId(),
    question: questionId === undefined ? question : undefined,
    parentId,
    title: titleFromQuestion(question),
    agent: assignment.routing.agent.id,
    run: { runner },
    holdMs,
    now,
  })
  const askedAt = now.toISOString()
  const mayBegin = mayCreate && asked.message !== undefined && asked.regenerate === undefined && asked.parentId == null
  if (mayBegin && asked.message !== undefined) {
    const question = asked.message
    const assignment = assignMessage(question, { requested, locked: undefined })
    const rows = rowsFor(assignment, question, null)
    const inserting = insertFirstExchange(tx, rows, { last: isNew })
    onAssigned({ assignment, question, usesMemory: true })
    const begun = await inserting
    // Another process may have created it just now, or the client goes on with a conversation of its own name.
    if (begun !== undefined) {
      const { questionId, answerId } = rows
      const session = { id: sessionId, title: rows.title, status: 'active' as const, agent: null, memory: true, createdAt: askedAt, updatedAt: askedAt }
      const lines = [
        sessionLine(session, actorId(tx.actor), tx.workspaceId),
        questionLine({ id: questionId, text: question, createdAt: askedAt, parentId: null, spokenFor: spokenForBy(tx.actor) }),
      ]
      const first = { isFirst: true, parentId: null, usesMemory: true, previous: null, timeZone: begun.timeZone }
      return { sessionId, ...first, questionId, answerId, question, askedAt, assignment, lines }
    }
  }
  const session = await lockSession(tx, sessionId)
  if (session === undefined) throw notFound('The conversation')
  const { parentId, again, branch } = await findPlace(tx, sessionId, session.leafId, asked)
  const question = again?.text ?? asked.message
  if (question === undefined) throw notFound('The message')
  const assignment = assignMessage(question, { requested, locked: session.agent === null ? undefined : findAgent(session.agent) })
  const rows = rowsFor(assignment, question, parentId, again?.id)
  const lines: TranscriptLine[] = []
  const inserting = insertExchange(tx, rows, branch)
  const { memory: usesMemory, timeZone } = session
  onAssigned({ assignment, question, usesMemory })
  if (!(await inserting)) {
    const running = await findRunningAnswer(tx, sessionId)
    // Within this process the registry has let the question in, so its own rows that still run were left over.
    if (running === undefined || (running.runner !== runner && running.isHeld)) throw stillAnswering()
    const ended = await endLeftBehind(tx, { sessionId, evenHeld: true }, { status: 'failed', sentence: interruptedText })
    lines.push(...ended.map(messageLine))
    if (!(await insertExchange(tx, rows, branch))) throw stillAnswering()
  }
  const { questionId, answerId } = rows
  if (again === undefined) lines.push(questionLine({ id: questionId, text: question, createdAt: askedAt, parentId, spokenFor: spokenForBy(tx.actor) }))
  const previous = branch === undefined ? session.plan : branch.plan
  const spokenFor = again?.spokenFor ?? undefined
  return { sessionId, isFirst: false, questionId, answerId, question, spokenFor, parentId, usesMemory, askedAt, assignment, previous, timeZone, lines }
}

export function stillAnswering(): AppError {
  return new AppError('CONFLICT', 'Your last question in this conversation is still being answered; wait for it, or stop it.')
}
