import type { Decimal } from 'decimal.js'
import type { Measure, TypedQuery, Window } from '#contracts/query.ts'
import { amountOf, combine, currencyOf, Exact, fieldOf, type Money, matches } from './plain-evaluator.ts'
import { day, type Entity, type Field, fields, type Stored, tables } from './plain-world.ts'

/** What groups, measures and windows mean, written anew. A figure is a decimal, a ratio or mean a `{ about }`, a count a number, a time a text. */

export type Value = Decimal | { about: number } | number | string | null
export interface PlainRow {
  /** What the row is told apart by: labels, ids, bucket and currency. */
  keys: (string | null)[]
  bucket: string | null
  currency: string | null
  figures: Record<string, Value>
}

const isMoney = (entity: Entity, measure: Measure) =>
  measure.field !== undefined && fields[entity][measure.field]?.isMoney === true && measure.fn !== 'count' && measure.fn !== 'countDistinct'
export const keyOf = (measure: Measure) => measure.as ?? [measure.fn, ...(measure.field === undefined ? [] : [measure.field.replaceAll('.', '_')])].join('_')
export const windowKeyOf = (window: Window) => window.as ?? `${window.fn}_${window.measure}`

/** First day of the period a time is in, in UTC. */
function bucketOf(value: unknown, unit: string): string {
  const moment = new Date(String(value))
  const [year, month] = [moment.getUTCFullYear(), moment.getUTCMonth()]
  const first =
    unit === 'year'
      ? Date.UTC(year, 0, 1)
      : unit === 'quarter'
        ? Date.UTC(year, month - (month % 3), 1)
        : unit === 'month'
          ? Date.UTC(year, month, 1)
          : Date.UTC(year, month, moment.getUTCDate() - (unit === 'week' ? (moment.getUTCDay() + 6) % 7 : 0))
  return new Date(first).toISOString().slice(0, 10)
}

function nextBucket(bucket: string, unit: string): string {
  const date = new Date(bucket)
  if (unit === 'day' || unit === 'week') return new Date(date.getTime() + (unit === 'week' ? 7 : 1) * day).toISOString().slice(0, 10)
  const months = unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)).toISOString().slice(0, 10)
}

/** The keys a row has under one group: a list has several, one for each item. */
function groupKeys(field: Field, row: Stored, unit: string | undefined): (string | null)[][] {
  const value = field.get(row)
  if (field.kind === 'list') return (value as string[]).length === 0 ? [[null]] : (value as string[]).map((item) => [item])
  if (field.kind === 'date' || field.kind === 'datetime') return [[value === null ? null : bucketOf(value, unit ?? 'day')]]
  if (field.kind === 'number') return [[value === null ? null : new Exact(String(value)).toFixed()]]
  const text = value === null || String(value).trim() === '' ? null : String(value).trim()
  return [field.leadsTo === undefined ? [text] : [text, field.leadsTo(row)]]
}

/** What a row brings to a figure of its field; null for nothing. */
function inputOf(field: Field, row: Stored, measure: Measure, money: Money): string | null {
  const value = field.kind === 'reference' && (measure.fn === 'count' || measure.fn === 'countDistinct') ? (field.id ?? field.leadsTo)?.(row) : field.get(row)
  if (value === null || value === undefined) return null
  if (field.kind === 'list') return (value as string[]).length === 0 ? null : String((value as string[]).length)
  if (field.isMoney === true && measure.fn !== 'count' && measure.fn !== 'countDistinct') return amountOf(row, value, money)
  if (field.kind === 'number') return new Exact(String(value)).toFixed()
  if (field.kind === 'text') return String(value).trim() === '' ? null : String(value).trim()
  return String(value)
}

function ratio(part: Decimal | number, whole: Decimal | number): Value {
  return new Exact(whole).isZero() ? null : { about: new Exact(part).div(whole).toNumber() }
}

