import { Outlet } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useFollowApprovals } from '@/lib/approvals.ts'
import type { CurrentSession } from '@/lib/session.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { BottomBar } from './bottom-bar.tsx'
import { Palette } from './palette.tsx'
import { Sidebar } from './sidebar.tsx'

/** Navigation around the page, and the palette over it. */
export function Shell({ session }: { session: CurrentSession }) {
  const narrow = useNarrow()
  const [searching, setSearching] = useState(false)
  useFollowApprovals()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setSearching((open) => !open)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const search = () => setSearching(true)
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#main"
        className="sr-only z-50 rounded-control bg-accent px-3 py-1.5 text-sm text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      {!narrow && <Sidebar session={session} onSearch={search} />}
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        <Outlet />
      </main>
      {narrow && <BottomBar session={session} onSearch={search} />}
      <Palette session={session} open={searching} onOpenChange={setSearching} />
    </div>
  )
}
