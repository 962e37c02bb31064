import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 4104
/** The moment of asking, a Thursday. */
export const atlasNow = new Date('2026-05-21T16:45:00Z')
export const nowMs = atlasNow.getTime()
export const historyStart = Date.UTC(2023, 4, 2)

/** Some minute of the day between 08:00 and 20:00 UTC; never in the future. */
export function workingHour(instant: number, random: Random): number {
  return someMinute(instant, random, { hours: [8, 20], now: nowMs, minutesAgo: [5, 240] })
}
