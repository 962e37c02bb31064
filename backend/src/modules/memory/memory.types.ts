import type { AnswerLanguage } from '#contracts/chat.ts'
import type { memoryKinds, memoryScopes } from '#contracts/memory.ts'

export type MemoryKind = (typeof memoryKinds)[number]
export type MemoryScope = (typeof memoryScopes)[number]

/** Something worth remembering, found in what a person wrote. */
export interface Extracted {
  kind: MemoryKind
  /** `me`, or a name. */
  subject: string
  /** Another value under the same key contradicts it. */
  key: string
  value: string
  /** The sentence itself. */
  text: string
  /** 0-1 */
  confidence: number
}

export interface Sentence {
  text: string
  language: AnswerLanguage
}

/** Where something was said. */
export interface Said {
  sessionId: string
  messageId: string
  text: string
}

/** What a memory changes in answers that need no model. */
export interface AppliedMemory {
  name?: string
  /** ISO 4217 */
  currency?: string
  /** IANA name. */
  timeZone?: string
  format?: string
  language?: AnswerLanguage
  /** 1-12 */
  fiscalYearStartMonth?: number
}
