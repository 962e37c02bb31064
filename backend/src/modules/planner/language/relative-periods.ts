import { DateTime } from 'luxon'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import { type DaySpan, daySpan, fiscalYearStart, iso, monthsSpan, periodAfter, periodBefore, weekdayNear } from './calendar.ts'
import { readNumber } from './numbers.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'

/** Units in which "the past few" are counted. */
const aFew = 3
/** Days that "recently" looks back. */
const recentDays = 30

/** "Most recently" ranks. */
function isRanked({ tokens, vocabulary }: PeriodContext, start: number): boolean {
  const said = `${tokens[start - 1]?.norm ?? ''} ${tokens[start]?.norm ?? ''}`
  return Object.values(vocabulary.superlatives).some((list) => list.split('|').includes(said))
}

/** The year before up to the same day. */
export function yearSoFar(today: DateTime): Omit<PeriodMatch, 'end'> {
  const from = today.startOf('year').minus({ year: 1 })
  const to = today.minus({ year: 1 }).plus({ day: 1 }).startOf('day')
  return { range: daySpan(from, to), unit: 'year', note: { note: 'samePeriod', until: iso(to.minus({ day: 1 })) } }
}

/** "today", "the day before yesterday", "year to date". */
export function readRelativeDay(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { at, today } = context
  const whole = (end: number | undefined, period: TimeUnit, offset: number): PeriodMatch | undefined =>
    end === undefined ? undefined : { end, range: { period, offset }, unit: period }
  const toDate = (end: number | undefined, unit: TimeUnit): PeriodMatch | undefined =>
    end === undefined ? undefined : { end, range: daySpan(today.startOf(unit), today.plus({ day: 1 })), unit }
  const recently = at('recently', start)
  if (recently !== undefined && !isRanked(context, start))
    return { end: recently, range: { last: recentDays, unit: 'day' }, unit: 'day', note: { note: 'recently', days: recentDays } }
  const past = at('previous', start)
  const lastToDate = past === undefined ? undefined : at('yearToDate', past)
  if (lastToDate !== undefined) return { end: lastToDate, ...yearSoFar(today) }
  return (
    toDate(at('yearToDate', start), 'year') ??
    toDate(at('quarterToDate', start), 'quarter') ??
    toDate(at('monthToDate', start), 'month') ??
    toDate(at('weekToDate', start), 'week') ??
    whole(at('dayBeforeYesterday', start), 'day', -2) ??
    whole(at('dayAfterTomorrow', start), 'day', 2) ??
    whole(at('today', start), 'day', 0) ??
    whole(at('yesterday', start), 'day', -1) ??
    whole(at('tomorrow', start), 'day', 1)
  )
}

