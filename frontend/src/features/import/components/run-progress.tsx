import { Progress } from 'radix-ui'
import type { ImportRun } from '#contracts/import.ts'
import { Button } from '@/components/button.tsx'
import { announceError } from '@/components/toast.tsx'
import { countOf, formatNumber } from '@/lib/format.ts'
import { useCancelImport } from '../api/imports.ts'
import { timeLeft } from '../time-left.ts'

interface Props {
  run: ImportRun
  /** Rows that the check counted. */
  expectedRows: number
}

/** How far an import is, how fast it goes and how long it will take. */
export function RunProgress({ run, expectedRows }: Props) {
  const cancel = useCancelImport()
  const total = Math.max(run.total, expectedRows)
  const share = total === 0 ? 0 : Math.min(100, Math.round((run.processed / total) * 100))
  // The server estimates the rows from what it has read; the check has counted them.
  const secondsLeft =
    run.secondsLeft === null || run.rowsPerSecond === null || run.rowsPerSecond <= 0 ? run.secondsLeft : (total - run.processed) / run.rowsPerSecond
  const pace = [run.rowsPerSecond === null ? undefined : `${formatNumber(run.rowsPerSecond, 0)} rows/s`, timeLeft(secondsLeft)].filter(
    (part) => part !== undefined,
  )
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="figures flex justify-between gap-4 text-sm">
        <span>
          {run.status === 'queued'
            ? 'Waiting until another import has ended; it starts by itself'
            : `${formatNumber(run.processed)} of ${countOf(total, 'row')}`}
        </span>
        {pace.length > 0 && <span className="text-faint">{pace.join(', ')}</span>}
      </p>
      <Progress.Root aria-label="Import progress" value={share} className="h-1.5 overflow-hidden rounded-full bg-active">
        <Progress.Indicator className="h-full rounded-full bg-accent transition-[width] duration-300" style={{ width: `${share}%` }} />
      </Progress.Root>
      <div className="flex items-center justify-between gap-4">
        <p className="text-sm text-faint">It goes on when you leave this page, and after a restart of the server.</p>
        <Button disabled={cancel.isPending} onClick={() => cancel.mutate(run.id, { onError: announceError })}>
          {cancel.isPending || cancel.isSuccess ? 'Cancelling…' : 'Cancel import'}
        </Button>
      </div>
    </div>
  )
}
