import { useQuery } from '@tanstack/react-query'
import type { OutboxMail } from '#contracts/email.ts'
import { Dialog } from '@/components/dialog.tsx'
import { Facts } from '@/components/facts.tsx'
import { ProposalGroup } from '@/components/proposals/proposal-group.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { proposalQuery } from '@/lib/approvals.ts'
import { outboxKindNames, outboxStatusNames } from '../mail-words.ts'

function Approval({ proposalId }: { proposalId: string }) {
  const proposal = useQuery(proposalQuery(proposalId))
  if (proposal.isPending) return <Skeleton className="h-36 rounded-panel!" />
  if (proposal.isError) return <ErrorState compact error={proposal.error} onRetry={() => proposal.refetch()} />
  return <ProposalGroup batchId={proposal.data.batchId} proposals={[proposal.data]} />
}

/** A mail of the outbox with the change that put it there. */
export function OutboxDialog({ mail, onClose }: { mail: OutboxMail | null; onClose: () => void }) {
  return (
    <Dialog
      open={mail !== null}
      onOpenChange={(open) => !open && onClose()}
      title={mail?.subject || 'Without a subject'}
      className="w-[min(720px,calc(100vw-24px))]"
    >
      {mail !== null && (
        <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
          <Facts
            facts={[
              ['To', mail.to.join(', ')],
              ['Copy to', mail.cc.join(', ')],
              ['Kind', outboxKindNames[mail.kind]],
              ['State', outboxStatusNames[mail.status]],
              ['Attempts', mail.attempts === 0 ? null : mail.attempts],
              ['Problem', mail.error],
            ]}
          />
          <div className="border-t pt-3 whitespace-pre-wrap wrap-anywhere">{mail.text}</div>
          {mail.proposalId !== null && <Approval proposalId={mail.proposalId} />}
        </div>
      )}
    </Dialog>
  )
}
