import type { PointStore } from './point-store.ts'

/** Counts in this process alone, and forgets the oldest windows when there are too many. */
export function createMemoryPoints({ maxKeys = 100_000 }: { maxKeys?: number } = {}): PointStore {
  const windows = new Map<string, { points: number; endsAt: number }>()
  return {
    async add(key, points, windowMs) {
      const now = performance.now()
      let window = windows.get(key)
      if (window === undefined || window.endsAt <= now) {
        // Taken out first, so that the map stays in the order in which windows started.
        windows.delete(key)
        window = { points: 0, endsAt: now + windowMs }
        windows.set(key, window)
        const [oldest] = windows.keys()
        if (windows.size > maxKeys && oldest !== undefined) windows.delete(oldest)
      }
      window.points = Math.max(0, window.points + points)
      return { points: window.points, resetMs: Math.ceil(window.endsAt - now) }
    },
  }
}
