import { LRUCache } from 'lru-cache'
import { deepFreeze } from '#backend/kernel/deep-freeze.ts'

/** Keeps what was computed from a workspace's records for as long as nothing in the workspace changes. */
export interface DataCache {
  /**
   * The value under a key, computed at most once at a time; it is frozen, because its readers share it.
   * @param key names the workspace, its data version, the viewer and everything else the value depends on
   * @param holds whether the value is right for longer than the moment
   */
  get<T extends object>(key: string, compute: () => Promise<T>, holds?: (value: T) => boolean): Promise<T>
}

/** @param maxSize characters of JSON kept in all, about half as many kilobytes of memory as thousands of them */
export function createDataCache(maxSize: number): DataCache {
  const values = new LRUCache<string, object>({ maxSize, maxEntrySize: Math.ceil(maxSize / 8) })
  const computing = new Map<string, Promise<object>>()
  return {
    async get<T extends object>(key: string, compute: () => Promise<T>, holds: (value: T) => boolean = () => true): Promise<T> {
      const kept = values.get(key)
      if (kept !== undefined) return kept as T
      const begun = computing.get(key)
      if (begun !== undefined) {
        // Whoever began may have run out of its own time; then everybody computes for themselves.
        const shared = await begun.catch(() => undefined)
        return shared === undefined ? compute() : (shared as T)
      }
      const promise = compute()
      computing.set(key, promise)
      try {
        const value = deepFreeze(await promise)
        if (holds(value)) values.set(key, value, { size: key.length + sizeOf(value) })
        return value
      } finally {
        computing.delete(key)
      }
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
