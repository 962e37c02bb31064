import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button, buttonClass } from '@/components/button.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announceError } from '@/components/toast.tsx'
import { countOf, formatNumber } from '@/lib/format.ts'
import { everythingOf, nounOf, type PageEntity, pathOfEntity } from '@/lib/record-links.ts'
import { importRunQuery, isUnderWay, useRefreshAfterImport, useUndoImport } from '../api/imports.ts'
import { importNoun } from '../import-noun.ts'
import { Counts, rowsInError } from './counts.tsx'
import { RowErrors } from './row-errors.tsx'
import { RunProgress } from './run-progress.tsx'
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
  const ended = run !== undefined && !isUnderWay(run)
  const told = useRef(false)
  useEffect(() => {
    if (!ended || told.current) return
    told.current = true
    refresh()
  }, [ended, refresh])
  if (error !== null && run === undefined) return <ErrorState compact error={error} onRetry={() => refetch()} />
  if (run === undefined) return <SkeletonRows rows={3} />
  if (isUnderWay(run)) return <RunProgress run={run} expectedRows={expectedRows} />
  const undone = run.status === 'undone'
  const failed = run.status === 'failed'
  const cancelled = run.status === 'cancelled'
  return (
    <div className="flex flex-col gap-4">
      <p role={failed ? 'alert' : 'status'} className="flex items-center gap-2 text-sm">
        {failed || cancelled ? (
          <CircleAlert aria-hidden className={failed ? 'size-4 text-danger' : 'size-4 text-warning'} />
        ) : undone ? (
          <Undo2 aria-hidden className="size-4 text-faint" />
        ) : (
          <CircleCheck aria-hidden className="size-4 text-success" />
        )}
        {undone
          ? 'This import was undone: what it created is removed, what it changed is as before.'
          : failed
            ? `The import stopped: ${run.failure ?? 'the server did not say why'}. What had landed is kept and can be undone.`
            : cancelled
              ? `Cancelled. ${countOf(run.processed, 'row')} had been dealt with; what had landed is kept and can be undone.`
              : `Done. ${formatNumber(run.created)} ${importNoun(entity, run.created)} created, ${formatNumber(run.updated)} updated.`}
      </p>
      {!undone && <Counts created={run.created} updated={run.updated} skipped={run.skipped} errors={rowsInError(run)} />}
      <RowErrors entity={entity} errors={run.errors} count={run.errorCount} fileName={fileName} />
      <div className="flex flex-wrap gap-2">
        {!undone && (
          <Button disabled={undo.isPending} onClick={() => undo.mutate(run.id, { onError: announceError, onSuccess: announceUndone })}>
            <Undo2 aria-hidden className="size-3.5" /> {undo.isPending ? 'Undoing…' : 'Undo import'}
          </Button>
        )}
        <Button onClick={onAgain}>Import another file</Button>
        <span className="flex-1" />
        <Link to={pathOfEntity(entity)} search={everythingOf(entity)} className={buttonClass('primary')}>
          Show {nounOf(entity, 0)}
        </Link>
      </div>
    </div>
  )
}
