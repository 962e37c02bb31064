import { readFileSync } from 'node:fs'

export interface MemoryGuardOptions {
  /** Bytes that one worker may occupy for long. */
  shareBytes: number
  /** Looks in a row above its share until a worker is to be replaced. */
  patience?: number
  /** Milliseconds until the next one may be: where a new worker soon needs as much, replacing it helps nobody. */
  restMs?: number
}

export interface MemoryVerdict {
  /** The worker to replace. */
  replace: { id: number; bytes: number } | undefined
  /** Somebody is above the share, and replacing did not help. */
  isTooSmall: boolean
}

/** Decides which worker is to be replaced because it occupies too much. */
export function createMemoryGuard({ shareBytes, patience = 3, restMs = 600_000 }: MemoryGuardOptions) {
  let above = new Map<number, number>()
  let restsUntil = Number.NEGATIVE_INFINITY
  return {
    /** @param readings bytes by worker @param now milliseconds that only grow */
    look(readings: ReadonlyMap<number, number>, now: number): MemoryVerdict {
      // What one that is gone occupied does not count for another.
      above = new Map([...readings].filter(([, bytes]) => bytes > shareBytes).map(([id]) => [id, (above.get(id) ?? 0) + 1]))
      const tooLarge = [...above].filter(([, looks]) => looks >= patience).map(([id]) => ({ id, bytes: readings.get(id) ?? 0 }))
      const [worst] = tooLarge.sort((left, right) => right.bytes - left.bytes)
      if (worst === undefined) return { replace: undefined, isTooSmall: false }
      if (now < restsUntil) return { replace: undefined, isTooSmall: true }
      restsUntil = now + restMs
      above.delete(worst.id)
      return { replace: worst, isTooSmall: false }
    },
  }
}

/** Bytes that a process occupies; undefined where the system does not tell. */
export function residentBytesOf(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch (error) {
    // It has just ended.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
