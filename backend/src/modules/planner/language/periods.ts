import type { DateTime } from 'luxon'
import type { TimeRange } from '#contracts/query.ts'
import { boundsOf, daySpan, iso, shiftYears } from './calendar.ts'
import { type PeriodSpan, readDuration, readWithin } from './durations.ts'
import { readExplicitDay, readYearAfter } from './named-periods.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { across, readPeriodCore } from './period-core.ts'
import type { PeriodValue } from './reading.ts'
import { readCounted } from './relative-periods.ts'
import { dayOf, readWeekdayOfWeek, weekdayAt } from './weekdays.ts'

/** Reads a time phrase with its preposition at a token: "in March", "since Monday", "between 1 May and 3 June", "more than 90 days ago". */
export function readPeriod(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { tokens, today, at } = context
  if (tokens[start] === undefined || tokens[start]?.quoted === true) return undefined
  const open = readPastOrFuture(context, start)
  if (open !== undefined) return open
  const beyond = readDuration(context, start)
  if (beyond !== undefined) return beyond
  const since = at('since', start)
  if (since !== undefined) {
    // "Since two months": as long as that.
    const counted = readCounted(context, since)
    if (counted !== undefined && at('ago', counted.end) === undefined) {
      const { value, unit, note } = counted
      return { end: counted.end, period: { range: { last: value, unit }, unit: unit === 'hour' ? 'day' : unit, ...(note === undefined ? {} : { note }) } }
    }
    const span = edgeSpan(context, since, 'start', (bounds) => (bounds.from === undefined ? undefined : { from: iso(bounds.from) }))
    if (span !== undefined) return span
  }
  const after = at('after', start)
  if (after !== undefined) {
    const span = edgeSpan(context, after, undefined, (bounds) => (bounds.to === undefined ? undefined : { from: iso(bounds.to) }))
    if (span !== undefined) return span
  }
  const before = at('before', start)
  if (before !== undefined) {
    const edge = readEdge(context, before, 'end')
    const edgeEnd = edge === undefined ? undefined : boundsOf(edge.range, today).to
    if (edge !== undefined && edgeEnd !== undefined)
      return { end: edge.end, period: { range: { to: iso(edgeEnd) }, ...(edgeEnd > today ? { future: true, today: iso(today) } : {}) } }
    const span = edgeSpan(context, before, undefined, (bounds) => (bounds.from === undefined ? undefined : { to: iso(bounds.from) }))
    if (span !== undefined) return span
  }
  const until = at('until', start)
  if (until !== undefined) {
    const span = edgeSpan(context, until, 'end', (bounds) => (bounds.to === undefined ? undefined : { to: iso(bounds.to) }))
    if (span !== undefined) return span
  }
  const between = at('between', start)
  if (between !== undefined) return readBetween(context, between, 'and')
  const from = at('from', start)
  if (from !== undefined) {
    const span = readBetween(context, from, 'to')
    if (span !== undefined) return span
    const core = readPeriodCore(context, from)
    const onwards = core && at('onwards', core.end)
    const begin = core && boundsOf(core.range, today).from
    if (core && onwards !== undefined && begin) return { end: onwards, period: { range: { from: iso(begin) } } }
    const now = at('now', from)
    const ever = now === undefined ? undefined : at('onwards', now)
    if (ever !== undefined) return { end: ever, period: { range: { from: iso(today) } } }
  }
  const upTo = readUpTo(context, start)
  if (upTo !== undefined) return upTo
  const within = readWithin(context, start)
  if (within !== undefined) return within
  let index = start
  const lead = at('lead', start)
  if (lead !== undefined) index = lead
  const dashed = dashAt(context, index + 1) === undefined ? undefined : readDaysOfMonth(context, index, 'to')
  if (dashed !== undefined) return dashed
  const core = readWithYearLent(context, index)
  if (core === undefined) return undefined
  const part = readPartOf(context, core)
  if (part !== undefined) return part
  // "January to March", "Monday - Wednesday"
  const joined = at('to', core.end) === undefined && dashAt(context, core.end) === undefined ? undefined : readBetween(context, index, 'to')
  return joined ?? openEnded(context, core) ?? readSoFar(context, core) ?? { end: core.end, period: toPeriod(core, today) }
}

