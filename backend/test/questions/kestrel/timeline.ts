import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 5519
/** The moment of asking, a Thursday. */
export const kestrelNow = new Date('2026-05-21T16:30:00Z')
export const nowMs = kestrelNow.getTime()
export const historyStart = Date.UTC(2024, 4, 6)
export const workingHour = (instant: number, random: Random): number => someMinute(instant, random, { hours: [8, 17], now: nowMs, minutesAgo: [5, 300] })
