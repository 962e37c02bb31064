import type { Formatter } from '#backend/modules/planner/phrases/formatter.ts'
import type { FieldName, PhraseBook, Subject } from '#backend/modules/planner/phrases/phrase-book.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { entities } from '#contracts/entities.ts'
import type { Column, QueryResult, Row, TypedQueryInput } from '#contracts/query.ts'

export interface AnswerInput {
  frame: Frame
  query: TypedQueryInput
  result: QueryResult
  format: Formatter
  phrases: PhraseBook
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

/** The noun of a frame with the one word that most often stands before it: "open opportunities", "tasks". */
export function subjectOf({ entity, constraints }: Frame): Subject {
  const state = constraints
    .map(({ filter }) => filter)
    .find((filter) => 'field' in filter && filter.field === 'state' && filter.op === 'eq' && entity === 'opportunities')
  return state !== undefined && 'field' in state ? { entity, state: String(state.value) } : { entity }
}

/** The field that a column shows. */
export function fieldOf({ entity }: Frame, { key, label }: Column): FieldName {
  return { entity, path: key, label }
}

/** A cell inside a sentence, where the registry's own values are words. */
export function toldCell({ frame, format, phrases }: AnswerInput, column: Column, row: Row): string {
  const value = row[column.key]
  return typeof value === 'string' && column.type === 'choice' ? phrases.nouns.value(frame.entity, column.key, value) : format.cell(value, column, row)
}
