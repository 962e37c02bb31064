/** The product's time; `CHATSG_NOW` freezes it. */
export interface Clock {
  now(): Date
}

/** @param frozenAt ISO instant, or undefined for the machine's time */
export function createClock(frozenAt?: string): Clock {
  if (frozenAt === undefined) return { now: () => new Date() }
  const instant = new Date(frozenAt)
  return { now: () => new Date(instant) }
}
