import { CircleCheck, CircleDashed, CircleSlash, CircleX, type LucideIcon, TimerOff, Undo2 } from 'lucide-react'
import type { Proposal } from '#contracts/approvals.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { cn } from '@/lib/class-names.ts'

export const statusNames: Readonly<Record<Proposal['status'], string>> = {
  pending: 'Waiting',
  approved: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
  failed: 'Failed',
  undone: 'Undone',
}

const looks: Readonly<Record<Proposal['status'], { icon: LucideIcon; tone: string }>> = {
  pending: { icon: CircleDashed, tone: 'text-info' },
  approved: { icon: CircleCheck, tone: 'text-success' },
  rejected: { icon: CircleSlash, tone: 'text-faint' },
  expired: { icon: TimerOff, tone: 'text-faint' },
  failed: { icon: CircleX, tone: 'text-danger' },
  undone: { icon: Undo2, tone: 'text-faint' },
}

/** A status in a word, with its icon. */
export function ProposalStatus({ status }: { status: Proposal['status'] }) {
  const { icon: Icon, tone } = looks[status]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {statusNames[status]}
    </span>
  )
}

/** What became of it, and by whom. */
export function ProposalState({ proposal }: { proposal: Proposal }) {
  const { status, decidedBy, decidedAt, undoneBy, undoneAt, edited } = proposal
  const { icon: Icon, tone } = looks[status]
  const at = status === 'undone' ? undoneAt : decidedAt
  const by = status === 'undone' ? undoneBy : decidedBy
  return (
    <p role="status" className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-soft">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} />
      <span>
        {status === 'pending' ? 'Waits for a decision' : statusNames[status]}
        {edited && status === 'approved' ? ' with changes' : ''}
        {status === 'approved' && decidedBy?.policyId != null ? ' by a policy of' : by === null || by === undefined ? '' : ' by'}
        {by === null || by === undefined ? '' : ` ${by.name}`}
      </span>
      {status !== 'pending' && at !== null && <RelativeTime at={at} className="text-faint" />}
    </p>
  )
}
