import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { entities } from '#contracts/entities.ts'
import type { QueryResult, Row, TypedQueryInput } from '#contracts/query.ts'
import type { Formatter } from './format.ts'

export interface AnswerInput {
  frame: Frame
  query: TypedQueryInput
  result: QueryResult
  format: Formatter
}

/** Text and parts of an answer, before its plan and citations. */
export interface Body {
  text: string
  parts: MessagePart[]
}

export function labelOf(frame: Frame, row: Row): string {
  const { labelField } = entities[frame.entity]
  const body = typeof row.body === 'string' && row.body !== '' ? `${row.body.slice(0, 60)}${row.body.length > 60 ? '…' : ''}` : undefined
  const label = row[labelField] ?? row.name ?? row.email ?? row.title ?? body ?? row.sku ?? row.id
  return String(label)
}
