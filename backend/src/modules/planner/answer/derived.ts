import type { FieldName } from '#backend/modules/planner/phrases/phrase-book.ts'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { entities } from '#contracts/entities.ts'
import type { Measure, Row } from '#contracts/query.ts'
import type { AnswerInput, Body } from './body.ts'
import { combine } from './exact.ts'
import { groupsAnswer } from './groups.ts'
import { measureLabel } from './measures.ts'
import { weightedKey } from './weighted.ts'

/** A total by the number of groups it falls into. */
export function meanAnswer(input: AnswerInput): Body {
  const { frame, result, format, phrases } = input
  const { movements } = phrases
  const measure = frame.measures[0] as Measure
  const key = keyOf(measure)
  const column = result.columns.find((one) => one.key === key)
  const isMoney = column?.type === 'money'
  const what = measure.fn === 'count' ? { entity: frame.entity } : { label: measureLabel(input, measure) }
  const bucket = frame.groupBy[0]?.bucket
  const totals =
    bucket === undefined ? result.rows.map((row) => ({ row, total: row[key], groups: Number(row.groups ?? 0) })) : totalsOf(result.rows, key, isMoney)
  const filled = totals.filter(({ groups }) => groups > 0)
  if (filled.length === 0) return { text: phrases.figures.nothingToCompute, parts: [] }
  const means = filled.map(({ row, total, groups }) => {
    const mean = Number(total ?? 0) / groups
    const value = isMoney ? mean.toFixed(2) : String(Math.round(mean * 100) / 100)
    const currency = isMoney && typeof row.currency === 'string' ? row.currency : undefined
    const told = isMoney ? format.money(value, currency ?? null) : format.number(Number(value))
    const whole = column === undefined ? String(total) : format.cell(total, column, row)
    return { value, currency, said: movements.meanValue(told, whole, format.number(groups)) }
  })
  const label = movements.meanOf(what)
  const parts: MessagePart[] = means.map(({ value, currency }) => ({
    type: 'data-metric',
    data: { label, value: isMoney ? value : Number(value), ...(currency === undefined ? {} : { currency }) },
  }))
  const table = bucket === undefined ? [] : groupsAnswer(input).parts
  const per = bucket === undefined ? { field: groupedBy(frame) } : { bucket }
  return { text: movements.mean({ what, per, said: means.map(({ said }) => said) }), parts: [...parts, ...table] }
}

/** The field whose different values are counted. */
function groupedBy({ entity, measures }: AnswerInput['frame']): FieldName {
  const path = measures[1]?.field ?? ''
  const [first = '', ...rest] = path.split('.')
  const definition = entities[entity].fields[first]
  const last = rest.at(-1)
  const label = last === undefined || definition?.entity === undefined ? definition?.label : entities[definition.entity].fields[last]?.label
  return { entity, path, label: label ?? path }
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
export function ratioAnswer({ frame, result, phrases }: AnswerInput): Body {
  const { movements } = phrases
  const { entity } = frame
  const [first = '', second = ''] = frame.measures.map(keyOf)
  const row = result.rows[0] ?? {}
  const [a, b] = [Number(row[first] ?? 0), Number(row[second] ?? 0)]
  const ratio = b === 0 ? null : Math.round((a / b) * 10_000) / 10_000
  return {
    text: movements.ratio({ counts: [a, b], states: [first, second], entity, ratio }),
    parts: [{ type: 'data-metric', data: { label: movements.ratioOf([first, second], entity), value: ratio } }],
  }
}

/** What open deals are expected to bring, per currency, and by month or group. */
export function forecastAnswer(input: AnswerInput): Body {
  const { frame, result, format, phrases } = input
  const { movements } = phrases
  const { names } = phrases.figures
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
  if (entries.length === 0) return { text: movements.noForecast(result.explanation), parts: [] }
  const money = (value: unknown, currency: string) => format.money(String(value), currency === '' ? null : currency)
  const said = entries.map(([currency, { value, weighted, count }]) => ({
    value: money(value, currency),
    ...(known ? { weighted: money(weighted, currency) } : {}),
    count,
  }))
  const parts: MessagePart[] = entries.flatMap(([currency, { value, weighted }]) => {
    const unit = currency === '' ? {} : { currency }
    return [
      ...(known ? [{ type: 'data-metric' as const, data: { label: names.weightedValue, value: String(weighted), ...unit } }] : []),
      { type: 'data-metric' as const, data: { label: names.value, value: String(value), ...unit } },
    ]
  })
  const title = movements.forecastTitle(frame.groupBy[0]?.bucket)
  parts.push({ type: 'data-table', data: { title, columns: result.columns, rows: result.rows, total: result.total } })
  // By month the table tells it.
  const [group] = frame.groupBy
  const each = group === undefined || group.bucket !== undefined ? [] : [groupsAnswer(input).text]
  return { text: [movements.forecast(said), ...each].join(' '), parts }
}
