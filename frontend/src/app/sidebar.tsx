import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { commandKey, Kbd } from '@/components/kbd.tsx'
import { Mark } from '@/components/mark.tsx'
import { useWaitingCount } from '@/lib/approvals.ts'
import type { CurrentSession } from '@/lib/session.ts'
import { AccountMenu } from './account-menu.tsx'
import { AttentionLink } from './attention-link.tsx'
import { type Destination, destinations } from './navigation.ts'

/** How many changes wait, beside the word that leads to them. */
function WaitingBadge() {
  const count = useWaitingCount()
  if (count === 0) return null
  return (
    <span className="figures ml-auto rounded-full bg-accent-soft px-1.5 text-xs text-accent-text">
      {count > 99 ? '99+' : count} <span className="sr-only">waiting</span>
    </span>
  )
}

export function NavigationLink({ to, label, icon: Icon, onNavigate }: Destination & { onNavigate?: (() => void) | undefined }) {
  return (
    <Link
      to={to}
      onClick={onNavigate}
      activeOptions={{ exact: to === '/' }}
      className="flex h-7.5 items-center gap-2.5 rounded-control px-2 text-sm text-soft hover:bg-hover hover:text-text [&_svg]:text-faint"
      activeProps={{ className: 'bg-active! text-text! font-medium [&_svg]:text-text!', 'aria-current': 'page' }}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {label}
      {to === '/approvals' && <WaitingBadge />}
    </Link>
  )
}

/** The 208 px column on the left. */
export function Sidebar({ session, onSearch }: { session: CurrentSession; onSearch: () => void }) {
  return (
    <nav aria-label="Main" className="flex w-52 shrink-0 flex-col border-r bg-sunken">
      <div className="flex h-12 shrink-0 items-center gap-2 px-3.5">
        <Mark className="size-5.5 shrink-0" />
        <span className="truncate font-semibold">{session.workspace.name}</span>
      </div>
      <div className="px-2.5 pb-2">
        <button
          type="button"
          onClick={onSearch}
          aria-keyshortcuts="Control+K Meta+K"
          className="flex h-8 w-full items-center gap-2 rounded-control border bg-page px-2 text-sm text-faint hover:border-line-strong"
        >
          <Search aria-hidden className="size-3.5" />
          <span className="flex-1 text-left">Search</span>
          <span className="flex gap-0.5">
            <Kbd>{commandKey}</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-4">
        {destinations.map((group) => (
          <div key={group.title ?? 'top'} className="mt-3 first:mt-0">
            {group.title !== null && <p className="px-2 pb-1 text-xs text-faint">{group.title}</p>}
            <ul className="flex flex-col gap-px">
              {group.items.map((item) => (
                <li key={item.to}>
                  <NavigationLink {...item} />
                </li>
              ))}
            </ul>
          </div>
        ))}
        <AttentionLink session={session} />
      </div>
      <div className="border-t p-2">
        <AccountMenu session={session} />
      </div>
    </nav>
  )
}
