import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import {
  type AgentAnswer,
  type AgentService,
  type Answerer,
  type PlannerMemory,
  type PlannerOutcome,
  type Proposals,
  runAgent,
} from '#backend/modules/agents/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ChatAnswer } from '#contracts/chat.ts'
import type { Slot } from './actor-slots.ts'
import { isStopped, withinDeadline } from './answer-deadline.ts'
import { brokenAnswer, failureSentence, wholeAnswer } from './answer-endings.ts'
import type { AnswerRun, RunEnd } from './answer-run.ts'
import { type AnswerWriter, createAnswerWriter } from './answer-writer.ts'
import type { ChatLimits } from './chat-limits.ts'
import type { Exchange } from './exchange.ts'
import type { KeptQuestions } from './kept/kept-questions.service.ts'
import { endAnswer } from './messages.repository.ts'
import type { Question } from './question.ts'
import { messageLine } from './transcript-lines.ts'
import type { Transcripts } from './transcripts.ts'

export interface PerformDependencies {
  kept: KeptQuestions
  database: Database
  operations: Operations
  clock: Clock
  agents: AgentService
  answerer: Answerer
  proposals: Pick<Proposals, 'propose'>
  transcripts: Transcripts
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  limits: ChatLimits
  observe: ((answer: EndedAnswer) => void) | undefined
}

/** For counting. */
export interface EndedAnswer {
  agent: string
  answeredBy: ChatAnswer['answeredBy']
  outcome: RunEnd['status']
}

export interface Performance {
  run: AnswerRun
  slot: Slot
  actor: Actor
  exchange: Exchange
  question: Question
  requestId: string
}

/** Makes one answer from its question to its last chunk; what goes wrong becomes the answer's ending, never a rejection. */
export function performAnswer(dependencies: PerformDependencies) {
  const { database, agents, kept, transcripts, logger, limits, observe } = dependencies

  return async (performing: Performance): Promise<void> => {
    const beganAt = performance.now()
    const { run, slot, actor, exchange, requestId } = performing
    const { sessionId, answerId, askedAt, assignment } = exchange
    const { agent, reason } = assignment.routing
    const fields = { requestId, sessionId, userId: actorId(actor) }
    const identity = () => ({ sessionId, messageId: answerId, processingTime: Math.round(performance.now() - beganAt) })
    const writer = createAnswerWriter(run.log, { sessionId, messageId: answerId, agent: agent.id, routing: reason, answeredBy: 'planner' })

    const reportUnwritten = (error: unknown) => {
      logger.error({ ...fields, err: error }, 'The transcript could not be written; the database has the message, and the next start adds the line')
    }

    /** False when the answer was ended elsewhere, by a stop or with its session. */
    async function store(status: RunEnd['status'], answer: ChatAnswer, more: Record<string, unknown>): Promise<boolean> {
      const { text, parts, citations, routing, answeredBy, language, coverage, usage, processingTime } = answer
      const metadata = { routing, answeredBy, ...(language === undefined ? {} : { language }), coverage, usage, processingTime, ...more }
      const end = { status, agent: answer.agent, text, parts, citations, metadata }
      const stored = await database.transaction(actor, (tx) => endAnswer(tx, answerId, end))
      if (stored) await transcripts.append(sessionId, [messageLine({ id: answerId, role: 'assistant', createdAt: askedAt, ...end })]).catch(reportUnwritten)
      return stored
    }

    async function finish(made: AgentAnswer): Promise<RunEnd> {
      const answer = wholeAnswer(identity(), made, writer.said())
      // Stored first: whatever a reader has seen in full is there after a crash.
      if (!(await store('done', answer, made.memory === null ? {} : { memory: made.memory }))) return await stop()
      writer.finish(answer)
      await noteQuestion()
      return { status: 'done', answer }
    }

    /** What was not answered right is kept where the person allows it; the answer stands without that too. */
    async function noteQuestion(): Promise<void> {
      if (outcome === undefined) return
      // What is right at once repairs nothing.
      if (outcome.kind === 'answer' && exchange.isFirst) return
      const { kind, plan, repairs } = outcome
      const noted = { kind, plan, ...(repairs === undefined ? {} : { repairs }) }
      await database
        .transaction(actor, (tx) => kept.note(tx, { sessionId, messageId: answerId }, noted))
        .catch((error: unknown) => logger.error({ ...fields, err: error }, 'A question could not be kept'))
    }

    async function stop(): Promise<RunEnd> {
      const answer = brokenAnswer(identity(), assignment, writer.said(), '')
      await store('stopped', answer, {}).catch(logUnstored)
      writer.stop(answer.processingTime)
      return { status: 'stopped', answer }
    }

    async function fail(error: unknown): Promise<RunEnd> {
      const spoken = exchange.previous as PlannerMemory | null
      // Loaded like the answerer, not before somebody asks; when it cannot be loaded, that is the failure that is logged here.
      const language = await import('#backend/modules/planner/index.ts').then(
        ({ languageOf }) => languageOf(performing.question.message, spoken?.language),
        () => undefined,
      )
      const sentence = failureSentence(error, language)
      logger.error({ ...fields, agent: agent.id, err: error }, 'An answer failed')
      agents.recordFailure(agent, sentence)
      const answer = brokenAnswer(identity(), assignment, writer.said(), sentence)
      await store('failed', answer, error instanceof AppError ? { error: error.code } : {}).catch(logUnstored)
      writer.fail(sentence, answer.processingTime)
      return { status: 'failed', answer, error }
    }

    function logUnstored(error: unknown) {
      logger.error({ ...fields, err: error }, 'The end of an answer could not be stored; it is marked as failed when the session is used again')
    }

    const questionWritten = transcripts.appendSoon(sessionId, exchange.lines).catch(reportUnwritten)
    logger.debug({ ...fields, message: performing.question.message }, 'Question')
    let outcome: PlannerOutcome | undefined
    const working = work(dependencies, performing, writer, (found) => {
      outcome = found
    })
    // The slot is held until the work itself is over: what was stopped may still be busy in the database.
    working.then(slot.release, slot.release)
    let end: RunEnd
    try {
      end = await finish(await withinDeadline(working, run.abort, limits.maxAnswerMs))
    } catch (error) {
      end = isStopped(run.abort.signal) ? await stop() : await fail(error)
    }
    await questionWritten
    const { processingTime, answeredBy } = end.answer
    logger.info({ ...fields, processingTime, agent: end.answer.agent, answeredBy, status: end.status }, 'Answered')
    observe?.({ agent: end.answer.agent, answeredBy, outcome: end.status })
    run.end(end)
  }
}

