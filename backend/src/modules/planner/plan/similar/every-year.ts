import { DateTime } from 'luxon'
import { boundsOf } from '#backend/modules/planner/language/calendar.ts'
import type { Constraint, Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'

/** Birthdays: the days of a time in every year, by their month and day; the records show them. */
export function daysOfEveryYear(frame: Frame, { now, timeZone }: PlannerContext): Frame {
  const today = DateTime.fromJSDate(now, { zone: timeZone })
  const fields = new Set(frame.fields)
  const constraints = frame.constraints.map((constraint): Constraint => {
    if (constraint.everyYear !== true) return constraint
    if (frame.kind === 'list') fields.add(constraint.slot.replace(/^time:/, ''))
    return { ...constraint, filter: inEveryYear(constraint.filter, today) }
  })
  return { ...frame, constraints, fields: [...fields] }
}

function inEveryYear(filter: Filter, today: DateTime): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => inEveryYear(part, today)) }
  if ('or' in filter) return { or: filter.or.map((part) => inEveryYear(part, today)) }
  if ('not' in filter) return { not: inEveryYear(filter.not, today) }
  return 'field' in filter && filter.op === 'during' ? daysOf(filter.field, filter.value as TimeRange, today) : filter
}

function daysOf(field: string, range: TimeRange, today: DateTime): Filter {
  const { from, to } = boundsOf(range, today)
  if (from === undefined || to === undefined || to >= from.plus({ year: 1 }))
    return 'period' in range ? { field, op: 'isNotEmpty' } : { field, op: 'during', value: range }
  const whole: number[] = []
  const parts: Filter[] = []
  for (let month = from.startOf('month'); month < to; month = month.plus({ month: 1 })) {
    const first = month < from ? from.day : 1
    const end = month.plus({ month: 1 })
    const isOpen = end <= to
    if (first === 1 && isOpen) whole.push(month.month)
    else
      parts.push({
        and: [{ field: `${field}.month`, op: 'eq', value: month.month }, ...daysBetween(`${field}.day`, first, isOpen ? undefined : to.minus({ day: 1 }).day)],
      })
  }
  if (whole.length > 0)
    parts.unshift({ field: `${field}.month`, op: whole.length === 1 ? 'eq' : 'in', value: whole.length === 1 ? (whole[0] as number) : whole })
  return parts.length === 1 ? (parts[0] as Filter) : { or: parts }
}

/** To the end of a month when no last day is named: it may be the 29th of February. */
function daysBetween(field: string, first: number, last: number | undefined): Filter[] {
  if (last === undefined) return [{ field, op: 'gte', value: first }]
  if (first === last) return [{ field, op: 'eq', value: first }]
  return [{ field, op: 'between', value: [first, last] }]
}
