import { type RefObject, useEffect, useRef, useState } from 'react'

/** An item of a menu is gone when its dialog closes; the button of the menu is not. */
function lastingOf(element: Element | null): Element | null {
  const menu = element?.closest('[role=menu]')
  return menu == null ? element : document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
}

/** For what mounts as it opens over the page: gives the keyboard back to where it was when that closes. */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(() => lastingOf(document.activeElement))
  return (event) => {
    if (!(opener instanceof HTMLElement) || !opener.isConnected || opener === document.body) return
    event.preventDefault()
    opener.focus()
  }
}

/** For what opens in the page itself: the ref of the button that opens it, which has the keyboard again when that has closed. */
export function useKeyboardBack<T extends HTMLElement>(open: boolean): RefObject<T | null> {
  const opener = useRef<T>(null)
  const wasOpen = useRef(open)
  useEffect(() => {
    // Whoever has gone on elsewhere stays there.
    if (wasOpen.current && !open && document.activeElement === document.body) opener.current?.focus()
    wasOpen.current = open
  }, [open])
  return opener
}

/** A form begins at its first field, not at the button that closes it. */
export function focusFirstField(event: Event): void {
  const field =
    event.target instanceof Element ? event.target.querySelector('input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled)') : null
  if (!(field instanceof HTMLElement)) return
  event.preventDefault()
  field.focus()
}
