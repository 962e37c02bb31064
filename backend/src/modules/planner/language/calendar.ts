import { DateTime } from 'luxon'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'

/** Offset of "the month before": the one before that of the answer before. */
export const periodBefore = -999

/** Offset of "the month after". */
export const periodAfter = 999

/** Whole days [from, to), as ISO dates in the reader's time zone. */
export interface DaySpan {
  from: string
  to: string
}

export function iso(date: DateTime): string {
  return date.toISODate() as string
}

export function daySpan(from: DateTime, to: DateTime): DaySpan {
  return { from: iso(from), to: iso(to) }
}

/** The first and the day after the last day of a range; undefined on an open side. Rolling windows are taken by their days. */
export function boundsOf(range: TimeRange, today: DateTime): { from?: DateTime; to?: DateTime } {
  const zone = { zone: today.zone }
  if ('period' in range) {
    const count = range.count ?? 1
    const to = today.startOf(range.period).plus({ [range.period]: (range.offset ?? 0) + 1 })
    return { from: to.minus({ [range.period]: count }), to }
  }
  if ('last' in range) return { from: today.minus({ [range.unit]: range.last }).startOf('day'), to: today.plus({ day: 1 }).startOf('day') }
  if ('next' in range)
    return {
      from: today.startOf('day'),
      to: today
        .plus({ [range.unit]: range.next })
        .plus({ day: 1 })
        .startOf('day'),
    }
  return {
    ...(range.from === undefined ? {} : { from: DateTime.fromISO(range.from, zone) }),
    ...(range.to === undefined ? {} : { to: DateTime.fromISO(range.to, zone) }),
  }
}

/** A bare month, quarter or half named without its year: the latest that has begun, or the next to come when `future`. */
export function monthsSpan(today: DateTime, month: number, count: number, year?: number, future = false): DaySpan {
  let from = DateTime.fromObject({ year: year ?? today.year, month, day: 1 }, { zone: today.zone })
  if (year === undefined && !future && from > today) from = from.minus({ year: 1 })
  if (year === undefined && future && from.plus({ month: count }) <= today) from = from.plus({ year: 1 })
  return daySpan(from, from.plus({ month: count }))
}

/** A day of the year named without its year: the latest that is not to come, or the next when `future`. */
export function dayInYear(today: DateTime, month: number, day: number, year?: number, future = false): DateTime | undefined {
  const date = DateTime.fromObject({ year: year ?? today.year, month, day }, { zone: today.zone })
  if (!date.isValid) return undefined
  if (year !== undefined) return date
  if (future) return date < today.startOf('day') ? date.plus({ year: 1 }) : date
  return date > today ? date.minus({ year: 1 }) : date
}

/** The latest such weekday up to today, or the next from today when `future`. */
export function weekdayNear(today: DateTime, weekday: number, future: boolean): DateTime {
  const start = today.startOf('day')
  const back = (start.weekday - weekday + 7) % 7
  if (!future) return start.minus({ day: back })
  return start.plus({ day: (weekday - start.weekday + 7) % 7 })
}

/** Easter Sunday (Gregorian; Meeus, Astronomical Algorithms, chapter 8). */
export function easter(year: number, zone: DateTime['zone']): DateTime {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return DateTime.fromObject({ year, month, day }, { zone })
}

export function unitOf(range: TimeRange): TimeUnit | undefined {
  if ('period' in range) return range.period
  if ('unit' in range) return range.unit === 'hour' ? 'day' : range.unit
  return undefined
}

/** A day of a rule: some days after Easter, or the nth such weekday of a month (-1: the last) and some days after it. */
export type DayRule = { easter: number; days?: number } | { month: number; weekday: number; nth: number; plus?: number; days?: number }

export function dayByRule(rule: DayRule, year: number, zone: DateTime['zone']): DateTime {
  if ('easter' in rule) return easter(year, zone).plus({ day: rule.easter })
  const first = DateTime.fromObject({ year, month: rule.month, day: 1 }, { zone })
  if (rule.nth > 0) return first.plus({ day: ((rule.weekday - first.weekday + 7) % 7) + (rule.nth - 1) * 7 + (rule.plus ?? 0) })
  const last = first.endOf('month').startOf('day')
  return last.minus({ day: (last.weekday - rule.weekday + 7) % 7 }).plus({ day: rule.plus ?? 0 })
}

/** The first day of the fiscal year that a day lies in; a fiscal year is called after the calendar year it ends in. */
export function fiscalYearStart(day: DateTime, startMonth: number): DateTime {
  const start = DateTime.fromObject({ year: day.year, month: startMonth, day: 1 }, { zone: day.zone })
  return start > day ? start.minus({ year: 1 }) : start
}

/** Monday of an ISO week. */
export function isoWeek(year: number, week: number, zone: DateTime['zone']): DateTime {
  return DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 1 }, { zone })
}

/** Moves a range by years, days becoming the same days of the other year. */
export function shiftYears(range: TimeRange, years: number, today: DateTime): TimeRange | undefined {
  const { from, to } = boundsOf(range, today)
  if (from === undefined && to === undefined) return undefined
  return {
    ...(from === undefined ? {} : { from: iso(from.plus({ year: years })) }),
    ...(to === undefined ? {} : { to: iso(to.plus({ year: years })) }),
  } as TimeRange
}

/** The calendar unit that a span is exactly one of. */
export function unitOfSpan(range: TimeRange): TimeUnit | undefined {
  if ('period' in range) return (range.count ?? 1) === 1 ? range.period : undefined
  if (!('from' in range) || range.from === undefined || range.to === undefined) return undefined
  const [from, to] = [DateTime.fromISO(range.from, { zone: 'utc' }), DateTime.fromISO(range.to, { zone: 'utc' })]
  const units: TimeUnit[] = ['year', 'quarter', 'month', 'week', 'day']
  return units.find((unit) => from.startOf(unit).equals(from) && from.plus({ [unit]: 1 }).equals(to))
}
