import { cn } from '@/lib/class-names.ts'
import { formatNumber } from '@/lib/format.ts'
import type { Quota } from '../api/sync-types.ts'

/** How many of the day's calls are left: a quiet line that colours only when they become few. */
export function QuotaMeter({ quota: { limit, remaining } }: { quota: Quota }) {
  const share = limit === null ? 1 : limit === 0 ? 0 : Math.max(0, Math.min(1, remaining / limit))
  const isLow = share < 0.1
  return (
    <span className="flex flex-col gap-1.5">
      <span className={cn('figures', isLow && 'text-warning')}>
        {formatNumber(remaining)}
        {limit !== null && ` of ${formatNumber(limit)}`}
        {isLow && ': few are left'}
      </span>
      <span aria-hidden className="block h-1 w-full max-w-36 overflow-hidden rounded-full bg-active">
        <span className={cn('block h-full rounded-full', isLow ? 'bg-warning' : 'bg-line-strong')} style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  )
}