/** "Last year in Q3", "2025, between March and May": a part that is named after the whole. */
function readPartOf(context: PeriodContext, whole: PeriodMatch): PeriodSpan | undefined {
  const { tokens, today, at } = context
  const bounds = boundsOf(whole.range, today)
  if ((whole.unit !== 'year' && whole.unit !== 'quarter') || bounds.from === undefined || bounds.to === undefined) return undefined
  const begin = tokens[whole.end]?.text === ',' ? whole.end + 1 : whole.end
  const [between, from] = [at('between', begin), at('from', begin)]
  const lead = from === undefined ? at('lead', begin) : undefined
  // A fiscal year reaches into a second one.
  for (const year of new Set([bounds.from.year, bounds.to.minus({ day: 1 }).year])) {
    const core = lead === undefined ? undefined : readPeriodCore(context, lead, year)
    const spanned = between !== undefined ? readBetween(context, between, 'and', year) : from === undefined ? undefined : readBetween(context, from, 'to', year)
    const part = spanned ?? (core?.yearless === true ? { end: core.end, period: toPeriod(core, today) } : undefined)
    const inner = part === undefined ? {} : boundsOf(part.period.range, today)
    if (inner.from !== undefined && inner.to !== undefined && inner.from >= bounds.from && inner.to <= bounds.to) return part
  }
  return undefined
}

/** "The 12 months to the end of June": so long, up to the last day of what is named. */
function readUpTo(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { at, today } = context
  let index = at('lead', start) ?? start
  index = at('article', index) ?? index
  index = at('previous', index) ?? index
  const counted = readCounted(context, index)
  const begin = counted === undefined ? undefined : at('endingWith', counted.end)
  if (counted === undefined || begin === undefined || counted.unit === 'hour') return undefined
  const last = readEdge(context, begin, 'end') ?? readPeriodCore(context, begin)
  const to = last === undefined ? undefined : boundsOf(last.range, today).to
  if (last === undefined || to === undefined) return undefined
  return { end: last.end, period: { range: { from: iso(to.minus({ [counted.unit]: counted.value })), to: iso(to) } } }
}

/** "In 2026 so far": up to now. */
function readSoFar({ at, today }: PeriodContext, core: PeriodMatch): PeriodSpan | undefined {
  const end = at('soFar', core.end)
  const { from, to } = boundsOf(core.range, today)
  if (end === undefined || from === undefined || to === undefined || from > today || to <= today) return undefined
  return { end, period: { range: { from: iso(from), to: today.toUTC().toISO() as string }, ...(core.unit === undefined ? {} : { unit: core.unit }) } }
}

/** "On 10 November or later". */
function openEnded({ at, today }: PeriodContext, core: PeriodMatch): PeriodSpan | undefined {
  const { from, to } = boundsOf(core.range, today)
  const later = at('orLater', core.end)
  if (later !== undefined && from !== undefined) return { end: later, period: { range: { from: iso(from) } } }
  const earlier = at('orEarlier', core.end)
  return earlier === undefined || to === undefined ? undefined : { end: earlier, period: { range: { to: iso(to) } } }
}

/** "Orders in the past", "events in the future": with no length said. */
function readPastOrFuture(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { today, at, tokens, vocabulary } = context
  // "Whose close date has passed".
  const gone = at('gone', start)
  const following = gone === undefined ? undefined : tokens[gone]
  // "Have passed their close date" says of what.
  if (gone !== undefined && (following === undefined || following.kind === 'punctuation' || at('joint', gone) !== undefined))
    return { end: gone, period: { range: { to: iso(today) } } }
  const lead = at('lead', start)
  if (lead === undefined) return undefined
  const past = at('past', lead)
  const future = at('future', lead)
  const end = past ?? future
  if (end === undefined || tokens[lead]?.norm === tokens[end - 1]?.norm) return undefined
  if (
    readCounted(context, end) !== undefined ||
    vocabulary.units[tokens[end]?.norm ?? ''] !== undefined ||
    vocabulary.manyUnits[tokens[end]?.norm ?? ''] !== undefined
  )
    return undefined
  return { end, period: { range: past === undefined ? { from: iso(today.plus({ day: 1 })) } : { to: iso(today) } } }
}

