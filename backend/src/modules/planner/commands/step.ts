import type { Transaction } from '#backend/infra/database/database.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { Lexis } from './lexis.ts'

/** What one instruction comes to: what is to be called and how it is told, or why nothing is. */
export type Step =
  | {
      kind: 'step'
      calls: readonly ToolCall[]
      /** As a sentence without a full stop: "3 tasks would move to In Review". */
      text: string
      parts: readonly MessagePart[]
      citations: readonly Citation[]
      plan?: TypedQueryInput
      matched: number
      shown: number
    }
  | { kind: 'ask'; question: string; options: readonly { label: string; message: string }[] }
  | { kind: 'cannot'; text: string }

/** An instruction that was read; what it means is looked up when it is carried out. */
export type Action = (tx: Transaction, lexis: Lexis) => Promise<Step>

/** Reads an instruction, or does not. */
export type ActionReader = (text: string, lexis: Lexis) => Action | undefined

export const cannot = (text: string): Step => ({ kind: 'cannot', text })

export const ask = (question: string, options: readonly { label: string; message: string }[] = []): Step => ({ kind: 'ask', question, options })

export function step(calls: readonly ToolCall[], text: string, found?: Partial<Extract<Step, { kind: 'step' }>>): Step {
  return { kind: 'step', calls, text, parts: [], citations: [], matched: calls.length, shown: calls.length, ...found }
}
