import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type AgentAnswer, type AgentDefinition, type AgentService, type Answerer, type PlannerMemory, runAgent } from '#backend/modules/agents/index.ts'
import type { AnswerMetadata, ChatAnswer } from '#contracts/chat.ts'
import type { Slot } from './actor-slots.ts'
import { partChunks } from './answer-chunks.ts'
import type { AnswerRun, RunEnd } from './answer-run.ts'
import type { ChatLimits } from './chat-limits.ts'
import type { Exchange } from './exchange.ts'
import { endAnswer, type StoredMessage } from './messages.repository.ts'
import type { Question } from './question.ts'
import { messageLine } from './transcript-lines.ts'
import type { Transcripts } from './transcripts.ts'

export interface PerformDependencies {
  database: Database
  clock: Clock
  agents: AgentService
  answerer: Answerer
  transcripts: Transcripts
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  limits: ChatLimits
}

export interface Performance {
  run: AnswerRun
  slot: Slot
  actor: Actor
  exchange: Exchange
  question: Question
  requestId: string
}

const noUsage: ChatAnswer['usage'] = { inputTokens: 0, outputTokens: 0, costUsd: '0' }

/** Makes one answer from its question to its last chunk; what goes wrong becomes the answer's ending, never a rejection. */
export function performAnswer({ database, clock, agents, answerer, transcripts, logger, limits }: PerformDependencies) {
  return async ({ run, slot, actor, exchange, question, requestId }: Performance): Promise<void> => {
    const beganAt = performance.now()
    const { sessionId, answerId, assignment } = exchange
    const fields = { requestId, sessionId, userId: actorId(actor) }
    const first = assignment.routing
    const identity: AnswerMetadata = { sessionId, messageId: answerId, agent: first.agent.id, routing: first.reason, answeredBy: 'planner' }
    let said = ''

    const transcribe = (lines: Parameters<Transcripts['append']>[1]) =>
      transcripts.append(sessionId, lines).catch((error: unknown) => {
        logger.error({ ...fields, err: error }, 'The transcript could not be written; the database has the message, and the next start adds the line')
      })

    function say(text: string) {
      if (run.abort.signal.aborted || text === '') return
      if (said === '') run.log.write({ type: 'text-start', id: 'text-0' })
      said += text
      run.log.write({ type: 'text-delta', id: 'text-0', delta: text })
    }

    async function work(): Promise<AgentAnswer> {
      await slot.ready
      run.abort.signal.throwIfAborted()
      logger.info({ component: first.agent.logName, ...fields, agent: first.agent.id }, `${first.agent.logName} Executing`)
      logger.debug({ ...fields, message: question.message }, 'Question')
      const previous = exchange.previous as PlannerMemory | null
      return await runAgent({
        assignment,
        answerer,
        modelConfigured: agents.modelConfigured,
        context: {
          now: clock.now(),
          timeZone: question.timeZone ?? exchange.timeZone,
          ...(question.currency === undefined ? {} : { currency: question.currency }),
          ...(previous === null ? {} : { previous }),
          actor,
          signal: run.abort.signal,
          say,
        },
        read: (read) => database.transaction(actor, read, { readOnly: true, statementTimeoutMs: limits.statementTimeoutMs }),
      })
    }

    function ending(agent: AgentDefinition, routing: string, answer: Pick<ChatAnswer, 'text' | 'parts' | 'citations' | 'coverage'>): ChatAnswer {
      const processingTime = Math.round(performance.now() - beganAt)
      return { ...answer, sessionId, messageId: answerId, agent: agent.id, routing, answeredBy: 'planner', usage: noUsage, processingTime }
    }

    /** Stores the ending; undefined when the answer was ended elsewhere, by a stop or with its session. */
    async function store(
      status: RunEnd['status'],
      { text, parts, citations, agent, ...answer }: ChatAnswer,
      more: Record<string, unknown>,
    ): Promise<StoredMessage | undefined> {
      const { routing, answeredBy, coverage, usage, processingTime } = answer
      const metadata = { routing, answeredBy, coverage, usage, processingTime, ...more }
      const stored = await database.transaction(actor, (tx) => endAnswer(tx, answerId, { status, agent, text, parts, citations, metadata }))
      if (stored !== undefined) await transcribe([messageLine(stored)])
      return stored
    }

    async function finish(made: AgentAnswer): Promise<RunEnd> {
      const whole = made.text.startsWith(said)
        ? made
        : { ...made, text: `${said}\n\n${made.text}`, parts: [{ type: 'text' as const, text: said }, ...made.parts] }
      const answer = ending(whole.agent, whole.routing, whole)
      const stored = await store('done', answer, whole.memory === null ? {} : { memory: whole.memory })
      if (stored === undefined) return await close('stopped')
      if (answer.agent !== identity.agent || answer.routing !== identity.routing) {
        run.log.write({ type: 'message-metadata', messageMetadata: { agent: answer.agent, routing: whole.routing } })
      }
      for (const chunk of partChunks(answer.parts, said.length)) run.log.write(chunk)
      const { citations, coverage, usage, processingTime } = answer
      run.log.write({
        type: 'finish',
        finishReason: 'stop',
        messageMetadata: { ...identity, agent: answer.agent, routing: whole.routing, status: 'done', citations, coverage, usage, processingTime },
      })
      return { status: 'done', answer }
    }

    /** Ends the answer with what was said so far, and a sentence when it failed. */
    async function close(status: 'stopped' | 'failed', error?: unknown): Promise<RunEnd> {
      const sentence = status === 'failed' ? failureSentence(error) : ''
      const text = [said, sentence].filter((piece) => piece !== '').join('\n\n')
      const answer = ending(first.agent, first.reason, { text, parts: text === '' ? [] : [{ type: 'text', text }], citations: [], coverage: null })
      await store(status, answer, error instanceof AppError ? { error: error.code } : {}).catch((storeError: unknown) => {
        logger.error({ ...fields, err: storeError }, 'The end of an answer could not be stored; it is marked as failed when the session is used again')
      })
      if (said !== '') run.log.write({ type: 'text-end', id: 'text-0' })
      run.log.write({ type: 'message-metadata', messageMetadata: { status, processingTime: answer.processingTime } })
      run.log.write(status === 'failed' ? { type: 'error', errorText: sentence } : { type: 'abort', reason: 'stopped' })
      return { status, answer, error }
    }

    run.log.write({ type: 'start', messageId: answerId, messageMetadata: identity })
    const questionWritten = transcribe(exchange.lines)
    const timer = setTimeout(() => {
      run.abort.abort(new AppError('UNAVAILABLE', 'The answer took too long and was given up; narrow the question and ask again.', { retryAfterSeconds: 5 }))
    }, limits.maxAnswerMs)
    const working = work()
    // The slot is held until the work itself is over: what was stopped may still be busy in the database.
    working.then(slot.release, slot.release)
    let end: RunEnd | undefined
    try {
      end = await finish(await Promise.race([working, aborted(run.abort.signal)]))
    } catch (error) {
      const stopped = run.abort.signal.aborted && !(run.abort.signal.reason instanceof AppError)
      if (!stopped) {
        logger.error({ ...fields, agent: first.agent.id, err: error }, 'An answer failed')
        agents.recordFailure(first.agent, failureSentence(error))
      }
      end = await close(stopped ? 'stopped' : 'failed', error)
    } finally {
      clearTimeout(timer)
    }
    await questionWritten
    const { processingTime, agent, answeredBy } = end.answer
    logger.info({ ...fields, processingTime, agent, answeredBy, status: end.status }, 'Answered')
    run.end(end)
  }
}

function failureSentence(error: unknown): string {
  return error instanceof AppError ? error.message : 'Something went wrong while this was being answered. Your question is kept; ask again.'
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
  })
}
