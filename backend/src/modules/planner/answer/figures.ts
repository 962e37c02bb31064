import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import type { Measure } from '#contracts/query.ts'
import { type AnswerInput, type Body, subjectOf } from './body.ts'
import { cents, fromCents } from './exact.ts'
import { measureLabel, metric } from './measures.ts'

/** Functions whose figure over no records is 0. */
const zeroOfNothing: ReadonlySet<Measure['fn']> = new Set(['count', 'sum', 'countDistinct'])

/** One figure, or one for each currency. */
export function figureAnswer(input: AnswerInput): Body {
  const { frame, result, format, phrases } = input
  const { figures } = phrases
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  const label = measureLabel(input, measure)
  const rows = result.rows.length > 0 ? result.rows : [{}]
  const parts: MessagePart[] = rows.map((row) => metric(input, label, row[key] ?? (zeroOfNothing.has(measure.fn) ? 0 : null), column, row))
  if (measure.fn === 'count') return { text: figures.count(subjectOf(frame), Number(rows[0]?.[key] ?? 0)), parts }
  const values = rows.map((row) => (column === undefined || row[key] === null || row[key] === undefined ? undefined : format.cell(row[key], column, row)))
  if (values.every((value) => value === undefined)) return { text: measure.fn === 'sum' ? figures.nothingSummed(label) : figures.nothingToCompute, parts }
  return {
    text: figures.figure(
      label,
      values.map((value) => value ?? figures.none),
    ),
    parts,
  }
}

/** A part of a count, or of a sum in each currency. */
export function shareAnswer({ frame, result, format, phrases }: AnswerInput): Body {
  const { figures } = phrases
  const label = figures.shareOf(frame.entity)
  const money = result.columns.find((column) => column.key === 'part')?.type === 'money'
  const shares = result.rows.flatMap((row) => {
    const [part, whole] = [Number(row.part ?? 0), Number(row.whole ?? 0)]
    if (whole === 0) return []
    const say = (value: unknown) =>
      money ? format.money(String(value ?? '0'), typeof row.currency === 'string' ? row.currency : null) : format.number(Number(value ?? 0))
    const percent = Math.round((part / whole) * 10_000) / 100
    const currency = money && typeof row.currency === 'string' ? { currency: row.currency } : {}
    return [{ percent, part: say(row.part), whole: say(row.whole), counted: !money, currency }]
  })
  if (shares.length === 0) return { text: figures.noShare(frame.entity), parts: [{ type: 'data-metric', data: { label, value: null, unit: '%' } }] }
  return {
    text: figures.shares(shares, frame.entity),
    parts: shares.map(({ percent, currency }) => ({ type: 'data-metric', data: { label, value: percent, unit: '%', ...currency } })),
  }
}

/** Count and value of every stage, by currency. */
export function pipelineAnswer({ frame, result, format, phrases }: AnswerInput): Body {
  const { figures } = phrases
  const valueKey = keyOf(frame.measures[1] as Measure)
  if (result.rows.length === 0) return { text: figures.noDeals(result.explanation), parts: [] }
  const totals = new Map<string, { count: number; value: bigint }>()
  for (const row of result.rows) {
    const currency = typeof row.currency === 'string' ? row.currency : ''
    const total = totals.get(currency) ?? { count: 0, value: 0n }
    total.count += Number(row.count ?? 0)
    total.value += cents(row[valueKey])
    totals.set(currency, total)
  }
  const count = [...totals.values()].reduce((sum, total) => sum + total.count, 0)
  const money = [...totals].map(([currency, total]) => format.money(fromCents(total.value), currency === '' ? null : currency))
  const metrics: MessagePart[] = [
    { type: 'data-metric', data: { label: figures.names.openDeals, value: count } },
    ...[...totals].map(
      ([currency, total]): MessagePart => ({
        type: 'data-metric',
        data: { label: figures.names.pipelineValue, value: fromCents(total.value), ...(currency === '' ? {} : { currency }) },
      }),
    ),
  ]
  return {
    text: figures.pipeline(count, money),
    parts: [...metrics, { type: 'data-table', data: { title: figures.pipelineTitle, columns: result.columns, rows: result.rows, total: result.total } }],
  }
}
