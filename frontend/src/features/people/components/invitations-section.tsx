import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { formatInstant } from '@/lib/format.ts'
import { roleNames } from '@/lib/session.ts'
import { invitationsQuery, useRevokeInvitation } from '../api/people.ts'

function RevokeButton({ invitation }: { invitation: Invitation }) {
  const revoke = useRevokeInvitation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button small look="quiet" aria-label={`Revoke the invitation of ${invitation.email}`} disabled={revoke.isPending} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke the invitation of ${invitation.email}?`}
        action="Revoke invitation"
        onConfirm={() => revoke.mutateAsync(invitation.id).then(() => announce(`${invitation.email} can no longer join with it.`), announceError)}
      >
        The link stops working at once. You can invite the same address again.
      </Confirm>
    </>
  )
}

const columns: readonly ListColumn<Invitation>[] = [
  { key: 'email', label: 'E-mail', phone: 'heading', className: 'max-w-72 truncate', cell: (invitation) => invitation.email },
  { key: 'role', label: 'Role', cell: (invitation) => roleNames[invitation.role] },
  { key: 'by', label: 'Invited by', className: 'max-w-44 truncate', cell: (invitation) => invitation.invitedBy },
  { key: 'made', label: 'Invited', className: 'whitespace-nowrap', cell: (invitation) => <RelativeTime at={invitation.createdAt} /> },
  {
    key: 'until',
    label: 'Open until',
    className: 'whitespace-nowrap',
    cell: (invitation) => formatInstant(invitation.expiresAt),
  },
  { key: 'actions', label: 'Actions', phone: 'side', className: 'w-20 text-right', cell: (invitation) => <RevokeButton invitation={invitation} /> },
]

/** Invitations that nobody has taken up yet. */
export function InvitationsSection() {
  const invitations = useQuery(invitationsQuery)
  const pending = invitations.data?.filter((invitation) => invitation.status === 'pending') ?? []
  return (
    <Section title="Pending invitations" description="An invitation is open for seven days.">
      {invitations.isPending ? (
        <SkeletonRows rows={1} className="rounded-panel border" />
      ) : invitations.isError ? (
        <ErrorState compact error={invitations.error} onRetry={() => invitations.refetch()} />
      ) : pending.length === 0 ? (
        <EmptyLine>No invitation is open.</EmptyLine>
      ) : (
        <ListTable caption="Pending invitations" columns={columns} rows={pending} rowKey={(invitation) => invitation.id} />
      )}
    </Section>
  )
}
