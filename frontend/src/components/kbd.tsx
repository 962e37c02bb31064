import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="inline-grid h-4.5 min-w-4.5 place-items-center rounded border bg-page px-1 font-sans text-[10.5px] text-faint">{children}</kbd>
}

/** ⌘ on Apple machines, Ctrl elsewhere. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'
