import { DateTime } from 'luxon'
import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { TimeRange } from '#contracts/query.ts'
import { boundsOf, iso } from './calendar.ts'
import { readNumber } from './numbers.ts'
import { across, type PeriodContext, type PeriodMatch, readPeriodCore } from './period-core.ts'
import type { PeriodValue } from './reading.ts'
import type { Token } from './tokenise.ts'

export interface PeriodSpan {
  end: number
  period: PeriodValue
}

export function periodContext(question: string, tokens: readonly Token[], vocabulary: Vocabulary, now: Date, timeZone: string, future: boolean): PeriodContext {
  const index = (lists: readonly string[]) => new Map(lists.flatMap((list, position) => list.split('|').map((word) => [word, position + 1] as const)))
  return {
    question,
    tokens,
    vocabulary,
    months: index(vocabulary.months),
    weekdays: index(vocabulary.weekdays),
    today: DateTime.fromJSDate(now, { zone: timeZone }),
    future,
  }
}

const leads = new Set(['in', 'during', 'on', 'for', 'over', 'of', 'at', 'throughout', 'within', 'from', 'as', 'by', 'inside'])

/** Reads a time phrase with its preposition at a token: "in March", "since Monday", "between 1 May and 3 June", "more than 90 days ago". */
export function readPeriod(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { tokens, today } = context
  const word = tokens[start]?.norm
  if (word === undefined || tokens[start]?.quoted === true) return undefined
  const two = `${word} ${tokens[start + 1]?.norm ?? ''}`
  if (
    word === 'in' &&
    tokens[start + 1]?.norm === 'the' &&
    /^(?:past|future)$/.test(tokens[start + 2]?.norm ?? '') &&
    tokens[start + 3]?.kind !== 'number' &&
    context.vocabulary.units[tokens[start + 3]?.norm ?? ''] === undefined &&
    context.vocabulary.numberWords[tokens[start + 3]?.norm ?? ''] === undefined &&
    tokens[start + 3]?.norm !== 'couple'
  ) {
    return { end: start + 3, period: { range: tokens[start + 2]?.norm === 'past' ? { to: iso(today) } : { from: iso(today.plus({ day: 1 })) } } }
  }
  const beyond = readDuration(context, start)
  if (beyond !== undefined) return beyond
  if (word === 'since' || two === 'ever since' || two === 'starting from' || two === 'as of') {
    const at = start + (word === 'since' ? 1 : 2)
    const core = readEdge(context, at, 'start') ?? readPeriodCore(context, at)
    const from = core && boundsOf(core.range, today).from
    return core && from ? { end: core.end, period: { range: { from: iso(from) } } } : undefined
  }
  if (word === 'after' || two === 'later than' || two === 'following the') {
    const core = readPeriodCore(context, start + (word === 'after' ? 1 : 2))
    const to = core && boundsOf(core.range, today).to
    return core && to ? { end: core.end, period: { range: { from: iso(to) } } } : undefined
  }
  if (word === 'before' || two === 'prior to' || two === 'earlier than') {
    const at = start + (word === 'before' ? 1 : 2)
    const edge = readEdge(context, at, 'end')
    if (edge !== undefined) return { end: edge.end, period: { range: { to: iso(boundsOf(edge.range, today).to as DateTime) } } }
    const core = readPeriodCore(context, at)
    const from = core && boundsOf(core.range, today).from
    return core && from ? { end: core.end, period: { range: { to: iso(from) } } } : undefined
  }
  if (word === 'until' || word === 'till' || two === 'up to' || (word === 'by' && tokens[start + 1]?.kind !== undefined) || two === 'no later') {
    const at = start + (two === 'up to' ? 2 : two === 'no later' ? 3 : 1)
    const core = readEdge(context, at, 'end') ?? readPeriodCore(context, at)
    const to = core && boundsOf(core.range, today).to
    if (core && to) return { end: core.end, period: { range: { to: iso(to) } } }
    if (word !== 'by') return undefined
  }
  if (word === 'between' || word === 'from') {
    const span = readBetween(context, start + 1, word === 'between' ? ['and', 'to'] : ['to', 'until', 'till', 'through', 'up'])
    if (span !== undefined) return span
    if (word === 'from') {
      const core = readPeriodCore(context, start + 1)
      const onwards = core && /^(?:on|onwards|onward)$/.test(tokens[core.end]?.norm ?? '')
      const from = core && boundsOf(core.range, today).from
      if (core && onwards && from) return { end: core.end + 1, period: { range: { from: iso(from) } } }
    }
    if (word === 'between') return undefined
  }
  const within = readWithin(context, start)
  if (within !== undefined) return within
  let at = start
  if (leads.has(word) && word !== 'by') at++
  const core = readPeriodCore(context, at)
  if (core === undefined) return undefined
  // "January to March", "Monday - Wednesday"
  const joined = /^(?:to|through|until|till|-)$/.test(tokens[core.end]?.norm ?? '')
    ? readBetween(context, at, ['to', 'through', 'until', 'till', '-'])
    : undefined
  return joined ?? { end: core.end, period: toPeriod(core) }
}

function toPeriod(core: PeriodMatch): PeriodValue {
  return { range: core.range, ...(core.unit === undefined ? {} : { unit: core.unit }) }
}

