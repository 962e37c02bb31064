import { DateTime } from 'luxon'
import { alternatives } from './alternatives.ts'
import { dayByRule, dayInYear, daySpan, fiscalYearStart, isoWeek, monthsSpan, weekdayNear } from './calendar.ts'
import { readDay } from './explicit-dates.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { fiscalNote } from './relative-periods.ts'
import { longestAt } from './time-words.ts'

const writtenYear = /^(?:19|20)\d\d$/

/** The year said after a month or quarter: "2025", "of 2025", "'25", "last year", "of this year". */
export function readYearAfter({ tokens, today, at, question, vocabulary }: PeriodContext, start: number): { end: number; year: number } | undefined {
  let index = at('of', start) ?? start
  if (index === start && (tokens[index]?.text === ',' || tokens[index]?.text === '/')) index++
  index = at('article', index) ?? index
  index = at('year', index) ?? index
  const token = tokens[index]
  const text = token?.norm ?? ''
  if (writtenYear.test(text)) return { end: index + 1, year: Number(text) }
  if (token !== undefined && /^\d\d$/.test(text) && /['’]/.test(question.charAt(token.start - 1))) return { end: index + 1, year: 2000 + Number(text) }
  const relative = (['previous', 'this', 'next'] as const).findIndex((word) => at(word, index) !== undefined)
  if (relative === -1) return undefined
  const after = at((['previous', 'this', 'next'] as const)[relative] as 'this', index) as number
  return vocabulary.units[tokens[after]?.norm ?? ''] === 'year' ? { end: after + 1, year: today.year + relative - 1 } : undefined
}

/** "Q3", "Q1 2025", "2025 Q1", "first half of 2024", "third quarter". */
export function readQuarterOrHalf(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, today, vocabulary, at } = context
  const { ordinals, shortParts } = vocabulary.time
  // "2025 Q1", "2025Q1"
  const lead = /^((?:19|20)\d\d)([a-z])([1-4])$/.exec(tokens[start]?.norm ?? '')
  const yearBefore = writtenYear.test(tokens[start]?.norm ?? '') ? Number(tokens[start]?.norm) : lead === null ? undefined : Number(lead[1])
  const index = yearBefore !== undefined && lead === null ? start + 1 : start
  const word = lead === null ? (tokens[index]?.norm ?? '') : `${lead[2]}${lead[3]}`
  let end = index + 1
  let part: { month: number; months: number } | undefined
  // "Q three", as it is dictated.
  const dictated = word.length === 1 ? vocabulary.numberWords[tokens[index + 1]?.norm ?? ''] : undefined
  if (dictated !== undefined) end = index + 2
  const letter = word.charAt(0)
  const digit = dictated ?? Number(word.slice(1))
  if (
    (word.length === 2 || dictated !== undefined) &&
    (letter === shortParts.quarter || letter === shortParts.half) &&
    digit >= 1 &&
    digit <= (letter === shortParts.quarter ? 4 : 2)
  ) {
    const months = letter === shortParts.quarter ? 3 : 6
    part = { month: (digit - 1) * months + 1, months }
  } else if (yearBefore === undefined) {
    const ordinal = ordinals[word]
    const noun = at('whole', index + 1) ?? index + 1
    const quarter = at('quarter', noun)
    const half = quarter === undefined ? at('half', noun) : undefined
    const after = quarter ?? half
    if (ordinal !== undefined && after !== undefined) {
      const months = quarter === undefined ? 6 : 3
      // "The last quarter" is the one before, "the last quarter of 2025" is its fourth.
      if (ordinal === -1 && readYearAfter(context, after) === undefined) return undefined
      const nth = ordinal === -1 ? 12 / months : ordinal
      if (nth * months > 12) return undefined
      part = { month: (nth - 1) * months + 1, months }
      end = after
    } else {
      const named = at('quarter', index)
      const number = named === undefined ? Number.NaN : Number(tokens[named]?.norm)
      if (named !== undefined && number >= 1 && number <= 4) {
        part = { month: (number - 1) * 3 + 1, months: 3 }
        end = named + 1
      }
    }
  }
  if (part === undefined) return undefined
  const fiscal = readFiscalYear(context, at('of', end) ?? end)
  if (fiscal !== undefined) {
    const from = DateTime.fromISO(fiscal.from, { zone: today.zone }).plus({ month: part.month - 1 })
    return { end: fiscal.end, range: daySpan(from, from.plus({ month: part.months })), unit: 'quarter', note: fiscalNote(context.fiscalStart) }
  }
  const year = yearBefore === undefined ? readYearAfter(context, end) : { end, year: yearBefore }
  return {
    end: year?.end ?? end,
    range: monthsSpan(today, part.month, part.months, year?.year ?? givenYear, context.future),
    unit: part.months === 3 ? 'quarter' : 'month',
    yearless: year === undefined,
  }
}

/** "FY2025", "fiscal year 2025", "FY 25": called after the calendar year it ends in. */
function readFiscalYear(context: PeriodContext, start: number): { end: number; from: string; to: string } | undefined {
  const { tokens, vocabulary, today, at, fiscalStart } = context
  const { fiscalYear } = vocabulary.time.shortParts
  const word = tokens[start]?.norm ?? ''
  let digits = word.startsWith(fiscalYear) ? word.slice(fiscalYear.length).replace(/^-/, '') : undefined
  let end = start + 1
  const named = at('fiscal', start)
  if (named !== undefined && vocabulary.units[tokens[named]?.norm ?? ''] === 'year') {
    digits = tokens[named + 1]?.norm
    end = named + 2
  } else if (digits === '') {
    digits = tokens[end]?.norm
    end++
  }
  if (digits === undefined || !/^(?:(?:19|20)\d\d|\d\d)$/.test(digits)) return undefined
  const year = digits.length === 2 ? 2000 + Number(digits) : Number(digits)
  const from = DateTime.fromObject({ year: fiscalStart === 1 ? year : year - 1, month: fiscalStart, day: 1 }, { zone: today.zone })
  return { end, ...daySpan(from, from.plus({ year: 1 })) }
}

export function readFiscal(context: PeriodContext, start: number): PeriodMatch | undefined {
  const named = readFiscalYear(context, start)
  if (named !== undefined) return { end: named.end, range: { from: named.from, to: named.to }, unit: 'year', note: fiscalNote(context.fiscalStart) }
  // "The fiscal year" alone is the present one.
  const begin = context.at('fiscal', start)
  if (begin === undefined || context.vocabulary.units[context.tokens[begin]?.norm ?? ''] !== 'year') return undefined
  const from = fiscalYearStart(context.today, context.fiscalStart)
  return { end: begin + 1, range: daySpan(from, from.plus({ year: 1 })), unit: 'year', note: fiscalNote(context.fiscalStart) }
}

export function readHoliday(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, future } = context
  const movable = longestAt(vocabulary.time.movableHolidays, tokens, start)
  const fixed = longestAt(vocabulary.holidays, tokens, start)
  const end = Math.max(movable?.end ?? 0, fixed?.end ?? 0)
  if (end === 0) return undefined
  const said = readYearAfter(context, end)
  const year = said?.year ?? givenYear
  let date: DateTime | undefined
  let days = 1
  if (movable !== undefined && movable.end === end) {
    days = movable.value.days ?? 1
    date = dayByRule(movable.value, year ?? today.year, today.zone)
    if (year === undefined && !future && date > today) date = dayByRule(movable.value, today.year - 1, today.zone)
    if (year === undefined && future && date.plus({ day: days }) <= today) date = dayByRule(movable.value, today.year + 1, today.zone)
  } else if (fixed !== undefined) date = dayInYear(today, fixed.value.month, fixed.value.day, year, future)
  if (date === undefined) return undefined
  return { end: said?.end ?? end, range: daySpan(date, date.plus({ day: days })), unit: 'day', yearless: said === undefined }
}

