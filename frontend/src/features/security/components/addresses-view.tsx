import { useQuery } from '@tanstack/react-query'
import { Ban, Lock } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { ApiError } from '@/lib/api-error.ts'
import { formatInstant } from '@/lib/format.ts'
import { type BlockedAddress, blockedQuery, useUnblock } from '../api/security.ts'
import { AllowList } from './allow-list.tsx'
import { BlockDialog } from './block-dialog.tsx'

function UnblockButton({ ip }: { ip: string }) {
  const unblock = useUnblock()
  return (
    <Button
      small
      look="quiet"
      aria-label={`Unblock ${ip}`}
      disabled={unblock.isPending}
      onClick={() => unblock.mutateAsync({ ip }).then(() => announce(`${ip} is no longer blocked.`), announceError)}
    >
      Unblock
    </Button>
  )
}

const columns: readonly ListColumn<BlockedAddress>[] = [
  { key: 'ip', label: 'Address', phone: 'heading', className: 'figures whitespace-nowrap', cell: (blocked) => <span className="figures">{blocked.ip}</span> },
  { key: 'reason', label: 'Reason', className: 'w-full max-w-0 truncate', cell: (blocked) => blocked.reason },
  {
    key: 'by',
    label: 'Blocked by',
    className: 'whitespace-nowrap',
    cell: (blocked) => (blocked.automatic === undefined ? '' : blocked.automatic ? 'The server' : 'A person'),
  },
  { key: 'until', label: 'Until', className: 'whitespace-nowrap', cell: (blocked) => formatInstant(blocked.expiresAt) },
  { key: 'actions', label: 'Actions', phone: 'side', className: 'w-20 text-right', cell: (blocked) => <UnblockButton ip={blocked.ip} /> },
]

/** Who is kept out, and who never is by the server itself. */
export function AddressesView() {
  const blocked = useQuery(blockedQuery)
  const [blocking, setBlocking] = useState(false)
  if (blocked.error instanceof ApiError && blocked.error.code === 'FORBIDDEN') {
    return (
      <EmptyState icon={Lock} title="Addresses are not this workspace's">
        {blocked.error.message}
      </EmptyState>
    )
  }
  return (
    <>
      <Section
        title="Blocked addresses"
        description="Blocked by a person, or by the server after repeated threats. Each block ends by itself."
        action={
          <Button onClick={() => setBlocking(true)}>
            <Ban aria-hidden className="size-3.5" /> Block an address
          </Button>
        }
      >
        {blocked.isPending ? (
          <SkeletonRows rows={3} className="rounded-panel border" />
        ) : blocked.isError ? (
          <ErrorState compact error={blocked.error} onRetry={() => blocked.refetch()} />
        ) : blocked.data.length === 0 ? (
          <EmptyLine>No address is blocked.</EmptyLine>
        ) : (
          <ListTable caption="Blocked addresses" columns={columns} rows={blocked.data} rowKey={(address) => address.ip} />
        )}
      </Section>
      {blocked.isSuccess && <AllowList />}
      {blocking && <BlockDialog onClose={() => setBlocking(false)} />}
    </>
  )
}
