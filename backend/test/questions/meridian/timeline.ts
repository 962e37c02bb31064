import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 5923
/** The moment of asking, a Tuesday. */
export const meridianNow = new Date('2026-03-17T16:10:00Z')
export const nowMs = meridianNow.getTime()
export const historyStart = Date.UTC(2023, 1, 6)

/** Some minute of the day between 07:00 and 19:00 UTC; never in the future. */
export function workingHour(instant: number, random: Random): number {
  return someMinute(instant, random, { hours: [7, 19], now: nowMs, minutesAgo: [5, 240] })
}