function quantile(sorted: readonly Decimal[], at: number): Decimal | null {
  if (sorted.length === 0) return null
  const position = new Exact(at).times(sorted.length - 1)
  const [low, high] = [sorted[position.floor().toNumber()] as Decimal, sorted[position.ceil().toNumber()] as Decimal]
  return low.plus(high.minus(low).times(position.minus(position.floor())))
}

function figureOf(entity: Entity, measure: Measure, rows: readonly Stored[], money: Money): Value {
  const { where, fn } = measure
  const counted = where === undefined ? rows : rows.filter((row) => matches(entity, row, where, money))
  const field = measure.field === undefined ? undefined : fieldOf(entity, measure.field)
  const inputs = (of: readonly Stored[]) => of.flatMap((row) => (field === undefined ? [] : (inputOf(field, row, measure, money) ?? [])))
  const texts = inputs(counted)
  const isTime = field?.kind === 'date' || field?.kind === 'datetime'
  switch (fn) {
    case 'count':
      return field === undefined ? counted.length : texts.length
    case 'countDistinct':
      return new Set(texts).size
    case 'winRate': {
      const won = counted.filter((row) => row.state === 'won').length
      const lost = counted.filter((row) => row.state === 'lost').length
      return ratio(won, won + lost)
    }
    case 'cycleDays': {
      const days = counted.flatMap((row) =>
        row.state === 'won' && row.actual_close_date !== null
          ? [(Date.parse(String(row.actual_close_date)) - Date.parse(String(row.created_at).slice(0, 10))) / day]
          : [],
      )
      return days.length === 0 ? null : { about: days.reduce((a, b) => a + b) / days.length }
    }
    case 'share': {
      // Without a condition of its own it needs the other groups; until then it is its own figure.
      const figure = (of: readonly Stored[]) => (field === undefined ? new Exact(of.length) : sumOf(inputs(of)))
      if (where === undefined) return figure(rows)
      const whole = figure(rows)
      return whole === null ? null : ratio(figure(counted) ?? 0, whole)
    }
    case 'min':
    case 'max':
      if (isTime) return texts.sort().at(fn === 'min' ? 0 : -1) ?? null
  }
  const amounts = texts.map((text) => new Exact(text)).sort((a, b) => a.comparedTo(b))
  if (amounts.length === 0) return null
  if (fn === 'median') return quantile(amounts, 0.5)
  if (fn === 'percentile') return quantile(amounts, measure.at as number)
  const combined = combine(fn as 'sum', amounts)
  return fn === 'avg' && combined !== null ? { about: combined.toNumber() } : combined
}

function sumOf(texts: readonly string[]): Decimal | null {
  return texts.length === 0
    ? null
    : combine(
        'sum',
        texts.map((text) => new Exact(text)),
      )
}

const groupKeyOf = (row: PlainRow) => JSON.stringify(row.keys)
export const numberOf = (value: Value): Decimal | null =>
  value === null || typeof value === 'string' ? null : typeof value === 'number' ? new Exact(value) : 'about' in value ? new Exact(value.about) : value

/** Groups and figures before any condition on them. */
function measuredRows(entity: Entity, query: TypedQuery, measures: readonly Measure[], money: Money): PlainRow[] {
  const anyMoney = measures.some((measure) => isMoney(entity, measure))
  const groups = new Map<string, { row: PlainRow; records: Stored[] }>()
  const timeAt = query.groupBy?.findIndex(({ field }) => ['date', 'datetime'].includes(fieldOf(entity, field).kind)) ?? -1
  const add = (keys: (string | null)[][], record: Stored | undefined) => {
    const currency = anyMoney ? (money.convert?.to ?? (record === undefined ? '' : currencyOf(record))) : null
    const row: PlainRow = {
      keys: [...keys.flat(), ...(anyMoney ? [currency] : [])],
      bucket: (timeAt < 0 ? null : keys[timeAt]?.[0]) ?? null,
      currency,
      figures: {},
    }
    const known = groups.get(groupKeyOf(row)) ?? { row, records: [] }
    groups.set(groupKeyOf(row), known)
    if (record !== undefined) known.records.push(record)
  }
  if (query.groupBy === undefined && !anyMoney) add([], undefined)
  for (const record of visibleRows(entity, query, money)) {
    const keys = (query.groupBy ?? []).map(({ field, bucket }) =>
      anyMoney && field === 'currency' ? [[currencyOf(record)]] : groupKeys(fieldOf(entity, field), record, bucket),
    )
    const combinations = keys.reduce<(string | null)[][][]>((all, some) => all.flatMap((one) => some.map((key) => [...one, key])), [[]])
    for (const one of combinations) add(one, record)
  }
  const rows = [...groups.values()].map(({ row, records }) => {
    for (const measure of measures) row.figures[keyOf(measure)] = figureOf(entity, measure, records, money)
    return { row, records }
  })
  const onlyMoney = measures.every((measure) => isMoney(entity, measure))
  const hasAmount = (records: readonly Stored[]) =>
    measures.some((measure) => records.some((record) => inputOf(fieldOf(entity, measure.field as string), record, measure, money) !== null))
  return rows.filter(({ records }) => !onlyMoney || hasAmount(records)).map(({ row }) => row)
}