/** Meteorological seasons of the northern half; a winter is called after the year it begins in. */
export function readSeason(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at, future } = context
  const relation = (['previous', 'this', 'next'] as const).findIndex((word) => at(word, start) !== undefined)
  const index = relation === -1 ? start : (at((['previous', 'this', 'next'] as const)[relation] as 'this', start) as number)
  const name = tokens[index]?.norm ?? ''
  const month = vocabulary.time.seasons[name]
  if (month === undefined) return undefined
  const after = vocabulary.units[tokens[index + 1]?.norm ?? ''] === 'month' ? index + 2 : index + 1
  const said = readYearAfter(context, after)
  if (relation === -1 && said === undefined && alternatives(context.vocabulary.time.ambiguous).has(name) && !isNamedHere(context, index)) return undefined
  let from = DateTime.fromObject({ year: said?.year ?? givenYear ?? today.year, month, day: 1 }, { zone: today.zone })
  const ended = (day: DateTime) => day.plus({ month: 3 }) <= today
  if (said === undefined && givenYear === undefined) {
    if (relation === 0) {
      if (!ended(from)) from = from.minus({ year: 1 })
    } else if (relation === 2) {
      if (from <= today) from = from.plus({ year: 1 })
    } else if (relation === -1 && from > today && !future) from = from.minus({ year: 1 })
  }
  return {
    end: said?.end ?? after,
    range: daySpan(from, from.plus({ month: 3 })),
    unit: 'quarter',
    yearless: said === undefined && relation === -1,
    note: { note: 'months', from: from.month, to: from.plus({ month: 2 }).month },
  }
}

