import { CircleAlert } from 'lucide-react'
import type { SyncStatus } from '#contracts/sync.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { isUnderWay } from '../api/sync.ts'
import type { SyncRun } from '../api/sync-types.ts'
import { callsOf, changesOf, modeNames } from '../words.ts'
import { ConfirmDeletions } from './confirm-deletions.tsx'
import { RunControls } from './run-controls.tsx'
import { RunEntities, RunProgressBar } from './run-progress.tsx'

function ActiveRun({ run }: { run: SyncRun }) {
  return (
    <>
      <div className="flex items-center gap-x-6 gap-y-3 max-md:flex-col max-md:items-stretch">
        <div className="min-w-0 flex-1">
          <p className="mb-1 text-sm font-medium">
            {modeNames[run.mode]}{' '}
            <span className="font-normal text-faint">{run.requestedBy === 'schedule' ? 'as scheduled' : `asked for by ${run.requestedBy}`}</span>
          </p>
          <RunProgressBar run={run} label="Progress of the run" />
        </div>
        <RunControls run={run} />
      </div>
      {run.mode !== 'incremental' && <RunEntities run={run} />}
    </>
  )
}

function EndedRun({ run }: { run: SyncRun }) {
  const isFailed = run.state === 'failed'
  return (
    <>
      <p className="text-sm">
        <span className="font-medium">Last run</span>{' '}
        <span className="text-faint">
          {modeNames[run.mode].toLowerCase()}, {run.state === 'cancelled' ? 'cancelled' : isFailed ? 'failed' : 'ended'}{' '}
          {run.finishedAt !== null && <RelativeTime at={run.finishedAt} />}
        </span>
      </p>
      {isFailed ? (
        <p className="flex items-start gap-2 text-sm text-danger">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>{run.error ?? 'The server did not say why.'} What was copied before is kept.</span>
        </p>
      ) : (
        <p className="figures text-sm text-soft">
          {changesOf(run)}, with {callsOf(run.apiCalls)}.
        </p>
      )}
      {isFailed && run.mode === 'reconcile' && <ConfirmDeletions />}
    </>
  )
}

/** What runs now, or what ran last; as high either way, so that a short run moves nothing. */
export function RunPanel({ status: { lastRun: run } }: { status: SyncStatus }) {
  return (
    <div className="flex min-h-[86px] flex-col justify-center gap-3 rounded-panel border px-3.5 py-3">
      {run === null ? (
        <p className="text-sm text-faint">Nothing has run yet. The first run starts by itself.</p>
      ) : isUnderWay(run) || run.state === 'paused' ? (
        <ActiveRun run={run} />
      ) : (
        <EndedRun run={run} />
      )}
    </div>
  )
}
