import type { Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import type { TypedQueryInput } from '#contracts/query.ts'

export type PlannerMemory = Record<string, unknown>
export interface PlannerContext {
  now: Date
  timeZone: string
  currency?: string
  actor: Actor
  previous?: PlannerMemory
}
export interface PlannerOutcome {
  kind: 'answer' | 'clarify' | 'decline'
  confidence: number
  text: string
  parts: MessagePart[]
  citations: Citation[]
  coverage: { matched: number; shown: number; asOf: string } | null
  memory: PlannerMemory | null
  plan: TypedQueryInput | null
}
export async function answerQuestion(_tx: Transaction, _question: string, _context: PlannerContext): Promise<PlannerOutcome> {
  const text = 'I cannot answer questions yet.'
  return { kind: 'decline', confidence: 0, text, parts: [{ type: 'text', text }], citations: [], coverage: null, memory: null, plan: null }
}
