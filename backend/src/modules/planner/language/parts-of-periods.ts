import { DateTime, Duration } from 'luxon'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import { alternatives } from './alternatives.ts'
import { boundsOf, daySpan, iso, unitOfSpan } from './calendar.ts'
import { readNumber } from './numbers.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { readCounted, yearSoFar } from './relative-periods.ts'

type ReadWhole = (context: PeriodContext, start: number, givenYear?: number) => PeriodMatch | undefined

/** Days before and after a day that "around" it takes in. */
const around = 3

/** "Early March", "late 2025", "the end of October", "mid-May": a third of it. */
export function readThird(context: PeriodContext, start: number, whole: ReadWhole, givenYear?: number): PeriodMatch | undefined {
  const { at, today, vocabulary, tokens } = context
  const places = ['early', 'middle', 'late'] as const
  const place = places.findIndex((word) => at(word, start) !== undefined)
  if (place === -1) return undefined
  const begin = at(places[place] as 'early', start) as number
  const index = at('article', begin) ?? begin
  const unit = vocabulary.units[tokens[index]?.norm ?? '']
  const core: PeriodMatch | undefined =
    unit !== undefined && unit !== 'hour' && unit !== 'day' ? { end: index + 1, range: { period: unit, offset: 0 }, unit } : whole(context, index, givenYear)
  const bounds = core && boundsOf(core.range, today)
  if (core === undefined || bounds?.from === undefined || bounds.to === undefined) return undefined
  const span = thirdOf(bounds.from, bounds.to, place)
  if (span === undefined) return undefined
  const [from, to] = span
  const note = takenAs(from, to)
  return { end: core.end, range: daySpan(from, to), note, ...(core.yearless === undefined ? {} : { yearless: core.yearless }) }
}

/** Thirds of a year are months 1-4, 5-8, 9-12, of a month days 1-10, 11-20 and the rest; of a quarter its months. */
function thirdOf(from: DateTime, to: DateTime, place: number): [DateTime, DateTime] | undefined {
  const months = Math.round(to.diff(from, 'months').months)
  const days = Math.round(to.diff(from, 'days').days)
  if (months === 12 || months === 3 || months === 6) {
    const step = months / 3
    return [from.plus({ month: place * step }), from.plus({ month: (place + 1) * step })]
  }
  if (months === 1) return [from.plus({ day: place * 10 }), place === 2 ? to : from.plus({ day: (place + 1) * 10 })]
  if (days === 7)
    return [
      [from, from.plus({ day: 2 })],
      [from.plus({ day: 2 }), from.plus({ day: 4 })],
      [from.plus({ day: 4 }), to],
    ][place] as [DateTime, DateTime]
  return undefined
}

/** A span from one day to before another. */
function takenAs(from: DateTime, to: DateTime): Note {
  return { note: 'takenAs', from: iso(from), to: iso(to.minus({ day: 1 })) }
}

/** "The 15th of last month". */
export function readDayOf(context: PeriodContext, start: number, whole: ReadWhole, givenYear?: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at } = context
  const word = tokens[start]?.norm ?? ''
  const day = /^\d{1,2}(?:st|nd|rd|th|\.)$/.test(word) ? Number.parseInt(word, 10) : vocabulary.time.dayOrdinals[word]
  const of = day === undefined ? undefined : at('of', start + 1)
  if (day === undefined || of === undefined) return undefined
  const index = at('article', of) ?? of
  const core: PeriodMatch | undefined =
    vocabulary.units[tokens[index]?.norm ?? ''] === 'month'
      ? { end: index + 1, range: { period: 'month', offset: 0 }, unit: 'month' }
      : whole(context, of, givenYear)
  const { from, to } = core?.unit === 'month' ? boundsOf(core.range, today) : {}
  const said = from?.plus({ day: day - 1 })
  if (core === undefined || said === undefined || to === undefined || said >= to) return undefined
  return { end: core.end, range: daySpan(said, said.plus({ day: 1 })), unit: 'day', ...(core.yearless === undefined ? {} : { yearless: core.yearless }) }
}

