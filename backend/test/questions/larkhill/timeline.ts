import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 5417
/** The moment of asking, a Thursday. */
export const larkhillNow = new Date('2026-07-23T11:15:00Z')
export const nowMs = larkhillNow.getTime()
export const historyStart = Date.UTC(2024, 9, 1)
/** Caterers work late; the small hours are free. */
export const someHour = (instant: number, random: Random): number => someMinute(instant, random, { hours: [6, 22], now: nowMs, minutesAgo: [10, 900] })
