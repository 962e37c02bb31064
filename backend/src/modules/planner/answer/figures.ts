import { DateTime } from 'luxon'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { entities } from '#contracts/entities.ts'
import type { Column, Measure, Row, TimeUnit } from '#contracts/query.ts'
import type { AnswerInput, Body } from './body.ts'
import { cents, fromCents } from './exact.ts'
import { sentenceList } from './format.ts'
import { shortTitle, subject } from './titles.ts'

const fullestBarChart = 12
const fullestLine = 60

type MetricPart = Extract<MessagePart, { type: 'data-metric' }>

export function measureLabel({ frame, result }: AnswerInput, measure: Measure): string {
  const column = result.columns.find((one) => one.key === keyOf(measure))
  if (measure.fn === 'sum' && measure.field === 'amount' && frame.entity === 'order_lines') return 'Revenue'
  if (measure.fn === 'sum' && measure.field === 'quantity') return 'Units sold'
  if (measure.as === 'conversion_rate') return 'Conversion rate'
  if (measure.as === 'loss_rate') return 'Loss rate'
  if (measure.fn === 'share' && measure.field !== undefined) return 'Share'
  if (measure.fn === 'count') return entities[frame.entity].labelPlural
  return column?.label ?? measure.fn
}

function metric(label: string, value: unknown, column: Column | undefined, row: Row | undefined): MetricPart {
  const currency = column?.type === 'money' && typeof row?.currency === 'string' ? { currency: row.currency } : {}
  if (column?.type === 'percent')
    return { type: 'data-metric', data: { label, value: value === null || value === undefined ? null : Math.round(Number(value) * 10_000) / 100, unit: '%' } }
  if (column?.type === 'days')
    return {
      type: 'data-metric',
      data: { label, value: value === null || value === undefined ? null : Math.round(Number(value) * 10_000) / 10_000, unit: 'days' },
    }
  const shown = value === null || value === undefined ? null : column?.type === 'money' ? String(value) : Number(value)
  return { type: 'data-metric', data: { label, value: shown, ...currency } }
}

/** One figure, or one for each currency. */
export function figureAnswer(input: AnswerInput): Body {
  const { frame, result, format } = input
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  const label = measureLabel(input, measure)
  const rows = result.rows.length > 0 ? result.rows : [{}]
  const parts: MessagePart[] = rows.map((row) =>
    metric(label, row[key] ?? (measure.fn === 'count' || measure.fn === 'sum' || measure.fn === 'countDistinct' ? 0 : null), column, row),
  )
  if (measure.fn === 'count') {
    const count = Number(rows[0]?.[key] ?? 0)
    const noun = (count === 1 ? entities[frame.entity].label : entities[frame.entity].labelPlural).toLowerCase()
    return { text: `${format.number(count)} ${noun}.`, parts }
  }
  const values = rows.map((row) => (column === undefined || row[key] === null || row[key] === undefined ? 'none' : format.cell(row[key], column, row)))
  if (values.every((value) => value === 'none')) {
    const nothing = measure.fn === 'sum' ? `${label}: 0; nothing matches.` : `There is nothing to compute that from: no record matches.`
    return { text: nothing, parts }
  }
  return { text: `${label}: ${sentenceList(values)}.`, parts }
}

/** A part of a count, or of a sum in each currency. */
export function shareAnswer({ frame, result, format }: AnswerInput): Body {
  const noun = entities[frame.entity].labelPlural.toLowerCase()
  const partColumn = result.columns.find((column) => column.key === 'part')
  const shares = result.rows.flatMap((row) => {
    const [part, whole] = [Number(row.part ?? 0), Number(row.whole ?? 0)]
    if (whole === 0) return []
    const money = partColumn?.type === 'money'
    const say = (value: unknown) =>
      money ? format.money(String(value ?? '0'), typeof row.currency === 'string' ? row.currency : null) : format.number(Number(value ?? 0))
    return [
      {
        percent: Math.round((part / whole) * 10_000) / 100,
        text: `${say(row.part)} of ${say(row.whole)}${money ? '' : ` ${noun}`}`,
        currency: money && typeof row.currency === 'string' ? { currency: row.currency } : {},
      },
    ]
  })
  if (shares.length === 0)
    return { text: `There are no ${noun} to take a share of.`, parts: [{ type: 'data-metric', data: { label: `Share of ${noun}`, value: null, unit: '%' } }] }
  return {
    text: `${sentenceList(shares.map((share) => `${format.number(Math.round(share.percent * 10) / 10)}% (${share.text})`))}.`,
    parts: shares.map((share) => ({ type: 'data-metric', data: { label: `Share of ${noun}`, value: share.percent, unit: '%', ...share.currency } })),
  }
}

