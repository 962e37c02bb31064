import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle, Square } from 'lucide-react'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import type { WorkflowRun } from '#contracts/workflows.ts'
import { Button } from '@/components/button.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { agentWords } from '@/lib/agent-words.ts'
import { batchQuery } from '@/lib/approvals.ts'
import { cn } from '@/lib/class-names.ts'
import { useCancelWorkflow } from '@/lib/workflows.ts'
import { workflowNames, workflowStatusNames } from '../automation-words.ts'

const ProposalGroup = lazy(() => import('@/components/proposals/proposal-group.tsx').then((module) => ({ default: module.ProposalGroup })))

const looks = {
  running: { icon: LoaderCircle, tone: 'text-info animate-spin' },
  done: { icon: CircleCheck, tone: 'text-success' },
  failed: { icon: CircleX, tone: 'text-danger' },
  cancelled: { icon: CircleSlash, tone: 'text-faint' },
} as const

/** What was done so far and what is left, in order. */
function Steps({ run: { steps, next } }: { run: WorkflowRun }) {
  return (
    <ol aria-label="Steps" className="flex flex-col gap-3">
      {steps.map((step) => (
        <li key={step.title} className="flex gap-2.5 text-sm">
          <CircleCheck aria-hidden className="mt-px size-4 shrink-0 text-success" />
          <div className="min-w-0">
            <p>
              <span className="font-medium">{step.title}</span>{' '}
              <span className="text-xs text-faint">
                {agentWords(step.agent)}, <RelativeTime at={step.at} />
              </span>
            </p>
            <p className="max-w-[72ch] text-soft wrap-anywhere">{step.said}</p>
          </div>
        </li>
      ))}
      {next.map((title, index) => (
        <li key={title} className="flex gap-2.5 text-sm text-faint">
          {index === 0 ? (
            <LoaderCircle aria-hidden className="mt-px size-4 shrink-0 animate-spin text-info" />
          ) : (
            <CircleDashed aria-hidden className="mt-px size-4 shrink-0" />
          )}
          {title}
        </li>
      ))}
    </ol>
  )
}

function Proposals({ batchId }: { batchId: string }) {
  const batch = useQuery(batchQuery(batchId))
  if (batch.isError) return <ErrorState compact error={batch.error} onRetry={() => batch.refetch()} />
  if (batch.data === undefined) return <div className="skeleton h-36 rounded-panel!" />
  if (batch.data.length === 0) return <p className="text-sm text-faint">What it proposed is not kept any more.</p>
  return (
    <Suspense fallback={<div className="skeleton h-36 rounded-panel!" />}>
      <ProposalGroup batchId={batchId} proposals={batch.data} inConversation />
    </Suspense>
  )
}

/** One workflow: what it is about, its steps, and what it wants changed. */
export function WorkflowEntry({ run, startsOpen, mayStop }: { run: WorkflowRun; startsOpen: boolean; mayStop: boolean }) {
  const [open, setOpen] = useState(startsOpen)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const cancel = useCancelWorkflow()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what an address or a start asks for is brought into sight, once
  useEffect(() => {
    if (startsOpen) box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const { icon: Icon, tone } = looks[run.status]
  return (
    <div ref={box} className="flex flex-col">
      <div className="flex items-start gap-2 px-2 py-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-start gap-2 rounded-control px-1.5 py-1 text-left hover:bg-hover"
        >
          <ChevronRight aria-hidden className={cn('mt-0.5 size-4 shrink-0 text-faint transition-transform duration-150', open && 'rotate-90')} />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{workflowNames[run.name]}</span>
            <span className="block text-sm text-soft wrap-anywhere">{run.source.label}</span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-xs text-faint">
              <span role="status" className="inline-flex items-center gap-1">
                <Icon aria-hidden className={cn('size-3.5', tone)} /> {workflowStatusNames[run.status]}
              </span>
              <RelativeTime at={run.endedAt ?? run.createdAt} />
            </span>
          </span>
        </button>
        {run.status === 'running' && mayStop && (
          <Button
            small
            disabled={cancel.isPending}
            onClick={() =>
              cancel.mutate(run.id, { onError: announceError, onSuccess: () => announce('It stops before its next step. What was done is kept.') })
            }
          >
            <Square aria-hidden className="size-3" fill="currentColor" /> Stop
          </Button>
        )}
      </div>
      {open && (
        <div id={id} className="flex flex-col gap-4 px-3.5 pt-1 pb-4 pl-10 max-md:pl-3.5">
          {run.source.entity === 'emails' && (
            <Link to="/inbox/{-$id}" params={{ id: run.source.recordId }} className="self-start text-sm underline underline-offset-2">
              The e-mail it is about
            </Link>
          )}
          {(run.steps.length > 0 || run.next.length > 0) && <Steps run={run} />}
          {run.error !== null && (
            <p role="alert" className="text-sm text-danger">
              {run.error}
            </p>
          )}
          {run.status === 'cancelled' && <p className="text-sm text-faint">It was stopped; no further step was done.</p>}
          {run.batchId !== null && <Proposals batchId={run.batchId} />}
        </div>
      )}
    </div>
  )
}