/** Has the agent answer when it is the actor's turn. */
async function work(
  { operations, clock, agents, answerer, proposals, logger, limits }: PerformDependencies,
  { run, slot, actor, exchange, question, requestId }: Performance,
  writer: AnswerWriter,
  onOutcome: (outcome: PlannerOutcome) => void,
): Promise<AgentAnswer> {
  await slot.ready
  const { signal } = run.abort
  signal.throwIfAborted()
  const { agent } = exchange.assignment.routing
  logger.info({ component: agent.logName, requestId, sessionId: exchange.sessionId, userId: actorId(actor), agent: agent.id }, `${agent.logName} Executing`)
  const previous = exchange.previous as PlannerMemory | null
  const { statementTimeoutMs } = limits
  const reading = { name: 'chat.answer', scope: 'crm:read', readOnly: true, statementTimeoutMs } as const
  return await runAgent({
    assignment: exchange.assignment,
    answerer,
    modelConfigured: agents.modelConfigured,
    context: {
      now: clock.now(),
      timeZone: question.timeZone ?? exchange.timeZone,
      ...(question.currency === undefined ? {} : { currency: question.currency }),
      ...(previous === null ? {} : { previous }),
      actor,
      signal,
      say(text) {
        if (!signal.aborted) writer.say(text)
      },
    },
    async read(read) {
      const outcome = await operations.run(actor, { ...reading, query: ({ plan }) => ({ agent: agent.id, plan }) }, read)
      onOutcome(outcome)
      return outcome
    },
    propose: (wanted) =>
      proposals.propose(actor, {
        ...wanted,
        source: { kind: 'sentence', text: question.message, sessionId: exchange.sessionId, messageId: exchange.answerId },
        key: exchange.answerId,
      }),
  })
}
