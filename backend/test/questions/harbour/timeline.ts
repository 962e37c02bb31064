import type { Random } from '../../../seeds/demo/random.ts'

export const seed = 2024
export const dayMs = 86_400_000
/** The moment of asking. */
export const harbourNow = new Date('2026-11-20T15:00:00Z')
export const nowMs = harbourNow.getTime()
export const historyStart = Date.UTC(2023, 10, 20)

/** An instant to the second, as the import takes it. */
export function isoTime(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The day of an instant in UTC. */
export function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** The same day at some minute between seven and five, never in the future. */
export function officeHour(instant: number, random: Random): number {
  const midnight = Math.floor(instant / dayMs) * dayMs
  return Math.min(midnight + random.int(7 * 60, 17 * 60) * 60_000 + random.int(0, 59) * 1000, nowMs - random.int(1, 400) * 60_000)
}
