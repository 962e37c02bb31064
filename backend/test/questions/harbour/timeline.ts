import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 2024
/** The moment of asking. */
export const harbourNow = new Date('2026-11-20T15:00:00Z')
export const nowMs = harbourNow.getTime()
export const historyStart = Date.UTC(2023, 10, 20)

/** The same day at some minute between seven and five, never in the future. */
export function officeHour(instant: number, random: Random): number {
  return someMinute(instant, random, { hours: [7, 17], now: nowMs, minutesAgo: [1, 400] })
}
