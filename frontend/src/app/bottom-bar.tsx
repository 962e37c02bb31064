import { Link } from '@tanstack/react-router'
import { Menu as MenuIcon, Search } from 'lucide-react'
import { useState } from 'react'
import { Sheet } from '@/components/dialog.tsx'
import { useInsightlyAttention } from '@/features/insightly/attention.ts'
import { useWaitingCount } from '@/lib/approvals.ts'
import type { CurrentSession } from '@/lib/session.ts'
import { AccountMenu } from './account-menu.tsx'
import { AttentionLink } from './attention-link.tsx'
import { barDestinations, destinations } from './navigation.ts'
import { NavigationLink } from './sidebar.tsx'

const itemClass = 'flex flex-1 flex-col items-center justify-center gap-0.5 text-[10.5px] text-faint'

/** A phone's navigation: four places and the rest behind "More". */
export function BottomBar({ session, onSearch }: { session: CurrentSession; onSearch: () => void }) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const attention = useInsightlyAttention(session) + useWaitingCount()
  return (
    <nav aria-label="Main" className="flex h-14 shrink-0 border-t bg-page pb-[env(safe-area-inset-bottom)]">
      {barDestinations.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/' }}
          className={itemClass}
          activeProps={{ className: 'text-accent-text! font-medium', 'aria-current': 'page' }}
        >
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          {label === 'Opportunities' ? 'Deals' : label}
        </Link>
      ))}
      <button type="button" className={itemClass} onClick={() => setOpen(true)}>
        <span className="relative">
          <MenuIcon aria-hidden className="size-5" strokeWidth={1.75} />
          {attention > 0 && <span aria-hidden className="absolute -top-0.5 -right-1 size-2 rounded-full bg-warning" />}
        </span>
        More{attention > 0 && <span className="sr-only">, {attention} to decide</span>}
      </button>
      <Sheet open={open} onOpenChange={setOpen} title={session.workspace.name} side="bottom">
        <div className="flex flex-col gap-3 p-3">
          <button
            type="button"
            className="flex h-9 items-center gap-2 rounded-control border px-2.5 text-sm text-faint"
            onClick={() => {
              close()
              onSearch()
            }}
          >
            <Search aria-hidden className="size-4" /> Search or run a command
          </button>
          {destinations.map((group) => (
            <ul key={group.title ?? 'top'} className="grid grid-cols-2 gap-1">
              {(group.title === null ? group.items.filter((item) => !barDestinations.includes(item)) : group.items).map((item) => (
                <li key={item.to}>
                  <NavigationLink {...item} onNavigate={close} />
                </li>
              ))}
            </ul>
          ))}
          <AttentionLink session={session} onNavigate={close} />
          <div className="border-t pt-2">
            <AccountMenu session={session} />
          </div>
        </div>
      </Sheet>
    </nav>
  )
}
