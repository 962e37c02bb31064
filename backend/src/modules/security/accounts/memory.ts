/** Remembers what was found under a key for a few seconds, so that not each request asks the database. */
export function createMemory<T>({ forMs, atMost }: { forMs: number; atMost: number }) {
  const entries = new Map<string, { value: T; until: number }>()
  return {
    get(key: string): T | undefined {
      const entry = entries.get(key)
      return entry !== undefined && entry.until > Date.now() ? entry.value : undefined
    },
    set(key: string, value: T): void {
      if (entries.size >= atMost) entries.clear()
      entries.set(key, { value, until: Date.now() + forMs })
    },
    delete(key: string): void {
      entries.delete(key)
    },
    /** Forgets every value the test is true for. */
    forget(test: (value: T) => boolean): void {
      for (const [key, { value }] of entries) if (test(value)) entries.delete(key)
    },
  }
}
