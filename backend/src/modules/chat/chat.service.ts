import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, actorId, spokenFor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import { requestContext, runInRequest } from '#backend/kernel/request-context.ts'
import type { AgentService, Answerer, Proposals } from '#backend/modules/agents/index.ts'
import { type Operations, wasAnybodyErased } from '#backend/modules/security/index.ts'
import type { ChatAnswer } from '#contracts/chat.ts'
import { createActorSlots } from './actor-slots.ts'
import type { AnswerCompanion } from './answer-companion.ts'
import { createAnswerKeeper } from './answer-keeper.ts'
import type { AnswerChunk } from './answer-log.ts'
import { type AnswerRun, createRunRegistry } from './answer-run.ts'
import { createAnswerWatch } from './answer-watch.ts'
import { type ChatLimits, defaultLimits } from './chat-limits.ts'
import { createCheckedUntil } from './checked-until.ts'
import { type ClientDecisions, carryOutDecisions } from './client-decisions.ts'
import { createDeletedTranscripts, type DeletedTranscripts } from './deleted-transcripts.ts'
import { beginExchange, stillAnswering } from './exchange.ts'
import { createInterruptedAnswers } from './interrupted-answers.ts'
import { createKeptQuestions, type KeptQuestions } from './kept/kept-questions.service.ts'
import { createQuestionGuide, type QuestionGuide } from './kept/question-guide.ts'
import { type Ahead, type AnswerBegun, beginEarly, type Performance, readAhead } from './make-answer.ts'
import { findMessage, type StoredMessage } from './messages.repository.ts'
import { listOldTranscripts } from './old-transcripts.ts'
import { type EndedAnswer, performAnswer } from './perform-answer.ts'
import type { Question } from './question.ts'
import { createRecovery, type Recovery } from './recovery.ts'
import { findRunningAnswer, requestStop } from './running-answers.repository.ts'
import { folderName, sessionIdOf } from './session-ids.ts'
import { findSession } from './sessions.repository.ts'
import { createSessionService, type SessionService } from './sessions.service.ts'
import { createTranscripts } from './transcripts.ts'

export interface ChatServiceDependencies {
  database: Database
  operations: Operations
  clock: Clock
  agents: AgentService
  answerer: Answerer
  proposals: Pick<Proposals, 'propose' | 'decide' | 'get'>
  /** Who accompanies conversations, the first before the others. */
  companions?: readonly AnswerCompanion[]
  /** Whether a model is asked what the planner is not sure of, for this person; always when left out. */
  mayAskModel?: (actor: Actor) => Promise<boolean>
  /** `DATA_DIR/sessions` */
  sessionsFolder: string
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  limits?: Partial<ChatLimits>
  /** Told of every answer when it has ended. */
  observe?: (answer: EndedAnswer) => void
}

export interface ChatService extends Recovery, DeletedTranscripts {
  readonly sessions: SessionService
  /** Questions that were not answered right, for people who allow it. */
  readonly kept: KeptQuestions
  /** What can be asked. */
  readonly guide: QuestionGuide
  /**
   * Answers a question; the answer is made to its end whether or not anybody waits for it.
   * @throws AppError NOT_FOUND, CONFLICT while the session's last question is being answered, RATE_LIMITED
   */
  ask(actor: Actor, question: Question, request: { requestId: string }): Promise<ChatAnswer>
  /** Like `ask`, as chunks; when it resolves, the question is stored. */
  stream(actor: Actor, question: Question, request: { requestId: string }): Promise<ReadableStream<AnswerChunk>>
  /** The running answer of a session from its first chunk on; undefined when none runs. */
  follow(actor: Actor, sessionId: string): Promise<ReadableStream<AnswerChunk> | undefined>
  /** Carries out what a person decided about changes that an answer proposed, and tells what happened as chunks. */
  decide(actor: Actor, decisions: ClientDecisions): Promise<ReadableStream<AnswerChunk>>
  /** Looks now and then for answers whose process is gone. */
  start(): void
  /** Stops the running answer of a session, whichever process makes it, and keeps what was said. */
  stop(actor: Actor, sessionId: string): Promise<{ stopped: boolean }>
  /**
   * Writes the transcripts of these conversations anew with each message as `redact` leaves it: itself when nothing is to change.
   * @returns how many changed
   */
  redactTranscripts(
    sessionIds: readonly string[],
    redact: <M extends { text: unknown; parts?: unknown; citations?: unknown }>(message: M) => M,
  ): Promise<number>
  /** Removes the transcripts of conversations that are gone. */
  removeTranscripts(sessionIds: readonly string[]): Promise<void>
  /** Conversations whose transcript nobody has written to since, some at a time. */
  listOldTranscripts(before: Date): AsyncIterable<readonly string[]>
  /** Takes no more questions; resolves when no answer runs and every transcript is on disk. What still runs after `withinMs` is stopped. */
  drain(withinMs: number): Promise<void>
}

