import type { GroupName } from '#backend/modules/planner/phrases/figure-phrases.ts'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import type { Column, Measure, Row } from '#contracts/query.ts'
import { type AnswerInput, type Body, fieldOf } from './body.ts'
import { measured, measureLabel } from './measures.ts'
import { shortTitle } from './titles.ts'

const fullestBarChart = 12
const fullestLine = 60
/** Groups said in the text; of those that share the first place, more. */
const toldAtMost = 3
const tiedAtMost = 5

export function groupsAnswer(given: AnswerInput): Body {
  const input = withFigures(given)
  const { frame, result, format, phrases } = input
  const { entity } = frame
  const [group] = frame.groupBy
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  if (result.rows.length === 0 || group === undefined || column === undefined)
    return { text: phrases.records.noneFound({ entity, one: false, explanation: result.explanation }), parts: [] }
  const lead = phrases.figures.by(measured(input, measure), groupNames(input))
  const title = shortTitle(input, lead)
  const table: MessagePart = { type: 'data-table', data: { title, columns: groupColumns(input), rows: result.rows, total: result.total } }
  // An amount says its currency; a share of the amounts in one does not.
  const isTold = column.type === 'money' || !isPerCurrency(input)
  const share = columnOf(input, 'share')
  const say = (row: Row) => {
    const counted = measure.fn === 'count' ? { entity, count: Number(row[key]) } : undefined
    const name = isTold ? valueName(input, row) : `${valueName(input, row)}, ${String(row.currency)}`
    const part = share === undefined || measure.fn !== 'count' ? undefined : format.cell(row.share, share, row)
    return phrases.figures.group(name, format.cell(row[key], column, row), counted, part)
  }
  if (frame.limit === 1)
    return { text: phrases.figures.tiedGroups(result.rows.slice(0, tiedAtMost).map(say), Math.max(0, result.rows.length - tiedAtMost)), parts: [table] }
  const chart = chartOf(input, title)
  const bucketed = group.bucket !== undefined
  const spoken = bucketed ? result.rows.slice(-toldAtMost) : result.rows.slice(0, toldAtMost)
  const rest = result.total - spoken.length
  const text = phrases.figures.groups({
    lead,
    lately: bucketed && rest > 0,
    items: spoken.map(say),
    more: bucketed ? 0 : rest,
    shown: result.rows.length,
    total: result.total,
  })
  return { text, parts: chart === undefined ? [table] : [chart, table] }
}

/** A row for each currency, which is none of the groups that were asked for. */
function isPerCurrency({ frame, result }: AnswerInput): boolean {
  return !frame.groupBy.some(({ field }) => /(?:^|\.)currency$/.test(field)) && result.rows.some(({ currency }) => typeof currency === 'string')
}

/** Groups without a figure have no place among those that have one: nothing was decided in them. */
function withFigures(input: AnswerInput): AnswerInput {
  const { frame, result } = input
  const key = keyOf(frame.measures[0] as Measure)
  const rows = result.rows.filter((row) => row[key] !== null && row[key] !== undefined)
  if (rows.length === 0 || rows.length === result.rows.length || frame.derive !== undefined) return input
  return { ...input, result: { ...result, rows, total: result.total - (result.rows.length - rows.length) } }
}

function columnOf({ result }: AnswerInput, field: string): Column | undefined {
  return result.columns.find((column) => column.key === field)
}

/** The groups' own columns say what a group without a value is called. */
function groupColumns(input: AnswerInput): Column[] {
  const { frame, result, phrases } = input
  const groups = new Set(frame.groupBy.map(({ field }) => columnOf(input, field)?.key))
  return result.columns.map((column) => (groups.has(column.key) ? { ...column, empty: phrases.figures.noValue } : column))
}

function groupNames(input: AnswerInput): GroupName[] {
  const { frame } = input
  return frame.groupBy.map(({ field, bucket }): GroupName => {
    const column = columnOf(input, field)
    return bucket === undefined ? { field: column === undefined ? { entity: frame.entity, path: field, label: field } : fieldOf(frame, column) } : { bucket }
  })
}

/** What a group is called: its values, or its span of time. */
function valueName(input: AnswerInput, row: Row): string {
  const { frame, phrases } = input
  const { figures, times, nouns } = phrases
  return frame.groupBy
    .map(({ field, bucket }) => {
      const value = row[columnOf(input, field)?.key ?? field]
      if (value === null || value === undefined || value === '') return figures.noValue
      if (typeof value === 'boolean') return value ? figures.yes : figures.no
      return bucket === undefined ? nouns.value(frame.entity, field, String(value)) : times.bucket(String(value), bucket)
    })
    .join(', ')
}

function chartOf(input: AnswerInput, title: string): MessagePart | undefined {
  const { frame, result, phrases } = input
  const [group, second] = frame.groupBy
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  if (group === undefined || second !== undefined || result.rows.length < 2) return undefined
  const bucketed = group.bucket !== undefined
  const asked = frame.shape !== undefined && frame.shape !== 'table'
  if (!asked && result.rows.length > (bucketed ? fullestLine : fullestBarChart)) return undefined
  const kind = frame.shape === 'line' || frame.shape === 'bar' || frame.shape === 'pie' ? frame.shape : bucketed ? 'line' : 'bar'
  const column = columnOf(input, key)
  const label = measureLabel(input, measure)
  const names =
    column?.type === 'money' || isPerCurrency(input) ? [...new Set(result.rows.map((row) => (typeof row.currency === 'string' ? row.currency : '')))] : ['']
  const series = names.map((name) => ({
    name: name === '' ? label : phrases.figures.series(label, name),
    ...(name === '' ? {} : { currency: name }),
    points: result.rows
      .filter((row) => name === '' || row.currency === name)
      .map((row) => ({ label: valueName(input, row), value: row[key] === null || row[key] === undefined ? null : Number(row[key]) })),
  }))
  return { type: 'data-chart', data: { kind, title, series } }
}
