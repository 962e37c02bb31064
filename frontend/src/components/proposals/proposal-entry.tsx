import { TriangleAlert } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Proposal } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useDecide, useUndo } from '@/lib/approvals.ts'
import { cn } from '@/lib/class-names.ts'
import { editableFields } from '@/lib/proposal-fields.ts'
import { useMayWrite } from '@/lib/session.ts'
import { ProposalEdit } from './proposal-edit.tsx'
import { ProposalFields } from './proposal-fields.tsx'
import { ProposalState } from './proposal-state.tsx'

const riskWords = { low: null, medium: 'Medium risk', high: 'High risk' } as const

/** One change: what it does, what would be different, and the decision about it. */
export function ProposalEntry({ proposal, alone, all = false }: { proposal: Proposal; alone: boolean; all?: boolean }) {
  const { id, batchId, title, status, risk, error } = proposal
  const titleId = useId()
  const entry = useRef<HTMLDivElement>(null)
  const mayDecide = useMayWrite()
  const [editing, setEditing] = useState(false)
  const decide = useDecide()
  const undo = useUndo()
  const busy = decide.isPending || undo.isPending
  const failure = decide.error ?? undo.error
  const decideAs = (decision: 'approve' | 'reject', input?: Record<string, unknown>) => {
    undo.reset()
    decide.mutate({ id, batchId, decision, ...(input === undefined ? {} : { input }) }, { onSuccess: () => setEditing(false) })
  }
  const shown = useRef(status)
  useEffect(() => {
    if (shown.current === status) return
    shown.current = status
    // The button that was pressed is gone: the keyboard stays where the change is.
    if (document.activeElement === document.body || document.activeElement === null) entry.current?.focus({ preventScroll: true })
  }, [status])
  const riskWord = riskWords[risk]
  return (
    <div ref={entry} tabIndex={-1} className="flex flex-col gap-2 px-3.5 py-3 outline-none">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        <h3 id={titleId} className={cn('min-w-0 font-medium wrap-anywhere', status !== 'pending' && status !== 'approved' && 'text-soft')}>
          {title}
        </h3>
        {riskWord !== null && status === 'pending' && (
          <span className={cn('inline-flex items-center gap-1 text-xs whitespace-nowrap', risk === 'high' ? 'text-danger' : 'text-warning')}>
            <TriangleAlert aria-hidden className="size-3" /> {riskWord}
          </span>
        )}
      </div>
      {editing ? (
        <ProposalEdit proposal={proposal} busy={busy} onApprove={(input) => decideAs('approve', input)} onCancel={() => setEditing(false)} />
      ) : (
        <ProposalFields proposal={proposal} all={all} />
      )}
      {error !== null && failure === null && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
      {failure !== null && <ErrorState compact error={failure} />}
      {!editing && (
        <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1.5">
          {(status !== 'pending' || !alone || !mayDecide) && <ProposalState proposal={proposal} />}
          {mayDecide && status === 'pending' && (
            <div className={cn('flex flex-wrap gap-1.5', !alone && 'ml-auto max-md:ml-0')}>
              <Button small look={alone ? 'primary' : 'plain'} aria-describedby={titleId} disabled={busy} onClick={() => decideAs('approve')}>
                Approve
              </Button>
              {editableFields(proposal).length > 0 && (
                <Button small aria-describedby={titleId} disabled={busy} onClick={() => setEditing(true)}>
                  Edit
                </Button>
              )}
              <Button small aria-describedby={titleId} disabled={busy} onClick={() => decideAs('reject')}>
                Reject
              </Button>
            </div>
          )}
          {mayDecide && status === 'approved' && (
            <Button
              small
              look="quiet"
              aria-describedby={titleId}
              disabled={busy}
              onClick={() => {
                decide.reset()
                undo.mutate({ id, batchId })
              }}
            >
              Undo
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
