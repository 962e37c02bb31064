import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Facts, JsonBlock } from '@/components/facts.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { countOf, formatInstant } from '@/lib/format.ts'
import { exchangesQuery, type ModelExchange, useClearExchanges } from '../api/models.ts'

const columnsFor = (onOpen: (exchange: ModelExchange) => void): ListColumn<ModelExchange>[] => [
  { key: 'at', label: 'Time', phone: 'side', className: 'whitespace-nowrap text-faint', cell: ({ at }) => <RelativeTime at={at} /> },
  {
    key: 'agent',
    label: 'Agent',
    phone: 'heading',
    cell: (exchange) => (
      <button type="button" className="underline-offset-2 hover:underline" onClick={() => onOpen(exchange)}>
        {exchange.agent}
      </button>
    ),
  },
  { key: 'purpose', label: 'For', cell: ({ purpose }) => purpose },
  { key: 'model', label: 'Model', className: 'font-mono text-xs', cell: ({ model }) => model },
  { key: 'outcome', label: 'Outcome', cell: ({ outcome }) => outcome },
]

/** Prompts and answers, where the server keeps them. */
export function ExchangesSection() {
  const exchanges = useInfiniteQuery(exchangesQuery)
  const clear = useClearExchanges()
  const [open, setOpen] = useState<ModelExchange | null>(null)
  const [asking, setAsking] = useState(false)
  return (
    <Section
      title="Prompts and answers"
      description="Kept encrypted because LLM_AUDIT is on; the oldest go by themselves. Owners and admins read them."
      action={
        <Button look="danger" disabled={clear.isPending || !exchanges.data?.length} onClick={() => setAsking(true)}>
          Delete all
        </Button>
      }
    >
      {exchanges.isPending ? (
        <SkeletonRows rows={4} className="rounded-panel border" />
      ) : exchanges.isError ? (
        <ErrorState compact error={exchanges.error} onRetry={() => exchanges.refetch()} />
      ) : exchanges.data.length === 0 ? (
        <EmptyLine>None is kept.</EmptyLine>
      ) : (
        <ListTable caption="Prompts and answers" columns={columnsFor(setOpen)} rows={exchanges.data} rowKey={({ id }) => id} onOpen={setOpen} />
      )}
      {exchanges.hasNextPage && (
        <Button className="mx-auto mt-3 flex" disabled={exchanges.isFetchingNextPage} onClick={() => void exchanges.fetchNextPage()}>
          {exchanges.isFetchingNextPage ? 'Loading…' : 'Earlier ones'}
        </Button>
      )}
      <Dialog open={open !== null} onOpenChange={(next) => !next && setOpen(null)} title="Prompt and answer" className="w-[min(760px,calc(100vw-24px))]">
        {open !== null && (
          <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
            <Facts
              facts={[
                ['Time', formatInstant(open.at)],
                ['Agent', open.agent],
                ['Model', `${open.model} (${open.provider})`],
                ['Outcome', open.outcome],
                ['Note', open.isCut ? 'Longer than what is kept.' : null],
              ]}
            />
            <JsonBlock label="Prompt" value={open.prompt} />
            <JsonBlock label="Answer" value={open.response} />
          </div>
        )}
      </Dialog>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Delete all prompts and answers?"
        action="Delete all"
        onConfirm={() =>
          clear.mutate(undefined, {
            onError: announceError,
            onSuccess: ({ removed }) => announce(`${countOf(removed, 'exchange is', 'exchanges are')} deleted.`),
          })
        }
      >
        What was kept so far goes for good. What is asked from now on is kept again while LLM_AUDIT is on.
      </Confirm>
    </Section>
  )
}
