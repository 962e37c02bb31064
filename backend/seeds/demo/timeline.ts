import type { Random } from './random.ts'
import { dayMs, type World } from './world.ts'

/** The same week's nearest office hour before an instant: nobody enters contacts on a Sunday night. Never before `earliest` or after now. */
export function officeTime(world: World, instant: number, random: Random, earliest: number = world.start): number {
  const weekday = new Date(instant).getUTCDay()
  const shift = weekday === 0 ? 2 : weekday === 6 ? 1 : 0
  const midnight = Math.floor(instant / dayMs) * dayMs - shift * dayMs
  const time = midnight + (8 * 60 + random.int(0, 9 * 60 + 59)) * 60_000 + random.int(0, 59) * 1000
  const latest = world.now - random.int(1, 90) * 60_000
  return Math.max(earliest, Math.min(time, latest))
}

/** An instant between two, later ones being likelier when `lean` is above 1. */
export function between(random: Random, from: number, to: number, lean = 1): number {
  return to - (to - from) * (1 - random.next()) ** lean
}

export function iso(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

export function isoDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
