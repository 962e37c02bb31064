import type { Proposal } from '#contracts/approvals.ts'
import { Dialog } from '@/components/dialog.tsx'
import { ProposalGroup } from './proposal-group.tsx'

/** A change of the history with everything that was asked for together with it. */
export function BatchDialog({ proposal, onClose }: { proposal: Proposal | null; onClose: () => void }) {
  return (
    <Dialog open={proposal !== null} onOpenChange={(open) => !open && onClose()} title={proposal?.title ?? ''} className="w-[min(720px,calc(100vw-24px))]">
      <div className="min-h-0 overflow-y-auto p-4">{proposal !== null && <ProposalGroup batchId={proposal.batchId} proposals={[proposal]} />}</div>
    </Dialog>
  )
}