export function visibleRows(entity: Entity, { filter, currency }: Pick<TypedQuery, 'filter' | 'currency'>, money: Money): Stored[] {
  return tables[entity].filter(
    (row) =>
      row.deleted_at === null &&
      (currency === undefined || entity !== 'opportunities' || currencyOf(row) === currency) &&
      (filter === undefined || matches(entity, row, filter, money)),
  )
}

function shares(entity: Entity, measures: readonly Measure[], rows: readonly PlainRow[], money: Money): void {
  for (const measure of measures.filter(({ fn, where }) => fn === 'share' && where === undefined)) {
    const key = keyOf(measure)
    const apart = isMoney(entity, measure) && money.convert === undefined
    const parts = rows.map(({ figures }) => figures[key] as Decimal | null)
    rows.forEach((row, index) => {
      const same = parts.filter((part, other): part is Decimal => part !== null && (!apart || rows[other]?.currency === row.currency))
      const part = parts[index]
      row.figures[key] =
        part === null || part === undefined
          ? null
          : ratio(
              part,
              same.reduce((a, b) => a.plus(b), new Exact(0)),
            )
    })
  }
}

/** A row for each empty bucket between the first and the last, for each combination of the other keys. */
function withEmptyBuckets(measures: readonly Measure[], rows: readonly PlainRow[], unit: string): PlainRow[] {
  const dated = rows.filter((row): row is PlainRow & { bucket: string } => row.bucket !== null)
  const buckets = dated.map(({ bucket }) => bucket).sort()
  const [first, last] = [buckets[0], buckets.at(-1)]
  if (first === undefined || last === undefined) return [...rows]
  const filled = new Map(rows.map((row) => [groupKeyOf(row), row]))
  for (const row of dated) {
    const place = row.keys.indexOf(row.bucket)
    for (let bucket = first; bucket <= last; bucket = nextBucket(bucket, unit)) {
      const keys = row.keys.map((key, index) => (index === place ? bucket : key))
      const figures = Object.fromEntries(measures.map((measure) => [keyOf(measure), emptyFigure(measure)]))
      const empty: PlainRow = { keys, bucket, currency: row.currency, figures }
      if (!filled.has(groupKeyOf(empty))) filled.set(groupKeyOf(empty), empty)
    }
  }
  return [...filled.values()]
}

function emptyFigure({ fn, where }: Measure): Value {
  if (fn === 'count' || fn === 'countDistinct') return 0
  if (fn === 'sum') return new Exact(0)
  return fn === 'share' && where === undefined ? { about: 0 } : null
}

