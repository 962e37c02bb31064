import type { Clock } from '#backend/kernel/clock.ts'

export interface RequestWindow {
  observe(request: { status: number; seconds: number }): void
  /** 95 of 100 responses were made within this many milliseconds; undefined while there are too few to tell. */
  p95Ms(): number | undefined
  /** Share of responses that were our failure, 0 to 1; undefined while there are too few to tell. */
  errorRatio(): number | undefined
}

const windowMs = 5 * 60_000
const sliceMs = 10_000
const fewestRequests = 20
/** Milliseconds, each a quarter more than the one before, up to a minute: fine enough to compare with a limit. */
const bounds = Array.from({ length: 50 }, (_, index) => 1.25 ** index)

interface Slice {
  at: number
  count: number
  errors: number
  byDuration: number[]
}

/** What this process answered within the last five minutes, in a few kilobytes however much that was. */
export function createRequestWindow(clock: Clock): RequestWindow {
  let slices: Slice[] = []

  function present(): Slice[] {
    const from = clock.now().getTime() - windowMs
    slices = slices.filter(({ at }) => at > from)
    return slices
  }

  const sum = (of: (slice: Slice) => number) => slices.reduce((total, slice) => total + of(slice), 0)

  return {
    observe({ status, seconds }) {
      const at = Math.floor(clock.now().getTime() / sliceMs) * sliceMs
      let slice = slices.at(-1)
      if (slice?.at !== at) {
        slice = { at, count: 0, errors: 0, byDuration: new Array<number>(bounds.length + 1).fill(0) }
        slices = [...present(), slice]
      }
      slice.count += 1
      if (status >= 500) slice.errors += 1
      const bound = bounds.findIndex((limit) => seconds * 1000 <= limit)
      const place = bound === -1 ? bounds.length : bound
      slice.byDuration[place] = (slice.byDuration[place] ?? 0) + 1
    },

    p95Ms() {
      present()
      const count = sum((slice) => slice.count)
      if (count < fewestRequests) return undefined
      let seen = 0
      for (const [place, bound] of bounds.entries()) {
        seen += sum(({ byDuration }) => byDuration[place] ?? 0)
        if (seen >= count * 0.95) return bound
      }
      return Number.MAX_SAFE_INTEGER
    },

    errorRatio() {
      present()
      const count = sum((slice) => slice.count)
      return count < fewestRequests ? undefined : sum((slice) => slice.errors) / count
    },
  }
}
