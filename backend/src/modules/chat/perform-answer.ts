import type { Logger } from 'pino'
import { actorId } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { AgentAnswer, PlannerMemory, PlannerOutcome } from '#backend/modules/agents/index.ts'
import type { ChatAnswer } from '#contracts/chat.ts'
import { isStopped, withinDeadline } from './answer-deadline.ts'
import { brokenAnswer, failureSentence, wholeAnswer } from './answer-endings.ts'
import type { AnswerKeeper } from './answer-keeper.ts'
import type { RunEnd } from './answer-run.ts'
import { interruptedText } from './exchange.ts'
import type { KeptQuestions } from './kept/kept-questions.service.ts'
import { type AnswerBegun, companionsOf, type MakeDependencies, makeAnswer, messageContext, type Performance, writerOf } from './make-answer.ts'
import { endAnswer, findMessage } from './messages.repository.ts'
import { messageLine } from './transcript-lines.ts'
import type { Transcripts } from './transcripts.ts'

export interface PerformDependencies extends MakeDependencies {
  kept: KeptQuestions
  keeper: AnswerKeeper
  transcripts: Transcripts
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  /** Work that follows an answer, which a drain waits for. */
  afterwards: Set<Promise<void>>
  observe: ((answer: EndedAnswer) => void) | undefined
}

/** For counting. */
export interface EndedAnswer {
  agent: string
  answeredBy: ChatAnswer['answeredBy']
  outcome: RunEnd['status']
}

/** Makes one answer from its question to its last chunk; what goes wrong becomes the answer's ending, never a rejection. */
export function performAnswer(dependencies: PerformDependencies) {
  const { database, agents, kept, keeper, transcripts, logger, limits, afterwards, observe } = dependencies

  return async (performing: Performance, early: AnswerBegun | undefined): Promise<void> => {
    const beganAt = performance.now()
    const { run, slot, actor, exchange, requestId } = performing
    const { sessionId, questionId, answerId, question, askedAt, assignment } = exchange
    const { agent } = assignment.routing
    const fields = { requestId, sessionId, userId: actorId(actor) }
    const identity = () => ({ sessionId, messageId: answerId, processingTime: Math.round(performance.now() - beganAt) })
    const writer = early?.writer ?? writerOf(performing)
    keeper.keep({ workspaceId: actor.workspaceId, messageId: answerId, log: run.log, abort: run.abort })

    let hasChunks = false

    const reportUnwritten = (error: unknown) => {
      logger.error({ ...fields, err: error }, 'The transcript could not be written; the database has the message, and the next start adds the line')
    }

    /** False when the answer was ended elsewhere, by a stop or with its session. */
    async function store(status: RunEnd['status'], answer: ChatAnswer, more: Record<string, unknown>): Promise<boolean> {
      const { text, parts, citations, routing, answeredBy, language, coverage, usage, processingTime } = answer
      const metadata = { routing, answeredBy, ...(language === undefined ? {} : { language }), coverage, usage, processingTime, ...more }
      const end = { status, agent: answer.agent, text, parts, citations, metadata }
      const released = keeper.release(answerId)
      // What could not be stored at first is stored as a failure, and its chunks are still there.
      if (released !== false) hasChunks = await released
      const stored = await database.transaction(actor, (tx) => endAnswer(tx, answerId, end, hasChunks))
      const line = { id: answerId, role: 'assistant' as const, createdAt: askedAt, parentId: questionId, ...end }
      if (stored) await transcripts.append(sessionId, [messageLine(line)]).catch(reportUnwritten)
      return stored
    }

    async function finish(made: AgentAnswer): Promise<RunEnd> {
      const answer = wholeAnswer(identity(), made, writer.said())
      // Stored first: whatever a reader has seen in full is there after a crash.
      if (!(await store('done', answer, made.memory === null ? {} : { memory: made.memory }))) return await stop()
      writer.finish(answer)
      if (made.broken !== undefined) {
        logger.error({ ...fields, agent: made.agent.id, err: made.broken.error }, 'A model broke off its answer')
        agents.recordFailure(made.agent, made.broken.sentence)
      }
      if (made.answeredBy === 'planner') await noteQuestion()
      tellCompanions(answer)
      return { status: 'done', answer, ...(made.broken === undefined ? {} : { isBroken: true }) }
    }

    function tellCompanions(answer: ChatAnswer): void {
      for (const companion of companionsOf(dependencies, exchange)) {
        const told = companion
          .onAnswered?.(actor, question, answer, messageContext(performing))
          .catch((error: unknown) => logger.error({ ...fields, err: error }, 'What follows an answer could not be done'))
        if (told === undefined) continue
        afterwards.add(told)
        told.then(() => afterwards.delete(told))
      }
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

    /** How an answer ended that was not ended here. */
    async function statusElsewhere(): Promise<string | undefined> {
      const message = await database.transaction(actor, (tx) => findMessage(tx, answerId), { readOnly: true }).catch(logUnstored)
      return message?.status
    }

    async function stop(): Promise<RunEnd> {
      const answer = brokenAnswer(identity(), assignment, writer.said(), '')
      const isStored = await store('stopped', answer, {}).catch(logUnstored)
      // Nobody stopped it: this process was taken for gone, and people were told so.
      if (isStored === false && (await statusElsewhere()) === 'failed') {
        return await fail(new AppError('UNAVAILABLE', interruptedText, { retryAfterSeconds: 2 }))
      }
      writer.stop(answer.processingTime)
      return { status: 'stopped', answer }
    }

    async function fail(error: unknown): Promise<RunEnd> {
      const spoken = exchange.previous as PlannerMemory | null
      // Loaded like the answerer, not before somebody asks; when it cannot be loaded, that is the failure that is logged here.
      const language = await import('#backend/modules/planner/index.ts').then(
        ({ languageOf }) => languageOf(question, spoken?.language),
        () => undefined,
      )
      const sentence = failureSentence(error, language)
      logger.error({ ...fields, agent: agent.id, err: error }, 'An answer failed')
      agents.recordFailure(agent, sentence)
      const answer = brokenAnswer(identity(), assignment, writer.said(), sentence)
      await store('failed', answer, { failure: sentence, ...(error instanceof AppError ? { error: error.code } : {}) }).catch(logUnstored)
      writer.fail(sentence, answer.processingTime)
      return { status: 'failed', answer, error }
    }

    function logUnstored(error: unknown): undefined {
      logger.error({ ...fields, err: error }, 'The end of an answer could not be stored; it is marked as failed when the session is used again')
    }

    const questionWritten = transcripts.appendSoon(sessionId, exchange.lines).catch(reportUnwritten)
    logger.debug({ ...fields, message: question }, 'Question')
    let outcome: PlannerOutcome | undefined
    const working =
      early?.working ??
      makeAnswer(dependencies, performing, writer, (found) => {
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
    observe?.({ agent: end.answer.agent, answeredBy, outcome: end.isBroken === true ? 'failed' : end.status })
    run.end(end)
  }
}
