import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ApiKey } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { formatDay, formatInstant } from '@/lib/format.ts'
import type { CurrentSession } from '@/lib/session.ts'
import { apiKeysQuery } from '../api/api-keys.ts'
import { scopeLabel } from '../key-scopes.ts'
import { isLive, stateOf } from '../key-state.ts'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { RevokeKey } from './revoke-key.tsx'

function columnsFor(withPerson: boolean, now: number): ListColumn<ApiKey>[] {
  return [
    {
      key: 'name',
      label: 'Name',
      phone: 'heading',
      className: 'max-w-64',
      cell: (key) => (
        <span className="block min-w-0 py-1 leading-tight">
          <span className="block truncate">{key.name}</span>
          <span className="block font-mono text-xs text-faint">{key.prefix}…</span>
        </span>
      ),
    },
    ...(withPerson ? [{ key: 'person', label: 'Person', className: 'max-w-40 truncate', cell: (key: ApiKey) => key.user.name }] : []),
    { key: 'scopes', label: 'Allowed', className: 'max-w-72 text-xs', cell: (key) => key.scopes.map(scopeLabel).join(', ') },
    {
      key: 'used',
      label: 'Last used',
      className: 'whitespace-nowrap',
      cell: (key) => (key.lastUsedAt === null ? <span className="text-faint">Never</span> : <RelativeTime at={key.lastUsedAt} />),
    },
    {
      key: 'expires',
      label: 'Expires',
      className: 'whitespace-nowrap',
      cell: (key) => {
        const state = stateOf(key, now)
        if (state === 'revoked') return 'Revoked'
        if (state === 'expired') return 'Expired'
        return key.expiresAt === null ? (
          'Never'
        ) : (
          <time dateTime={key.expiresAt} title={formatInstant(key.expiresAt)}>
            {formatDay(key.expiresAt)}
          </time>
        )
      },
    },
    {
      key: 'actions',
      label: 'Actions',
      phone: 'side',
      className: 'w-20 text-right',
      cell: (key) => (isLive(key, now) ? <RevokeKey apiKey={key} /> : null),
    },
  ]
}

/** Keys with which other programs act as a person. */
export function KeysPage({ me, seesAll }: { me: CurrentSession['user']; seesAll: boolean }) {
  const keys = useQuery(apiKeysQuery)
  const [making, setMaking] = useState(false)
  // The age of a list that was just read is small enough to judge expiry by.
  const now = keys.dataUpdatedAt
  const columns = useMemo(() => columnsFor(seesAll, now), [seesAll, now])
  const sorted = useMemo(
    () => [...(keys.data ?? [])].sort((a, b) => Number(isLive(b, now)) - Number(isLive(a, now)) || b.createdAt.localeCompare(a.createdAt)),
    [keys.data, now],
  )
  const newKey = (
    <Button look="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-3.5" /> New key
    </Button>
  )
  return (
    <Section
      title="API keys"
      description="A key lets a script or another program act as you, within what you allow it. It stops working when it is revoked or expires, and when you are deactivated."
      action={sorted.length > 0 && newKey}
    >
      {keys.isPending ? (
        <SkeletonRows rows={4} className="rounded-panel border py-2" />
      ) : keys.isError ? (
        <ErrorState compact error={keys.error} onRetry={() => keys.refetch()} />
      ) : sorted.length === 0 ? (
        <EmptyState icon={KeyRound} title="There are no keys" action={newKey}>
          Make one for each program, so that each can be revoked alone.
        </EmptyState>
      ) : (
        <ListTable caption="API keys" columns={columns} rows={sorted} rowKey={(key) => key.id} isFaint={(key) => !isLive(key, now)} />
      )}
      <NewKeyDialog open={making} onClose={() => setMaking(false)} role={me.role} />
    </Section>
  )
}
