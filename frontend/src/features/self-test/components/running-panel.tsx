import { Progress } from 'radix-ui'
import type { SelfTestRun } from '#contracts/self-test.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { formatNumber } from '@/lib/format.ts'
import { runName } from '../run-words.ts'

/** How far the run is that is going on; nothing can stop it, and it goes on when this page is left. */
export function RunningPanel({ run }: { run: Pick<SelfTestRun, 'name' | 'progress' | 'startedBy' | 'startedAt'> | undefined }) {
  const progress = run?.progress
  const isCounted = progress != null && progress.total > 0
  const share = isCounted ? Math.floor((progress.done / progress.total) * 100) : null
  return (
    <div className="flex min-h-[86px] flex-col justify-center gap-2 rounded-panel border px-3.5 py-3">
      <p className="figures flex flex-wrap justify-between gap-x-4 text-sm">
        <span role="status" className="font-medium">
          {run === undefined ? 'Starting…' : runName(run.name)}
          {isCounted && `: ${formatNumber(progress.done)} of ${formatNumber(progress.total)}`}
        </span>
        {run !== undefined && (
          <span className="text-faint">
            asked for by {run.startedBy} <RelativeTime at={run.startedAt} />
          </span>
        )}
      </p>
      <Progress.Root aria-label="Progress of the self-test" value={share} className="h-1.5 overflow-hidden rounded-full bg-active">
        <Progress.Indicator className="h-full rounded-full bg-accent transition-[width] duration-150" style={{ width: `${share ?? 2}%` }} />
      </Progress.Root>
      <p className="truncate text-sm text-faint">{progress?.current ?? 'Waiting for the server'}</p>
    </div>
  )
}