function isNamedHere({ tokens, vocabulary }: PeriodContext, index: number): boolean {
  if (tokens[index]?.capital === true) return true
  const before = tokens[index - 1]?.norm ?? ''
  return alternatives(vocabulary.time.afterWhich).has(before) || alternatives(vocabulary.time.words.article).has(before)
}

/** "Week 12", "calendar week 12 of 2026", "week of 5 March". */
export function readWeekNumber(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at, future } = context
  const word = tokens[start]?.norm ?? ''
  const short = vocabulary.time.shortParts.week.split('|').find((letters) => word.startsWith(letters) && /^\d{1,2}$/.test(word.slice(letters.length)))
  const named = short === undefined ? at('weekNumber', start) : undefined
  const number = short !== undefined ? Number(word.slice(short.length)) : named === undefined ? Number.NaN : Number(tokens[named]?.norm)
  if (!Number.isInteger(number) || number < 1 || number > 53) return undefined
  const end = short !== undefined ? start + 1 : (named as number) + 1
  const said = readYearAfter(context, end)
  let from = isoWeek(said?.year ?? today.weekYear, number, today.zone)
  if (!from.isValid) return undefined
  if (said === undefined && !future && from > today) from = isoWeek(today.weekYear - 1, number, today.zone)
  if (said === undefined && future && from.plus({ week: 1 }) <= today) from = isoWeek(today.weekYear + 1, number, today.zone)
  return { end: said?.end ?? end, range: daySpan(from, from.plus({ week: 1 })), unit: 'week' }
}

/** "November thirteenth", "the second of November 2025". */
function readDayInWords(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { tokens, months, at, today, future } = context
  const monthFirst = months.get(tokens[start]?.norm ?? '')
  const lead = monthFirst === undefined ? start : (at('article', start + 1) ?? start + 1)
  const said = ordinalDay(context, lead)
  if (said === undefined) return undefined
  const after = monthFirst === undefined ? at('of', said.end) : undefined
  const month = monthFirst ?? (after === undefined ? undefined : months.get(tokens[after]?.norm ?? ''))
  if (month === undefined) return undefined
  const end = monthFirst === undefined ? (after as number) + 1 : said.end
  const year = readYearAfter(context, end)
  const day = dayInYear(today, month, said.day, year?.year, future)
  return day === undefined ? undefined : { end: year?.end ?? end, range: daySpan(day, day.plus({ day: 1 })), unit: 'day', yearless: year === undefined }
}

function ordinalDay({ tokens, vocabulary }: PeriodContext, at: number): { day: number; end: number } | undefined {
  const { dayOrdinals } = vocabulary.time
  const word = tokens[at]?.norm ?? ''
  const tens = vocabulary.numberWords[word]
  const unit = dayOrdinals[tokens[at + 1]?.norm ?? '']
  if ((tens === 20 || tens === 30) && unit !== undefined && unit < 10) return { day: tens + unit, end: at + 2 }
  const day = dayOrdinals[word]
  return day === undefined ? undefined : { day, end: at + 1 }
}

