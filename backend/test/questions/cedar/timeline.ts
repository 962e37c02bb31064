import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 77
/** The moment of asking, a Wednesday. */
export const cedarNow = new Date('2026-09-16T18:30:00Z')
export const nowMs = cedarNow.getTime()
export const historyStart = Date.UTC(2024, 0, 8)

/** Some minute of the day between 13:00 and 23:00 UTC, when America works; never in the future. */
export function workingHour(instant: number, random: Random): number {
  return someMinute(instant, random, { hours: [13, 23], now: nowMs, minutesAgo: [5, 300] })
}
