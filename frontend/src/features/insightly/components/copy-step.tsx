import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { SyncStatus } from '#contracts/sync.ts'
import { Button, buttonClass } from '@/components/button.tsx'
import { SkeletonRows } from '@/components/states.tsx'
import { isUnderWay, runsQuery } from '../api/sync.ts'
import type { SyncRun } from '../api/sync-types.ts'
import { callsOf, changesOf } from '../words.ts'
import { RunControls } from './run-controls.tsx'
import { RunEntities, RunProgressBar } from './run-progress.tsx'

const isOpen = (run: SyncRun): boolean => isUnderWay(run) || run.state === 'paused'

/** One run as it was last told; a later one takes its place in the status, and then the list knows how it ended. */
function useRunOf(status: SyncStatus, runId: string): SyncRun | undefined {
  const [run, setRun] = useState<SyncRun>()
  const latest = status.lastRun
  if (latest?.id === runId && latest !== run) setRun(latest)
  const wasOvertaken = run !== undefined && isOpen(run) && latest?.id !== runId
  const runs = useQuery({ ...runsQuery, enabled: wasOvertaken })
  return wasOvertaken ? (runs.data?.find(({ id }) => id === runId) ?? run) : run
}

/** The first copy, from its first page to its last. */
export function CopyStep({ status, runId, onEnd }: { status: SyncStatus; runId: string; onEnd: () => void }) {
  const run = useRunOf(status, runId)
  if (run === undefined) return <SkeletonRows rows={6} className="rounded-panel border py-1" />
  if (isOpen(run)) {
    return (
      <div className="flex flex-col gap-4">
        <RunProgressBar run={run} label="Copying progress" />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-faint">It goes on when you leave this page, and after a restart of the server.</p>
          <RunControls run={run} />
        </div>
        <RunEntities run={run} />
      </div>
    )
  }
  const isDone = run.state === 'done'
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="flex items-start gap-2 text-sm">
        {isDone ? (
          <CircleCheck aria-hidden className="mt-px size-4 shrink-0 text-success" />
        ) : (
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0 text-danger" />
        )}
        <span>
          {isDone
            ? `Copied with ${callsOf(run.apiCalls)}: ${changesOf(run).toLowerCase()}. Changes are fetched by themselves from now on.`
            : `${run.state === 'cancelled' ? 'Cancelled.' : `Stopped: ${run.error ?? 'the server did not say why.'}`} What was copied is kept (${changesOf(run).toLowerCase()}).`}
        </span>
      </p>
      <RunEntities run={run} />
      <div className="flex gap-2">
        <Button look={isDone ? 'plain' : 'primary'} onClick={onEnd}>
          Show the connection
        </Button>
        {isDone && (
          <Link to="/contacts" className={buttonClass('primary')}>
            Show contacts
          </Link>
        )}
      </div>
    </div>
  )
}
