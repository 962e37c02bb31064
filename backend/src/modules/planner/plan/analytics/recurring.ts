import { DateTime } from 'luxon'
import { boundsOf } from '#backend/modules/planner/language/calendar.ts'
import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { Condition, Filter, TimeRange } from '#contracts/query.ts'

/** A typed query holds 100 conditions. */
const mostSpans = 90
const mostAlternatives = 50

/**
 * Weekends, mornings and business hours within a period said beside them, written out as spans.
 * @returns false where no period bounds them, or too many spans would have to be written out
 */
export function applyRecurring(frame: Frame, recurring: ReadingOf<'recurring'>): boolean {
  const today = DateTime.fromISO(recurring.now, { zone: recurring.timeZone })
  const constraint = frame.constraints.find(({ slot, filter }) => slot.startsWith('time:') && 'field' in filter && filter.op === 'during')
  if (constraint === undefined || !('field' in constraint.filter)) return false
  const { field, value } = constraint.filter as Condition & { value: TimeRange }
  const { from, to } = boundsOf(value, today)
  if (from === undefined || to === undefined) return false
  const spans: { from: string; to: string }[] = []
  for (let day = from.startOf('day'); day < to; day = day.plus({ day: 1 })) {
    for (const [start, end] of spansOfDay(day, recurring)) {
      const last = spans.at(-1)
      // Days that follow each other are one span.
      if (last !== undefined && last.to === start.toUTC().toISO()) last.to = end.toUTC().toISO() as string
      else spans.push({ from: start.toUTC().toISO() as string, to: end.toUTC().toISO() as string })
    }
    if (spans.length > mostSpans) return false
  }
  if (spans.length === 0) return false
  constraint.filter = anyOf(spans.map((span) => ({ field, op: 'during', value: span })))
  return true
}

function spansOfDay(day: DateTime, { weekdays, hours, outside }: ReadingOf<'recurring'>): [DateTime, DateTime][] {
  const next = day.plus({ day: 1 })
  const listed = weekdays === undefined || weekdays.includes(day.weekday)
  if (hours === undefined) return listed ? [[day, next]] : []
  const [start, end] = [day.plus({ hour: hours[0] }), day.plus({ hour: hours[1] })]
  if (outside !== true) return listed ? [[start, end]] : []
  return listed
    ? [
        [day, start],
        [end, next],
      ]
    : [[day, next]]
}

function anyOf(filters: readonly Filter[]): Filter {
  if (filters.length === 1) return filters[0] as Filter
  if (filters.length <= mostAlternatives) return { or: [...filters] }
  const parts: Filter[] = []
  for (let at = 0; at < filters.length; at += mostAlternatives) parts.push(anyOf(filters.slice(at, at + mostAlternatives)))
  return anyOf(parts)
}
