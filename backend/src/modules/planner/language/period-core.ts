import { DateTime } from 'luxon'
import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import { boundsOf, type DaySpan, dayInYear, daySpan, easter, iso, monthsSpan, periodBefore, weekdayNear } from './calendar.ts'
import { readDay } from './explicit-dates.ts'
import { readNumber } from './numbers.ts'
import type { Token } from './tokenise.ts'

export interface PeriodContext {
  question: string
  tokens: readonly Token[]
  vocabulary: Vocabulary
  months: ReadonlyMap<string, number>
  weekdays: ReadonlyMap<string, number>
  today: DateTime
  /** The question is about what is to come ("closing", "due"). */
  future: boolean
}

export interface PeriodMatch {
  end: number
  range: TimeRange
  unit?: TimeUnit
  /** Named without a year, so that "between January and March 2025" may lend it one. */
  yearless?: boolean
}

const ordinals: Record<string, number> = { first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, last: 4 }
const previousWords = new Set(['last', 'previous', 'prior', 'past', 'preceding'])
const nextWords = new Set(['next', 'coming', 'following', 'upcoming', 'forthcoming'])
const thisWords = new Set(['this', 'current', 'present', 'running'])

/** Reads a named span of time at a token, without the preposition before it. */
export function readPeriodCore(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, today } = context
  let at = start
  while (tokens[at]?.norm === 'the' || tokens[at]?.norm === 'all' || tokens[at]?.norm === 'calendar') at++
  const word = tokens[at]?.norm
  if (word === undefined) return undefined
  return (
    readRelativeDay(context, at) ??
    readRelativePeriod(context, at) ??
    readQuarterOrHalf(context, at, givenYear) ??
    readHoliday(context, at, givenYear) ??
    readExplicitDay(context, at) ??
    readMonth(context, at, givenYear) ??
    readWeekday(context, at) ??
    readYear(context, at) ??
    readAgo(context, at) ??
    (word === 'weekend' ? { end: at + 1, range: weekend(today, 0), unit: 'week' } : undefined)
  )
}

function readRelativeDay({ tokens }: PeriodContext, at: number): PeriodMatch | undefined {
  const words = tokens.slice(at, at + 4).map((token) => token.norm)
  const day = (end: number, offset: number): PeriodMatch => ({ end: at + end, range: { period: 'day', offset }, unit: 'day' })
  if (words[0] === 'today' || words[0] === 'tonight') return day(1, 0)
  if (words[0] === 'yesterday') return day(1, -1)
  if (words[0] === 'tomorrow') return day(1, 1)
  if (words.slice(0, 3).join(' ') === 'day before yesterday') return day(3, -2)
  if (words.slice(0, 3).join(' ') === 'day after tomorrow') return day(3, 2)
  if (words[0] === 'this' && /^(?:morning|afternoon|evening)$/.test(words[1] ?? '')) return day(2, 0)
  if (words[0] === 'ytd' || words.slice(0, 3).join(' ') === 'year to date')
    return { end: at + (words[0] === 'ytd' ? 1 : 3), range: { period: 'year', offset: 0 }, unit: 'year' }
  if (words[0] === 'mtd' || words.slice(0, 3).join(' ') === 'month to date')
    return { end: at + (words[0] === 'mtd' ? 1 : 3), range: { period: 'month', offset: 0 }, unit: 'month' }
  if (words[0] === 'qtd' || words.slice(0, 3).join(' ') === 'quarter to date')
    return { end: at + (words[0] === 'qtd' ? 1 : 3), range: { period: 'quarter', offset: 0 }, unit: 'quarter' }
  return undefined
}

