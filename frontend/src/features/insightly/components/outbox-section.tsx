import { useQuery } from '@tanstack/react-query'
import { CircleAlert, Clock, LoaderCircle } from 'lucide-react'
import type { OutboxItem } from '#contracts/outbox.ts'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { outboxQuery } from '../api/outbox.ts'
import { changeWords, oneLabel } from '../words.ts'
import { MoreLine } from './more-line.tsx'
import { OutboxActions } from './outbox-actions.tsx'
import { RecordLink } from './record-link.tsx'

const states = {
  pending: { icon: Clock, word: 'Waiting', tone: 'text-faint' },
  sending: { icon: LoaderCircle, word: 'Being sent', tone: 'text-info' },
  failed: { icon: CircleAlert, word: 'Not sent', tone: 'text-danger' },
} as const

function State({ item }: { item: OutboxItem }) {
  if (item.status === 'done' || item.status === 'dropped') return null
  const { icon: Icon, word, tone } = states[item.status]
  return (
    <span className="block py-1">
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {word}
        {item.status === 'pending' && item.attempts > 0 && (
          <span className="text-faint">after {item.attempts === 1 ? 'one try' : `${item.attempts} tries`}</span>
        )}
      </span>
      {item.error !== null && (
        <span className={cn('mt-0.5 block text-xs wrap-anywhere', item.status === 'failed' ? 'text-danger' : 'text-soft')}>{item.error}</span>
      )}
    </span>
  )
}

const columns: readonly ListColumn<OutboxItem>[] = [
  {
    key: 'record',
    label: 'Record',
    phone: 'heading',
    className: 'max-w-56',
    cell: (item) => (
      <span className="block min-w-0 py-1 leading-tight">
        <RecordLink entity={item.entity} id={item.recordId} label={item.label} className="block truncate" />
        <span className="block text-xs text-faint">{oneLabel(item.entity)}</span>
      </span>
    ),
  },
  { key: 'change', label: 'What', className: 'min-w-44', cell: (item) => changeWords(item) },
  { key: 'state', label: 'State', className: 'w-1/2 min-w-52', cell: (item) => <State item={item} /> },
  { key: 'by', label: 'By', className: 'max-w-36 truncate', cell: (item) => item.madeBy ?? '' },
  { key: 'at', label: 'Changed', className: 'whitespace-nowrap', cell: (item) => <RelativeTime at={item.madeAt} /> },
  {
    key: 'actions',
    label: 'Actions',
    phone: 'side',
    className: 'text-right whitespace-nowrap',
    cell: (item) => (item.status === 'failed' || (item.status === 'pending' && item.attempts > 0) ? <OutboxActions item={item} /> : null),
  },
]

/** Changes made here that are not in Insightly yet. */
export function OutboxSection() {
  const outbox = useQuery(outboxQuery)
  return (
    <Section
      title="Waiting to be sent"
      description="Changes made here that Insightly does not have yet. Those of one record are sent in their order; after a refusal the others of that record wait."
    >
      {outbox.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : outbox.isError ? (
        <ErrorState compact error={outbox.error} onRetry={() => outbox.refetch()} />
      ) : outbox.data.items.length === 0 ? (
        <EmptyLine>Nothing waits to be sent.</EmptyLine>
      ) : (
        <>
          <ListTable caption="Waiting to be sent" columns={columns} rows={outbox.data.items} rowKey={(item) => item.id} />
          <MoreLine shown={outbox.data.items.length} total={outbox.data.total} />
        </>
      )}
    </Section>
  )
}
