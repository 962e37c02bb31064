import { useQuery } from '@tanstack/react-query'
import { FilePenLine, ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import type { Proposal } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { ErrorState } from '@/components/states.tsx'
import { batchQuery, isPending, useDecideBatch, useUndoBatch } from '@/lib/approvals.ts'
import { countOf } from '@/lib/format.ts'
import { useMayWrite } from '@/lib/session.ts'
import { ProposalEntry } from './proposal-entry.tsx'
import { ProposalSourceLine } from './proposal-source.tsx'

/** Decides about everything of a batch that waits, or takes back everything that was done, as one unit. */
function BatchActions({ batchId, proposals }: { batchId: string; proposals: readonly Proposal[] }) {
  const decide = useDecideBatch()
  const undo = useUndoBatch()
  const mayDecide = useMayWrite()
  const waiting = proposals.filter(isPending).length
  const done = proposals.filter(({ status }) => status === 'approved').length
  const busy = decide.isPending || undo.isPending
  const failure = decide.error ?? undo.error
  const decideAs = (decision: 'approve' | 'reject') => {
    undo.reset()
    decide.mutate({ batchId, decision })
  }
  if (!mayDecide || (waiting < 2 && done < 2 && failure === null)) return null
  return (
    <div className="flex flex-col gap-2 border-t px-3.5 py-2.5">
      {failure !== null && <ErrorState compact error={failure} />}
      <div className="flex flex-wrap gap-1.5">
        {waiting > 1 && (
          <>
            <Button small look="primary" disabled={busy} onClick={() => decideAs('approve')}>
              Approve {waiting} changes
            </Button>
            <Button small disabled={busy} onClick={() => decideAs('reject')}>
              Reject {waiting} changes
            </Button>
          </>
        )}
        {done > 1 && (
          <Button
            small
            look="quiet"
            disabled={busy}
            onClick={() => {
              decide.reset()
              undo.mutate(batchId)
            }}
          >
            Undo {done} changes
          </Button>
        )}
      </div>
    </div>
  )
}

/** A request with more is folded; it can be seen whole before it is approved. */
const mostUnfolded = 8
const shownFolded = 5

interface Props {
  batchId: string
  /** As they stood when the page was told of them. */
  proposals: readonly Proposal[]
  /** The conversation around it says who asked and why. */
  inConversation?: boolean
  /** Whether to ask how they stand now; a list that is read again anyway needs it not. */
  live?: boolean
}

/** What an agent wants changed by one request, with the decision about each and about all. */
export function ProposalGroup({ batchId, proposals, inConversation = false, live = true }: Props) {
  const { data, error, refetch } = useQuery({ ...batchQuery(batchId), enabled: live })
  const current = data === undefined || data.length === 0 ? proposals : data
  const [unfolded, setUnfolded] = useState(false)
  const [first] = current
  if (first === undefined) return null
  const waiting = current.filter(isPending).length
  const alone = current.length === 1
  const shown = unfolded || current.length <= mostUnfolded ? current : current.slice(0, shownFolded)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are changes with their buttons
    <div role="group" aria-label="Proposed changes" className="min-w-0 rounded-panel border">
      <header className="flex flex-col gap-1 border-b px-3.5 py-2">
        <div className="flex flex-wrap items-center gap-x-2 text-sm">
          <FilePenLine aria-hidden className="size-3.5 shrink-0 text-faint" />
          <span className="text-soft">
            {waiting === 0
              ? countOf(current.length, 'change')
              : waiting === current.length
                ? `${countOf(waiting, 'change')} to decide`
                : `${waiting} of ${current.length} changes to decide`}
          </span>
          {waiting > 0 && (
            <span className="ml-auto text-xs text-faint">
              expires <RelativeTime at={first.expiresAt} />
            </span>
          )}
        </div>
        <ProposalSourceLine proposal={first} inConversation={inConversation} />
        {current.some(({ untrusted }) => untrusted) && waiting > 0 && (
          <p className="mt-0.5 flex items-start gap-1.5 text-xs text-warning">
            <ShieldAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            The agent had read texts that others wrote before it asked for this. Check it with care.
          </p>
        )}
      </header>
      {error !== null && data === undefined && (
        <div className="px-3.5 pt-3">
          <ErrorState compact error={error} onRetry={() => void refetch()} />
        </div>
      )}
      <ul className="divide-y divide-line">
        {shown.map((proposal) => (
          <li key={proposal.id}>
            <ProposalEntry proposal={proposal} alone={alone} />
          </li>
        ))}
      </ul>
      {shown.length < current.length && (
        <div className="border-t px-2 py-1.5">
          <Button small look="quiet" onClick={() => setUnfolded(true)}>
            Show all {current.length} changes
          </Button>
        </div>
      )}
      <BatchActions batchId={batchId} proposals={current} />
    </div>
  )
}
