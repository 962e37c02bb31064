import type { Movement } from '#backend/modules/planner/phrases/movement-phrases.ts'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import type { Column, Measure, Row } from '#contracts/query.ts'
import type { AnswerInput, Body } from './body.ts'
import { combine } from './exact.ts'
import { groupsAnswer } from './groups.ts'
import { measured } from './measures.ts'

/** Rows of one currency and one combination of the other groups, in the order of time. */
interface Series {
  name: string
  rows: Row[]
}

const figureTypes = new Set(['integer', 'number', 'money', 'days', 'percent'])
/** Series that the text tells of. */
const toldAtMost = 6

function seriesOf({ frame, result, phrases }: AnswerInput): Series[] {
  const others = frame.groupBy.filter((group) => group.bucket === undefined)
  const series = new Map<string, Series>()
  for (const row of result.rows) {
    const name = others.map((group) => String(row[group.field] ?? phrases.figures.noValue)).join(', ')
    const key = `${name}\u0000${String(row.currency ?? '')}`
    const one = series.get(key) ?? { name, rows: [] }
    one.rows.push(row)
    series.set(key, one)
  }
  const bucket = frame.groupBy.find((group) => group.bucket !== undefined)?.field ?? ''
  for (const { rows } of series.values()) rows.sort((a, b) => String(a[bucket] ?? '').localeCompare(String(b[bucket] ?? '')))
  return [...series.values()]
}

/** How each figure moved from the one before, or what the figures add up to, beside them. */
export function movementAnswer(input: AnswerInput): Body {
  const { frame, result, format, phrases } = input
  const { movements } = phrases
  const bucket = frame.groupBy.find((group) => group.bucket !== undefined)
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  if (bucket?.bucket === undefined || column === undefined || !figureTypes.has(column.type) || result.rows.length === 0) return groupsAnswer(input)
  const { bucket: unit } = bucket
  const isMoney = column.type === 'money'
  const running = frame.derive === 'running'
  const rows: Row[] = []
  const sentences: string[] = []
  const metrics: MessagePart[] = []
  const what = measured(input, measure)
  for (const { name, rows: own } of seriesOf(input)) {
    let before: Row | undefined
    let sum: unknown = isMoney ? '0' : 0
    for (const row of own) {
      sum = combine([sum, row[key]], isMoney)
      const change = before === undefined ? null : combine([row[key], before[key]], isMoney, -1)
      const base = Number(before?.[key] ?? 0)
      const ratio = change === null || base === 0 ? null : Number(change) / Math.abs(base)
      rows.push(running ? { ...row, running: sum } : { ...row, change, change_ratio: ratio })
      before = row
    }
    const last = rows.at(-1) as Row
    const previous = own.length > 1 ? own.at(-2) : undefined
    const moment = (value: unknown, row: Row) => ({ value: format.cell(value, column, row), bucket: String(row[bucket.field]), unit })
    if (running) sentences.push(movements.upTo(name, moment(sum, last)))
    else if (previous === undefined) sentences.push(movements.only(name, moment(last[key], last)))
    else {
      const ratio = typeof last.change_ratio === 'number' ? last.change_ratio : null
      sentences.push(movements.against(name, moment(last[key], last), moment(previous[key], previous), movementOf(ratio, column, Number(last.change))))
      if (frame.derive === 'change' && column.type !== 'percent')
        metrics.push({
          type: 'data-metric',
          data: {
            label: movements.changeOf(what),
            value: ratio === null ? null : Math.round(ratio * 1000) / 10,
            unit: '%',
            ...(isMoney && typeof last.currency === 'string' ? { currency: last.currency } : {}),
          },
        })
    }
  }
  const { columns } = movements
  const added: Column[] = running
    ? [{ key: 'running', label: columns.running, type: column.type }]
    : [
        { key: 'change', label: columns.change, type: column.type },
        { key: 'change_ratio', label: columns.changeRatio, type: 'percent' },
      ]
  const plain = groupsAnswer(input)
  const parts = plain.parts.map((part) =>
    part.type === 'data-table' ? { ...part, data: { ...part.data, columns: [...result.columns, ...added], rows } } : part,
  )
  const shown = sentences.slice(0, toldAtMost)
  return { text: movements.moved(what, shown, sentences.length - shown.length), parts: [...metrics, ...parts] }
}

function movementOf(ratio: number | null, { type }: Column, change: number): Movement {
  const direction = change === 0 ? 0 : change > 0 ? 1 : -1
  if (type === 'percent') return { direction, points: Math.abs(Math.round(change * 1000) / 10) }
  return ratio === null ? { direction } : { direction, percent: Math.abs(Math.round(ratio * 1000) / 10) }
}
