import { Decimal } from 'decimal.js'
import type { Condition, FigureTest, Filter, MomentTest } from '#contracts/query.ts'
import { day, type Entity, type Field, fields, type Kind, now, own, relations, type Stored, type Table, tables } from './plain-world.ts'

/** What a filter means. Nothing is shared with the compiler: folding, calendar arithmetic, decimals and the meaning of every operator are written anew. */

/** Decimals exact beyond anything the rows hold. */
export const Exact = Decimal.clone({ precision: 80 })

export function plain(value: unknown): string {
  return String(value).trim().normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[Łł]/g, 'l').replaceAll('’', "'").toLowerCase()
}
const compare: Record<string, (order: number) => boolean> = {
  eq: (o) => o === 0,
  ne: (o) => o !== 0,
  gt: (o) => o > 0,
  gte: (o) => o >= 0,
  lt: (o) => o < 0,
  lte: (o) => o <= 0,
}

function isEmpty(kind: Kind, value: unknown): boolean {
  return value === null || (kind === 'list' ? (value as string[]).length === 0 : String(value).trim() === '')
}

/** First and last moment of a calendar period or rolling window, in UTC. */
function windowOf(range: Record<string, unknown>): [number, number] {
  if ('last' in range) return [now.getTime() - (range.last as number) * day, now.getTime() + 1]
  const offset = range.offset as number
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  if (range.period === 'month') return [Date.UTC(year, month + offset, 1), Date.UTC(year, month + offset + 1, 1)]
  if (range.period === 'quarter')
    return [Date.UTC(year, Math.floor(month / 3) * 3 + offset * 3, 1), Date.UTC(year, Math.floor(month / 3) * 3 + offset * 3 + 3, 1)]
  const monday = Date.UTC(year, month, now.getUTCDate() - ((now.getUTCDay() + 6) % 7))
  return [monday + offset * 7 * day, monday + (offset + 1) * 7 * day]
}

/** How the money of a query counts: only in one currency, or converted. */
export interface Money {
  currency?: string | undefined
  convert?: { to: string; rates: Record<string, string> } | undefined
}

/** Money without a currency is in the workspace's. */
export const currencyOf = (row: Stored): string => (row.currency as string | null) ?? 'USD'

/** An amount as it counts; null when there is none, or no rate for it. */
export function amountOf(row: Stored, value: unknown, { convert }: Money): string | null {
  if (value === null) return null
  if (convert === undefined || currencyOf(row) === convert.to) return String(value)
  const rate = convert.rates[currencyOf(row)]
  return rate === undefined ? null : new Exact(String(value)).times(rate).toFixed()
}

/** A date lasts a day, an instant a millisecond; columns of dates know only days. */
function momentOf(kind: Kind, value: unknown): [number, number] {
  if (typeof value === 'object' && value !== null && 'now' in value) {
    const instant = now.getTime() - ((value as { daysAgo?: number }).daysAgo ?? 0) * day
    const midnight = Math.floor(instant / day) * day
    return kind === 'date' ? [midnight, midnight + day] : [instant, instant + 1]
  }
  const start = Date.parse(String(value))
  return [start, start + day]
}

function timeHolds(kind: Kind, actual: string, op: string, value: unknown): boolean {
  const moment = new Date(actual).getTime()
  if (op === 'during') {
    const [from, to] = windowOf(value as Record<string, unknown>)
    return moment >= from && moment < to
  }
  const [first, second] = Array.isArray(value) ? value : [value]
  const [start, end] = momentOf(kind, first)
  if (op === 'between') return moment >= start && moment < momentOf(kind, second)[1]
  const results: Record<string, boolean> = {
    eq: moment >= start && moment < end,
    ne: moment < start || moment >= end,
    gt: moment >= end,
    gte: moment >= start,
    lt: moment < start,
    lte: moment < end,
  }
  return results[op] as boolean
}

function holds(field: Field, row: Stored, { op, value }: Condition, money: Money): boolean {
  const raw = field.get(row)
  const values = Array.isArray(value) ? value : [value]
  if (op === 'isEmpty') return field.kind === 'reference' && field.id ? field.id(row) === null : isEmpty(field.kind, raw)
  if (op === 'isNotEmpty') return !holds(field, row, { field: '', op: 'isEmpty' }, money)
  if (op === 'ne') return !holds(field, row, { field: '', op: 'eq', value }, money)
  if (op === 'notIn') return !holds(field, row, { field: '', op: 'in', value }, money)
  if (op === 'notContains') return !holds(field, row, { field: '', op: 'contains', value }, money)
  const actual = field.isMoney ? amountOf(row, raw, money) : raw
  if (actual === null) return false
  if (field.kind === 'list')
    return (actual as string[]).some((item) => (op === 'contains' ? plain(item).includes(plain(value)) : values.some((one) => plain(item) === plain(one))))
  if (field.kind === 'number') {
    const orders = values.map((one) => new Decimal(String(actual)).comparedTo(String(one)))
    if (op === 'in' || op === 'eq') return orders.includes(0)
    if (op === 'between') return (orders[0] as number) >= 0 && (orders[1] as number) <= 0
    return (compare[op] as (order: number) => boolean)(orders[0] as number)
  }
  if (field.kind === 'date' || field.kind === 'datetime') return timeHolds(field.kind, String(actual), op, value)
  if (op === 'contains') return plain(actual).includes(plain(value))
  if (op === 'startsWith') return plain(actual).startsWith(plain(value))
  if (op === 'endsWith') return plain(actual).endsWith(plain(value))
  return values.some((one) => plain(actual) === plain(one))
}

