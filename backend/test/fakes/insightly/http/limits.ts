import { dayMs } from '../data/world.ts'
import type { Settings } from '../settings.ts'

export interface Limits {
  /** Counts a call, unless it is one too many: of any window, or of the day. */
  take(arrival: number, instant: number): 'granted' | 'burst' | 'exhausted'
  remaining(instant: number): number
  /** Sets how many calls have been made today. */
  setUsed(calls: number, instant: number): void
}

/** Both limits: so many calls in any window of milliseconds, and so many a day of UTC. Refused calls do not count. */
export function createLimits(settings: Settings): Limits {
  const granted: number[] = []
  let day = 0
  let used = 0

  function turnDay(instant: number): void {
    const today = Math.floor(instant / dayMs)
    if (today === day) return
    day = today
    used = 0
  }

  return {
    take(arrival, instant) {
      turnDay(instant)
      if (used >= settings.dailyCalls) return 'exhausted'
      while (granted[0] !== undefined && granted[0] <= arrival - settings.rateWindowMs) granted.shift()
      if (granted.length >= settings.rateRequests) return 'burst'
      granted.push(arrival)
      used++
      return 'granted'
    },
    remaining(instant) {
      turnDay(instant)
      return Math.max(0, settings.dailyCalls - used)
    },
    setUsed(calls, instant) {
      turnDay(instant)
      used = calls
    },
  }
}
