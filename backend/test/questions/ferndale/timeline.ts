import type { Random } from '../../../seeds/demo/random.ts'
import { someMinute } from '../world-time.ts'

export { dayMs, isoDay, isoTime } from '../world-time.ts'

export const seed = 8123
/** The moment of asking, a Wednesday. */
export const ferndaleNow = new Date('2026-08-12T14:20:00Z')
export const nowMs = ferndaleNow.getTime()
export const historyStart = Date.UTC(2024, 7, 5)
/** Mostly within office hours; the evening and the early morning happen too. */
export const someHour = (instant: number, random: Random): number => someMinute(instant, random, { hours: [7, 20], now: nowMs, minutesAgo: [5, 400] })
