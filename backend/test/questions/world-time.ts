import type { Random } from '../../seeds/demo/random.ts'

export const dayMs = 86_400_000

/** An instant to the second, as the import takes it. */
export function isoTime(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The day of an instant in UTC. */
export function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** Some minute of an instant's day between two hours UTC; what would lie after `now` is so many minutes before it. */
export function someMinute(
  instant: number,
  random: Random,
  { hours, now, minutesAgo }: { hours: readonly [number, number]; now: number; minutesAgo: readonly [number, number] },
): number {
  const midnight = Math.floor(instant / dayMs) * dayMs
  return Math.min(midnight + random.int(hours[0] * 60, hours[1] * 60) * 60_000 + random.int(0, 59) * 1000, now - random.int(...minutesAgo) * 60_000)
}
