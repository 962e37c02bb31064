import type { Actor } from '#backend/kernel/actor.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { Language } from './language/languages.ts'
import type { Frame } from './plan/frame.ts'

/** One answer of a conversation, as later messages change it. */
export interface PlannerTurn {
  /** The message that was answered. */
  question?: string
  frame: Frame
  /** The records shown, in their order; of one, its name, and the person that was asked for. */
  shown: { entity: EntityName; ids: string[]; label?: string; person?: { id: string; name: string } }
  matched: number
}

/** What was asked back, until it is chosen or something else is asked. */
export interface PendingChoice {
  question: string
  options: { label: string; message: string }[]
}

/** What a session keeps of its answers, as JSON; without a frame nothing was answered yet. */
export interface PlannerMemory extends Partial<PlannerTurn> {
  /** The answers before, oldest first; without the ids they showed. */
  history?: PlannerTurn[]
  pending?: PendingChoice
  /** The question asked last has no answer: what leans on it leans on nothing. */
  lost?: true
  /** The list shown last, when one of its records was looked at since. */
  list?: PlannerTurn
  /** The language of the conversation. */
  language?: Language
}

export interface PlannerContext {
  now: Date
  /** IANA name of the asker's time zone. */
  timeZone: string
  /** ISO 4217; only money in it is counted. */
  currency?: string
  /** Records shown in one answer. */
  pageSize?: number | undefined
  actor: Actor
  previous?: PlannerMemory
  /** How many ranked nouns of the message were found before it was asked; a record's name may be worded like one. */
  rankedFound?: number
  /** That of the message, once it is known; before, the one to take when the message does not tell. English when unset. */
  language?: Language
}

export interface PlannerOutcome {
  kind: 'answer' | 'clarify' | 'decline'
  /** 0-1 */
  confidence: number
  text: string
  parts: MessagePart[]
  citations: Citation[]
  coverage: { matched: number; shown: number; asOf: string } | null
  memory: PlannerMemory | null
  plan: TypedQueryInput | null
  /** What the message asks to change; the answer says it as something to approve, because nothing is changed yet. */
  changes?: readonly ToolCall[]
  /** In which the message was read and is answered. */
  language?: Language
  /** The message says that the answer before it was not what was meant. */
  repairs?: true
}