const orderHolds = (op: string, order: number) => (compare[op] as (order: number) => boolean)(order)

/** A figure of the related rows, once for each currency that is a figure of its own; an empty list when there is no row at all. */
function figures(fn: 'sum' | 'avg' | 'min' | 'max', field: Field, related: readonly Stored[], money: Money): (Decimal | null)[] {
  const counted = field.isMoney && money.currency !== undefined ? related.filter((row) => currencyOf(row) === money.currency) : related
  const apart = field.isMoney && money.currency === undefined && money.convert === undefined
  const groups = new Map<string, Stored[]>()
  for (const row of counted) groups.set(apart ? currencyOf(row) : '', [...(groups.get(apart ? currencyOf(row) : '') ?? []), row])
  return [...groups.values()].map((rows) => {
    const amounts = rows.flatMap((row) => {
      const value = field.isMoney ? amountOf(row, field.get(row), money) : field.get(row)
      return value === null ? [] : [new Exact(String(value))]
    })
    return combine(fn, amounts)
  })
}

export function combine(fn: 'sum' | 'avg' | 'min' | 'max', amounts: readonly Decimal[]): Decimal | null {
  const sum = amounts.reduce((all, one) => all.plus(one), new Exact(0))
  if (fn === 'sum') return sum
  if (amounts.length === 0) return null
  if (fn === 'avg') return sum.div(amounts.length)
  return fn === 'min' ? Exact.min(...amounts) : Exact.max(...amounts)
}

function numberTestHolds(fn: 'sum' | 'avg' | 'min' | 'max', test: FigureTest, field: Field, related: readonly Stored[], money: Money): boolean {
  const values = figures(fn, field, related, money)
  const met = (value: Decimal | null) => value !== null && orderHolds(test.op, value.comparedTo(test.value))
  // Nothing adds up to 0, and then every sum must meet the test; otherwise one of them.
  return fn === 'sum' && orderHolds(test.op, Math.sign(0 - test.value)) ? values.every(met) : values.some(met)
}

function timeTestHolds(fn: 'latest' | 'earliest', test: MomentTest, field: Field, related: readonly Stored[]): boolean {
  const times = related
    .flatMap((row) => field.get(row) ?? [])
    .map(String)
    .sort()
  const time = fn === 'latest' ? times.at(-1) : times[0]
  return time !== undefined && timeHolds(field.kind, time, test.op, test.value)
}

/** The related rows of a record that a relation is of. */
export function relatedRows(entity: Entity, row: Stored, name: string, where: Filter | undefined, money: Money): { table: Table; rows: Stored[] } {
  const relation = relations[entity][name]
  if (relation === undefined) throw new Error(name)
  const { table } = relation
  const rows = tables[table].filter(
    (candidate) =>
      candidate.deleted_at === null && relation.belongs(candidate, row) && (where === undefined || matches(table as Entity, candidate, where, money)),
  )
  return { table, rows }
}

export function fieldOf(table: Table, path: string): Field {
  return (fields as Partial<Record<Table, Record<string, Field>>>)[table]?.[path] ?? own('text', path)
}

export function matches(entity: Entity, row: Stored, filter: Filter, money: Money = {}): boolean {
  if ('and' in filter) return filter.and.every((part) => matches(entity, row, part, money))
  if ('or' in filter) return filter.or.some((part) => matches(entity, row, part, money))
  if ('not' in filter) return !matches(entity, row, filter.not, money)
  if ('field' in filter) return holds(fields[entity][filter.field] as Field, row, filter, money)
  const { table, rows } = relatedRows(entity, row, filter.relation, filter.where, money)
  const tests: boolean[] = []
  if (filter.count !== undefined) tests.push(orderHolds(filter.count.op, Math.sign(rows.length - filter.count.value)))
  for (const fn of ['sum', 'avg', 'min', 'max'] as const) {
    const test = filter[fn]
    if (test !== undefined) tests.push(numberTestHolds(fn, test, fieldOf(table, test.field), rows, money))
  }
  for (const fn of ['latest', 'earliest'] as const) {
    const test = filter[fn]
    if (test !== undefined) tests.push(timeTestHolds(fn, test, fieldOf(table, test.field), rows))
  }
  return tests.length === 0 ? rows.length > 0 : tests.every(Boolean)
}
