import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Undo2 } from 'lucide-react'
import { Progress } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { Button, buttonClass } from '@/components/button.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announceError } from '@/components/toast.tsx'
import { countOf, formatNumber } from '@/lib/format.ts'
import { nounOf, type PageEntity, pathOfEntity } from '@/lib/record-links.ts'
import { importRunQuery, useRefreshAfterImport, useUndoImport } from '../api/imports.ts'
import { importNoun } from '../import-noun.ts'
import { Counts, rowsInError } from './counts.tsx'
import { RowErrors } from './row-errors.tsx'
import { announceUndone } from './undone.ts'

/** The import while it runs and after. */
export function RunStep({
  importId,
  entity,
  fileName,
  expectedRows,
  onAgain,
}: {
  importId: string /** Rows that the check counted. */
  expectedRows: number
  entity: PageEntity
  fileName: string
  onAgain: () => void
}) {
  const { data: run, error, refetch } = useQuery(importRunQuery(importId))
  const undo = useUndoImport()
  const refresh = useRefreshAfterImport()
  const ended = run !== undefined && run.status !== 'running'
  const told = useRef(false)
  useEffect(() => {
    if (!ended || told.current) return
    told.current = true
    refresh()
  }, [ended, refresh])
  if (error !== null && run === undefined) return <ErrorState compact error={error} onRetry={() => refetch()} />
  if (run === undefined) return <SkeletonRows rows={3} />
  if (run.status === 'running') {
    const total = Math.max(run.total, expectedRows)
    const share = total === 0 ? 0 : Math.min(100, Math.round((run.processed / total) * 100))
    return (
      <div className="flex flex-col gap-3">
        <p role="status" className="figures flex justify-between text-sm">
          <span>
            {formatNumber(run.processed)} of {countOf(total, 'row')}
          </span>
          {run.rowsPerSecond !== null && <span className="text-faint">{formatNumber(run.rowsPerSecond, 0)} rows/s</span>}
        </p>
        <Progress.Root aria-label="Import progress" value={share} className="h-1.5 overflow-hidden rounded-full bg-active">
          <Progress.Indicator className="h-full rounded-full bg-accent transition-[width] duration-300" style={{ width: `${share}%` }} />
        </Progress.Root>
        <p className="text-sm text-faint">It goes on when you leave this page.</p>
      </div>
    )
  }
  const undone = run.status === 'undone'
  const failed = run.status === 'failed'
  return (
    <div className="flex flex-col gap-4">
      <p role={failed ? 'alert' : 'status'} className="flex items-center gap-2 text-sm">
        {failed ? (
          <CircleAlert aria-hidden className="size-4 text-danger" />
        ) : undone ? (
          <Undo2 aria-hidden className="size-4 text-faint" />
        ) : (
          <CircleCheck aria-hidden className="size-4 text-success" />
        )}
        {undone
          ? 'This import was undone: what it created is removed, what it changed is as before.'
          : failed
            ? `The import stopped: ${run.failure ?? 'the server did not say why'}. What had landed is kept and can be undone.`
            : `Done. ${formatNumber(run.created)} ${importNoun(entity, run.created)} created, ${formatNumber(run.updated)} updated.`}
      </p>
      <Counts created={run.created} updated={run.updated} skipped={run.skipped} errors={rowsInError(run)} />
      <RowErrors errors={run.errors} count={run.errorCount} fileName={fileName} />
      <div className="flex flex-wrap gap-2">
        {!undone && (
          <Button disabled={undo.isPending} onClick={() => undo.mutate(run.id, { onError: announceError, onSuccess: announceUndone })}>
            <Undo2 aria-hidden className="size-3.5" /> {undo.isPending ? 'Undoing…' : 'Undo import'}
          </Button>
        )}
        <Button onClick={onAgain}>Import another file</Button>
        <span className="flex-1" />
        <Link to={pathOfEntity(entity)} className={buttonClass('primary')}>
          Show {nounOf(entity, 0)}
        </Link>
      </div>
    </div>
  )
}
