import type { Logger } from 'pino'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import {
  type AgentAnswer,
  type AgentService,
  type AnswerContext,
  type Answerer,
  type HistoryMessage,
  type PlannerMemory,
  type PlannerOutcome,
  type PromptRules,
  type Proposals,
  runAgent,
} from '#backend/modules/agents/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Slot } from './actor-slots.ts'
import type { AnswerCompanion, Interception, MessageContext, Preferences } from './answer-companion.ts'
import { noUsage } from './answer-endings.ts'
import type { AnswerRun } from './answer-run.ts'
import { type AnswerWriter, createAnswerWriter } from './answer-writer.ts'
import { listBranch } from './branches.repository.ts'
import type { ChatLimits } from './chat-limits.ts'
import type { Exchange } from './exchange.ts'
import type { Question } from './question.ts'

/** Messages of the conversation that a model is told of. */
const mostHistory = 20

export interface MakeDependencies {
  database: Database
  operations: Operations
  clock: Clock
  agents: AgentService
  answerer: Answerer
  proposals: Pick<Proposals, 'propose'>
  companions: readonly AnswerCompanion[]
  /** Whether a model is asked what the planner is not sure of, for this person; always when left out. */
  mayAskModel?: ((actor: Actor) => Promise<boolean>) | undefined
  logger: Pick<Logger, 'info' | 'error'>
  limits: ChatLimits
}

type Asked = Pick<Exchange, 'assignment' | 'question' | 'usesMemory'>

export interface Performance {
  run: AnswerRun
  slot: Slot
  actor: Actor
  exchange: Exchange
  question: Question
  requestId: string
  /** Settled when the question is stored, or could not be. */
  stored: Promise<unknown>
}

/** What the prompt of a model begins with. */
export interface Ahead {
  recalled: Promise<readonly string[]>
  rules: Promise<PromptRules> | undefined
}

/**
 * Reads for a question that is for a model whatever it says, while it is being stored: its first word waits for one thing less.
 * Undefined for every other question.
 */
export function readAhead(dependencies: MakeDependencies, actor: Actor, asked: Asked): Ahead | undefined {
  const { chosen, routing } = asked.assignment
  const { model } = dependencies.agents
  const isForModel = chosen && routing.agent.needsModel && model?.isConfigured(routing.agent.id) === true
  if (!isForModel || interceptionOf(dependencies, actor, asked) !== undefined) return undefined
  const ahead = { recalled: recall(dependencies, actor, asked), rules: model.prepare?.(actor) }
  // Told where they are waited for; the question may not be stored.
  for (const reading of [ahead.recalled, ahead.rules]) reading?.catch(() => undefined)
  return ahead
}

/** An answer on its way, and who tells it. */
export interface AnswerBegun {
  writer: AnswerWriter
  working: Promise<AgentAnswer>
}

/**
 * Asks the model for such a question before the disk has it. Nothing that comes of it is told or done before.
 */
export function beginEarly(dependencies: MakeDependencies, performing: Performance, ahead: Ahead): AnswerBegun {
  const writer = writerOf(performing)
  const working = askAgents(dependencies, performing, writer, () => undefined, ahead)
  // Told where it is waited for; the question may not be stored.
  working.catch(() => undefined)
  return { writer, working }
}

/** Tells the answer, from what is known before it is made. */
export function writerOf({ run, exchange: { sessionId, answerId, questionId, assignment } }: Performance): AnswerWriter {
  const { agent, reason } = assignment.routing
  return createAnswerWriter(run.log, { sessionId, messageId: answerId, questionId, agent: agent.id, routing: reason, answeredBy: 'planner' })
}

/** What whoever accompanies the conversation is told of the message. */
export function messageContext({ run, exchange, question }: Performance): MessageContext {
  const { sessionId, answerId, questionId, timeZone } = exchange
  return { sessionId, messageId: answerId, questionId, timeZone: question.timeZone ?? timeZone, signal: run.abort.signal }
}

/** Those that accompany this conversation. */
export function companionsOf({ companions }: Pick<MakeDependencies, 'companions'>, { usesMemory }: Pick<Exchange, 'usesMemory'>): AnswerCompanion[] {
  return companions.filter(({ always }) => always === true || usesMemory)
}

/** What answers the message in place of the agents. */
function interceptionOf(dependencies: MakeDependencies, actor: Actor, asked: Pick<Exchange, 'question' | 'usesMemory'>): Interception | undefined {
  for (const companion of companionsOf(dependencies, asked)) {
    const interception = companion.intercept?.(actor, asked.question)
    if (interception !== undefined) return interception
  }
  return undefined
}

