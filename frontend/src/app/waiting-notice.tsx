import { Link } from '@tanstack/react-router'
import { ClipboardCheck } from 'lucide-react'
import { useWaitingCount } from '@/lib/approvals.ts'
import { countOf } from '@/lib/format.ts'

/** Says on the home page how many changes wait for a decision; nothing when none does. */
export function WaitingNotice() {
  const count = useWaitingCount()
  if (count === 0) return null
  return (
    <Link to="/approvals" className="mt-8 flex items-center gap-2.5 rounded-panel border px-3.5 py-2.5 text-sm hover:bg-hover">
      <ClipboardCheck aria-hidden className="size-4 shrink-0 text-accent-text" strokeWidth={1.75} />
      <span className="flex-1">{countOf(count, 'change waits', 'changes wait')} for approval</span>
      <span className="text-accent-text">Decide</span>
    </Link>
  )
}
