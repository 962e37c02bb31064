import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScheduleRun } from '#contracts/automations.ts'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { runsQuery } from '../api/schedules.ts'
import { runReasonNames, runStateNames } from '../automation-words.ts'

const linkClass = 'underline underline-offset-2'

const columns: readonly ListColumn<ScheduleRun>[] = [
  { key: 'due', label: 'Due', phone: 'heading', className: 'whitespace-nowrap', cell: ({ dueAt }) => <RelativeTime at={dueAt} /> },
  { key: 'reason', label: 'Why', className: 'whitespace-nowrap text-soft', cell: ({ reason }) => runReasonNames[reason] },
  { key: 'state', label: 'State', className: 'whitespace-nowrap', cell: ({ state }) => runStateNames[state] },
  { key: 'result', label: 'Result', className: 'max-w-0 w-full truncate', cell: ({ error, answer }) => error ?? answer?.slice(0, 200) },
  {
    key: 'where',
    label: 'Where',
    phone: 'side',
    className: 'whitespace-nowrap',
    cell: ({ sessionId, mailId }) =>
      sessionId !== null ? (
        <Link to="/chat/{-$sessionId}" params={{ sessionId }} className={linkClass}>
          Conversation
        </Link>
      ) : mailId !== null ? (
        <Link to="/inbox/{-$id}" params={{ id: undefined }} search={{ view: 'outbox' }} className={linkClass}>
          Outbox
        </Link>
      ) : null,
  },
]

/** The last runs of a schedule with what came of them. */
export function ScheduleRuns({ id, question }: { id: string; question: string }) {
  const runs = useQuery(runsQuery(id))
  if (runs.isPending) return <SkeletonRows rows={2} className="rounded-panel border" />
  if (runs.isError) return <ErrorState compact error={runs.error} onRetry={() => runs.refetch()} />
  if (runs.data.items.length === 0) return <EmptyLine>It has not run yet.</EmptyLine>
  return <ListTable caption={`Runs of ${question}`} columns={columns} rows={runs.data.items} rowKey={(run) => run.id} />
}
