import { DateTime } from 'luxon'
import type { TypedQuery } from '#contracts/query.ts'
import type { QueryContext } from './query.service.ts'

/** Parts of a query whose meaning changes from moment to moment. */
const momentary = /"(?:now|last|next)":/

/** Whether a query, as JSON, asks about the very moment. */
export function isMomentary(query: string): boolean {
  return momentary.test(query)
}

/** What is asked about the moment is as of a moment at most this old, and says so. */
const momentMs = 10_000

export function momentKey(now: Date): number {
  return Math.floor(now.getTime() / momentMs)
}

/**
 * What the result depends on beside the records: the query, and the day it is asked on or the very moment. Undefined when it is not kept.
 * `isLasting` tells whether the result is the same all day.
 */
export function resultKey(query: TypedQuery, { now, timeZone, limits }: QueryContext): { key: string; isLasting: boolean } | undefined {
  if (limits !== undefined) return undefined
  const text = JSON.stringify(query)
  const isLasting = !isMomentary(text)
  const zone = query.timeZone ?? timeZone
  const when = isLasting ? DateTime.fromJSDate(now, { zone }).toISODate() : momentKey(now)
  return { key: `query ${when} ${zone} ${text}`, isLasting }
}
