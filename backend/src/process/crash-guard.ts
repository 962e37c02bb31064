/** Tells when to start a worker again that ended by itself, and when to give up. */
export interface CrashGuard {
  /** @returns milliseconds to wait before the next start; undefined when starting again is hopeless */
  onCrash(now: number): number | undefined
}

const windowMs = 60_000
const mostInWindow = 10
const longestWaitMs = 5000

/** The first crash is mended at once; each further one within a minute waits longer, and the tenth is the last. */
export function createCrashGuard(): CrashGuard {
  let crashes: number[] = []
  return {
    onCrash(now) {
      crashes = [...crashes.filter((at) => now - at < windowMs), now]
      if (crashes.length >= mostInWindow) return undefined
      return crashes.length === 1 ? 0 : Math.min(longestWaitMs, 100 * 2 ** (crashes.length - 2))
    },
  }
}