function edgeSpan(
  context: PeriodContext,
  index: number,
  edge: 'start' | 'end' | undefined,
  toRange: (bounds: { from?: DateTime; to?: DateTime }) => TimeRange | undefined,
): PeriodSpan | undefined {
  const core = (edge === undefined ? undefined : readEdge(context, index, edge)) ?? readPeriodCore(context, index) ?? readFarNow(context, index)
  const range = core && toRange(boundsOf(core.range, context.today))
  const ahead =
    range !== undefined &&
    'to' in range &&
    range.to !== undefined &&
    !('from' in range && range.from !== undefined) &&
    range.to > iso(context.today.plus({ day: 1 }))
  return core && range
    ? {
        end: core.end,
        period: { range, ...(ahead ? { future: true, today: iso(context.today) } : {}), ...(core.note === undefined ? {} : { note: core.note }) },
      }
    : undefined
}

function readFarNow({ at }: PeriodContext, index: number): PeriodMatch | undefined {
  const end = at('now', index)
  return end === undefined ? undefined : { end, range: { period: 'day', offset: 0 } }
}

function toPeriod(core: PeriodMatch, today: DateTime): PeriodValue {
  const { from, to } = 'from' in core.range && 'to' in core.range ? boundsOf(core.range, today) : {}
  const later = from !== undefined && from > today
  const running = from !== undefined && to !== undefined && !later && to > today
  return {
    range: core.range,
    ...(later ? { future: true } : {}),
    ...(running ? { running: true } : {}),
    ...(core.unit === undefined ? {} : { unit: core.unit }),
    ...(core.note === undefined ? {} : { note: core.note }),
  }
}

/** "October and November 2025": the year of the second holds for the first. */
function readWithYearLent(context: PeriodContext, index: number): PeriodMatch | undefined {
  const core = readPeriodCore(context, index)
  if (core?.yearless !== true) return core
  const joint = context.at('joint', core.end)
  const second = joint === undefined ? undefined : readPeriodCore(context, context.at('lead', joint) ?? joint)
  if (second === undefined || second.yearless !== false || !('from' in second.range) || second.range.from === undefined || second.unit !== core.unit)
    return core
  return readPeriodCore(context, index, Number(second.range.from.slice(0, 4))) ?? core
}

/** "From 18 to 31 October 2026", "1-15 March": days of one month. */
function readDaysOfMonth(context: PeriodContext, start: number, joint: 'and' | 'to'): PeriodSpan | undefined {
  const { tokens, at, today } = context
  const index = at('article', start) ?? start
  const day = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(tokens[index]?.norm ?? '')
  const begin = day === null ? undefined : (at(joint, index + 1) ?? dashAt(context, index + 1))
  const last = begin === undefined ? undefined : readExplicitDay(context, at('article', begin) ?? begin)
  const end = last && boundsOf(last.range, today)
  if (day === null || last === undefined || end?.from === undefined || end.to === undefined) return undefined
  const from = end.from.set({ day: Number(day[1]) })
  return from.month === end.from.month && from <= end.from ? { end: last.end, period: { range: { from: iso(from), to: iso(end.to) } } } : undefined
}

/** "1 March – 15 April": where the second begins. */
function dashAt({ question, tokens }: PeriodContext, end: number): number | undefined {
  const [last, following] = [tokens[end - 1], tokens[end]]
  return last !== undefined && following !== undefined && /^\s*[-–—]\s*$/.test(question.slice(last.end, following.start)) ? end : undefined
}

