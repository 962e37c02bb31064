import { Progress } from 'radix-ui'
import { cn } from '@/lib/class-names.ts'
import { formatNumber } from '@/lib/format.ts'
import { isUnderWay } from '../api/sync.ts'
import type { Amount, SyncRun } from '../api/sync-types.ts'
import { timeLeft } from '../durations.ts'
import { byKind, callsOf, kindLabel } from '../words.ts'

/** In percent; what has nothing to do is done. */
const shareOf = ({ done, total }: Amount): number => (total === null ? 0 : total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100)))
const isDone = ({ done, total }: Amount): boolean => total !== null && done >= total

function Bar({ amount, label, className }: { amount: Amount; label: string; className?: string }) {
  const share = shareOf(amount)
  return (
    <Progress.Root aria-label={label} value={share} className={cn('h-1.5 overflow-hidden rounded-full bg-active', className)}>
      <Progress.Indicator className="h-full rounded-full bg-accent transition-[width] duration-150" style={{ width: `${share}%` }} />
    </Progress.Root>
  )
}

/** How far a run is as a whole, how fast it goes and how long it will take. */
export function RunProgressBar({ run, label }: { run: SyncRun; label: string }) {
  const { progress } = run
  const pace =
    run.state === 'paused'
      ? ['paused']
      : [progress.rowsPerSecond === null ? undefined : `${formatNumber(progress.rowsPerSecond, 0)} rows/s`, timeLeft(progress.secondsLeft)]
  return (
    <div className="flex flex-col gap-2">
      <p className="figures flex flex-wrap justify-between gap-x-4 text-sm">
        <span>
          {progress.total === null || (progress.total === 0 && isUnderWay(run))
            ? 'Counting what there is…'
            : `${formatNumber(progress.done)} of ${formatNumber(progress.total)} rows`}
        </span>
        <span className="text-faint">{[...pace, callsOf(run.apiCalls)].filter((part) => part !== undefined).join(', ')}</span>
      </p>
      <Bar amount={progress.total === 0 ? { done: 0, total: null } : progress} label={label} />
      {/* While it runs, the reason why it waits. */}
      {run.error ? <p className="text-sm text-warning">{run.error}</p> : null}
    </div>
  )
}

/** The same kind by kind. */
export function RunEntities({ run }: { run: SyncRun }) {
  const kinds = byKind(run.progress.byEntity)
  if (kinds.length === 0) return null
  return (
    <ul aria-label="Progress by kind" className="grid grid-cols-2 gap-x-8 gap-y-2 max-md:grid-cols-1">
      {kinds.map(([kind, amount]) => (
        <li
          key={kind}
          className="grid grid-cols-[minmax(0,7.5rem)_minmax(0,1fr)_9rem] items-center gap-3 text-sm max-md:grid-cols-[minmax(0,6.5rem)_minmax(0,1fr)_8.5rem]"
        >
          <span className={cn('truncate', isDone(amount) && 'text-soft')}>{kindLabel(kind)}</span>
          <Bar amount={amount} label={`${kindLabel(kind)} progress`} className="h-1" />
          <span className="figures truncate text-right text-xs text-faint">
            {amount.total === null ? formatNumber(amount.done) : `${formatNumber(amount.done)} of ${formatNumber(amount.total)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
