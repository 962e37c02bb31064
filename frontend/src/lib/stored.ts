import { useCallback, useState } from 'react'

/** What this browser remembers under a key; storage that is forbidden or damaged counts as empty. */
export function readStored<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`chatsg.${key}`)
    return text === null ? fallback : (JSON.parse(text) as T)
  } catch {
    return fallback
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(`chatsg.${key}`, JSON.stringify(value))
  } catch {
    // A full or forbidden storage costs the convenience, not the work.
  }
}

/** State that outlives the page, for conveniences such as column choice. */
export function useStored<T>(key: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readStored(key, fallback))
  const store = useCallback(
    (next: T) => {
      setValue(next)
      writeStored(key, next)
    },
    [key],
  )
  return [value, store]
}