function windowValue(
  entity: Entity,
  measure: Measure,
  window: Window,
  row: PlainRow,
  rows: readonly PlainRow[],
  unit: string | undefined,
  money: Money,
): Value {
  const value = (of: PlainRow) => of.figures[window.measure] ?? null
  const own = value(row)
  const peers = isMoney(entity, measure) && money.convert === undefined ? rows.filter(({ currency }) => currency === row.currency) : rows
  if (window.fn === 'rank') {
    if (own === null) return null
    const better = (other: Value) => {
      if (other === null) return false
      const order =
        typeof own === 'string' ? (String(other) < own ? -1 : String(other) > own ? 1 : 0) : (numberOf(other) as Decimal).comparedTo(numberOf(own) as Decimal)
      return window.direction === 'asc' ? order < 0 : order > 0
    }
    return 1 + peers.filter((other) => better(value(other))).length
  }
  if (window.fn === 'shareOfTotal') {
    const number = numberOf(own)
    return number === null
      ? null
      : ratio(
          number,
          peers.reduce((sum, other) => sum.plus(numberOf(value(other)) ?? 0), new Exact(0)),
        )
  }
  if (row.bucket === null || unit === undefined) return null
  const place = row.keys.indexOf(row.bucket)
  const series = rows.filter((other) => other.bucket !== null && other.keys.every((key, index) => index === place || key === row.keys[index]))
  if (window.fn === 'runningSum') {
    const numbers = series.filter(({ bucket }) => String(bucket) <= String(row.bucket)).flatMap((other) => numberOf(value(other)) ?? [])
    const sum = numbers.length === 0 ? null : numbers.reduce((a, b) => a.plus(b))
    return sum !== null && measure.fn === 'count' ? sum.toNumber() : sum
  }
  const before = series.find((other) => nextBucket(String(other.bucket), unit) === row.bucket)
  const previous = before === undefined ? null : value(before)
  if (window.fn === 'previous') return previous
  const [a, b] = [numberOf(own), numberOf(previous)]
  if (a === null || b === null) return null
  if (window.fn === 'changeRatio') return ratio(a.minus(b), b)
  const isAbout = typeof own === 'object' && own !== null && 'about' in own
  return measure.fn === 'count' || measure.fn === 'countDistinct' ? a.minus(b).toNumber() : isAbout ? { about: a.minus(b).toNumber() } : a.minus(b)
}

const tests: Record<string, (order: number) => boolean> = {
  eq: (o) => o === 0,
  ne: (o) => o !== 0,
  gt: (o) => o > 0,
  gte: (o) => o >= 0,
  lt: (o) => o < 0,
  lte: (o) => o <= 0,
}

/** Rows of a query for groups, in no order. */
export function plainGroups(entity: Entity, query: TypedQuery): PlainRow[] {
  const money: Money = { currency: query.currency, convert: query.convert }
  const measures: readonly Measure[] = query.measures ?? [{ fn: 'count' }]
  const windows = query.windows ?? []
  let rows = measuredRows(entity, query, measures, money)
  shares(entity, measures, rows, money)
  const time = query.groupBy?.find(({ field }) => ['date', 'datetime'].includes(fieldOf(entity, field).kind))
  const unit = time === undefined ? undefined : (time.bucket ?? 'day')
  if (unit !== undefined && windows.some(({ fn }) => fn !== 'rank' && fn !== 'shareOfTotal')) rows = withEmptyBuckets(measures, rows, unit)
  const keep = (among: readonly PlainRow[], keys: ReadonlySet<string>) =>
    among.filter((row) =>
      (query.having ?? []).every(({ measure, op, value }) => {
        if (!keys.has(measure)) return true
        const number = numberOf(row.figures[measure] ?? null)
        return number !== null && (tests[op] as (order: number) => boolean)(number.comparedTo(value))
      }),
    )
  rows = keep(rows, new Set(measures.map(keyOf)))
  const values = rows.map((row) =>
    windows.map((window) => {
      const measure = measures.find((candidate) => keyOf(candidate) === window.measure) as Measure
      return [windowKeyOf(window), windowValue(entity, measure, window, row, rows, unit, money)] as const
    }),
  )
  for (const [index, row] of rows.entries()) Object.assign(row.figures, Object.fromEntries(values[index] ?? []))
  return keep(rows, new Set(windows.map(windowKeyOf)))
}