/** "The first half of November": up to the 15th, or from the 16th on. */
export function readHalfOfMonth(context: PeriodContext, start: number, whole: ReadWhole, givenYear?: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at } = context
  const ordinal = vocabulary.time.ordinals[tokens[start]?.norm ?? '']
  const half = ordinal === undefined ? undefined : at('half', start + 1)
  const of = half === undefined ? undefined : at('of', half)
  if (ordinal === undefined || of === undefined || (ordinal !== 1 && ordinal !== 2 && ordinal !== -1)) return undefined
  const begin = at('article', of) ?? of
  const isUnit = vocabulary.units[tokens[begin]?.norm ?? ''] === 'month'
  const core: PeriodMatch | undefined = isUnit ? { end: begin + 1, range: { period: 'month', offset: 0 }, unit: 'month' } : whole(context, of, givenYear)
  const { from, to } = core?.unit === 'month' ? boundsOf(core.range, today) : {}
  if (core === undefined || from === undefined || to === undefined) return undefined
  const middle = from.plus({ day: 15 })
  const range = ordinal === 1 ? daySpan(from, middle) : daySpan(middle, to)
  return { end: core.end, range, ...(core.yearless === undefined ? {} : { yearless: core.yearless }) }
}

/** "The last week of October", "first 10 days of May", "last 3 months of 2025", "last day of the month". */
export function readOrdinalPart(context: PeriodContext, start: number, whole: ReadWhole, givenYear?: number): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at } = context
  const ordinal = vocabulary.time.ordinals[tokens[start]?.norm ?? '']
  if (ordinal === undefined) return undefined
  const single = vocabulary.units[tokens[start + 1]?.norm ?? '']
  const counted = single === undefined && (ordinal === 1 || ordinal === -1) ? readCounted(context, start + 1) : undefined
  const unit = single ?? counted?.unit
  const after = single === undefined ? counted?.end : start + 2
  if (unit === undefined || unit === 'hour' || after === undefined) return undefined
  const of = at('of', after)
  if (of === undefined) return undefined
  const index = at('article', of) ?? of
  const bare = vocabulary.units[tokens[index]?.norm ?? '']
  const core: PeriodMatch | undefined =
    bare !== undefined && bare !== 'hour' ? { end: index + 1, range: { period: bare, offset: 0 } } : whole(context, of, givenYear)
  const bounds = core && boundsOf(core.range, today)
  if (core === undefined || bounds?.from === undefined || bounds.to === undefined) return undefined
  // "The first quarter of the last two years" is of each of them.
  if ('last' in core.range || 'next' in core.range) return undefined
  const length = { [unit]: counted?.value ?? 1 }
  let from: DateTime
  let to: DateTime
  if (ordinal === -1) {
    to = bounds.to
    from = to.minus(length)
  } else {
    from = bounds.from.plus(Duration.fromObject({ [unit]: (ordinal - 1) * (counted?.value ?? 1) }))
    to = from.plus(length)
  }
  if (from < bounds.from || to > bounds.to.plus({ day: unit === 'week' ? 6 : 0 })) return undefined
  if (to > bounds.to) to = bounds.to
  const note = unit === 'week' ? takenAs(from, to) : undefined
  return {
    end: core.end,
    range: daySpan(from, to),
    unit: unit as TimeUnit,
    ...(note === undefined ? {} : { note }),
    ...(core.yearless === undefined ? {} : { yearless: core.yearless }),
  }
}

/** "Around Easter": some days before and after what lasts but days. */
export function readAround(context: PeriodContext, start: number, whole: ReadWhole, givenYear?: number): PeriodMatch | undefined {
  const { at, today } = context
  const begin = at('around', start)
  if (begin === undefined || readNumberOnly(context, begin) || asksAbout(context, start)) return undefined
  const core = whole(context, begin, givenYear)
  const bounds = core && boundsOf(core.range, today)
  if (core === undefined || bounds?.from === undefined || bounds.to === undefined) return undefined
  if (bounds.to.diff(bounds.from, 'days').days > 4) return core
  const from = bounds.from.minus({ day: around })
  const to = bounds.to.plus({ day: around })
  return { ...core, range: daySpan(from, to), note: takenAs(from, to) }
}

/** "What about May?" is no time around it. */
function asksAbout({ tokens, vocabulary }: PeriodContext, start: number): boolean {
  const said = `${tokens[start - 1]?.norm ?? ''} ${tokens[start]?.norm ?? ''}`
  return alternatives(vocabulary.followUps.about).has(said)
}

function readNumberOnly({ tokens, vocabulary }: PeriodContext, at: number): boolean {
  const number = readNumber(tokens, at, vocabulary)
  return number !== undefined && !/^(?:19|20)\d\d$/.test(tokens[at]?.norm ?? '') && number.currency !== undefined
}

