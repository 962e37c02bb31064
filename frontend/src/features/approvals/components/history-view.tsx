import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { type Proposal, proposalStatuses } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { Select } from '@/components/input.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { BatchDialog } from '@/components/proposals/batch-dialog.tsx'
import { ProposalStatus, statusNames } from '@/components/proposals/proposal-state.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { proposalsQuery } from '@/lib/approvals.ts'
import { formatNumber } from '@/lib/format.ts'
import type { ApprovalsSearch } from '../approvals-search.ts'

function columnsFor(onOpen: (proposal: Proposal) => void): ListColumn<Proposal>[] {
  return [
    {
      key: 'title',
      label: 'Change',
      phone: 'heading',
      className: 'max-w-0 w-full truncate',
      cell: (proposal) => (
        <button type="button" className="max-w-full truncate text-left align-bottom underline-offset-2 hover:underline" onClick={() => onOpen(proposal)}>
          {proposal.title}
        </button>
      ),
    },
    { key: 'status', label: 'State', className: 'whitespace-nowrap', cell: ({ status }) => <ProposalStatus status={status} /> },
    { key: 'asked', label: 'Asked by', className: 'max-w-40 truncate whitespace-nowrap', cell: ({ requestedBy }) => requestedBy.name },
    {
      key: 'decided',
      label: 'Decided by',
      className: 'max-w-40 truncate whitespace-nowrap',
      cell: ({ decidedBy }) => (decidedBy === null ? '' : decidedBy.policyId === null ? decidedBy.name : 'A policy'),
    },
    {
      key: 'time',
      label: 'When',
      phone: 'side',
      className: 'whitespace-nowrap text-faint',
      cell: ({ undoneAt, decidedAt, createdAt }) => <RelativeTime at={undoneAt ?? decidedAt ?? createdAt} />,
    },
  ]
}

/** Every change that was ever proposed, the newest first, with a way back. */
export function HistoryView({ search, onSearch }: { search: ApprovalsSearch; onSearch: (next: ApprovalsSearch) => void }) {
  const proposals = useInfiniteQuery(proposalsQuery({ status: search.status }))
  const [openBatch, setOpenBatch] = useState<Proposal | null>(null)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <Select
          aria-label="State"
          className="w-40"
          value={search.status ?? ''}
          onChange={(event) => onSearch({ ...search, status: proposalStatuses.find((one) => one === event.target.value) })}
        >
          <option value="">All states</option>
          {proposalStatuses.map((status) => (
            <option key={status} value={status}>
              {statusNames[status]}
            </option>
          ))}
        </Select>
        <span className="figures text-sm text-faint">{proposals.data?.total != null && formatNumber(proposals.data.total)}</span>
      </div>
      {proposals.isPending ? (
        <SkeletonRows rows={8} className="rounded-panel border py-2" />
      ) : proposals.isError ? (
        <ErrorState compact error={proposals.error} onRetry={() => proposals.refetch()} />
      ) : proposals.data.items.length === 0 ? (
        <EmptyState
          icon={History}
          title={search.status === undefined ? 'No agent has asked for a change yet' : 'No change is in this state'}
          action={search.status !== undefined && <Button onClick={() => onSearch({ view: 'history' })}>Show all states</Button>}
        />
      ) : (
        <ListTable caption="Changes" columns={columnsFor(setOpenBatch)} rows={proposals.data.items} rowKey={({ id }) => id} onOpen={setOpenBatch} />
      )}
      {proposals.hasNextPage && (
        <Button className="self-center" disabled={proposals.isFetchingNextPage} onClick={() => void proposals.fetchNextPage()}>
          {proposals.isFetchingNextPage ? 'Loading…' : 'Earlier changes'}
        </Button>
      )}
      <BatchDialog proposal={openBatch} onClose={() => setOpenBatch(null)} />
    </div>
  )
}
