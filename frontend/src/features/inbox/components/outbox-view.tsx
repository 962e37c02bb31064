import { useInfiniteQuery } from '@tanstack/react-query'
import { Ban, CircleCheck, CircleX, Clock, type LucideIcon, Send } from 'lucide-react'
import { useState } from 'react'
import { type OutboxMail, outboxStatuses } from '#contracts/email.ts'
import { Button } from '@/components/button.tsx'
import { Select } from '@/components/input.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { outboxQuery } from '../api/mail.ts'
import type { InboxSearch } from '../inbox-search.ts'
import { addressesOf, outboxKindNames, outboxStatusNames } from '../mail-words.ts'
import { OutboxDialog } from './outbox-dialog.tsx'

const looks: Readonly<Record<OutboxMail['status'], { icon: LucideIcon; tone: string }>> = {
  queued: { icon: Clock, tone: 'text-info' },
  sent: { icon: CircleCheck, tone: 'text-success' },
  failed: { icon: CircleX, tone: 'text-danger' },
  cancelled: { icon: Ban, tone: 'text-faint' },
}

function OutboxStatus({ status }: { status: OutboxMail['status'] }) {
  const { icon: Icon, tone } = looks[status]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {outboxStatusNames[status]}
    </span>
  )
}

const columnsFor = (onOpen: (mail: OutboxMail) => void): ListColumn<OutboxMail>[] => [
  {
    key: 'subject',
    label: 'Subject',
    phone: 'heading',
    className: 'max-w-0 w-full truncate',
    cell: (mail) => (
      <button type="button" className="max-w-full truncate text-left align-bottom underline-offset-2 hover:underline" onClick={() => onOpen(mail)}>
        {mail.subject || 'Without a subject'}
      </button>
    ),
  },
  { key: 'to', label: 'To', className: 'max-w-64 truncate', cell: ({ to }) => addressesOf(to) },
  { key: 'kind', label: 'Kind', className: 'whitespace-nowrap', cell: ({ kind }) => outboxKindNames[kind] },
  { key: 'status', label: 'State', cell: ({ status }) => <OutboxStatus status={status} /> },
  { key: 'at', label: 'Approved', phone: 'side', className: 'whitespace-nowrap text-faint', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
]

/** What people approved to be sent, with what became of it. */
export function OutboxView({ search, onSearch }: { search: InboxSearch; onSearch: (next: InboxSearch) => void }) {
  const outbox = useInfiniteQuery(outboxQuery(search.sending))
  const [open, setOpen] = useState<OutboxMail | null>(null)
  return (
    <div className="flex max-w-[1180px] flex-col gap-3 px-5 py-5 max-md:px-3">
      <p className="max-w-[72ch] text-sm text-soft">
        E-mails that somebody approved. No mail server is connected yet: they wait here, and undoing an approval cancels its mail.
      </p>
      <Select
        aria-label="State"
        className="w-40"
        value={search.sending ?? ''}
        onChange={(event) => onSearch({ ...search, sending: outboxStatuses.find((one) => one === event.target.value) })}
      >
        <option value="">All states</option>
        {outboxStatuses.map((status) => (
          <option key={status} value={status}>
            {outboxStatusNames[status]}
          </option>
        ))}
      </Select>
      {outbox.isPending ? (
        <SkeletonRows rows={5} className="rounded-panel border py-2" />
      ) : outbox.isError ? (
        <ErrorState compact error={outbox.error} onRetry={() => outbox.refetch()} />
      ) : outbox.data.items.length === 0 ? (
        <EmptyState icon={Send} title={search.sending === undefined ? 'Nothing was approved to be sent' : 'No mail is in this state'} />
      ) : (
        <ListTable
          caption="Outbox"
          columns={columnsFor(setOpen)}
          rows={outbox.data.items}
          rowKey={({ id }) => id}
          onOpen={setOpen}
          isFaint={({ status }) => status === 'cancelled'}
        />
      )}
      {outbox.hasNextPage && (
        <Button className="self-center" disabled={outbox.isFetchingNextPage} onClick={() => void outbox.fetchNextPage()}>
          {outbox.isFetchingNextPage ? 'Loading…' : 'Earlier e-mails'}
        </Button>
      )}
      <OutboxDialog mail={open} onClose={() => setOpen(null)} />
    </div>
  )
}
