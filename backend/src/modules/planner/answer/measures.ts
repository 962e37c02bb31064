import type { FigureName } from '#backend/modules/planner/phrases/figure-phrases.ts'
import type { Subject } from '#backend/modules/planner/phrases/phrase-book.ts'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import type { Column, Measure, Row } from '#contracts/query.ts'
import { type AnswerInput, subjectOf } from './body.ts'

type MetricPart = Extract<MessagePart, { type: 'data-metric' }>

/** Figures that people call otherwise than by their function and field. */
function nameOf({ frame }: AnswerInput, { fn, field, as }: Measure): FigureName | undefined {
  if (fn === 'sum' && field === 'amount' && frame.entity === 'order_lines') return 'revenue'
  if (fn === 'sum' && field === 'quantity') return 'unitsSold'
  if (as === 'conversion_rate') return 'conversionRate'
  if (as === 'loss_rate') return 'lossRate'
  return fn === 'share' && field !== undefined ? 'share' : undefined
}

export function measureLabel(input: AnswerInput, measure: Measure): string {
  const { frame, result, phrases } = input
  const name = nameOf(input, measure)
  if (name !== undefined) return phrases.figures.names[name]
  if (measure.fn === 'count') return phrases.nouns.heading(frame.entity)
  return result.columns.find((one) => one.key === keyOf(measure))?.label ?? measure.fn
}

/** What a figure is of: the records that it counts, or its name. */
export function measured(input: AnswerInput, measure: Measure): { subject: Subject } | { label: string } {
  return measure.fn === 'count' ? { subject: subjectOf(input.frame) } : { label: measureLabel(input, measure) }
}

/** A figure as a part of the answer. */
export function metric({ phrases }: AnswerInput, label: string, value: unknown, column: Column | undefined, row: Row | undefined): MetricPart {
  const missing = value === null || value === undefined
  if (column?.type === 'percent') return { type: 'data-metric', data: { label, value: missing ? null : Math.round(Number(value) * 10_000) / 100, unit: '%' } }
  if (column?.type === 'days')
    return { type: 'data-metric', data: { label, value: missing ? null : Math.round(Number(value) * 10_000) / 10_000, unit: phrases.figures.days } }
  const currency = column?.type === 'money' && typeof row?.currency === 'string' ? { currency: row.currency } : {}
  const shown = missing ? null : column?.type === 'money' ? String(value) : Number(value)
  return { type: 'data-metric', data: { label, value: shown, ...currency } }
}
