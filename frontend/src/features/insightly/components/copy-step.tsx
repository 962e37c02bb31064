import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { SyncStatus } from '#contracts/sync.ts'
import { Button, buttonClass } from '@/components/button.tsx'
import { SkeletonRows } from '@/components/states.tsx'
import { formatNumber } from '@/lib/format.ts'
import { isUnderWay } from '../api/sync.ts'
import { callsOf, changesOf } from '../words.ts'
import { RunControls } from './run-controls.tsx'
import { RunEntities, RunProgressBar } from './run-progress.tsx'

/** The first copy, from its first page to its last. */
export function CopyStep({ status, runId, onEnd }: { status: SyncStatus; runId: string; onEnd: () => void }) {
  const run = status.lastRun?.id === runId ? status.lastRun : undefined
  if (run === undefined) return <SkeletonRows rows={6} className="rounded-panel border py-1" />
  if (isUnderWay(run) || run.state === 'paused') {
    return (
      <div className="flex flex-col gap-4">
        <RunProgressBar run={run} label="Copying progress" />
        <RunEntities run={run} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-faint">It goes on when you leave this page, and after a restart of the server.</p>
          <RunControls run={run} />
        </div>
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
            Show {formatNumber(run.counts.contacts?.created ?? 0)} contacts
          </Link>
        )}
      </div>
    </div>
  )
}
