import type { TimeRange } from '#contracts/query.ts'
import { boundsOf, daySpan } from './calendar.ts'
import { readFiscalQuarter } from './fiscal-quarters.ts'
import { readExplicitDay, readFiscal, readHoliday, readMonth, readQuarterOrHalf, readSeason, readWeekday, readWeekNumber, readYear } from './named-periods.ts'
import { readAgo, readAround, readDayOf, readHalfOfMonth, readOrdinalPart, readSameSpan, readThird } from './parts-of-periods.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { readRelativeDay, readRelativePeriod, weekend } from './relative-periods.ts'
import { longestAt } from './time-words.ts'
import { readWeekdayOfWeek } from './weekdays.ts'

/** Reads a named span of time at a token, without the preposition before it. */
export function readPeriodCore(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const whole = readPartOfDay(context, start) ?? readWholeCore(context, start, givenYear)
  return whole?.unit === 'day' ? (readHours(context, whole) ?? whole) : whole
}

/** "Tonight", "this morning". */
function readPartOfDay(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { today, at, tokens, vocabulary } = context
  const tonight = at('tonight', start)
  if (tonight !== undefined) return { end: tonight, range: hoursOf(today, [18, 24]), unit: 'day' }
  const night = at('lastNight', start)
  if (night !== undefined) return { end: night, range: hoursOf(today.minus({ day: 1 }), [18, 30]), unit: 'day' }
  const day = at('this', start)
  const part = day === undefined ? undefined : longestAt(vocabulary.time.dayParts, tokens, day)
  return part === undefined ? undefined : { end: part.end, range: hoursOf(today, part.value), unit: 'day' }
}

/** "Tomorrow afternoon", "on Monday morning". */
function readHours({ today, tokens, vocabulary }: PeriodContext, day: PeriodMatch): PeriodMatch | undefined {
  const part = longestAt(vocabulary.time.dayParts, tokens, day.end)
  const { from, to } = boundsOf(day.range, today)
  if (part === undefined || from === undefined || to === undefined || to.diff(from, 'days').days > 1) return undefined
  return { ...day, end: part.end, range: hoursOf(from, part.value) }
}

function hoursOf(day: PeriodContext['today'], [from, to]: readonly [number, number]): TimeRange {
  const at = (hour: number) => day.startOf('day').plus({ hour }).toUTC().toISO() as string
  return { from: at(from), to: at(to) }
}

function readWholeCore(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, at } = context
  let index = start
  const rest = readRest(context, index)
  if (rest !== undefined) return rest
  const third = readThird(context, index, readPeriodCore, givenYear)
  if (third !== undefined) return third
  const around = readAround(context, index, readPeriodCore, givenYear)
  if (around !== undefined) return around
  for (let after = at('article', index); after !== undefined; after = at('article', index)) index = after
  if (tokens[index] === undefined) return undefined
  const weekendEnd = at('weekend', index)
  return (
    readRelativeDay(context, index) ??
    readWeekdayOfWeek(context, index) ??
    readHalfOfMonth(context, index, readPeriodCore, givenYear) ??
    readSameSpan(context, start, readPeriodCore) ??
    readThird(context, index, readPeriodCore, givenYear) ??
    readDayOf(context, index, readPeriodCore, givenYear) ??
    readOrdinalPart(context, index, readPeriodCore, givenYear) ??
    readSeason(context, index, givenYear) ??
    readFiscalQuarter(context, index) ??
    readRelativePeriod(context, index) ??
    readFiscal(context, index) ??
    readQuarterOrHalf(context, index, givenYear) ??
    readHoliday(context, index, givenYear) ??
    readSaidHoliday(context, index) ??
    readExplicitDay(context, index, givenYear) ??
    readWeekNumber(context, index) ??
    readWeekOf(context, index) ??
    readMonth(context, index, givenYear) ??
    readWeekday(context, index) ??
    readYear(context, index) ??
    readAgo(context, index) ??
    (weekendEnd === undefined ? undefined : { end: weekendEnd, range: bareWeekend(context), unit: 'week' as const })
  )
}

/** "Over the weekend": the coming one of what is planned, else the latest that has begun. */
function bareWeekend({ today, future, planned, behind }: PeriodContext): TimeRange {
  return weekend(today, future || (planned && !behind) || today.weekday >= 6 ? 0 : -1)
}

/** "The rest of the week", "the rest of May": from today on. */
function readRest(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { tokens, today, at, vocabulary } = context
  const begin = at('restOf', at('article', start) ?? start)
  if (begin === undefined) return undefined
  const index = at('article', begin) ?? begin
  const unit = vocabulary.units[tokens[index]?.norm ?? '']
  const core: PeriodMatch | undefined =
    unit === undefined || unit === 'hour' ? readWholeCore({ ...context, future: true }, index) : { end: index + 1, range: { period: unit, offset: 0 } }
  const { from, to } = core === undefined ? {} : boundsOf(core.range, today)
  if (core === undefined || from === undefined || to === undefined || from > today || to <= today) return undefined
  return { end: core.end, range: daySpan(today, to) }
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
