import type { Actor } from '#backend/kernel/actor.ts'
import type { ChatAnswer, Citation, MessagePart } from '#contracts/chat.ts'
import type { AgentDefinition } from '../agent-definition.ts'
import type { AnswerContext, PlannerOutcome } from '../answerer.ts'
import type { Confidential } from '../tools/confidential/confidential.ts'
import type { Turn } from '../tools/turn.ts'

/** One earlier message of the conversation. */
export interface HistoryMessage {
  role: 'user' | 'assistant'
  text: string
  /** Of an answer: its parts, citations and who gave it. Whatever is not told is taken to have shown words of records. */
  parts?: readonly MessagePart[]
  citations?: readonly Citation[]
  answeredBy?: ChatAnswer['answeredBy']
  /** Of a question: whether somebody else asked it in the person's name. */
  isSpokenFor?: boolean
}

/** What an answer is doing while its reader waits. */
export interface ToolActivity {
  id: string
  tool: string
  /** As a person would call it. */
  title: string
  state: 'start' | 'end' | 'failed'
}

/** What a prompt has to keep to in a workspace. */
export interface PromptRules {
  confidential: Confidential
  maskPeople: boolean
}

export interface ModelRequest {
  agent: AgentDefinition
  message: string
  context: AnswerContext
  turn: Turn
  /** What the planner made of it, where it was asked and was not sure. */
  planned?: PlannerOutcome
  /** Asked anew, whatever was answered to the same before. */
  fresh?: boolean
  history?: () => Promise<readonly HistoryMessage[]>
  recalled?: () => Promise<readonly string[]>
  /** Read before, by `prepare`. */
  rules?: Promise<PromptRules>
  /** What the model answers is held back until then; its rejection ends the answer. */
  stored?: Promise<unknown>
}

export interface ModelAnswer {
  /** Whom the conversation was handed to, or who was asked. */
  agent: AgentDefinition
  /** Why it was handed over, in the model's words, cleaned. */
  handoff?: string
  text: string
  /** Without the text: tables, plans and proposals. */
  parts: MessagePart[]
  citations: Citation[]
  coverage: ChatAnswer['coverage']
  usage: ChatAnswer['usage']
  /** It broke off; what was said before stays said. */
  broken?: { sentence: string; error: unknown }
}

/** The loop of a language model with tools. */
export interface ModelRunner {
  /** Whether a model is configured for an agent. */
  isConfigured(agentId: string): boolean
  /** Reads what any prompt of the actor needs, while whoever asks has something else to wait for. */
  prepare?(actor: Actor): Promise<PromptRules>
  /**
   * Never rejects for what a model or its provider does wrong; rejects with the signal's reason when the reader stops.
   */
  answer(request: ModelRequest): Promise<ModelAnswer>
}
