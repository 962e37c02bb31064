import { useInfiniteQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { AuditEntryView } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { countOf, formatNumber } from '@/lib/format.ts'
import { auditQuery } from '../api/audit.ts'
import type { AuditSearch } from '../audit-search.ts'
import { nameOfEvent } from '../event-names.ts'
import { AuditFilters } from './audit-filters.tsx'
import { EntrySheet } from './entry-sheet.tsx'
import { OutcomeWord } from './outcome-word.tsx'

function columnsFor(onOpen: (entry: AuditEntryView) => void): ListColumn<AuditEntryView>[] {
  return [
    {
      key: 'sequence',
      label: 'Entry',
      phone: 'none',
      className: 'figures w-16 text-faint',
      cell: (entry) => formatNumber(entry.sequence),
    },
    { key: 'time', label: 'Time', phone: 'side', className: 'w-32 whitespace-nowrap text-faint', cell: (entry) => <RelativeTime at={entry.time} /> },
    { key: 'event', label: 'Event', className: 'whitespace-nowrap', cell: (entry) => nameOfEvent(entry.event) },
    {
      key: 'operation',
      label: 'Operation',
      phone: 'heading',
      className: 'w-full max-w-0 truncate',
      cell: (entry) => (
        <button type="button" className="max-w-full truncate align-bottom font-mono text-xs underline-offset-2 hover:underline" onClick={() => onOpen(entry)}>
          {entry.operation}
        </button>
      ),
    },
    { key: 'outcome', label: 'Outcome', className: 'w-24', cell: (entry) => <OutcomeWord outcome={entry.outcome} /> },
    { key: 'person', label: 'Person', className: 'max-w-40 truncate whitespace-nowrap', cell: (entry) => entry.userName ?? '' },
    { key: 'ip', label: 'Address', className: 'figures whitespace-nowrap', cell: (entry) => entry.ip ?? '' },
  ]
}

export function AuditTrail({ search, onSearch }: { search: AuditSearch; onSearch: (next: AuditSearch) => void }) {
  const trail = useInfiniteQuery(auditQuery(search))
  const [chosen, setChosen] = useState<AuditEntryView | null>(null)
  const columns = useMemo(() => columnsFor(setChosen), [])
  const filtered = Object.values(search).some((value) => value !== undefined)
  const total = trail.data?.total ?? null
  return (
    <Section title="Trail" description={total === null ? 'Newest first.' : `${countOf(total, 'entry', 'entries')}, newest first.`}>
      <AuditFilters search={search} onSearch={onSearch} />
      {trail.isPending ? (
        <SkeletonRows rows={10} className="rounded-panel border py-2" />
      ) : trail.isError ? (
        <ErrorState compact error={trail.error} onRetry={() => trail.refetch()} />
      ) : trail.data.entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={filtered ? 'No entry fits these filters' : 'The trail is empty'}>
          {filtered ? 'Choose fewer of them.' : 'Reads and changes of records, sign-ins and settings are written down here.'}
        </EmptyState>
      ) : (
        <ListTable caption="Audit trail" columns={columns} rows={trail.data.entries} rowKey={(entry) => String(entry.sequence)} onOpen={setChosen} />
      )}
      {trail.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button disabled={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            {trail.isFetchingNextPage ? 'Loading…' : 'Earlier entries'}
          </Button>
        </div>
      )}
      <EntrySheet entry={chosen} onClose={() => setChosen(null)} />
    </Section>
  )
}
