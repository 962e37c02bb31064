import { LRUCache } from 'lru-cache'
import { deepFreeze } from '#backend/kernel/deep-freeze.ts'

/** Keeps what was computed from a workspace's records for as long as nothing in the workspace changes. */
export interface DataCache {
  /**
   * The value under a key, computed at most once at a time for one state of the records; it is frozen, because its readers share it.
   * @param key names the workspace and everything else the value depends on but the records and who sees them
   * @param state of the records, and who sees them like that; waited for only where there is something to compare with
   * @param holds whether the value is right for longer than the moment
   */
  get<T extends object>(key: string, state: () => Promise<string>, compute: () => Promise<T>, holds?: (value: T) => boolean): Promise<T>
}

interface Computing {
  state: Promise<string>
  value: Promise<object>
}

/** @param maxSize characters of JSON kept in all, about half as many kilobytes of memory as thousands of them */
export function createDataCache(maxSize: number): DataCache {
  const values = new LRUCache<string, { state: string; value: object }>({ maxSize, maxEntrySize: Math.ceil(maxSize / 8) })
  const computing = new Map<string, Computing>()

  async function keep<T extends object>(key: string, state: () => Promise<string>, compute: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
    const own = { state: state(), value: compute() }
    own.state.catch(() => undefined)
    computing.set(key, own)
    try {
      const value = deepFreeze(await own.value)
      if (holds(value)) values.set(key, { state: await own.state, value }, { size: key.length + sizeOf(value) })
      return value
    } finally {
      if (computing.get(key) === own) computing.delete(key)
    }
  }

  return {
    async get<T extends object>(key: string, state: () => Promise<string>, compute: () => Promise<T>, holds: (value: T) => boolean = () => true): Promise<T> {
      const kept = values.get(key)
      const begun = computing.get(key)
      // Without either, what is computed goes to the database together with the beginning of its transaction.
      if (kept !== undefined || begun !== undefined) {
        const now = await state()
        if (kept?.state === now) return kept.value as T
        if (begun !== undefined && (await begun.state.catch(() => undefined)) === now) {
          // Whoever began may have run out of its own time; then everybody computes for themselves.
          const shared = await begun.value.catch(() => undefined)
          if (shared !== undefined) return shared as T
        }
      }
      return await keep(key, state, compute, holds)
    },
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 8
  if (value === null || typeof value !== 'object') return 8
  let size = 16
  if (value instanceof Map || value instanceof Set) {
    for (const item of value) size += sizeOf(item)
    return size
  }
  for (const key in value) size += 8 + sizeOf((value as Record<string, unknown>)[key])
  return size
}
