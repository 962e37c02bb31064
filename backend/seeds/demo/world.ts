/** The measure of one demo world: everything in it follows from these numbers. */
export interface World {
  seed: number
  /** Milliseconds; the history ends here. */
  now: number
  /** Milliseconds; 18 months before now. */
  start: number
  counts: {
    organisations: number
    contacts: number
    leads: number
    opportunities: number
    orders: number
    tasks: number
    events: number
    notes: number
    emails: number
  }
}

export const dayMs = 86_400_000
const historyDays = 548

export interface DemoOptions {
  /** Number of contacts; everything else is in proportion. */
  scale: number
  now: Date
  seed?: number
}

/** A small company writes down more about each contact than a list of a million people holds. */
function density(scale: number): number {
  if (scale <= 2000) return 1
  return scale >= 100_000 ? 0 : 1 - Math.log10(scale / 2000) / Math.log10(50)
}

/** @throws RangeError when the scale is not a whole number from 1 to 10,000,000 */
export function createWorld({ scale, now, seed = 7 }: DemoOptions): World {
  if (!Number.isInteger(scale) || scale < 1 || scale > 10_000_000)
    throw new RangeError('The scale is the number of contacts: a whole number from 1 to 10,000,000.')
  const rich = density(scale)
  const share = (small: number, large: number) => Math.max(1, Math.round(scale * (large + (small - large) * rich)))
  return {
    seed,
    now: now.getTime(),
    start: now.getTime() - historyDays * dayMs,
    counts: {
      contacts: scale,
      organisations: Math.ceil(scale / 4),
      leads: share(0.3, 0.1),
      opportunities: share(0.6, 1),
      orders: share(0.5, 0.1),
      tasks: share(0.4, 0.1),
      events: share(0.24, 0.05),
      notes: share(0.4, 0.1),
      emails: share(0.4, 0.1),
    },
  }
}