/** Has the answer made, when it is the actor's turn, by whoever the message is for. */
export async function makeAnswer(
  dependencies: MakeDependencies,
  performing: Performance,
  writer: AnswerWriter,
  onOutcome: (outcome: PlannerOutcome) => void,
): Promise<AgentAnswer> {
  const { run, slot, actor, exchange } = performing
  await slot.ready
  run.abort.signal.throwIfAborted()
  const { agent, reason } = exchange.assignment.routing
  const taken = await interceptionOf(dependencies, actor, exchange)?.(messageContext(performing))
  if (taken !== undefined) {
    const parts = taken.parts.some(({ type }) => type === 'text') ? taken.parts : [{ type: 'text' as const, text: taken.text }, ...taken.parts]
    return { ...taken, parts, agent, routing: reason, answeredBy: 'planner', citations: [], coverage: null, memory: null, usage: noUsage }
  }
  return await askAgents(dependencies, performing, writer, onOutcome)
}

async function askAgents(
  dependencies: MakeDependencies,
  performing: Performance,
  writer: AnswerWriter,
  onOutcome: (outcome: PlannerOutcome) => void,
  ahead?: Ahead,
): Promise<AgentAnswer> {
  const { operations, clock, agents, answerer, proposals, mayAskModel, logger, limits } = dependencies
  const { run, actor, exchange, question, requestId, stored } = performing
  const { signal } = run.abort
  const { agent } = exchange.assignment.routing
  logger.info({ component: agent.logName, requestId, sessionId: exchange.sessionId, userId: actorId(actor), agent: agent.id }, `${agent.logName} Executing`)
  const previous = exchange.previous as PlannerMemory | null
  const { statementTimeoutMs } = limits
  const reading = { name: 'chat.answer', scope: 'crm:read', readOnly: true, statementTimeoutMs } as const
  const source = { kind: 'sentence' as const, text: exchange.question, sessionId: exchange.sessionId, messageId: exchange.answerId }
  const context: AnswerContext = {
    now: clock.now(),
    timeZone: question.timeZone ?? exchange.timeZone,
    ...(question.currency === undefined ? {} : { currency: question.currency }),
    ...(previous === null ? {} : { previous }),
    actor,
    signal,
    say(text) {
      if (!signal.aborted) writer.say(text)
    },
    onTool(activity) {
      if (!signal.aborted) run.log.write({ type: 'data-tool', id: activity.id, data: activity, transient: true })
    },
  }
  return await runAgent({
    assignment: exchange.assignment,
    answerer,
    modelConfigured: agents.modelConfigured,
    model: agents.model,
    mayAskModel: mayAskModel === undefined ? undefined : () => mayAskModel(actor),
    source,
    // Whoever asks for the answer again wants another one.
    fresh: question.regenerate !== undefined,
    history: () => readHistory(dependencies, performing),
    recalled: () => ahead?.recalled ?? recall(dependencies, actor, exchange),
    rules: ahead?.rules,
    stored,
    context,
    async read(read) {
      const outcome = await operations.run<PlannerOutcome>(
        actor,
        { ...reading, query: ({ plan }) => ({ agent: agent.id, plan }) },
        async (tx): Promise<PlannerOutcome> => {
          Object.assign(context, await preferencesFor(dependencies, performing, tx))
          return await read(tx)
        },
      )
      onOutcome(outcome)
      return outcome
    },
    propose: (wanted) => proposals.propose(actor, { ...wanted, source, key: exchange.answerId }),
  })
}

/** What the person always wants, where this message says nothing of it. */
async function preferencesFor(dependencies: MakeDependencies, { exchange, question }: Performance, tx: Transaction): Promise<Preferences> {
  const wanted: Preferences = {}
  for (const companion of companionsOf(dependencies, exchange)) Object.assign(wanted, await companion.preferences?.(tx, exchange.sessionId))
  return {
    ...wanted,
    ...(question.currency === undefined ? {} : { currency: question.currency }),
    ...(question.timeZone === undefined ? {} : { timeZone: question.timeZone }),
  }
}

/** The branch up to the question, oldest first. */
async function readHistory({ database }: MakeDependencies, { actor, exchange }: Performance): Promise<HistoryMessage[]> {
  const { sessionId, parentId } = exchange
  if (parentId === null) return []
  const messages = await database.transaction(actor, (tx) => listBranch(tx, sessionId, { leafId: parentId, before: undefined, limit: mostHistory }), {
    readOnly: true,
  })
  return messages.reverse().map(({ role, text, parts, citations, metadata }) => ({
    role,
    text,
    parts,
    citations,
    isSpokenFor: metadata.spokenFor !== undefined,
    ...(metadata.answeredBy === 'planner' || metadata.answeredBy === 'model' ? { answeredBy: metadata.answeredBy } : {}),
  }))
}

async function recall(dependencies: MakeDependencies, actor: Actor, asked: Pick<Exchange, 'question' | 'usesMemory'>): Promise<string[]> {
  const known = await Promise.all(companionsOf(dependencies, asked).map(async (companion) => (await companion.recall?.(actor, asked.question)) ?? []))
  return known.flat()
}
