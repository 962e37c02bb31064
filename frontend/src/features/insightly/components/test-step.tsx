import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { InsightlyTrial } from '#contracts/sync.ts'
import { Button } from '@/components/button.tsx'
import { ErrorState } from '@/components/states.tsx'
import { formatNumber } from '@/lib/format.ts'
import { roughly } from '../durations.ts'
import { byKind, callsOf, kindLabel } from '../words.ts'

interface Props {
  test: InsightlyTrial
  busy: boolean
  error: unknown
  onBack: (() => void) | undefined
  onConnect: () => void
}

/** Whose key it is, what there is to copy, and what that costs; nothing has been kept yet. */
export function TestStep({ test, busy, error, onBack, onConnect }: Props) {
  const { account, quota, estimate } = test
  const kinds = byKind(test.records)
  const total = kinds.reduce((sum, [, count]) => sum + count, 0)
  const isMoreThanToday = quota !== null && estimate.calls > quota.remaining
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="flex items-start gap-2 text-sm">
        <CircleCheck aria-hidden className="mt-px size-4 shrink-0 text-success" />
        <span>
          Insightly answered in {formatNumber(test.latencyMs, 0)} ms. The key is <span className="font-medium">{account.name}</span>’s
          {account.email !== null && account.email !== account.name && <span className="text-soft"> ({account.email})</span>}; ChatSG sees and changes there
          what this person may.
        </span>
      </p>
      <div className="max-w-[440px] rounded-panel border">
        <table className="w-full text-sm">
          <caption className="sr-only">What will be copied</caption>
          <thead>
            <tr className="text-left text-faint">
              <th scope="col" className="h-8 border-b px-3 font-normal">
                What will be copied
              </th>
              <th scope="col" className="h-8 border-b px-3 text-right font-normal">
                Records
              </th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(([kind, count]) => (
              <tr key={kind} className="border-b">
                <th scope="row" className="h-8 px-3 text-left font-normal">
                  {kindLabel(kind)}
                </th>
                <td className="figures px-3 text-right">{formatNumber(count)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className="h-8 px-3 text-left font-medium">
                In all
              </th>
              <td className="figures px-3 text-right font-medium">{formatNumber(total)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      {test.notInPlan.length > 0 && (
        <p className="text-sm text-soft">Not in this account’s plan, and left out: {test.notInPlan.map((kind) => kindLabel(kind).toLowerCase()).join(', ')}.</p>
      )}
      <p className="max-w-[68ch] text-sm text-soft">
        Copying takes about {callsOf(estimate.calls)} and {roughly(estimate.seconds)} at the limit that is set here
        {quota !== null &&
          ` (${quota.limit === null ? callsOf(quota.remaining) : `${formatNumber(quota.remaining)} of ${callsOf(quota.limit)}`} are left today)`}
        . Nothing is changed in Insightly by it. From then on, what is changed there is fetched, and what is changed here is sent.
      </p>
      {isMoreThanToday && (
        <p className="flex items-start gap-2 text-sm text-warning">
          <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>That is more than is left today. The copy waits when the day’s calls are used up and goes on when there are new ones.</span>
        </p>
      )}
      <div className="flex gap-2">
        {onBack !== undefined && (
          <Button disabled={busy} onClick={onBack}>
            Back
          </Button>
        )}
        <Button look="primary" disabled={busy} onClick={onConnect}>
          {busy ? 'Connecting…' : total === 0 ? 'Connect' : `Copy ${formatNumber(total)} records`}
        </Button>
      </div>
      {error !== null && !busy && <ErrorState compact error={error} />}
    </div>
  )
}
