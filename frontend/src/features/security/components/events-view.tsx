import { useInfiniteQuery } from '@tanstack/react-query'
import { RefreshCw, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { SecurityEvent, SecurityEventType, Severity } from '#contracts/security.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Select } from '@/components/input.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { formatNumber } from '@/lib/format.ts'
import { eventsQuery, useClearEvents } from '../api/security.ts'
import { eventDetail, eventTitle, severityNames, typeNames } from '../event-words.ts'
import { eventTypes, type SecuritySearch, severities } from '../security-search.ts'
import { EventSheet } from './event-sheet.tsx'
import { SeverityWord } from './severity.tsx'

function columnsFor(onOpen: (event: SecurityEvent) => void): ListColumn<SecurityEvent>[] {
  return [
    { key: 'time', label: 'Time', phone: 'side', className: 'w-32 whitespace-nowrap text-faint', cell: (event) => <RelativeTime at={event.timestamp} /> },
    { key: 'severity', label: 'Severity', className: 'w-24', cell: (event) => <SeverityWord severity={event.severity} /> },
    { key: 'type', label: 'Type', className: 'w-28 whitespace-nowrap', cell: (event) => typeNames[event.type] },
    {
      key: 'what',
      label: 'What happened',
      phone: 'heading',
      className: 'max-w-0 truncate w-full',
      cell: (event) => (
        <button type="button" className="max-w-full truncate text-left align-bottom underline-offset-2 hover:underline" onClick={() => onOpen(event)}>
          {eventTitle(event)} <span className="text-faint max-md:hidden">{eventDetail(event)}</span>
        </button>
      ),
    },
    { key: 'ip', label: 'Address', className: 'figures whitespace-nowrap', cell: (event) => event.ip ?? '' },
  ]
}

export function EventsView({ search, onSearch }: { search: SecuritySearch; onSearch: (next: SecuritySearch) => void }) {
  const events = useInfiniteQuery(eventsQuery(search))
  const clear = useClearEvents()
  const [chosen, setChosen] = useState<SecurityEvent | null>(null)
  const [asking, setAsking] = useState(false)
  const filtered = search.type !== undefined || search.severity !== undefined
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-1.5">
        <Select
          aria-label="Type"
          className="w-36"
          value={search.type ?? ''}
          onChange={(event) => onSearch({ ...search, type: (event.target.value || undefined) as SecurityEventType | undefined })}
        >
          <option value="">All types</option>
          {eventTypes.map((type) => (
            <option key={type} value={type}>
              {typeNames[type]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Severity"
          className="w-36"
          value={search.severity ?? ''}
          onChange={(event) => onSearch({ ...search, severity: (event.target.value || undefined) as Severity | undefined })}
        >
          <option value="">All severities</option>
          {severities.map((severity) => (
            <option key={severity} value={severity}>
              {severityNames[severity]}
            </option>
          ))}
        </Select>
        <span className="figures px-1 text-sm text-faint">{events.data !== undefined && formatNumber(events.data.total)}</span>
        <span className="flex-1" />
        <IconButton label="Read the events again" disabled={events.isFetching} onClick={() => void events.refetch()}>
          <RefreshCw className="size-3.5" />
        </IconButton>
        <Button look="quiet" disabled={clear.isPending || !events.data?.events.length} onClick={() => setAsking(true)}>
          Clear
        </Button>
      </div>
      {events.isPending ? (
        <SkeletonRows rows={10} className="rounded-panel border py-2" />
      ) : events.isError ? (
        <ErrorState compact error={events.error} onRetry={() => events.refetch()} />
      ) : events.data.events.length === 0 ? (
        <EmptyState
          icon={ShieldCheck}
          title={filtered ? 'No event fits these filters' : 'Nothing has happened'}
          action={filtered && <Button onClick={() => onSearch({ view: search.view })}>Show all events</Button>}
        >
          {filtered ? undefined : 'Failed sign-ins, refused requests, threats and changes of settings appear here.'}
        </EmptyState>
      ) : (
        <ListTable caption="Security events" columns={columnsFor(setChosen)} rows={events.data.events} rowKey={(event) => event.id} onOpen={setChosen} />
      )}
      {events.hasNextPage && (
        <Button className="self-center" disabled={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
          {events.isFetchingNextPage ? 'Loading…' : 'Earlier events'}
        </Button>
      )}
      <EventSheet event={chosen} onClose={() => setChosen(null)} />
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Clear the list of events?"
        action="Clear the list"
        onConfirm={() => clear.mutate({}, { onError: announceError, onSuccess: () => announce('The list is cleared. The events themselves are kept.') })}
      >
        Everything up to now disappears from this list. The events stay in the database, and the audit trail says who cleared the list.
      </Confirm>
    </div>
  )
}