export function groupsAnswer(input: AnswerInput): Body {
  const { frame, result, format } = input
  const [group] = frame.groupBy
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  const noun = entities[frame.entity].labelPlural.toLowerCase()
  if (result.rows.length === 0 || group === undefined || column === undefined)
    return { text: `I found no ${noun} for that. I looked for: ${result.explanation}`, parts: [] }
  const title = shortTitle(input, `${measure.fn === 'count' ? subject(frame, 2) : measureLabel(input, measure)} by ${groupLabel(input)}`)
  const parts: MessagePart[] = []
  const bucketed = group.bucket !== undefined
  const chart = chartOf(input, title)
  if (chart !== undefined) parts.push(chart)
  parts.push({ type: 'data-table', data: { title, columns: result.columns, rows: result.rows, total: result.total } })
  const say = (row: Row) =>
    `${groupName(input, row)} (${format.cell(row[key], column, row)}${measure.fn === 'count' ? ` ${Number(row[key]) === 1 ? entities[frame.entity].label.toLowerCase() : noun}` : ''})`
  if (frame.limit === 1)
    return {
      text: `${sentenceList(result.rows.slice(0, 5).map(say))}${result.rows.length > 5 ? ` and ${result.rows.length - 5} more, equally` : ''}.`,
      parts: parts.filter((part) => part.type !== 'data-chart'),
    }
  const spoken = bucketed ? result.rows.slice(-3) : result.rows.slice(0, 3)
  const what = measure.fn === 'count' ? capitalise(subject(frame, 2)) : measureLabel(input, measure)
  const lead = `${what} by ${groupLabel(input)}`
  const rest = result.total - spoken.length
  return {
    text: `${lead}: ${bucketed && rest > 0 ? 'lately ' : ''}${sentenceList(spoken.map(say))}${rest > 0 && !bucketed ? ` and ${format.number(rest)} more` : ''}${result.rows.length < result.total ? ` (${result.rows.length} of ${format.number(result.total)} shown)` : ''}.`,
    parts,
  }
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function groupLabel({ frame, result }: AnswerInput): string {
  return frame.groupBy
    .map((group) => group.bucket ?? (result.columns.find((column) => column.key === group.field)?.label ?? group.field).toLowerCase())
    .join(' and ')
}

function groupName({ frame, result }: AnswerInput, row: Row): string {
  return frame.groupBy
    .map((group) => {
      const key = result.columns.find((column) => column.key === group.field)?.key ?? group.field
      const value = row[key]
      if (value === null || value === undefined || value === '') return 'none'
      if (typeof value === 'boolean') return value ? 'yes' : 'no'
      return group.bucket === undefined ? String(value) : bucketName(String(value), group.bucket)
    })
    .join(', ')
}

export function bucketName(value: string, unit: TimeUnit): string {
  const date = DateTime.fromISO(value, { setZone: true }).setLocale('en')
  if (!date.isValid) return value
  switch (unit) {
    case 'year':
      return date.toFormat('yyyy')
    case 'quarter':
      return `Q${date.quarter} ${date.toFormat('yyyy')}`
    case 'month':
      return date.toFormat('LLLL yyyy')
    case 'week':
      return `week of ${date.toFormat('d LLL yyyy')}`
    case 'day':
      return date.toFormat('d LLL yyyy')
  }
}

function chartOf(input: AnswerInput, title: string): MessagePart | undefined {
  const { frame, result } = input
  const [group, second] = frame.groupBy
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  if (group === undefined || second !== undefined || result.rows.length < 2) return undefined
  const bucketed = group.bucket !== undefined
  const asked = frame.shape !== undefined && frame.shape !== 'table'
  if (!asked && result.rows.length > (bucketed ? fullestLine : fullestBarChart)) return undefined
  const kind = frame.shape === 'line' || frame.shape === 'bar' || frame.shape === 'pie' ? frame.shape : bucketed ? 'line' : 'bar'
  const column = result.columns.find((one) => one.key === key)
  const names = column?.type === 'money' ? [...new Set(result.rows.map((row) => (typeof row.currency === 'string' ? row.currency : '')))] : ['']
  const series = names.map((name) => ({
    name: name === '' ? measureLabel(input, measure) : `${measureLabel(input, measure)} (${name})`,
    ...(name === '' ? {} : { currency: name }),
    points: result.rows
      .filter((row) => name === '' || row.currency === name)
      .map((row) => ({ label: groupName(input, row), value: row[key] === null || row[key] === undefined ? null : Number(row[key]) })),
  }))
  return { type: 'data-chart', data: { kind, title, series } }
}

/** Count and value of every stage, by currency. */
export function pipelineAnswer(input: AnswerInput): Body {
  const { frame, result, format } = input
  const countKey = 'count'
  const valueKey = keyOf(frame.measures[1] as Measure)
  if (result.rows.length === 0) return { text: `There are no opportunities for that. I looked for: ${result.explanation}`, parts: [] }
  const totals = new Map<string, { count: number; value: bigint }>()
  for (const row of result.rows) {
    const currency = typeof row.currency === 'string' ? row.currency : ''
    const total = totals.get(currency) ?? { count: 0, value: 0n }
    total.count += Number(row[countKey] ?? 0)
    total.value += cents(row[valueKey])
    totals.set(currency, total)
  }
  const count = [...totals.values()].reduce((sum, total) => sum + total.count, 0)
  const money = [...totals].map(([currency, total]) => format.money(fromCents(total.value), currency === '' ? null : currency))
  const metrics: MessagePart[] = [
    { type: 'data-metric', data: { label: 'Open opportunities', value: count } },
    ...[...totals].map(
      ([currency, total]): MessagePart => ({
        type: 'data-metric',
        data: { label: 'Pipeline value', value: fromCents(total.value), ...(currency === '' ? {} : { currency }) },
      }),
    ),
  ]
  const title = 'Pipeline by stage'
  return {
    text: `${format.number(count)} open ${count === 1 ? 'opportunity' : 'opportunities'} worth ${sentenceList(money)}.`,
    parts: [...metrics, { type: 'data-table', data: { title, columns: result.columns, rows: result.rows, total: result.total } }],
  }
}
