import type { TimeRange } from '#contracts/query.ts'
import { boundsOf, daySpan } from './calendar.ts'
import { readExplicitDay, readFiscal, readHoliday, readMonth, readQuarterOrHalf, readSeason, readWeekday, readWeekNumber, readYear } from './named-periods.ts'
import { readAgo, readAround, readOrdinalPart, readSameSpan, readThird } from './parts-of-periods.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { readRelativeDay, readRelativePeriod, weekend } from './relative-periods.ts'

/** Reads a named span of time at a token, without the preposition before it. */
export function readPeriodCore(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, today, at } = context
  let index = start
  const third = readThird(context, index, readPeriodCore, givenYear)
  if (third !== undefined) return third
  const around = readAround(context, index, readPeriodCore, givenYear)
  if (around !== undefined) return around
  for (let after = at('article', index); after !== undefined; after = at('article', index)) index = after
  if (tokens[index] === undefined) return undefined
  const weekendEnd = at('weekend', index)
  return (
    readRelativeDay(context, index) ??
    readSameSpan(context, start) ??
    readThird(context, index, readPeriodCore, givenYear) ??
    readOrdinalPart(context, index, readPeriodCore, givenYear) ??
    readSeason(context, index, givenYear) ??
    readRelativePeriod(context, index) ??
    readFiscal(context, index) ??
    readQuarterOrHalf(context, index, givenYear) ??
    readHoliday(context, index, givenYear) ??
    readSaidHoliday(context, index) ??
    readExplicitDay(context, index) ??
    readWeekNumber(context, index) ??
    readWeekOf(context, index) ??
    readMonth(context, index, givenYear) ??
    readWeekday(context, index) ??
    readYear(context, index) ??
    readAgo(context, index) ??
    (weekendEnd === undefined ? undefined : { end: weekendEnd, range: weekend(today, 0), unit: 'week' as const })
  )
}

/** "Last Christmas", "next Easter". */
function readSaidHoliday(context: PeriodContext, start: number): PeriodMatch | undefined {
  const past = context.at('previous', start)
  if (past !== undefined) return readHoliday({ ...context, future: false }, past)
  const coming = context.at('next', start)
  return coming === undefined ? undefined : readHoliday({ ...context, future: true }, coming)
}

/** "The week of 5 March": the calendar week that day lies in. */
function readWeekOf(context: PeriodContext, start: number): PeriodMatch | undefined {
  const begin = context.at('weekSpan', start)
  const day = begin === undefined ? undefined : readExplicitDay(context, context.at('article', begin) ?? begin)
  const from = day && boundsOf(day.range, context.today).from?.startOf('week')
  return day && from ? { end: day.end, range: daySpan(from, from.plus({ week: 1 })), unit: 'week' } : undefined
}

/** From the first to the day after the last day of two spans. */
export function across(a: TimeRange, b: TimeRange, today: PeriodContext['today']): TimeRange | undefined {
  const from = boundsOf(a, today).from
  const to = boundsOf(b, today).to
  if (from === undefined || to === undefined || from >= to) return undefined
  return daySpan(from, to)
}
