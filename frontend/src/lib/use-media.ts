import { useSyncExternalStore } from 'react'

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const list = matchMedia(query)
      list.addEventListener('change', notify)
      return () => list.removeEventListener('change', notify)
    },
    () => matchMedia(query).matches,
    () => false,
  )
}

/** A phone or a narrow window: one column, panels as sheets. */
export const useNarrow = (): boolean => useMedia('(max-width: 767px)')
export const useWide = (): boolean => useMedia('(min-width: 1180px)')
