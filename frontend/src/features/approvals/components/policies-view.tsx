import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApprovalPolicy } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { changeName } from '@/lib/change-words.ts'
import { formatMoney } from '@/lib/format.ts'
import { type Role, roleNames } from '@/lib/session.ts'
import { policiesQuery, useRevokePolicy } from '../api/policies.ts'
import { PolicyDialog } from './policy-dialog.tsx'

const modeWords = ({ mode, limit, currency }: ApprovalPolicy): string =>
  mode === 'ask' ? 'Always asks' : mode === 'auto' ? 'Carried out without asking' : `Asks above ${formatMoney(limit ?? '0', currency)}`

const roleWords = (role: string | null): string => (role === null ? 'Everybody' : (roleNames[role as Role] ?? role))

function columnsFor(onRevoke: ((policy: ApprovalPolicy) => void) | undefined): ListColumn<ApprovalPolicy>[] {
  return [
    { key: 'tool', label: 'Change', phone: 'heading', className: 'whitespace-nowrap', cell: ({ tool }) => changeName(tool) },
    { key: 'role', label: 'Asked for by', cell: ({ role }) => roleWords(role) },
    { key: 'mode', label: 'What happens', cell: modeWords },
    {
      key: 'made',
      label: 'Made',
      className: 'whitespace-nowrap text-faint',
      cell: ({ createdBy, createdAt, revokedAt }) => (
        <>
          {createdBy.name}, <RelativeTime at={createdAt} />
          {revokedAt !== null && (
            <>
              , revoked <RelativeTime at={revokedAt} />
            </>
          )}
        </>
      ),
    },
    ...(onRevoke === undefined
      ? []
      : [
          {
            key: 'actions',
            label: 'Actions',
            phone: 'side' as const,
            className: 'text-right',
            cell: (policy: ApprovalPolicy) =>
              policy.revokedAt === null && (
                <Button small look="danger" aria-label={`Revoke: ${changeName(policy.tool)}`} onClick={() => onRevoke(policy)}>
                  Revoke
                </Button>
              ),
          },
        ]),
  ]
}

/** What is carried out without asking; everything else waits for a person. */
export function PoliciesView({ role }: { role: Role }) {
  const policies = useQuery(policiesQuery)
  const revoke = useRevokePolicy()
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApprovalPolicy | null>(null)
  const mayMake = role === 'owner' || role === 'admin' || role === 'manager'
  return (
    <Section
      title="Policies"
      description="Every change waits for a person unless a policy says otherwise; the most specific one decides. What an agent asks for after it has read texts of others always waits."
      action={mayMake && <Button onClick={() => setMaking(true)}>New policy</Button>}
    >
      {policies.isPending ? (
        <SkeletonRows rows={3} className="rounded-panel border" />
      ) : policies.isError ? (
        <ErrorState compact error={policies.error} onRetry={() => policies.refetch()} />
      ) : policies.data.length === 0 ? (
        <EmptyLine>There are none: every change is asked about.</EmptyLine>
      ) : (
        <ListTable
          caption="Policies"
          columns={columnsFor(mayMake ? setRevoking : undefined)}
          rows={policies.data}
          rowKey={({ id }) => id}
          isFaint={({ revokedAt }) => revokedAt !== null}
        />
      )}
      {!mayMake && <p className="mt-2 text-xs text-faint">Owners, admins and managers make and revoke policies.</p>}
      {making && <PolicyDialog onClose={() => setMaking(false)} />}
      <Confirm
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title="Revoke this policy?"
        action="Revoke"
        onConfirm={() => revoking !== null && revoke.mutate(revoking.id, { onError: announceError, onSuccess: () => announce('The policy is revoked.') })}
      >
        {revoking !== null && `${changeName(revoking.tool)}, ${roleWords(revoking.role).toLowerCase()}: from now on the other policies decide, or a person.`}{' '}
        What was carried out under it stays.
      </Confirm>
    </Section>
  )
}
