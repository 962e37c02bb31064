import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleSlash, Clock, LoaderCircle, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { ImportRun } from '#contracts/import.ts'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announceError } from '@/components/toast.tsx'
import { formatNumber } from '@/lib/format.ts'
import { importRunsQuery, isUnderWay, useCancelImport, useUndoImport } from '../api/imports.ts'
import { rowsInError } from './counts.tsx'
import { announceUndone } from './undone.ts'

const statuses = {
  queued: { icon: Clock, word: 'Waiting', tone: 'text-faint' },
  running: { icon: LoaderCircle, word: 'Running', tone: 'text-info' },
  done: { icon: CircleCheck, word: 'Done', tone: 'text-success' },
  failed: { icon: CircleAlert, word: 'Stopped', tone: 'text-danger' },
  cancelled: { icon: CircleSlash, word: 'Cancelled', tone: 'text-warning' },
  undone: { icon: Undo2, word: 'Undone', tone: 'text-faint' },
} as const

function RunRow({ run }: { run: ImportRun }) {
  const [asking, setAsking] = useState(false)
  const undo = useUndoImport()
  const cancel = useCancelImport()
  const { icon: Icon, word, tone } = statuses[run.status]
  // While it runs, how many rows there are is an estimate.
  const bad = isUnderWay(run) ? 0 : rowsInError(run)
  const label = entities[run.entity as EntityName]?.labelPlural ?? run.entity
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2 text-sm last:border-b-0 max-md:gap-x-2">
      <span className="flex w-24 shrink-0 items-center gap-1.5">
        <Icon aria-hidden className={`size-3.5 ${tone}`} /> {word}
      </span>
      <span className="min-w-0 flex-1 truncate max-md:basis-1/2">
        <span className="font-medium">{run.fileName ?? 'Without a name'}</span> <span className="text-faint">{label}</span>
      </span>
      <span className="figures text-soft">
        {isUnderWay(run) ? `${formatNumber(run.processed)} of about ${formatNumber(Math.max(run.total, run.processed))} rows, ` : ''}
        {formatNumber(run.created)} new, {formatNumber(run.updated)} updated{bad > 0 && `, ${formatNumber(bad)} with errors`}
      </span>
      <RelativeTime at={run.startedAt} className="w-28 text-right text-xs text-faint max-md:ml-auto max-md:w-auto" />
      <span className="w-16 text-right max-md:w-auto">
        {isUnderWay(run) && (
          <Button small look="quiet" disabled={cancel.isPending} onClick={() => cancel.mutate(run.id, { onError: announceError })}>
            Cancel
          </Button>
        )}
        {!isUnderWay(run) && run.status !== 'undone' && (
          <Button small look="quiet" disabled={undo.isPending} onClick={() => setAsking(true)}>
            Undo
          </Button>
        )}
      </span>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Undo this import?"
        action="Undo import"
        onConfirm={() => undo.mutate(run.id, { onError: announceError, onSuccess: announceUndone })}
      >
        The {formatNumber(run.created)} records it created are removed and the {formatNumber(run.updated)} it changed get their earlier values back. Records
        somebody has changed since stay as they are.
      </Confirm>
    </li>
  )
}

/** Earlier imports, each of which can be undone. */
export function ImportHistory() {
  const runs = useQuery(importRunsQuery)
  if (runs.isPending) return <SkeletonRows rows={3} />
  if (runs.isError) return <ErrorState compact error={runs.error} onRetry={() => runs.refetch()} />
  if (runs.data.length === 0) return null
  return (
    <section aria-label="Earlier imports" className="mt-10">
      <h2 className="mb-1 text-sm font-medium">Earlier imports</h2>
      <ul>
        {runs.data.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
    </section>
  )
}
