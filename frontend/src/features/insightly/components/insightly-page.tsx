import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { SyncStatus } from '#contracts/sync.ts'
import { ErrorState } from '@/components/states.tsx'
import { isUnderWay, refreshLists, refreshRecords, watchedSyncQuery } from '../api/sync.ts'
import { ConflictsSection } from './conflicts-section.tsx'
import { ConnectWizard } from './connect-wizard.tsx'
import { HookSection } from './hook-section.tsx'
import { LeaveSection } from './leave-section.tsx'
import { OutboxSection } from './outbox-section.tsx'
import { PageSkeleton } from './page-skeleton.tsx'
import { RunsSection } from './runs-section.tsx'
import { StatusSection } from './status-section.tsx'

/** The lists below are read again when the status says that they are no longer what they were. */
function useFollowers(status: SyncStatus | undefined): void {
  const client = useQueryClient()
  const run = status?.lastRun
  const state = status && [run?.id, run?.state, status.outbox.pending, status.outbox.failed, status.conflicts].join()
  const before = useRef(state)
  useEffect(() => {
    if (before.current !== undefined && before.current !== state) refreshLists(client)
    before.current = state
  }, [client, state])

  const running = isUnderWay(run)
  const wasRunning = useRef(running)
  useEffect(() => {
    if (wasRunning.current && !running) refreshRecords(client)
    wasRunning.current = running
  }, [client, running])
}

function ConnectedPage({ status, error }: { status: SyncStatus; error: unknown }) {
  return (
    <>
      {error !== null && (
        <div className="mb-5">
          <ErrorState compact error={error} />
        </div>
      )}
      <StatusSection status={status} />
      <ConflictsSection />
      <OutboxSection />
      <RunsSection />
      {status.hookUrl !== null && <HookSection url={status.hookUrl} />}
      <LeaveSection status={status} />
    </>
  )
}

/** The connection with Insightly: made, watched, decided about and ended here. */
export function InsightlyPage() {
  const { data: status, error, isPending, refetch } = useQuery(watchedSyncQuery)
  // The wizard stays until it is left, although the connection exists from its last step on.
  const [connecting, setConnecting] = useState(false)
  useFollowers(status)
  if (status !== undefined && status.connection === null && !connecting) setConnecting(true)
  if (isPending) return <PageSkeleton />
  if (status === undefined) return <ErrorState compact error={error} onRetry={() => void refetch()} />
  if (connecting || status.connection === null) {
    return <ConnectWizard status={status} onEnd={() => setConnecting(false)} />
  }
  return <ConnectedPage status={status} error={error} />
}