function readRelativePeriod(context: PeriodContext, at: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today } = context
  const word = tokens[at]?.norm as string
  const named = vocabulary.units[word]
  if (
    (named !== undefined && named !== 'hour' && /^(?:before|earlier|prior)$/.test(tokens[at + 1]?.norm ?? '') && tokens[at + 2] === undefined) ||
    (named !== undefined && named !== 'hour' && tokens[at + 1]?.norm === 'before' && tokens[at + 2]?.kind === 'punctuation')
  ) {
    return { end: at + 2, range: { period: named, offset: periodBefore }, unit: named }
  }
  const direction = previousWords.has(word) ? -1 : nextWords.has(word) ? 1 : thisWords.has(word) ? 0 : undefined
  if (direction === undefined) return undefined
  let index = at + 1
  if (tokens[index]?.norm === 'full' || tokens[index]?.norm === 'whole' || tokens[index]?.norm === 'calendar') index++
  const unit = vocabulary.units[tokens[index]?.norm ?? '']
  if (unit !== undefined) {
    const end = index + 1
    if (unit === 'hour') return { end, range: direction > 0 ? { next: 1, unit } : { last: 1, unit }, unit: 'day' }
    if (/s$/.test(tokens[index]?.norm as string) && unit !== undefined && direction === 0) return undefined
    if (word === 'past') return { end, range: { last: 1, unit }, unit }
    if (word === 'coming' || word === 'upcoming' || word === 'forthcoming') return { end, range: { next: 1, unit }, unit }
    return { end, range: { period: unit, offset: direction }, unit }
  }
  if (direction !== 0) {
    const couple = tokens[index]?.norm === 'couple' ? (tokens[index + 1]?.norm === 'of' ? 2 : 1) : 0
    const number = couple > 0 ? { value: 2, end: index + couple } : readNumber(tokens, index, vocabulary)
    if (number !== undefined && Number.isInteger(number.value) && number.value >= 1 && number.value <= 10_000) {
      const counted = vocabulary.units[tokens[number.end]?.norm ?? '']
      if (counted !== undefined) {
        const step = counted === 'hour' ? 'day' : counted
        return { end: number.end + 1, range: direction < 0 ? { last: number.value, unit: counted } : { next: number.value, unit: counted }, unit: step }
      }
      if (/^(?:business|working)$/.test(tokens[number.end]?.norm ?? '')) return undefined
    }
  }
  const name = tokens[index]?.norm ?? ''
  if (name === 'weekend') return { end: index + 1, range: weekend(today, direction), unit: 'week' }
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

function readQuarterOrHalf(context: PeriodContext, at: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, today } = context
  const word = tokens[at]?.norm as string
  let end = at + 1
  let part: { month: number; months: number } | undefined
  const short = /^([qh])([1-4])$/.exec(word)
  if (short !== null && !(short[1] === 'h' && Number(short[2]) > 2)) {
    const months = short[1] === 'q' ? 3 : 6
    part = { month: (Number(short[2]) - 1) * months + 1, months }
  } else if (
    ordinals[word] !== undefined &&
    (tokens[at + 1]?.norm === 'quarter' || tokens[at + 1]?.norm === 'half') &&
    !(word === 'last' && tokens[at + 2]?.norm !== 'of')
  ) {
    const months = tokens[at + 1]?.norm === 'quarter' ? 3 : 6
    const ordinal = word === 'last' ? 12 / months : (ordinals[word] as number)
    if (ordinal * months > 12) return undefined
    part = { month: (ordinal - 1) * months + 1, months }
    end = at + 2
  } else if (word === 'quarter' && /^[1-4]$/.test(tokens[at + 1]?.norm ?? '')) {
    part = { month: (Number(tokens[at + 1]?.norm) - 1) * 3 + 1, months: 3 }
    end = at + 2
  }
  if (part === undefined) return undefined
  const year = readYearAfter(context, end)
  return {
    end: year?.end ?? end,
    range: monthsSpan(today, part.month, part.months, year?.year ?? givenYear, context.future),
    unit: part.months === 3 ? 'quarter' : 'month',
    yearless: year === undefined,
  }
}

function readHoliday(context: PeriodContext, at: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, future } = context
  for (let words = 4; words >= 1; words--) {
    if (at + words > tokens.length) continue
    const name = tokens
      .slice(at, at + words)
      .map((token) => token.norm)
      .join(' ')
      .replace(/ 's/g, 's')
    let date: DateTime | undefined
    const year = readYearAfter(context, at + words)
    const known = vocabulary.holidays[name]
    if (name === 'easter') {
      const thisYear = easter(year?.year ?? givenYear ?? today.year, today.zone)
      date = year === undefined && givenYear === undefined && !future && thisYear > today ? easter(today.year - 1, today.zone) : thisYear
    } else if (known !== undefined) date = dayInYear(today, known.month, known.day, year?.year ?? givenYear, future)
    if (date !== undefined) return { end: year?.end ?? at + words, range: daySpan(date, date.plus({ day: 1 })), unit: 'day', yearless: year === undefined }
  }
  return undefined
}

