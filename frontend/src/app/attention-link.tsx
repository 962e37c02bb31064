import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useInsightlyAttention } from '@/features/insightly/attention.ts'
import { countOf } from '@/lib/format.ts'
import type { CurrentSession } from '@/lib/session.ts'

/** Leads to what waits for a decision of those who may decide; nothing when nothing does. */
export function AttentionLink({ session, onNavigate }: { session: CurrentSession; onNavigate?: (() => void) | undefined }) {
  const count = useInsightlyAttention(session)
  if (count === 0) return null
  return (
    <Link
      to="/settings/insightly"
      onClick={onNavigate}
      activeProps={{ 'aria-current': undefined }}
      title={`${countOf(count, 'thing')} to decide: conflicts, or changes that Insightly refused`}
      className="flex h-7.5 items-center gap-2.5 rounded-control px-2 text-sm text-soft hover:bg-hover hover:text-text"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" strokeWidth={1.75} />
      <span className="flex-1">Insightly</span>
      <span className="figures rounded-full bg-warning-soft px-1.5 text-xs text-warning">
        {count} <span className="sr-only">to decide</span>
      </span>
    </Link>
  )
}
