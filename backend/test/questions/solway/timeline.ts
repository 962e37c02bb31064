import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 7311
/** The moment of asking, a Tuesday. */
export const solwayNow = new Date('2026-10-13T13:20:00Z')
export const nowMs = solwayNow.getTime()
export const historyStart = Date.UTC(2023, 8, 4)
export const workingHour = (instant: number, random: Random): number => someMinute(instant, random, { hours: [7, 18], now: nowMs, minutesAgo: [5, 300] })
