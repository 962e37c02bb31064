import type { Random } from '../../../seeds/demo/random.ts'

export const seed = 4104
export const dayMs = 86_400_000
/** The moment of asking, a Thursday. */
export const atlasNow = new Date('2026-05-21T16:45:00Z')
export const nowMs = atlasNow.getTime()
export const historyStart = Date.UTC(2023, 4, 2)

/** An instant to the second, as the import takes it. */
export function isoTime(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The day of an instant in UTC. */
export function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** Some minute of the day between 08:00 and 20:00 UTC; never in the future. */
export function workingHour(instant: number, random: Random): number {
  const midnight = Math.floor(instant / dayMs) * dayMs
  return Math.min(midnight + random.int(8 * 60, 20 * 60) * 60_000 + random.int(0, 59) * 1000, nowMs - random.int(5, 240) * 60_000)
}