/** "3 days ago", "a week ago", "two weeks from now": that whole calendar period. */
export function readAgo(context: PeriodContext, start: number): PeriodMatch | undefined {
  const { vocabulary, tokens, at } = context
  // "Vor 3 Tagen": some languages say it before.
  const lead = at('agoBefore', start)
  const begin = lead ?? start
  const one = at('one', begin)
  const counted = readCounted(context, begin) ?? (one === undefined ? undefined : singleAt(context, one))
  if (counted === undefined || counted.unit === 'hour' || vocabulary.units === undefined) return undefined
  const ago = lead === undefined ? at('ago', counted.end) : counted.end
  const ahead = ago === undefined ? at('aheadWord', counted.end) : undefined
  const end = ago ?? ahead
  if (end === undefined || (lead === undefined && tokens[counted.end] === undefined)) return undefined
  const { unit } = counted
  return {
    end,
    range: { period: unit, offset: ago === undefined ? counted.value : -counted.value },
    unit,
    ...(counted.note === undefined ? {} : { note: counted.note }),
  }
}

function singleAt({ tokens, vocabulary }: PeriodContext, at: number): { value: number; unit: TimeUnit | 'hour'; end: number; note?: Note } | undefined {
  const name = tokens[at]?.norm ?? ''
  const unit = vocabulary.units[name]
  if (unit !== undefined) return { value: 1, unit, end: at + 1 }
  const many = vocabulary.manyUnits[name]
  return many === undefined ? undefined : { value: many.count, unit: many.unit, end: at + 1 }
}

/** The span of a unit, or of any, that is said before a token, else that of the answer before. */
function spanBefore(context: PeriodContext, start: number, whole: ReadWhole, unit?: TimeUnit): { from: DateTime; to: DateTime; unit: TimeUnit } | undefined {
  const { today, goesOnFrom } = context
  const bounded = (range: TimeRange, of: TimeUnit) => {
    const { from, to } = boundsOf(range, today)
    return from === undefined || to === undefined ? undefined : { from, to, unit: of }
  }
  for (let index = 0; index < start; index++) {
    const core = whole(context, index)
    if (core === undefined || core.end > start || core.unit === undefined || (unit === undefined ? core.unit === 'day' : core.unit !== unit)) continue
    return bounded(core.range, core.unit)
  }
  const last = goesOnFrom === undefined ? undefined : 'period' in goesOnFrom && (goesOnFrom.count ?? 1) === 1 ? goesOnFrom.period : unitOfSpan(goesOnFrom)
  if (goesOnFrom === undefined || last === undefined || (unit === undefined ? last === 'day' : last !== unit)) return undefined
  return bounded(goesOnFrom, last)
}

/** "This quarter so far against the same period last year": of the span said before it, as far as it has gone. */
function yearBefore(context: PeriodContext, start: number, whole: ReadWhole): Omit<PeriodMatch, 'end'> | undefined {
  const { today } = context
  const span = spanBefore(context, start, whole)
  if (span === undefined || span.from > today) return undefined
  const tomorrow = today.plus({ day: 1 }).startOf('day')
  const [begin, end] = [span.from.minus({ year: 1 }), DateTime.min(span.to, tomorrow).minus({ year: 1 })]
  return { range: daySpan(begin, end), unit: span.unit, note: takenAs(begin, end) }
}

/** "The same period last year": the year so far, a year earlier; "the same month last year": the month that was said, else this one. */
export function readSameSpan(context: PeriodContext, start: number, whole: ReadWhole): PeriodMatch | undefined {
  const { tokens, vocabulary, today, at } = context
  const same = at('sameSpan', start)
  if (same === undefined) return undefined
  const named = at('naming', same)
  if (named !== undefined) return { end: named, ...(yearBefore(context, start, whole) ?? yearSoFar(today)) }
  const unit = vocabulary.units[tokens[same]?.norm ?? '']
  const end = unit === undefined ? undefined : at('yearEarlier', same + 1)
  if (unit === undefined || unit === 'hour' || unit === 'year' || end === undefined) return undefined
  const from = (spanBefore(context, start, whole, unit)?.from ?? today).minus({ year: 1 }).startOf(unit)
  return { end, range: daySpan(from, from.plus({ [unit]: 1 })), unit }
}