function readBetween(context: PeriodContext, start: number, joints: readonly string[]): PeriodSpan | undefined {
  const first = readPeriodCore(context, start)
  if (first === undefined || !joints.includes(context.tokens[first.end]?.norm ?? '')) return undefined
  const skip = context.tokens[first.end]?.norm === 'up' ? 2 : 1
  const second =
    context.tokens[first.end + skip]?.norm === 'now'
      ? { end: first.end + skip + 1, range: { period: 'day', offset: 0 } as TimeRange }
      : readPeriodCore(context, first.end + skip)
  if (second === undefined) return undefined
  let range = across(first.range, second.range, context.today)
  if (first.yearless === true && 'from' in second.range && second.range.from !== undefined) {
    // The year of the later one holds for both; "between Christmas and New Year" crosses into it.
    const year = Number(second.range.from.slice(0, 4))
    const lent = readPeriodCore(context, start, year)
    range = (lent && across(lent.range, second.range, context.today)) ?? withYearBefore(context, start, year, second.range)
  }
  return range === undefined ? undefined : { end: second.end, period: { range } }
}

function withYearBefore(context: PeriodContext, start: number, year: number, second: TimeRange): TimeRange | undefined {
  const earlier = readPeriodCore(context, start, year - 1)
  return earlier && across(earlier.range, second, context.today)
}

/** "the beginning of the year", "end of the month". */
function readEdge(context: PeriodContext, start: number, edge: 'start' | 'end'): PeriodMatch | undefined {
  const { tokens } = context
  let at = start
  if (tokens[at]?.norm === 'the') at++
  const starts = /^(?:beginning|start)$/.test(tokens[at]?.norm ?? '')
  const ends = tokens[at]?.norm === 'end'
  if ((!starts && !ends) || tokens[at + 1]?.norm !== 'of') return undefined
  at += 2
  if (tokens[at]?.norm === 'the') at++
  const unit = context.vocabulary.units[tokens[at]?.norm ?? '']
  const core: PeriodMatch | undefined =
    unit !== undefined && unit !== 'hour' ? { end: at + 1, range: { period: unit, offset: 0 } } : readPeriodCore(context, at)
  if (core === undefined) return undefined
  const bounds = boundsOf(core.range, context.today)
  if (bounds.from === undefined || bounds.to === undefined) return undefined
  if ((edge === 'start') === starts) return core
  const day = starts ? bounds.from : bounds.to
  return { end: core.end, range: starts ? { from: iso(day), to: iso(day) } : { from: iso(day.minus({ day: 1 })), to: iso(day) } }
}

/** "within 30 days", "in the next two weeks", "for 3 months": forward when the question looks ahead. */
function readWithin(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { tokens, vocabulary } = context
  if (!/^(?:within|in|for|inside|over)$/.test(tokens[start]?.norm ?? '')) return undefined
  let at = start + 1
  while (/^(?:the|a|about|last)$/.test(tokens[at]?.norm ?? '') && vocabulary.units[tokens[at + 1]?.norm ?? ''] === undefined && tokens[at]?.norm !== 'last')
    at++
  const article = tokens[at]?.norm === 'a' || tokens[at]?.norm === 'an'
  const number = article ? { value: 1, end: at + 1 } : readNumber(tokens, at, vocabulary)
  if (number === undefined || !Number.isInteger(number.value) || number.value < 1 || number.value > 10_000) return undefined
  const unit = vocabulary.units[tokens[number.end]?.norm ?? '']
  if (unit === undefined || tokens[number.end + 1]?.norm === 'ago') return undefined
  const range: TimeRange = context.future ? { next: number.value, unit } : { last: number.value, unit }
  return { end: number.end + 1, period: { range, unit: unit === 'hour' ? 'day' : unit } }
}

/** "more than 90 days (ago)", "older than two weeks", "over a year ago"; "less than 30 days old" is the other side. */
function readDuration(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { tokens, vocabulary, today } = context
  let at = start
  if (/^(?:for|in|since)$/.test(tokens[at]?.norm ?? '')) at++
  const words = `${tokens[at]?.norm ?? ''} ${tokens[at + 1]?.norm ?? ''}`
  let longer: boolean
  if (/^(?:more than|longer than|older than|greater than|later than|at least)$/.test(words)) [longer, at] = [true, at + 2]
  else if (/^(?:less than|fewer than|younger than|newer than|shorter than|at most)$/.test(words)) [longer, at] = [false, at + 2]
  else if (/^(?:over|above|beyond)\b/.test(words)) [longer, at] = [true, at + 1]
  else if (/^under\b/.test(words)) [longer, at] = [false, at + 1]
  else return undefined
  const article = tokens[at]?.norm === 'a' || tokens[at]?.norm === 'an'
  const number = article ? { value: 1, end: at + 1 } : readNumber(tokens, at, vocabulary)
  if (number === undefined || number.value < 1 || number.value > 10_000) return undefined
  const unit = vocabulary.units[tokens[number.end]?.norm ?? '']
  if (unit === undefined) return undefined
  let end = number.end + 1
  if (/^(?:ago|old|overdue|late|already)$/.test(tokens[end]?.norm ?? '')) end++
  if (!longer) return { end, period: { range: { last: number.value, unit }, unit: unit === 'hour' ? 'day' : unit } }
  const moment =
    unit === 'hour' || unit === 'day' || unit === 'week'
      ? today.minus({ hours: number.value * (unit === 'hour' ? 1 : unit === 'day' ? 24 : 168) })
      : today.minus({ [unit]: number.value })
  return { end, period: { range: { to: moment.toUTC().toISO() as string }, duration: true } }
}
