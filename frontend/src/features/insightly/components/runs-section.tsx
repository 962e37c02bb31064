import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CirclePause, CircleSlash, Clock, LoaderCircle } from 'lucide-react'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { formatNumber } from '@/lib/format.ts'
import { isUnderWay, runsQuery } from '../api/sync.ts'
import type { RunState, SyncRun } from '../api/sync-types.ts'
import { took } from '../durations.ts'
import { changesOf, modeNames, requester } from '../words.ts'

const states: Readonly<Record<RunState, { icon: typeof Clock; word: string; tone: string }>> = {
  queued: { icon: Clock, word: 'Waiting', tone: 'text-faint' },
  running: { icon: LoaderCircle, word: 'Running', tone: 'text-info' },
  paused: { icon: CirclePause, word: 'Paused', tone: 'text-warning' },
  done: { icon: CircleCheck, word: 'Done', tone: 'text-success' },
  failed: { icon: CircleAlert, word: 'Failed', tone: 'text-danger' },
  cancelled: { icon: CircleSlash, word: 'Cancelled', tone: 'text-faint' },
}

function State({ state }: { state: RunState }) {
  const { icon: Icon, word, tone } = states[state]
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {word}
    </span>
  )
}

const columns: readonly ListColumn<SyncRun>[] = [
  { key: 'mode', label: 'What', phone: 'heading', className: 'whitespace-nowrap', cell: (run) => modeNames[run.mode] },
  { key: 'state', label: 'State', phone: 'side', className: 'whitespace-nowrap', cell: (run) => <State state={run.state} /> },
  {
    key: 'changes',
    label: 'Changes here',
    className: 'w-full min-w-48',
    cell: (run) => (
      <span className="figures">
        {isUnderWay(run) ? '' : changesOf(run)}
        {run.error ? <span className="block text-xs text-danger">{run.error}</span> : null}
      </span>
    ),
  },
  { key: 'calls', label: 'Calls', className: 'figures text-right whitespace-nowrap', cell: (run) => formatNumber(run.apiCalls) },
  { key: 'took', label: 'Took', className: 'figures whitespace-nowrap', cell: (run) => took(run.startedAt, run.finishedAt) ?? '' },
  { key: 'by', label: 'Asked for by', className: 'max-w-40 truncate', cell: requester },
  {
    key: 'started',
    label: 'Started',
    className: 'whitespace-nowrap',
    cell: (run) => (run.startedAt === null ? <span className="text-faint">not yet</span> : <RelativeTime at={run.startedAt} />),
  },
]

/** What ran lately, and what came of it. */
export function RunsSection() {
  const runs = useQuery(runsQuery)
  return (
    <Section title="Last runs">
      {runs.isPending ? (
        <SkeletonRows rows={4} className="rounded-panel border" />
      ) : runs.isError ? (
        <ErrorState compact error={runs.error} onRetry={() => runs.refetch()} />
      ) : runs.data.length === 0 ? (
        <EmptyLine>Nothing has run yet.</EmptyLine>
      ) : (
        <ListTable caption="Last runs" columns={columns} rows={runs.data} rowKey={(run) => run.id} />
      )}
    </Section>
  )
}
