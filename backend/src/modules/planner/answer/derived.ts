import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { entities } from '#contracts/entities.ts'
import type { Column, Measure, Row } from '#contracts/query.ts'
import type { AnswerInput, Body } from './body.ts'
import { combine } from './exact.ts'
import { bucketName, groupsAnswer, measureLabel } from './figures.ts'
import { sentenceList } from './format.ts'
import { subject } from './titles.ts'
import { weightedKey } from './weighted.ts'

/** Rows of one currency and one combination of the other groups, in the order of time. */
interface Series {
  name: string
  rows: Row[]
}

function seriesOf({ frame, result }: AnswerInput): Series[] {
  const others = frame.groupBy.filter((group) => group.bucket === undefined)
  const series = new Map<string, Series>()
  for (const row of result.rows) {
    const name = others.map((group) => String(row[group.field] ?? 'none')).join(', ')
    const key = `${name}\u0000${String(row.currency ?? '')}`
    const one = series.get(key) ?? { name, rows: [] }
    one.rows.push(row)
    series.set(key, one)
  }
  const bucket = frame.groupBy.find((group) => group.bucket !== undefined)?.field ?? ''
  for (const { rows } of series.values()) rows.sort((a, b) => String(a[bucket] ?? '').localeCompare(String(b[bucket] ?? '')))
  return [...series.values()]
}

const figureTypes = new Set(['integer', 'number', 'money', 'days', 'percent'])

/** How each figure moved from the one before, or what the figures add up to, beside them. */
export function movementAnswer(input: AnswerInput): Body {
  const { frame, result, format } = input
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
  const label = measure.fn === 'count' ? subject(frame, 2) : measureLabel(input, measure)
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
    const say = (value: unknown, row: Row) => format.cell(value, column, row)
    const at = (row: Row) => bucketName(String(row[bucket.field]), unit)
    const who = name === '' ? '' : `${name}: `
    if (running) sentences.push(`${who}${say(sum, last)} up to ${at(last)}`)
    else if (previous === undefined) sentences.push(`${who}${say(last[key], last)} in ${at(last)} and none in the other`)
    else {
      const ratio = typeof last.change_ratio === 'number' ? last.change_ratio : null
      sentences.push(
        `${who}${say(last[key], last)} in ${at(last)} against ${say(previous[key], previous)} in ${at(previous)}, ${movement(ratio, column, Number(last.change))}`,
      )
      if (frame.derive === 'change' && column.type !== 'percent')
        metrics.push({
          type: 'data-metric',
          data: {
            label: `Change of ${label.toLowerCase()}`,
            value: ratio === null ? null : Math.round(ratio * 1000) / 10,
            unit: '%',
            ...(isMoney && typeof last.currency === 'string' ? { currency: last.currency } : {}),
          },
        })
    }
  }
  const added: Column[] = running
    ? [{ key: 'running', label: 'Running total', type: column.type }]
    : [
        { key: 'change', label: 'Change', type: column.type },
        { key: 'change_ratio', label: 'Change in %', type: 'percent' },
      ]
  const plain = groupsAnswer(input)
  const parts = plain.parts.map((part) =>
    part.type === 'data-table' ? { ...part, data: { ...part.data, columns: [...result.columns, ...added], rows } } : part,
  )
  const shown = sentences.slice(0, 6)
  const text = `${capitalise(label)}: ${shown.join('; ')}${sentences.length > shown.length ? `; and ${sentences.length - shown.length} more` : ''}.`
  return { text, parts: [...metrics, ...parts] }
}