export function readExplicitDay(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const inWords = readDayInWords(context, start)
  if (inWords !== undefined) return inWords
  const match = readDay(context, start)
  if (match === undefined) return undefined
  const said = match.yearless ? readYearAfter(context, match.end) : undefined
  const year = said?.year ?? (match.yearless ? givenYear : undefined)
  const day = year === undefined ? (match.yearless && context.planned ? nearest(match.day, context) : match.day) : match.day.set({ year })
  return { end: said?.end ?? match.end, range: daySpan(day, day.plus({ day: 1 })), unit: 'day', yearless: match.yearless && said === undefined }
}

/** Of the same day in the years around, the one closest to today. */
function nearest(day: DateTime, { today, future }: PeriodContext): DateTime {
  const distance = (one: DateTime) => Math.abs(one.diff(today, 'days').days)
  const next = day.plus({ year: 1 })
  return !future && distance(next) < distance(day) ? next : day
}

/** "March", "March 2025", "2025-03", "03/2025". */
export function readMonth(context: PeriodContext, start: number, givenYear?: number): PeriodMatch | undefined {
  const { tokens, today, future, at } = context
  const written = /^(?:((?:19|20)\d\d)-(\d\d)|(\d{1,2})\/((?:19|20)\d\d))$/.exec(tokens[start]?.norm ?? '')
  if (written !== null) {
    const month = Number(written[2] ?? written[3])
    if (month < 1 || month > 12) return undefined
    return { end: start + 1, range: monthsSpan(today, month, 1, Number(written[1] ?? written[4])), unit: 'month' }
  }
  const index = at('month', start) ?? start
  const token = tokens[index]
  const month = token === undefined ? undefined : context.months.get(token.norm)
  if (token === undefined || month === undefined) return undefined
  const year = readYearAfter(context, index + 1)
  // "may" and "mar" are words and names too.
  if (alternatives(context.vocabulary.time.ambiguous).has(token.norm) && year === undefined && !isNamedHere(context, index) && givenYear === undefined)
    return undefined
  return { end: year?.end ?? index + 1, range: monthsSpan(today, month, 1, year?.year ?? givenYear, future), unit: 'month', yearless: year === undefined }
}

export function readWeekday(context: PeriodContext, start: number): PeriodMatch | undefined {
  const token = context.tokens[start]
  const weekday = token === undefined ? undefined : context.weekdays.get(token.norm)
  if (token === undefined || weekday === undefined) return undefined
  if (alternatives(context.vocabulary.time.ambiguous).has(token.norm) && !isNamedHere(context, start)) return undefined
  const day = weekdayNear(context.today, weekday, context.future || (context.planned && !context.behind))
  return { end: start + 1, range: daySpan(day, day.plus({ day: 1 })), unit: 'day' }
}

export function readYear(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { tokens, today, at } = context
  const index = at('year', start) ?? start
  const text = tokens[index]?.norm ?? ''
  if (!writtenYear.test(text) || isMoney(context, index)) return undefined
  const from = DateTime.fromObject({ year: Number(text), month: 1, day: 1 }, { zone: today.zone })
  return { end: index + 1, range: daySpan(from, from.plus({ year: 1 })), unit: 'year' }
}

/** "Over 2000 euros", "between 1900 and 2100 euros": a number that is compared and has a currency is an amount. */
function isMoney({ tokens, vocabulary: { currencies, cues } }: PeriodContext, at: number): boolean {
  const named = (name: string | undefined) => name !== undefined && Object.hasOwn(currencies, name)
  const hasCurrency = (index: number) =>
    named(tokens[index]?.norm) || named(tokens[index]?.text) || named(`${tokens[index]?.norm ?? ''} ${tokens[index + 1]?.norm ?? ''}`)
  const said = (index: number, list: string) => alternatives(list).has(tokens[index]?.norm ?? '')
  if (named(tokens[at - 1]?.text) && !/\p{L}/u.test(tokens[at - 1]?.text ?? '')) return true
  if (said(at - 1, cues.comparedTo)) return hasCurrency(at + 1)
  if (said(at - 1, cues.between)) return said(at + 1, cues.and) && tokens[at + 2]?.kind === 'number' && hasCurrency(at + 3)
  return said(at - 1, cues.and) && said(at - 3, cues.between) && hasCurrency(at + 1)
}