function readBetween(context: PeriodContext, start: number, joint: 'and' | 'to', givenYear?: number): PeriodSpan | undefined {
  const { at, today } = context
  const days = readDaysOfMonth(context, start, joint)
  if (days !== undefined) return days
  const first = readPeriodCore(context, start, givenYear)
  const begin = first && (at(joint, first.end) ?? dashAt(context, first.end))
  if (first === undefined || begin === undefined) return undefined
  const second = readPeriodCore(context, begin, givenYear) ?? readFarNow(context, begin)
  if (second === undefined) return undefined
  // "Between Monday and Wednesday last week": both are of that week.
  const ofWeek = readWeekdayOfWeek(context, at('article', begin) ?? begin)
  const weekday = weekdayAt(context, start)
  const lone = weekday !== undefined && first.end === start + 1 ? dayOf(ofWeek?.monday ?? today, weekday, first.end) : undefined
  const lent = ofWeek !== undefined && lone !== undefined ? across(lone.range, ofWeek.range, today) : undefined
  if (ofWeek !== undefined && lent !== undefined) return { end: ofWeek.end, period: { range: lent } }
  let range = across(first.range, second.range, today)
  if (first.yearless === true && 'from' in second.range && second.range.from !== undefined) {
    // The year of the later one holds for both; "between Christmas and New Year" crosses into it.
    const year = Number(second.range.from.slice(0, 4))
    const lent = readPeriodCore(context, start, year)
    range = (lent && across(lent.range, second.range, today)) ?? withYearBefore(context, start, year, second.range)
  }
  // "Between Monday and Friday" on a Thursday: both are of the week of the later one.
  const [from, to] = [boundsOf(first.range, today).from, boundsOf(second.range, today).from]
  if (range === undefined && weekday !== undefined && weekdayAt(context, second.end - 1) !== undefined && from !== undefined && to !== undefined)
    range = across(daySpan(from.minus({ week: 1 }), from.minus({ day: 6 })), second.range, today)
  const note = first.note ?? second.note
  if (range === undefined) return undefined
  const said = first.yearless === true && second.yearless === true ? readYearAfter(context, second.end) : undefined
  if (said !== undefined && 'from' in range && range.from !== undefined) {
    // "Between 1 February and 31 March last year".
    const shifted = shiftYears(range, said.year - Number((boundsOf(second.range, today).from ?? today).year), today)
    if (shifted !== undefined) return { end: said.end, period: { range: shifted, ...(note === undefined ? {} : { note }) } }
  }
  return { end: second.end, period: { range, ends: [first.range, second.range], ...(note === undefined ? {} : { note }) } }
}

function withYearBefore(context: PeriodContext, start: number, year: number, second: TimeRange): TimeRange | undefined {
  const earlier = readPeriodCore(context, start, year - 1)
  return earlier && across(earlier.range, second, context.today)
}

/** "the beginning of the year", "end of the month". */
function readEdge(context: PeriodContext, start: number, edge: 'start' | 'end'): PeriodMatch | undefined {
  const { tokens, at, vocabulary, today } = context
  let index = at('article', start) ?? start
  const ownUnit = vocabulary.units[tokens[index]?.norm ?? '']
  const unitEnd = ownUnit === undefined ? undefined : at('unitEnd', tokens[index + 1]?.kind === 'possessive' ? index + 2 : index + 1)
  // "Before year end", "by month end".
  if (ownUnit !== undefined && ownUnit !== 'hour' && unitEnd !== undefined)
    return edge === 'end' ? { end: unitEnd, range: { period: ownUnit, offset: 0 } } : undefined
  const starts = at('startOf', index)
  const ends = at('endOf', index)
  const after = starts ?? ends
  if (after === undefined) return undefined
  index = at('of', after) ?? after
  index = at('article', index) ?? index
  const unit = vocabulary.units[tokens[index]?.norm ?? '']
  const core: PeriodMatch | undefined =
    unit !== undefined && unit !== 'hour' ? { end: index + 1, range: { period: unit, offset: 0 } } : readPeriodCore(context, index)
  if (core === undefined) return undefined
  const bounds = boundsOf(core.range, today)
  if (bounds.from === undefined || bounds.to === undefined) return undefined
  if ((edge === 'start') === (starts !== undefined)) return core
  const day = starts === undefined ? bounds.to : bounds.from
  return { end: core.end, range: starts === undefined ? { from: iso(day.minus({ day: 1 })), to: iso(day) } : { from: iso(day), to: iso(day) } }
}
