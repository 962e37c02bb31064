import { DateTime } from 'luxon'
import type { TypedQuery } from '#contracts/query.ts'
import type { QueryContext } from './query.service.ts'

/** Parts of a query whose meaning changes from moment to moment. */
const momentary = /"(?:now|last|next)":/

/** Whether a query, as JSON, asks about the very moment. */
export function isMomentary(query: string): boolean {
  return momentary.test(query)
}

/** What the result depends on beside the records: the query and the day it is asked on. Undefined when it is the very moment. */
export function resultKey(query: TypedQuery, { now, timeZone, limits }: QueryContext): string | undefined {
  const text = JSON.stringify(query)
  if (limits !== undefined || isMomentary(text)) return undefined
  const zone = query.timeZone ?? timeZone
  return `query ${DateTime.fromJSDate(now, { zone }).toISODate()} ${zone} ${text}`
}
