import { useEffect } from 'react'

/** The browser tab's words. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page[0]?.toUpperCase() ?? ''}${page.slice(1)} · ChatSG`
  }, [page])
}
