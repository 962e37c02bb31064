import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import { alternatives } from './alternatives.ts'
import { boundsOf, iso } from './calendar.ts'
import { readNumber } from './numbers.ts'
import type { PeriodContext } from './period-context.ts'
import { readPeriodCore } from './period-core.ts'
import type { PeriodValue } from './reading.ts'
import { readCounted } from './relative-periods.ts'

export interface PeriodSpan {
  end: number
  period: PeriodValue
}

/** "within 30 days", "in the next two weeks", "for 3 months": forward when the question looks ahead. */
export function readWithin(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { tokens, vocabulary, at, future } = context
  const begin = at('within', start)
  if (begin === undefined) return undefined
  const index = at('article', begin) ?? begin
  const rolling = readRolling(context, start)
  if (rolling !== undefined) return rolling
  const one = at('one', index)
  const name = tokens[one ?? index]?.norm ?? ''
  const counted =
    readCounted(context, index) ??
    (one !== undefined && vocabulary.units[name] !== undefined ? { value: 1, unit: vocabulary.units[name], end: one + 1 } : undefined)
  if (counted?.unit === undefined || at('ago', counted.end) !== undefined || at('aheadWord', counted.end) !== undefined) return undefined
  const near = beforeOrAfter(context, counted.end, counted.value, counted.unit)
  if (near !== undefined) return near
  const range: TimeRange = future ? { next: counted.value, unit: counted.unit } : { last: counted.value, unit: counted.unit }
  const note = 'note' in counted ? counted.note : undefined
  return { end: counted.end, period: { range, unit: counted.unit === 'hour' ? 'day' : counted.unit, ...(note === undefined ? {} : { note }) } }
}

/** "Within the last year" ends now, unlike "last year". */
function readRolling({ tokens, vocabulary, at }: PeriodContext, start: number): PeriodSpan | undefined {
  const lead = at('rollingLead', start)
  if (lead === undefined) return undefined
  const begin = at('article', lead) ?? lead
  const past = at('previous', begin)
  const coming = past === undefined ? at('next', begin) : undefined
  const after = past ?? coming
  const unit = after === undefined ? undefined : vocabulary.units[tokens[after]?.norm ?? '']
  if (after === undefined || unit === undefined || vocabulary.unitPlurals.includes(tokens[after]?.norm ?? '')) return undefined
  return { end: after + 1, period: { range: past === undefined ? { next: 1, unit } : { last: 1, unit }, unit: unit === 'hour' ? 'day' : unit } }
}

/** "In the 3 months before July", "within 10 days after Easter". */
function beforeOrAfter(context: PeriodContext, end: number, value: number, unit: TimeUnit | 'hour'): PeriodSpan | undefined {
  const { at, today } = context
  const before = at('before', end)
  const after = before === undefined ? at('after', end) : undefined
  const core = before === undefined && after === undefined ? undefined : readPeriodCore(context, (before ?? after) as number)
  const bounds = core && boundsOf(core.range, today)
  if (core === undefined || unit === 'hour') return undefined
  if (before !== undefined && bounds?.from !== undefined)
    return { end: core.end, period: { range: { from: iso(bounds.from.minus({ [unit]: value })), to: iso(bounds.from) } } }
  if (after !== undefined && bounds?.to !== undefined)
    return { end: core.end, period: { range: { from: iso(bounds.to), to: iso(bounds.to.plus({ [unit]: value })) } } }
  return undefined
}

/** "more than 90 days (ago)", "older than two weeks", "over a year ago"; "less than 30 days old" is the other side. */
export function readDuration(context: PeriodContext, start: number): PeriodSpan | undefined {
  const { tokens, vocabulary, today, at } = context
  const begin = at('durationLead', start) ?? start
  const longer = at('longer', begin)
  const shorter = longer === undefined ? at('shorter', begin) : undefined
  const index = longer ?? shorter
  if (index === undefined) return undefined
  const half = at('halfA', index) === undefined ? undefined : readCounted(context, index)
  if (half !== undefined && half.unit === 'month') {
    const end = at('durationTail', half.end) ?? half.end
    if (longer === undefined) return { end, period: { range: { last: half.value, unit: half.unit }, unit: half.unit } }
    return { end, period: { range: { to: today.minus({ month: half.value }).toUTC().toISO() as string }, duration: true } }
  }
  const one = at('one', index)
  const number = one === undefined ? readNumber(tokens, index, vocabulary) : { value: 1, end: one }
  if (number === undefined || number.value < 1 || number.value > 10_000) return undefined
  const name = tokens[number.end]?.norm ?? ''
  const many = vocabulary.manyUnits[name]
  const unit = vocabulary.units[name] ?? many?.unit
  if (unit === undefined) return undefined
  const value = number.value * (many?.count ?? 1)
  const tail = at('durationTail', number.end + 1)
  const end = tail ?? number.end + 1
  // "Closing in less than 30 days"; "less than 30 days old" lies behind whatever is asked.
  const previous = tokens[start - 1]?.norm ?? ''
  const within = tokens[start]?.norm === 'in' && begin > start && (context.future || (start > 0 && at('being', start - 1) === start))
  const comes = tail === undefined && (within || (context.future && alternatives(vocabulary.time.ahead).has(previous)))
  if (comes && longer === undefined) return { end, period: { range: { next: value, unit }, unit: unit === 'hour' ? 'day' : unit } }
  if (comes && unit !== 'hour') return { end, period: { range: { from: iso(today.plus({ [unit]: value })) } } }
  if (longer === undefined) return { end, period: { range: { last: value, unit }, unit: unit === 'hour' ? 'day' : unit } }
  const moment =
    unit === 'hour' || unit === 'day' || unit === 'week'
      ? today.minus({ hours: value * (unit === 'hour' ? 1 : unit === 'day' ? 24 : 168) })
      : today.minus({ [unit]: value })
  return { end, period: { range: { to: moment.toUTC().toISO() as string }, duration: true } }
}
