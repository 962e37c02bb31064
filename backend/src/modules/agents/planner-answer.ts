import { deepFreeze } from '#backend/kernel/deep-freeze.ts'
import { toShownText } from '#backend/modules/security/index.ts'
import { type MessagePart, messagePartSchema } from '#contracts/chat.ts'
import { defaultAgent } from './agent-list.ts'
import type { PlannerOutcome } from './answerer.ts'
import { unavailableReason } from './command-answers.ts'
import { routeMessage } from './routing.ts'
import { fallbackText, replacedSentence, routingSentence } from './routing-words.ts'
import { type AgentAnswer, type Assignment, noUsage } from './run-agent.types.ts'

/** Below this the planner's answer is one of several that the question may have meant; see the planner's table of confidences. */
const sureFrom = 0.8

/** Whether a model has nothing to add. */
export function isSure({ kind, confidence }: PlannerOutcome): boolean {
  return kind === 'answer' && confidence >= sureFrom
}

/** The planner's outcome as the answer of the agent whose matter it is. */
export async function toPlannerAnswer(assignment: Assignment, outcome: PlannerOutcome, modelConfigured: boolean): Promise<AgentAnswer> {
  const declined = outcome.kind === 'decline'
  const routing =
    assignment.chosen || declined ? assignment.routing : routeMessage(assignment.message.kind === 'text' ? assignment.message.text : '', outcome.plan?.entity)
  const { citations, coverage, memory, language } = outcome
  const answer = { answeredBy: 'planner' as const, usage: noUsage, citations, coverage, memory, ...(language === undefined ? {} : { language }) }
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
