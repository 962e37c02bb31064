import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'
export const seed = 6606
/** The moment of asking, a Wednesday. */
export const calderNow = new Date('2026-09-16T17:35:00Z')
export const nowMs = calderNow.getTime()
export const historyStart = Date.UTC(2023, 10, 6)
export const workingHour = (instant: number, random: Random): number => someMinute(instant, random, { hours: [7, 21], now: nowMs, minutesAgo: [5, 240] })