/** "Last month", "the past 10 days", "this Friday", "next March", "last fiscal quarter". */
export function readRelativePeriod(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at } = context
  const before = readBefore(context, start) ?? readOneBefore(context, start)
  if (before !== undefined) return before
  const word = tokens[start]?.norm ?? ''
  const past = at('previous', start)
  const coming = at('next', start)
  const present = at('this', start)
  const direction = past !== undefined ? -1 : coming !== undefined ? 1 : present !== undefined ? 0 : undefined
  if (direction === undefined) return undefined
  const begin = past ?? coming ?? present ?? start
  const elliptic = direction === -1 ? readElliptic(context, start, begin) : undefined
  if (elliptic !== undefined) return elliptic
  const fiscal = readFiscalUnit(context, at('whole', begin) ?? begin, direction)
  if (fiscal !== undefined) return fiscal
  const index = at('whole', begin) ?? begin
  const name = tokens[index]?.norm ?? ''
  const unit = vocabulary.units[name]
  if (unit !== undefined) {
    const end = index + 1
    if (unit === 'hour') return { end, range: direction > 0 ? { next: 1, unit } : { last: 1, unit }, unit: 'day' }
    if (vocabulary.unitPlurals.includes(name)) {
      // "In the last weeks" counts none.
      return undefined
    }
    if (at('rollingPrevious', start) !== undefined && word !== '' && direction < 0) return { end, range: { last: 1, unit }, unit }
    if (at('rollingNext', start) !== undefined && direction > 0) return { end, range: { next: 1, unit }, unit }
    const lastYear = direction === 0 ? sameUnitOfYear(context, end, unit) : undefined
    if (lastYear !== undefined) return lastYear
    return { end, range: { period: unit, offset: direction }, unit }
  }
  if (direction !== 0) {
    const many = vocabulary.manyUnits[name]
    if (many !== undefined) {
      const range: TimeRange = direction < 0 ? { last: many.count, unit: many.unit } : { next: many.count, unit: many.unit }
      return { end: index + 1, range, unit: many.unit }
    }
    const counted = readCounted(context, index)
    if (counted !== undefined) {
      const { unit: step, value, end, note } = counted
      const range: TimeRange = direction < 0 ? { last: value, unit: step } : { next: value, unit: step }
      return { end, range, unit: step === 'hour' ? 'day' : step, ...(note === undefined ? {} : { note }) }
    }
  }
  const weekendEnd = at('weekend', index)
  if (weekendEnd !== undefined) return { end: weekendEnd, range: weekend(today, direction), unit: 'week' }
  const weekday = context.weekdays.get(name)
  if (weekday !== undefined) {
    let day = direction === 0 ? today.startOf('week').plus({ day: weekday - 1 }) : weekdayNear(today, weekday, direction > 0)
    if (direction < 0 && iso(day) === iso(today)) day = day.minus({ week: 1 })
    if (direction > 0 && iso(day) === iso(today)) day = day.plus({ week: 1 })
    return { end: index + 1, range: daySpan(day, day.plus({ day: 1 })), unit: 'day' }
  }
  const month = context.months.get(name)
  if (month !== undefined) {
    const inThisYear = DateTime.fromObject({ year: today.year, month, day: 1 }, { zone: today.zone })
    let year = today.year
    if (direction < 0 && inThisYear.plus({ month: 1 }) > today) year--
    if (direction > 0 && inThisYear <= today) year++
    return { end: index + 1, range: monthsSpan(today, month, 1, year), unit: 'month' }
  }
  return undefined
}

/** "More deals this quarter than last": the unit is that of the span before. */
function readElliptic(context: PeriodContext, start: number, last: number): PeriodMatch | undefined {
  const { tokens, vocabulary, at } = context
  // "Against the last one": only what is set beside something else is another span.
  const said = isJoined(context, start) ? at('ellipsis', last) : undefined
  const end = said ?? last
  if (said === undefined && tokens[end] !== undefined && tokens[end]?.kind !== 'punctuation') return undefined
  for (let index = start - 1; index >= 0; index--) {
    const after = at('this', index)
    const unit = after === undefined ? undefined : vocabulary.units[tokens[after]?.norm ?? '']
    if (unit !== undefined && unit !== 'hour') return { end, range: { period: unit, offset: -1 }, unit }
  }
  return undefined
}

/** Whether what begins here stands behind a word that joins or compares two spans. */
function isJoined({ at }: PeriodContext, start: number): boolean {
  for (let index = Math.max(0, start - 4); index < start; index++) {
    const end = at('joint', index)
    if (end === start || (end !== undefined && at('article', end) === start)) return true
  }
  return false
}

/** "Last month against the one before": one step back from the span before it. */
function readOneBefore(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { tokens, vocabulary, at } = context
  const one = at('ellipsis', start)
  const end = one === undefined ? undefined : at('periodBefore', one)
  if (end === undefined || !isJoined(context, start) || (tokens[end] !== undefined && tokens[end]?.kind !== 'punctuation')) return undefined
  for (let index = start - 1; index >= 0; index--) {
    const [present, past] = [at('this', index), at('previous', index)]
    const unit = vocabulary.units[tokens[present ?? past ?? -1]?.norm ?? '']
    if (unit !== undefined && unit !== 'hour') return { end, range: { period: unit, offset: present === undefined ? -2 : -1 }, unit }
  }
  return undefined
}

