import type { DateTime } from 'luxon'
import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Condition, Operator, Scalar, TimeRange } from '#contracts/query.ts'
import { type CompileContext, nothing } from './compile-context.ts'
import { isRange, isRelative, type ValueReader } from './condition-values.ts'
import { dateFrom, isDateOnly, isoInstant, parseInstant, spanOf } from './time-ranges.ts'

/** How a kind of column writes the moments it is compared with. */
interface TimeColumn {
  column: SQL
  /** First value that is not before the moment. */
  from(moment: DateTime): SQL
  isDate: boolean
}

function timeColumn(column: SQL, isDate: boolean): TimeColumn {
  return isDate
    ? { column, isDate, from: (moment) => sql`${dateFrom(moment)}::date` }
    : { column, isDate, from: (moment) => sql`${isoInstant(moment)}::timestamptz` }
}

/** What a value stands for: a span that lasts a day for a date, nothing for an instant. */
interface Moment {
  start: DateTime
  /** First moment after it. */
  end: DateTime
}

function momentOf(context: CompileContext, reader: ValueReader, time: TimeColumn, value: Condition['value'] | Scalar): Moment | undefined {
  const instant = isRelative(value)
    ? context.now.minus({ milliseconds: (value.daysAgo ?? 0) * 86_400_000 })
    : typeof value === 'string'
      ? parseInstant(value, context.timeZone)
      : undefined
  if (instant === undefined) return reader.fail(`"${String(value)}" is not a date or time; write it like 2026-03-31 or 2026-03-31T14:00:00Z.`)
  // A date lasts until midnight, and a column of dates knows nothing shorter than a day.
  if (time.isDate || (typeof value === 'string' && isDateOnly(value))) {
    const start = instant.startOf('day')
    return { start, end: start.plus({ day: 1 }) }
  }
  return { start: instant, end: instant.plus({ milliseconds: 1 }) }
}

function within(time: TimeColumn, from: DateTime | undefined, to: DateTime | undefined): SQL {
  const tests = [from && sql`${time.column} >= ${time.from(from)}`, to && sql`${time.column} < ${time.from(to)}`].filter((test) => test !== undefined)
  return tests.length === 0 ? sql`${time.column} is not null` : sql`(${sql.join(tests, sql` and `)})`
}

function during(context: CompileContext, time: TimeColumn, range: TimeRange, reader: ValueReader): SQL {
  const span = spanOf(range, context.now, context.timeZone)
  if (typeof span === 'string') {
    reader.fail(span)
    return nothing
  }
  // A date has not passed until its day has, so what is next begins with today.
  const from = time.isDate && 'next' in range ? span.from?.startOf('day') : span.from
  return within(time, from, span.to)
}

function anyOf(context: CompileContext, time: TimeColumn, reader: ValueReader, condition: Condition): SQL {
  if (isRange(condition.value)) return during(context, time, condition.value, reader)
  const values = isRelative(condition.value) ? [condition.value] : reader.many()
  const moments = values?.map((value) => momentOf(context, reader, time, value))
  if (moments === undefined) return nothing
  return sql`(${sql.join(
    moments.map((moment) => (moment === undefined ? nothing : within(time, moment.start, moment.end))),
    sql` or `,
  )})`
}

/** Compares dates and times; a date stands for its whole day in the query's time zone. */
export function timeCondition(context: CompileContext, column: SQL, isDate: boolean, condition: Condition, reader: ValueReader): SQL {
  const time = timeColumn(column, isDate)
  const op: Operator = condition.op
  switch (op) {
    case 'eq':
    case 'in':
      return anyOf(context, time, reader, condition)
    case 'ne':
    case 'notIn':
      return sql`(${anyOf(context, time, reader, condition)}) is not true`
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const value = isRelative(condition.value) ? condition.value : reader.one()
      const moment = value === undefined ? undefined : momentOf(context, reader, time, value)
      if (moment === undefined) return nothing
      if (op === 'gt') return within(time, moment.end, undefined)
      if (op === 'gte') return within(time, moment.start, undefined)
      return within(time, undefined, op === 'lt' ? moment.start : moment.end)
    }
    case 'between': {
      const [low, high] = (reader.pair() ?? []).map((value) => momentOf(context, reader, time, value))
      return low === undefined || high === undefined ? nothing : within(time, low.start, high.end)
    }
    case 'during': {
      const range = reader.range()
      return range === undefined ? nothing : during(context, time, range, reader)
    }
    case 'isEmpty':
      return sql`${column} is null`
    case 'isNotEmpty':
      return sql`${column} is not null`
    default:
      return nothing
  }
}