function readExplicitDay(context: PeriodContext, at: number): PeriodMatch | undefined {
  const match = readDay(context.question, context.tokens, at, context.months, context.today, context.future)
  return match === undefined ? undefined : { end: match.end, range: daySpan(match.day, match.day.plus({ day: 1 })), unit: 'day' }
}

function readMonth(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, today, future } = context
  const at = tokens[start]?.norm === 'month' && tokens[start + 1]?.norm === 'of' ? start + 2 : start
  const token = tokens[at]
  const month = token === undefined ? undefined : context.months.get(token.norm)
  if (token === undefined || month === undefined) return undefined
  const year = readYearAfter(context, at + 1)
  // "may" and "mar" are words and names too: alone they need a capital, a year or a preposition before them.
  if (
    (token.norm === 'may' || token.norm === 'mar' || token.norm === 'sat' || token.norm === 'sun') &&
    year === undefined &&
    !token.capital &&
    !/^(?:in|since|during|of|until|before|after|last|from|to|through|and|between)$/.test(tokens[at - 1]?.norm ?? '')
  )
    return undefined
  return { end: year?.end ?? at + 1, range: monthsSpan(today, month, 1, year?.year ?? givenYear, future), unit: 'month', yearless: year === undefined }
}

function readWeekday(context: PeriodContext, at: number): PeriodMatch | undefined {
  const token = context.tokens[at]
  const weekday = token === undefined ? undefined : context.weekdays.get(token.norm)
  if (token === undefined || weekday === undefined) return undefined
  if (
    /^(?:sat|sun|wed|mon)$/.test(token.norm) &&
    !token.capital &&
    !/^(?:on|since|by|last|next|this|until|before|after)$/.test(context.tokens[at - 1]?.norm ?? '')
  )
    return undefined
  const day = weekdayNear(context.today, weekday, context.future)
  return { end: at + 1, range: daySpan(day, day.plus({ day: 1 })), unit: 'day' }
}

function readYear({ tokens, today }: PeriodContext, start: number): PeriodMatch | undefined {
  const at = tokens[start]?.norm === 'year' ? start + 1 : start
  const text = tokens[at]?.norm ?? ''
  if (!/^(?:19|20)\d\d$/.test(text)) return undefined
  const from = DateTime.fromObject({ year: Number(text), month: 1, day: 1 }, { zone: today.zone })
  return { end: at + 1, range: daySpan(from, from.plus({ year: 1 })), unit: 'year' }
}

/** "3 days ago", "a week ago": that whole calendar period. */
function readAgo({ tokens, vocabulary }: PeriodContext, at: number): PeriodMatch | undefined {
  const article = tokens[at]?.norm === 'a' || tokens[at]?.norm === 'an'
  const number = article ? { value: 1, end: at + 1 } : readNumber(tokens, at, vocabulary)
  if (number === undefined || !Number.isInteger(number.value) || number.value > 1000) return undefined
  const unit = vocabulary.units[tokens[number.end]?.norm ?? '']
  if (unit === undefined || unit === 'hour' || tokens[number.end + 1]?.norm !== 'ago') return undefined
  return { end: number.end + 2, range: { period: unit, offset: -number.value }, unit }
}

/** The year said after a month or quarter: "2025", "of 2025", "last year", "of this year". */
export function readYearAfter({ tokens, today }: PeriodContext, start: number): { end: number; year: number } | undefined {
  let at = start
  if (tokens[at]?.norm === 'of' || tokens[at]?.norm === 'in' || tokens[at]?.text === ',') at++
  if (tokens[at]?.norm === 'the' || tokens[at]?.norm === 'year') at++
  const text = tokens[at]?.norm ?? ''
  if (/^(?:19|20)\d\d$/.test(text)) return { end: at + 1, year: Number(text) }
  const relative = previousWords.has(text) ? -1 : thisWords.has(text) ? 0 : nextWords.has(text) ? 1 : undefined
  if (relative === undefined || tokens[at + 1]?.norm !== 'year') return undefined
  return { end: at + 2, year: today.year + relative }
}

function weekend(today: DateTime, offset: number): DaySpan {
  const saturday = today.startOf('week').plus({ week: offset, day: 5 })
  return daySpan(saturday, saturday.plus({ day: 2 }))
}

/** From the first to the day after the last day of two spans. */
export function across(a: TimeRange, b: TimeRange, today: DateTime): TimeRange | undefined {
  const from = boundsOf(a, today).from
  const to = boundsOf(b, today).to
  if (from === undefined || to === undefined || from >= to) return undefined
  return daySpan(from, to)
}
