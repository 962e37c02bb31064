import type { Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { AnswerLanguage, ChatAnswer, MessagePart } from '#contracts/chat.ts'

/** Where a message was written. */
export interface MessageContext {
  sessionId: string
  /** Id of the answer that is being made. */
  messageId: string
  questionId: string
  /** IANA name of the person's time zone. */
  timeZone: string
  signal: AbortSignal
}

/** An answer that needs neither planner nor model. */
export interface CompanionAnswer {
  text: string
  parts: MessagePart[]
  language?: AnswerLanguage
}

/** What a person wants of every answer, where the message does not say otherwise. */
export interface Preferences {
  /** ISO 4217 */
  currency?: string
  /** IANA name. */
  timeZone?: string
}

export type Interception = (context: MessageContext) => Promise<CompanionAnswer>

/** Whoever accompanies conversations, as memory does: asked before the agents, told after them. */
export interface AnswerCompanion {
  /** Whether it is there for conversations that are not to be learned from as well. */
  always?: boolean
  /** What makes the whole answer to a message that is for it alone, such as "remember that …"; told from its words, and undefined for every other. */
  intercept?(actor: Actor, message: string): Interception | undefined
  /** Read in the transaction in which the answer's records are read. */
  preferences?(tx: Transaction, sessionId: string): Promise<Preferences>
  /** What a model may know of the person and the matter; keeps its own time limit. */
  recall?(actor: Actor, message: string): Promise<readonly string[]>
  /** Told of an answer that is stored; nobody waits for it but a drain, and its failure is logged. */
  onAnswered?(actor: Actor, message: string, answer: ChatAnswer, context: MessageContext): Promise<void>
  /** Forgets what was learned from a session alone, before that is deleted. */
  forgetSession?(actor: Actor, sessionId: string): Promise<void>
}