/** Milliseconds for which a stop waits for the process that makes the answer. */
const stopWithinMs = 3000

export function createChatService(dependencies: ChatServiceDependencies): ChatService {
  const {
    database,
    operations,
    clock,
    agents,
    answerer,
    proposals,
    companions = [],
    mayAskModel,
    sessionsFolder,
    logger,
    limits: given,
    observe,
  } = dependencies
  const limits = { ...defaultLimits, ...given }
  const { lookMs, holdMs, sweepMs } = limits
  const runnerPrefix = `${folderName(sessionsFolder)}/`
  const runner = `${runnerPrefix}${newId()}`
  const runs = createRunRegistry()
  const slots = createActorSlots({ running: limits.runningPerActor, waiting: limits.waitingPerActor })
  const transcripts = createTranscripts(sessionsFolder)
  const checkedUntil = createCheckedUntil(sessionsFolder)
  const followedUntil = createCheckedUntil(sessionsFolder, '.deletions-followed-until')
  const closing = new AbortController()
  const kept = createKeptQuestions({ operations, clock })
  const interrupted = createInterruptedAnswers({ database, transcripts, logger, sweepMs })
  const watch = createAnswerWatch({ database, interrupted, logger, lookMs })
  const keeper = createAnswerKeeper({ database, logger, lookMs, holdMs })
  const afterwards = new Set<Promise<void>>()
  const making = { database, operations, clock, agents, answerer, proposals, companions, mayAskModel, logger, limits }
  const perform = performAnswer({ ...making, kept, keeper, transcripts, afterwards, observe })

  async function begin(actor: Actor, question: Question, requestId: string): Promise<AnswerRun> {
    operations.require(actor, 'chat', 'chat.ask')
    if (closing.signal.aborted) throw new AppError('UNAVAILABLE', 'ChatSG is being restarted; ask again in a moment.', { retryAfterSeconds: 2 })
    const requested = question.agent === undefined ? undefined : agents.require(question.agent)
    const { sessionId, mayCreate, isNew } = await locate(actor, question)
    const slot = slots.reserve(`${actor.workspaceId}/${actorId(actor)}`)
    const run = runs.open(actor.workspaceId, sessionId)
    if (run === undefined) {
      slot.release()
      throw stillAnswering()
    }
    const inRequest = <T>(work: () => T) => runInRequest({ ...requestContext(), requestId, sessionId }, work)
    try {
      let ahead: Ahead | undefined
      let early: AnswerBegun | undefined
      const storing: Promise<Performance> = database.transaction(actor, async (tx) => {
        const exchange = await beginExchange(tx, {
          sessionId,
          mayCreate,
          isNew,
          question,
          requested,
          runner,
          holdMs,
          now: clock.now(),
          onAssigned(asked) {
            if (slot.isFree) ahead = readAhead(making, actor, asked)
          },
        })
        const performing: Performance = { run, slot, actor: spokenFor(actor, exchange.spokenFor), exchange, question, requestId, stored: storing }
        const read = ahead
        if (read !== undefined) early = inRequest(() => beginEarly(making, performing, read))
        return performing
      })
      const performing = await storing
      // Deliberately not awaited: the answer is made whether or not the reader stays.
      inRequest(() => void perform(performing, early))
      return run
    } catch (error) {
      run.abort.abort(error)
      slot.release()
      run.end(undefined)
      throw error
    }
  }

  async function locate(actor: Actor, { sessionId, clientId }: Question): Promise<{ sessionId: string; mayCreate: boolean; isNew: boolean }> {
    if (sessionId !== undefined) return { sessionId, mayCreate: false, isNew: false }
    if (clientId === undefined) return { sessionId: newId(), mayCreate: true, isNew: true }
    if (isUuid(clientId) && (await isMine(actor, clientId))) return { sessionId: clientId, mayCreate: false, isNew: false }
    return { sessionId: sessionIdOf(actor, clientId), mayCreate: true, isNew: false }
  }

  async function isMine(actor: Actor, sessionId: string): Promise<boolean> {
    return (await database.transaction(actor, (tx) => findSession(tx, sessionId), { readOnly: true })) !== undefined
  }

  /** The session behind an id or a client's name; undefined for a name nothing was asked under yet. */
  async function resolve(actor: Actor, id: string): Promise<string | undefined> {
    if (isUuid(id) && (await isMine(actor, id))) return id
    const derived = sessionIdOf(actor, id)
    if (await isMine(actor, derived)) return derived
    if (isUuid(id)) throw notFound('The conversation')
    return undefined
  }

  /** How an answer ended that another process makes; undefined when that takes too long. */
  async function waitForEnd(actor: Actor, messageId: string): Promise<StoredMessage['status'] | undefined> {
    const beganAt = performance.now()
    while (performance.now() - beganAt < stopWithinMs) {
      const message = await database.transaction(actor, (tx) => findMessage(tx, messageId), { readOnly: true })
      if (message?.status !== 'running') return message?.status ?? 'stopped'
      await sleep(lookMs)
    }
    return undefined
  }

  return {
    kept,
    guide: createQuestionGuide({ operations, clock }),
    sessions: createSessionService({
      database,
      operations,
      clock,
      agents,
      transcripts,
      logger,
      interrupted,
      async forgetSession(actor, sessionId) {
        for (const companion of companions) await companion.forgetSession?.(actor, sessionId)
      },
      async endRun(workspaceId, sessionId) {
        const run = runs.find(workspaceId, sessionId)
        run?.abort.abort()
        await run?.ended
      },
    }),
    ...createRecovery({ database, transcripts, interrupted, runnerPrefix, checkedUntil, wasAnybodyErased, closing: closing.signal, clock, logger }),
    ...createDeletedTranscripts({ database, transcripts, followedUntil, closing: closing.signal, logger }),
    async ask(actor, question, { requestId }) {
      const end = await (await begin(actor, question, requestId)).ended
      if (end === undefined) throw new Error('The answer ended without an outcome.')
      if (end.status === 'failed') throw end.error
      return end.answer
    },
    async stream(actor, question, { requestId }) {
      return (await begin(actor, question, requestId)).log.read()
    },
    async follow(actor, id) {
      operations.require(actor, 'chat', 'chat.follow')
      const sessionId = await resolve(actor, id)
      if (sessionId === undefined) return undefined
      const begun = runs.find(actor.workspaceId, sessionId)
      if (begun !== undefined) return begun.log.read()
      const running = await database.transaction(actor, (tx) => findRunningAnswer(tx, sessionId), { readOnly: true })
      // It may have begun here while the database was asked.
      const beginning = runs.find(actor.workspaceId, sessionId)
      if (beginning !== undefined) return beginning.log.read()
      if (running === undefined) return undefined
      if (running.runner !== runner && running.isHeld) return closing.signal.aborted ? undefined : watch.follow(actor.workspaceId, running.id)
      await interrupted.end(actor.workspaceId, { messageId: running.id, evenHeld: true })
      return undefined
    },
    async decide(actor, decisions) {
      operations.require(actor, 'chat', 'chat.decide')
      return ReadableStream.from(await carryOutDecisions(proposals, actor, decisions))
    },
    start() {
      interrupted.start()
    },
    async stop(actor, id) {
      operations.require(actor, 'chat', 'chat.stop')
      const sessionId = await resolve(actor, id)
      if (sessionId === undefined) throw notFound('The conversation')
      const run = runs.find(actor.workspaceId, sessionId)
      if (run !== undefined) {
        run.abort.abort()
        const end = await run.ended
        return { stopped: end?.status === 'stopped' }
      }
      const messageId = await database.transaction(actor, (tx) => requestStop(tx, sessionId))
      if (messageId === undefined) return { stopped: false }
      const status = await waitForEnd(actor, messageId)
      if (status !== undefined) return { stopped: status === 'stopped' }
      // Whoever makes it does not hear; what it kept is the answer.
      const ended = await interrupted.end(actor.workspaceId, { messageId, evenHeld: true }, { status: 'stopped', sentence: '' })
      return { stopped: ended.length > 0 }
    },
    async redactTranscripts(sessionIds, redact) {
      let changed = 0
      for (const sessionId of sessionIds) {
        const isChanged = await transcripts.change(sessionId, (line) => {
          const message = { ...line.metadata, text: line.content }
          const redacted = redact(message)
          if (redacted === message) return line
          const { text: content, ...metadata } = redacted
          return { ...line, content, metadata }
        })
        if (isChanged) changed += 1
      }
      return changed
    },
    async removeTranscripts(sessionIds) {
      await Promise.all(sessionIds.map((id) => transcripts.remove(id)))
    },
    listOldTranscripts: (before) => listOldTranscripts(sessionsFolder, before),
    async drain(withinMs) {
      closing.abort()
      interrupted.close()
      watch.close()
      const ended = Promise.all(runs.all().map((run) => run.ended))
      const patience = AbortSignal.timeout(withinMs)
      await Promise.race([ended, new Promise((resolve) => patience.addEventListener('abort', resolve, { once: true }))])
      for (const run of runs.all()) run.abort.abort()
      await ended
      await Promise.all(afterwards)
      await transcripts.settled()
    },
  }
}