function movement(ratio: number | null, column: Column, change: number): string {
  if (column.type === 'percent') return `${change === 0 ? 'unchanged' : `${change > 0 ? 'up' : 'down'} ${Math.abs(Math.round(change * 1000) / 10)} points`}`
  if (change === 0) return 'unchanged'
  const way = change > 0 ? 'up' : 'down'
  return ratio === null ? way : `${way} ${Math.abs(Math.round(ratio * 1000) / 10)}%`
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A total by the number of groups it falls into. */
export function meanAnswer(input: AnswerInput): Body {
  const { frame, result, format } = input
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  const isMoney = column?.type === 'money'
  const noun = measure.fn === 'count' ? entities[frame.entity].labelPlural.toLowerCase() : measureLabel(input, measure).toLowerCase()
  const bucket = frame.groupBy[0]?.bucket
  const totals =
    bucket === undefined ? result.rows.map((row) => ({ row, total: row[key], groups: Number(row.groups ?? 0) })) : totalsOf(result.rows, key, isMoney)
  const filled = totals.filter(({ groups }) => groups > 0)
  if (filled.length === 0) return { text: 'There is nothing to compute that from: no record matches.', parts: [] }
  const per = bucket ?? 'group'
  const means = filled.map(({ row, total, groups }) => {
    const mean = Number(total ?? 0) / groups
    const value = isMoney ? mean.toFixed(2) : String(Math.round(mean * 100) / 100)
    const currency = isMoney && typeof row.currency === 'string' ? row.currency : undefined
    return {
      value,
      currency,
      said: `${isMoney ? format.money(value, currency ?? null) : format.number(Number(value))} (${column === undefined ? String(total) : format.cell(total, column, row)} over ${format.number(groups)})`,
    }
  })
  const parts: MessagePart[] = means.map(({ value, currency }) => ({
    type: 'data-metric',
    data: { label: `Average ${noun}`, value: isMoney ? value : Number(value), ...(currency === undefined ? {} : { currency }) },
  }))
  const table = bucket === undefined ? [] : groupsAnswer(input).parts
  return {
    text: `Average ${noun} per ${bucket === undefined ? groupedBy(frame) : per}: ${sentenceList(means.map(({ said }) => said))}.`,
    parts: [...parts, ...table],
  }
}

function groupedBy(frame: AnswerInput['frame']): string {
  const field = frame.measures[1]?.field ?? ''
  const [first = '', ...rest] = field.split('.')
  const definition = entities[frame.entity].fields[first]
  const last = rest.at(-1)
  const label = last === undefined || definition?.entity === undefined ? definition?.label : entities[definition.entity].fields[last]?.label
  return (label ?? field).toLowerCase()
}

function totalsOf(rows: readonly Row[], key: string, isMoney: boolean): { row: Row; total: unknown; groups: number }[] {
  const totals = new Map<string, { row: Row; total: unknown; groups: number }>()
  for (const row of rows) {
    const currency = isMoney ? String(row.currency ?? '') : ''
    const one = totals.get(currency) ?? { row, total: isMoney ? '0' : 0, groups: 0 }
    one.total = combine([one.total, row[key]], isMoney)
    one.groups++
    totals.set(currency, one)
  }
  return [...totals.values()]
}

/** Two counts, and the first by the second. */
export function ratioAnswer({ frame, result, format }: AnswerInput): Body {
  const [first, second] = frame.measures.map(keyOf)
  const row = result.rows[0] ?? {}
  const [a, b] = [Number(row[first ?? ''] ?? 0), Number(row[second ?? ''] ?? 0)]
  const noun = entities[frame.entity].labelPlural.toLowerCase()
  const ratio = b === 0 ? null : Math.round((a / b) * 10_000) / 10_000
  const text = `${format.number(a)} ${first} to ${format.number(b)} ${second} ${noun}${ratio === null ? '' : `: ${format.number(ratio)} to 1`}.`
  return { text, parts: [{ type: 'data-metric', data: { label: `Ratio of ${first} to ${second} ${noun}`, value: ratio } }] }
}

/** What open deals are expected to bring, per currency, and by month or group. */
export function forecastAnswer({ frame, result, format }: AnswerInput): Body {
  const totals = new Map<string, { value: unknown; weighted: unknown; count: number }>()
  const known = result.columns.some((column) => column.key === weightedKey)
  for (const row of result.rows) {
    const currency = typeof row.currency === 'string' ? row.currency : ''
    const total = totals.get(currency) ?? { value: '0', weighted: '0', count: 0 }
    total.value = combine([total.value, row.sum_value], true)
    total.weighted = combine([total.weighted, row[weightedKey]], true)
    total.count += Number(row.count ?? 0)
    totals.set(currency, total)
  }
  const entries = [...totals].filter(([, total]) => total.count > 0).sort(([, a], [, b]) => Number(b.value) - Number(a.value))
  if (entries.length === 0) return { text: `There are no open opportunities for that. I looked for: ${result.explanation}`, parts: [] }
  const money = (value: unknown, currency: string) => format.money(String(value), currency === '' ? null : currency)
  const said = entries.map(([currency, { value, weighted, count }]) =>
    known
      ? `${money(weighted, currency)} weighted (${money(value, currency)} in ${format.number(count)} ${count === 1 ? 'deal' : 'deals'})`
      : `${money(value, currency)} in ${format.number(count)} ${count === 1 ? 'deal' : 'deals'}`,
  )
  const parts: MessagePart[] = entries.flatMap(([currency, { value, weighted }]) => {
    const unit = currency === '' ? {} : { currency }
    return [
      ...(known ? [{ type: 'data-metric' as const, data: { label: 'Weighted value', value: String(weighted), ...unit } }] : []),
      { type: 'data-metric' as const, data: { label: 'Value', value: String(value), ...unit } },
    ]
  })
  const [group] = frame.groupBy
  parts.push({
    type: 'data-table',
    data: { title: group?.bucket === undefined ? 'Forecast' : `Forecast by ${group.bucket}`, columns: result.columns, rows: result.rows, total: result.total },
  })
  return { text: `Expected from open deals: ${sentenceList(said)}.`, parts }
}
