import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { type Filter, type TimeRange, weekdayNames } from '#contracts/query.ts'

const hoursOfDay = 24

/** Stands for times that come again while the field that they are of is looked for. */
export const anyTime: TimeRange = { from: '1000-01-01' }

/** Weekends, mornings and business hours of a field, wherever a filter tests it for any time; a date has no hours. */
export function recurringIn(filter: Filter, recurring: ReadingOf<'recurring'>, isDate: boolean): Filter | undefined {
  if (isDate && recurring.hours !== undefined) return undefined
  if ('relation' in filter) {
    const where = filter.where === undefined ? undefined : recurringIn(filter.where, recurring, isDate)
    return where === undefined ? undefined : { ...filter, where }
  }
  return 'field' in filter && filter.op === 'during' ? testOf(filter.field, recurring) : undefined
}

function testOf(field: string, { weekdays, hours, outside }: ReadingOf<'recurring'>): Filter {
  const tests: Filter[] = []
  if (weekdays !== undefined) tests.push({ field: `${field}.weekday`, op: 'in', value: weekdays.flatMap((day) => weekdayNames[day - 1] ?? []) })
  if (hours !== undefined) tests.push(duringHours(`${field}.hour`, hours))
  const filter: Filter = tests.length === 1 ? (tests[0] as Filter) : { and: tests }
  return outside === true ? { and: [{ field, op: 'isNotEmpty' }, { not: filter }] } : filter
}

/** From one hour up to another; nights go past midnight. */
function duringHours(field: string, [from, to]: readonly [number, number]): Filter {
  const [begun, over]: [Filter, Filter] = [
    { field, op: 'gte', value: from },
    { field, op: 'lt', value: to % hoursOfDay },
  ]
  return to === hoursOfDay ? begun : to > hoursOfDay ? { or: [begun, over] } : { and: [begun, over] }
}
