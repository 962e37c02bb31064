import { useEffect, useLayoutEffect, useRef } from 'react'

const nearPixels = 80

/** Keeps the end in sight while the content grows, unless the reader has scrolled away. */
export function useStickToEnd(signal: unknown, hasContent: boolean) {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const active = useRef(hasContent)
  active.current = hasContent
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signal is what has grown
  useLayoutEffect(() => {
    if (active.current && atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight
  }, [signal])
  useEffect(() => {
    // Charts and tables take their height after they are drawn.
    const content = box.current?.firstElementChild
    if (!content) return
    const observer = new ResizeObserver(() => {
      if (active.current && atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight
    })
    observer.observe(content)
    return () => observer.disconnect()
  }, [])
  return {
    box,
    onScroll: () => {
      const element = box.current
      if (element !== null && active.current) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPixels
    },
    follow: () => {
      atEnd.current = true
    },
  }
}
