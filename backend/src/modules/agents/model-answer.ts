import { isSpokenFor } from '#backend/kernel/actor.ts'
import type { AnswerLanguage, MessagePart } from '#contracts/chat.ts'
import type { PlannerMemory, PlannerOutcome } from './answerer.ts'
import type { ModelAnswer, ModelRunner } from './model/model-runner.types.ts'
import { routeMessage } from './routing.ts'
import { handoffSentence, routingSentence } from './routing-words.ts'
import type { AgentAnswer, AgentRun } from './run-agent.types.ts'
import { createTurn } from './tools/turn.ts'

interface ModelQuestion {
  message: string
  /** What the planner made of it, where it was asked. */
  planned?: PlannerOutcome
  /** The planner's answer, for when the model has none. */
  fallback?: () => Promise<AgentAnswer>
}

/** The answer of the model as the assigned agent. @throws the signal's reason when the reader stops */
export async function answerByModel(run: AgentRun, model: ModelRunner, { message, planned, fallback }: ModelQuestion): Promise<AgentAnswer> {
  const { assignment, context, history, recalled, rules, stored } = run
  const routing = assignment.chosen ? assignment.routing : routeMessage(message)
  const { agent } = routing
  const source = run.source ?? { kind: 'sentence' as const, text: message }
  const turn = createTurn({
    agent,
    source,
    ...(source.messageId === undefined ? {} : { key: source.messageId }),
    ...(isSpokenFor(context.actor) ? { tainted: { by: 'asker' } } : {}),
  })
  const made = await model.answer({
    agent,
    message,
    context,
    turn,
    ...(planned === undefined ? {} : { planned }),
    ...(run.fresh === undefined ? {} : { fresh: run.fresh }),
    ...(history === undefined ? {} : { history }),
    ...(recalled === undefined ? {} : { recalled }),
    ...(rules === undefined ? {} : { rules }),
    ...(stored === undefined ? {} : { stored }),
  })
  const language: AnswerLanguage | undefined = planned?.language ?? context.previous?.language
  const reason = routingSentence(agent, routing.why, language)
  const answer: AgentAnswer = {
    agent: made.agent,
    routing: made.handoff === undefined ? reason : `${reason} ${handoffSentence(made.agent, made.handoff, language)}`,
    answeredBy: 'model',
    ...(language === undefined ? {} : { language }),
    text: made.text,
    parts: [{ type: 'text', text: made.text }, ...made.parts],
    citations: made.citations,
    coverage: made.coverage,
    memory: afterModel(language),
    usage: made.usage,
  }
  if (made.broken === undefined) return answer
  return await brokenAnswer(answer, { ...made, broken: made.broken }, planned?.kind === 'decline' && made.text !== '' ? undefined : fallback)
}

/** A follow-up must not be read as one to what the planner answered before the model. */
function afterModel(language: AnswerLanguage | undefined): PlannerMemory {
  return language === undefined ? {} : { language }
}

/** What was said, that it broke off, and what the planner has to say. */
async function brokenAnswer(
  answer: AgentAnswer,
  { text: said, parts, broken }: ModelAnswer & Required<Pick<ModelAnswer, 'broken'>>,
  fallback: (() => Promise<AgentAnswer>) | undefined,
): Promise<AgentAnswer> {
  const planned = await fallback?.()
  const text = [said, broken.sentence, planned?.text ?? ''].filter((piece) => piece !== '').join('\n\n')
  const rest: MessagePart[] = planned === undefined ? parts : [...parts, ...withoutText(planned)]
  const kept = { ...answer, text, parts: [{ type: 'text' as const, text }, ...rest], broken }
  if (planned === undefined) return kept
  const { citations, coverage, memory, agent, routing } = planned
  // Without a word of the model it is the planner's answer.
  const whose = said === '' ? { answeredBy: 'planner' as const, agent, routing } : {}
  return { ...kept, ...whose, citations: [...answer.citations, ...citations], coverage: coverage ?? answer.coverage, memory }
}

/** Texts that follow the first are the planner's own, behind its tables. */
function withoutText({ parts }: AgentAnswer): MessagePart[] {
  const first = parts.findIndex((part) => part.type === 'text')
  return parts.filter((_, index) => index !== first)
}
