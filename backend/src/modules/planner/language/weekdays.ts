import type { DateTime } from 'luxon'
import { boundsOf, daySpan } from './calendar.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { readRelativePeriod } from './relative-periods.ts'

export interface WeekdayMatch extends PeriodMatch {
  /** The Monday of its week. */
  monday: DateTime
}

/** "Tuesday next week", "next week on Tuesday": a day of the week that is said beside it. */
export function readWeekdayOfWeek(context: PeriodContext, start: number): WeekdayMatch | undefined {
  const { at } = context
  const first = weekdayAt(context, start)
  if (first !== undefined) {
    const of = at('of', start + 1) ?? start + 1
    const week = weekAt(context, at('article', of) ?? of)
    return week === undefined ? undefined : dayOf(week.monday, first, week.end)
  }
  const week = weekAt(context, start)
  if (week === undefined) return undefined
  const begin = at('lead', week.end) ?? week.end
  const weekday = weekdayAt(context, begin)
  return weekday === undefined ? undefined : dayOf(week.monday, weekday, begin + 1)
}

/** The day of a week that a bare name of one says. */
export function dayOf(monday: DateTime, weekday: number, end: number): WeekdayMatch {
  const day = monday.plus({ day: weekday - 1 })
  return { end, range: daySpan(day, day.plus({ day: 1 })), unit: 'day', monday }
}

export function weekdayAt({ tokens, weekdays }: PeriodContext, at: number): number | undefined {
  const token = tokens[at]
  return token === undefined || token.quoted ? undefined : weekdays.get(token.norm)
}

function weekAt(context: PeriodContext, start: number): { end: number; monday: DateTime } | undefined {
  const week = readRelativePeriod(context, start)
  if (week === undefined || !('period' in week.range) || week.range.period !== 'week' || (week.range.count ?? 1) !== 1) return undefined
  const { from } = boundsOf(week.range, context.today)
  return from === undefined ? undefined : { end: week.end, monday: from }
}