/** "The month before", against the one of the answer before. */
function readBefore({ tokens, vocabulary, at }: PeriodContext, start: number): PeriodMatch | undefined {
  const lead = at('beforeLast', start)
  const named = vocabulary.units[tokens[lead ?? start]?.norm ?? '']
  // "The year before last".
  const last = lead === undefined ? at('beforeLast', start + 1) : lead + 1
  if (named !== undefined && named !== 'hour' && last !== undefined) return { end: last, range: { period: named, offset: -2 }, unit: named }
  const unit = vocabulary.units[tokens[start]?.norm ?? '']
  const end = unit === undefined || unit === 'hour' ? undefined : at('periodBefore', start + 1)
  const after = unit === undefined || unit === 'hour' || end !== undefined ? undefined : at('periodAfter', start + 1)
  if (unit !== undefined && unit !== 'hour' && after !== undefined && (tokens[after] === undefined || tokens[after]?.kind === 'punctuation'))
    return { end: after, range: { period: unit, offset: periodAfter }, unit }
  if (unit === undefined || unit === 'hour' || end === undefined) return undefined
  return tokens[end] === undefined || tokens[end]?.kind === 'punctuation' ? { end, range: { period: unit, offset: periodBefore }, unit } : undefined
}

/** "A couple of weeks", "few months", "10 days". */
export function readCounted(context: PeriodContext, start: number): { value: number; unit: TimeUnit | 'hour'; end: number; note?: Note } | undefined {
  const { tokens, vocabulary, at } = context
  const half = at('halfA', start)
  if (half !== undefined && vocabulary.units[tokens[half]?.norm ?? ''] === 'year' && !vocabulary.unitPlurals.includes(tokens[half]?.norm ?? ''))
    return { value: 6, unit: 'month', end: half + 1 }
  const couple = at('couple', start)
  const few = at('few', start)
  const number = couple !== undefined ? { value: 2, end: couple } : few !== undefined ? { value: aFew, end: few } : readNumber(tokens, start, vocabulary)
  if (number === undefined || !Number.isInteger(number.value) || number.value < 1 || number.value > 10_000) return undefined
  const name = tokens[number.end]?.norm ?? ''
  const unit = vocabulary.units[name]
  if (unit === undefined) {
    const weeks = vocabulary.manyUnits[name]
    return weeks === undefined ? undefined : { value: number.value * weeks.count, unit: weeks.unit, end: number.end + 1 }
  }
  return {
    value: number.value,
    unit,
    end: number.end + 1,
    ...(few === undefined ? {} : { note: { note: 'few' as const, unit, count: aFew } }),
  }
}

/** "This month last year". */
function sameUnitOfYear({ tokens, vocabulary, today, at }: PeriodContext, end: number, unit: TimeUnit): PeriodMatch | undefined {
  const last = at('previous', end)
  if (last === undefined || vocabulary.units[tokens[last]?.norm ?? ''] !== 'year' || unit === 'year') return undefined
  const from = today.startOf(unit).minus({ year: 1 })
  const start = unit === 'week' ? from.startOf('week') : from
  return { end: last + 1, range: daySpan(start, start.plus({ [unit]: 1 })), unit }
}

function readFiscalUnit(context: PeriodContext, start: number, direction: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at, fiscalStart } = context
  const begin = at('fiscal', start)
  const unit = begin === undefined ? undefined : vocabulary.units[tokens[begin]?.norm ?? '']
  if (begin === undefined || (unit !== 'year' && unit !== 'quarter')) return undefined
  const year = fiscalYearStart(today, fiscalStart)
  const months = unit === 'year' ? 12 : 3
  const passed = unit === 'year' ? 0 : Math.floor(((today.year - year.year) * 12 + today.month - year.month) / 3) * 3
  const from = year.plus({ month: passed + direction * months })
  return { end: begin + 1, range: daySpan(from, from.plus({ month: months })), unit, note: fiscalNote(fiscalStart) }
}

export function fiscalNote(startMonth: number): Note {
  return { note: 'fiscalYear', month: startMonth }
}

export function weekend(today: DateTime, offset: number): DaySpan {
  const saturday = today.startOf('week').plus({ week: offset, day: 5 })
  return daySpan(saturday, saturday.plus({ day: 2 }))
}
