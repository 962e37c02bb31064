import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useRef } from 'react'
import type { Proposal } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { ProposalGroup } from '@/components/proposals/proposal-group.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/components/states.tsx'
import { batchesOf, isPending, proposalsQuery } from '@/lib/approvals.ts'
import { countOf } from '@/lib/format.ts'
import { useMayWrite } from '@/lib/session.ts'

/** Those that wait, and those that were decided since the page was opened: what was just approved can be taken back where it stood. */
function useKept(waiting: readonly Proposal[]): Proposal[] {
  const kept = useRef(new Map<string, Proposal>())
  for (const proposal of waiting) kept.current.set(proposal.id, proposal)
  return [...kept.current.values()]
}

/** Every change that waits for a decision, request by request. */
export function WaitingView({ onHistory }: { onHistory: () => void }) {
  const waiting = useInfiniteQuery(proposalsQuery({ status: 'pending' }))
  const mayDecide = useMayWrite()
  const shown = useKept(waiting.data?.items ?? [])
  if (waiting.isPending)
    return (
      <div role="status" aria-label="Loading" className="flex flex-col gap-4">
        <Skeleton className="h-36 rounded-panel!" />
        <Skeleton className="h-36 rounded-panel!" />
      </div>
    )
  if (waiting.isError) return <ErrorState compact error={waiting.error} onRetry={() => waiting.refetch()} />
  const count = waiting.data.total ?? waiting.data.items.filter(isPending).length
  if (shown.length === 0)
    return (
      <EmptyState icon={CircleCheck} title="Nothing waits for you" action={<Button onClick={onHistory}>Show the history</Button>}>
        When you ask an agent to change something, or another program does, it waits here until somebody decides.
      </EmptyState>
    )
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="figures text-sm text-soft">
        {count === 0
          ? 'Everything is decided.'
          : `${countOf(count, 'change waits', 'changes wait')} for a decision.${mayDecide ? '' : ' Viewers do not decide.'}`}
      </p>
      {batchesOf(shown).map(({ batchId, proposals }) => (
        <ProposalGroup key={batchId} batchId={batchId} proposals={proposals} live={false} />
      ))}
      {waiting.hasNextPage && (
        <Button className="self-center" disabled={waiting.isFetchingNextPage} onClick={() => void waiting.fetchNextPage()}>
          {waiting.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
