import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Delivery } from '#contracts/automations.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Facts, JsonBlock } from '@/components/facts.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { formatInstant } from '@/lib/format.ts'
import { deliveriesQuery, useReplayDelivery } from '../api/webhooks.ts'
import { deliveryStateNames } from '../automation-words.ts'

/** What a webhook was sent, what it answered, and a way to send it again. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const deliveries = useQuery(deliveriesQuery(webhookId))
  const replay = useReplayDelivery(webhookId)
  const [open, setOpen] = useState<Delivery | null>(null)
  const columns: ListColumn<Delivery>[] = [
    {
      key: 'type',
      label: 'Event',
      phone: 'heading',
      cell: (delivery) => (
        <button type="button" className="font-mono text-xs underline-offset-2 hover:underline" onClick={() => setOpen(delivery)}>
          {delivery.type}
        </button>
      ),
    },
    { key: 'state', label: 'State', className: 'whitespace-nowrap', cell: ({ state }) => deliveryStateNames[state] },
    { key: 'answer', label: 'Answer', className: 'max-w-60 truncate', cell: ({ status, error }) => status ?? error },
    { key: 'attempts', label: 'Attempts', className: 'figures', cell: ({ attempts }) => attempts },
    { key: 'at', label: 'When', className: 'whitespace-nowrap text-faint', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: 'actions',
      label: 'Actions',
      phone: 'side',
      className: 'text-right',
      cell: ({ id, state, type }) =>
        state !== 'queued' && (
          <Button
            small
            look="quiet"
            aria-label={`Send ${type} again`}
            disabled={replay.isPending}
            onClick={() => replay.mutate(id, { onError: announceError, onSuccess: () => announce('It is sent again.') })}
          >
            <RotateCcw aria-hidden className="size-3.5" /> Send again
          </Button>
        ),
    },
  ]
  if (deliveries.isPending) return <SkeletonRows rows={2} className="rounded-panel border" />
  if (deliveries.isError) return <ErrorState compact error={deliveries.error} onRetry={() => deliveries.refetch()} />
  if (deliveries.data.items.length === 0) return <EmptyLine>Nothing was sent yet.</EmptyLine>
  return (
    <>
      <ListTable caption="Deliveries" columns={columns} rows={deliveries.data.items} rowKey={({ id }) => id} onOpen={setOpen} />
      <Dialog open={open !== null} onOpenChange={(next) => !next && setOpen(null)} title={open?.type ?? ''} className="w-[min(680px,calc(100vw-24px))]">
        {open !== null && (
          <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
            <Facts
              facts={[
                ['State', deliveryStateNames[open.state]],
                ['Made', formatInstant(open.createdAt)],
                ['Attempts', open.attempts],
                ['Next attempt', open.nextAt === null ? null : formatInstant(open.nextAt)],
                ['Answer', open.status],
                ['Problem', open.error],
                ['Event', open.eventId],
              ]}
            />
            <JsonBlock label="What was sent" value={open.data} />
            {open.response !== null && <JsonBlock label="What came back" value={open.response} />}
          </div>
        )}
      </Dialog>
    </>
  )
}
