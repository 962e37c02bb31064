import { AppError } from '#backend/kernel/errors.ts'
import type { AgentAnswer, Assignment } from '#backend/modules/agents/index.ts'
import type { ChatAnswer } from '#contracts/chat.ts'

type Identity = Pick<ChatAnswer, 'sessionId' | 'messageId' | 'processingTime'>

const noUsage: ChatAnswer['usage'] = { inputTokens: 0, outputTokens: 0, costUsd: '0' }

/** The answer of an agent; what was said before it stands at its beginning. */
export function wholeAnswer(identity: Identity, { agent, routing, text, parts, citations, coverage }: AgentAnswer, said: string): ChatAnswer {
  const continued = text.startsWith(said)
  return {
    ...identity,
    agent: agent.id,
    routing,
    answeredBy: 'planner',
    text: continued ? text : `${said}\n\n${text}`,
    parts: continued ? parts : [{ type: 'text', text: said }, ...parts],
    citations,
    coverage,
    usage: noUsage,
  }
}

/** What is left of an answer that was stopped or failed: what was said, and why it says no more. */
export function brokenAnswer(identity: Identity, { routing }: Assignment, said: string, sentence: string): ChatAnswer {
  const text = [said, sentence].filter((piece) => piece !== '').join('\n\n')
  return {
    ...identity,
    agent: routing.agent.id,
    routing: routing.reason,
    answeredBy: 'planner',
    text,
    parts: text === '' ? [] : [{ type: 'text', text }],
    citations: [],
    coverage: null,
    usage: noUsage,
  }
}

/** What a person is told about a failure; an unknown one keeps its message to the log. */
export function failureSentence(error: unknown): string {
  return error instanceof AppError ? error.message : 'Something went wrong while this was being answered. Your question is kept; ask again.'
}
