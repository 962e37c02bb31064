/** The server's idea of now, which a tester may move or stop. */
export interface Clock {
  now(): number
  /** Stops at an instant, or goes on with an offset. */
  set(frozenAt: number | undefined, offsetMs: number): void
}

export function createClock(real: () => number): Clock {
  let frozen: number | undefined
  let offset = 0
  return {
    now: () => (frozen ?? real()) + offset,
    set(frozenAt, offsetMs) {
      frozen = frozenAt
      offset = offsetMs
    },
  }
}
