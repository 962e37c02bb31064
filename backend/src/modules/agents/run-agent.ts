import type { Transaction } from '#backend/infra/database/database.ts'
import { deepFreeze } from '#backend/kernel/deep-freeze.ts'
import { toShownText } from '#backend/modules/security/index.ts'
import { type AnswerLanguage, type ChatAnswer, type Citation, type MessagePart, messagePartSchema } from '#contracts/chat.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { defaultAgent } from './agent-list.ts'
import type { AnswerContext, Answerer, PlannerMemory, PlannerOutcome } from './answerer.ts'
import type { ProposedBatch, ProposeRequest } from './approvals/proposals.ts'
import { agentText, commandChoices, helpText, unavailableReason, unknownCommandText } from './command-answers.ts'
import { type Routing, routeMessage, routeTo } from './routing.ts'
import { fallbackText, replacedSentence, routingSentence } from './routing-words.ts'
import { type ParsedMessage, parseSlashCommand } from './slash-commands.ts'

/** A message with whoever is to answer it, before anything was looked up. */
export interface Assignment {
  message: ParsedMessage
  /** Named by a command, the request or the session's lock; without it the routing is a first guess that the plan may better. */
  chosen: boolean
  routing: Routing
}

export interface AgentAnswer {
  agent: AgentDefinition
  routing: string
  /** That of the text; unknown where nothing was asked. */
  language?: AnswerLanguage
  text: string
  parts: MessagePart[]
  citations: Citation[]
  coverage: ChatAnswer['coverage']
  /** What a follow-up refers to; null leaves the last one standing. */
  memory: PlannerMemory | null
}

/**
 * Decides who answers: a slash command, then the agent the request names, then the session's lock, then the words.
 */
export function assignMessage(text: string, asked: { requested?: AgentDefinition | undefined; locked?: AgentDefinition | undefined }): Assignment {
  const message = parseSlashCommand(text)
  switch (message.kind) {
    case 'agent':
      return { message, chosen: true, routing: routeTo(message.agent, { because: 'asked' }) }
    case 'help':
      return { message, chosen: true, routing: routeTo(defaultAgent, { because: 'help' }) }
    case 'unknown':
      return { message, chosen: true, routing: routeTo(defaultAgent, { because: 'noCommand', command: message.command }) }
    case 'text':
      if (asked.requested !== undefined) return { message, chosen: true, routing: routeTo(asked.requested, { because: 'asked' }) }
      if (asked.locked !== undefined) return { message, chosen: true, routing: routeTo(asked.locked, { because: 'locked' }) }
      return { message, chosen: false, routing: routeMessage(message.text) }
  }
}

export interface AgentRun {
  assignment: Assignment
  context: AnswerContext
  answerer: Answerer
  modelConfigured: boolean
  /** Opens the transaction in which the answerer reads; commands that need no records never call it. */
  read(work: (tx: Transaction) => Promise<PlannerOutcome>): Promise<PlannerOutcome>
  /** Keeps what the answer wants changed for a person to decide. */
  propose(request: Pick<ProposeRequest, 'calls' | 'agent' | 'untrusted'>): Promise<ProposedBatch>
}

/** Answers one message as the assigned agent. */
export async function runAgent({ assignment, context, answerer, modelConfigured, read, propose }: AgentRun): Promise<AgentAnswer> {
  const { message, routing } = assignment
  // A command says nothing of its language; the conversation before it does.
  const language = context.previous?.language
  if (message.kind === 'help') return said(routing, helpText(modelConfigured, language), language)
  if (message.kind === 'unknown') {
    const answer = said(routing, unknownCommandText(message.command, message.suggestions, language), language)
    if (message.suggestions.length > 0) answer.parts.push({ type: 'data-clarify', data: commandChoices(message.text, message.suggestions, language) })
    return answer
  }
  if (message.kind === 'agent' && message.text === '') return said(routing, agentText(message.agent, modelConfigured, language), language)
  const outcome = await read((tx) => answerer.answer(tx, message.text, context))
  const answer = await settle(assignment, outcome, modelConfigured)
  if (outcome.changes === undefined || outcome.changes.length === 0) return answer
  const batch = await propose({ calls: outcome.changes, agent: answer.agent.id, untrusted: false })
  return { ...answer, parts: [...answer.parts, { type: 'data-proposals', data: batch }] }
}

function said({ agent, why }: Routing, text: string, language: AnswerLanguage | undefined): AgentAnswer {
  const told = language === undefined ? {} : { language }
  return { agent, routing: routingSentence(agent, why, language), ...told, text, parts: [{ type: 'text', text }], citations: [], coverage: null, memory: null }
}

async function settle(assignment: Assignment, outcome: PlannerOutcome, modelConfigured: boolean): Promise<AgentAnswer> {
  const declined = outcome.kind === 'decline'
  const routing =
    assignment.chosen || declined ? assignment.routing : routeMessage(assignment.message.kind === 'text' ? assignment.message.text : '', outcome.plan?.entity)
  const { citations, coverage, memory, language } = outcome
  const answer = { citations, coverage, memory, ...(language === undefined ? {} : { language }) }
  const wanted = routing.agent
  const shown = await toShownText(outcome.text)
  if (unavailableReason(wanted, modelConfigured) === undefined) {
    const reason = routingSentence(wanted, routing.why, language)
    return { ...answer, agent: wanted, routing: reason, text: shown, parts: await finishedParts(shown, outcome.parts) }
  }
  const text = declined || assignment.chosen ? `${fallbackText(wanted, !declined, language)}\n\n${shown}` : shown
  return {
    ...answer,
    agent: defaultAgent,
    routing: replacedSentence(wanted, routing.why, defaultAgent, language),
    text,
    parts: await finishedParts(text, outcome.parts),
  }
}

/** Parts of answers that are remembered come again and again. */
const finished = new WeakMap<readonly MessagePart[], { text: string; parts: MessagePart[] }>()

/** The parts as they are stored and sent, which nothing changes any more. */
async function finishedParts(text: string, parts: readonly MessagePart[]): Promise<MessagePart[]> {
  const before = finished.get(parts)
  if (before?.text === text) return before.parts
  const made = deepFreeze(inReadingOrder(text, await withShownText(parts)))
  if (Object.isFrozen(parts)) finished.set(parts, { text, parts: made })
  return made
}

/** The text is the first text part. Parsing fills a plan's defaults, so that its data is a whole body of the typed query. */
function inReadingOrder(text: string, parts: readonly MessagePart[]): MessagePart[] {
  const first = parts.findIndex((part) => part.type === 'text')
  const ordered: MessagePart[] =
    first === -1 ? [{ type: 'text', text }, ...parts] : parts.map((part, index) => (index === first ? { type: 'text', text } : part))
  return ordered.map((part) => (part.type === 'data-plan' ? messagePartSchema.parse(part) : part))
}

/** What records hold may look like Markdown; it is data, not something to load or to run. */
async function withShownText(parts: readonly MessagePart[]): Promise<MessagePart[]> {
  return Promise.all(parts.map(async (part) => (part.type === 'text' ? { ...part, text: await toShownText(part.text) } : part)))
}
