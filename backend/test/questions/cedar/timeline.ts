import type { Random } from '../../../seeds/demo/random.ts'

export const seed = 77
export const dayMs = 86_400_000
/** The moment of asking, a Wednesday. */
export const cedarNow = new Date('2026-09-16T18:30:00Z')
export const nowMs = cedarNow.getTime()
export const historyStart = Date.UTC(2024, 0, 8)

/** An instant to the second, as the import takes it. */
export function isoTime(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The day of an instant in UTC. */
export function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** Some minute of the day between 13:00 and 23:00 UTC, when America works; never in the future. */
export function workingHour(instant: number, random: Random): number {
  const midnight = Math.floor(instant / dayMs) * dayMs
  return Math.min(midnight + random.int(13 * 60, 23 * 60) * 60_000 + random.int(0, 59) * 1000, nowMs - random.int(5, 300) * 60_000)
}
