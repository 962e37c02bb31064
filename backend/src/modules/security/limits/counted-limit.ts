import type { PointStore } from './point-store.ts'

export interface LimitVerdict {
  allowed: boolean
  limit: number
  remaining: number
  /** Seconds until the window ends. */
  resetSeconds: number
}

export interface CountedLimitOptions {
  store: PointStore
  limit: number
  windowMs: number
  /** Points taken from the store at a time and spent here; 1 asks for each request. A divisor of the limit. */
  chunk: number
  /** Told once for each key and window, by whichever process was the first to refuse. */
  onExceeded(): void
  maxKeys?: number
}

/** What this process holds of one key's window. */
interface Share {
  left: number
  /** Points of the window that are spent, as far as is known here. */
  spent: number
  endsAt: number
  isExhausted: boolean
  isAsking: boolean
  waiting: { resolve: (verdict: LimitVerdict) => void; reject: (error: unknown) => void }[]
}

/**
 * A limit on requests by key that all processes share and together never exceed. With a chunk above 1 the store is asked once in so many requests; the
 * price is that up to (chunk - 1) points in each process may go unused when the window ends.
 */
export function createCountedLimit({ store, limit, windowMs, chunk, onExceeded, maxKeys = 50_000 }: CountedLimitOptions) {
  const shares = new Map<string, Share>()

  const verdict = (share: Share, allowed: boolean): LimitVerdict => ({
    allowed,
    limit,
    remaining: allowed ? Math.max(0, limit - share.spent) : 0,
    resetSeconds: Math.max(1, Math.ceil((share.endsAt - performance.now()) / 1000)),
  })

  function spend(share: Share): LimitVerdict {
    share.left -= 1
    share.spent += 1
    return verdict(share, true)
  }

  /** Everybody who waits is served by one question. */
  async function ask(key: string, share: Share): Promise<void> {
    share.isAsking = true
    try {
      while (share.waiting.length > 0) {
        const added = Math.ceil(share.waiting.length / chunk) * chunk
        const askedAt = performance.now()
        const { points, resetMs } = await store.add(key, added, windowMs)
        const before = points - added
        share.left = Math.min(Math.max(limit - before, 0), added)
        share.spent = Math.min(before, limit)
        share.endsAt = askedAt + resetMs
        share.isExhausted = points > limit
        for (const { resolve } of share.waiting.splice(0, share.left)) resolve(spend(share))
        if (!share.isExhausted) continue
        for (const { resolve } of share.waiting.splice(0)) resolve(verdict(share, false))
        if (before <= limit) onExceeded()
      }
    } catch (error) {
      for (const { reject } of share.waiting.splice(0)) reject(error)
    } finally {
      share.isAsking = false
      if (share.left === 0 && !share.isExhausted) shares.delete(key)
    }
  }

  return {
    /** Counts one request. */
    async count(key: string): Promise<LimitVerdict> {
      let share = shares.get(key)
      if (share !== undefined && !share.isAsking) {
        if (share.endsAt <= performance.now()) {
          shares.delete(key)
          share = undefined
        } else if (share.left > 0) return spend(share)
        else if (share.isExhausted) return verdict(share, false)
      }
      if (share === undefined) {
        share = { left: 0, spent: 0, endsAt: 0, isExhausted: false, isAsking: false, waiting: [] }
        shares.set(key, share)
        const [oldest] = shares.keys()
        if (shares.size > maxKeys && oldest !== undefined) shares.delete(oldest)
      }
      const asked = share
      const answer = new Promise<LimitVerdict>((resolve, reject) => asked.waiting.push({ resolve, reject }))
      if (!asked.isAsking) void ask(key, asked)
      return answer
    },
  }
}

/** The largest divisor of the limit that is at most 2 % of it, so that no chunk is ever granted in part. */
export function chunkOf(limit: number): number {
  let chunk = Math.max(1, Math.floor(limit / 50))
  while (limit % chunk !== 0) chunk -= 1
  return chunk
}
