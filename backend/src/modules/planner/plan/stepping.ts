import { DateTime } from 'luxon'
import { daySpan, periodAfter, periodBefore, unitOfSpan } from '#backend/modules/planner/language/calendar.ts'
import type { Condition, TimeRange, TimeUnit } from '#contracts/query.ts'
import type { Frame } from './frame.ts'

/** The span before or after one of exactly that unit; undefined for any other. */
export function stepped(range: TimeRange, unit: TimeUnit, step: -1 | 1): TimeRange | undefined {
  if ('period' in range) return range.period === unit && (range.count ?? 1) === 1 ? { ...range, offset: (range.offset ?? 0) + step } : undefined
  if (!('from' in range) || range.from === undefined || range.to === undefined || unitOfSpan(range) !== unit) return undefined
  const [from, to] = [DateTime.fromISO(range.from, { zone: 'utc' }), DateTime.fromISO(range.to, { zone: 'utc' })]
  return step < 0 ? daySpan(from.minus({ [unit]: 1 }), from) : daySpan(to, to.plus({ [unit]: 1 }))
}

/** "The month before" steps back from the period of the answer before; what has no such unit stays open. */
export function stepBack(said: Condition, before: Condition): Condition {
  const [range, last] = [said.value, rangeOf(before)]
  if (typeof range !== 'object' || !('period' in range) || (range.offset !== periodBefore && range.offset !== periodAfter)) return said
  const value = last === undefined ? undefined : stepped(last, range.period, range.offset === periodBefore ? -1 : 1)
  return value === undefined ? said : { ...said, value }
}

/** "And the one before?": the answer before for the span of time beside its own. */
export function steppedFrame(before: Frame, step: -1 | 1): Frame | undefined {
  const timed = before.constraints.filter(({ slot }) => slot.startsWith('time:'))
  const [only] = timed
  const range = timed.length === 1 && only !== undefined && 'field' in only.filter ? rangeOf(only.filter) : undefined
  const unit = range === undefined ? undefined : 'period' in range ? range.period : unitOfSpan(range)
  const value = range === undefined || unit === undefined ? undefined : stepped(range, unit, step)
  if (only === undefined || value === undefined) return undefined
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  frame.constraints = frame.constraints.map((one) => ('field' in one.filter && one.slot === only.slot ? { ...one, filter: { ...one.filter, value } } : one))
  return frame
}

/** The one span of time that the records of a frame are of. */
export function spanOf({ constraints }: Frame): TimeRange | undefined {
  const [only, ...others] = constraints.filter(({ slot }) => slot.startsWith('time:'))
  return others.length > 0 || only === undefined || !('field' in only.filter) ? undefined : rangeOf(only.filter)
}

function rangeOf({ op, value }: Condition): TimeRange | undefined {
  return op === 'during' && typeof value === 'object' && !Array.isArray(value) && !('now' in value) ? value : undefined
}
