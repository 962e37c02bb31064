import type { Actor } from '#backend/kernel/actor.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { Frame } from './plan/frame.ts'

/** What a session keeps of its last answer, as JSON. */
export interface PlannerMemory {
  frame: Frame
  /** The records shown, in their order. */
  shown: { entity: EntityName; ids: string[]; label?: string }
  matched: number
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
}
