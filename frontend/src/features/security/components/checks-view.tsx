import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, RefreshCw, TriangleAlert } from 'lucide-react'
import type { PostureCheck } from '#contracts/security.ts'
import { IconButton } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { countOf } from '@/lib/format.ts'
import { postureQuery } from '../api/security.ts'
import { EncryptionTest } from './encryption-test.tsx'

const looks = {
  bad: { icon: CircleX, tone: 'text-danger', word: 'To mend' },
  warning: { icon: TriangleAlert, tone: 'text-warning', word: 'Look at this' },
  good: { icon: CircleCheck, tone: 'text-success', word: 'Good' },
} as const
const order: readonly PostureCheck['state'][] = ['bad', 'warning', 'good']

function summaryOf(checks: readonly PostureCheck[]): string {
  const bad = checks.filter((check) => check.state === 'bad').length
  const warnings = checks.filter((check) => check.state === 'warning').length
  if (bad + warnings === 0) return `All ${checks.length} checks are good.`
  return [bad > 0 ? `${bad} to mend` : '', warnings > 0 ? `${warnings} to look at` : '', `${checks.length - bad - warnings} good`].filter(Boolean).join(', ')
}

/** How well this installation is set up, found by looking. */
export function ChecksView() {
  const posture = useQuery(postureQuery)
  const sorted = [...(posture.data ?? [])].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  return (
    <>
      <Section
        title="Checks"
        description={posture.data === undefined ? 'How well this installation is set up.' : summaryOf(posture.data)}
        action={
          <IconButton label="Check again" disabled={posture.isFetching} onClick={() => void posture.refetch()}>
            <RefreshCw className="size-3.5" />
          </IconButton>
        }
      >
        {posture.isPending ? (
          <SkeletonRows rows={8} className="rounded-panel border py-2" />
        ) : posture.isError ? (
          <ErrorState compact error={posture.error} onRetry={() => posture.refetch()} />
        ) : (
          <ul aria-label={countOf(sorted.length, 'check')} className="rounded-panel border">
            {sorted.map((check) => {
              const { icon: Icon, tone, word } = looks[check.state]
              return (
                <li key={check.id} className="flex gap-3 border-b px-3 py-2.5 text-sm last:border-b-0">
                  <Icon aria-hidden className={cn('mt-px size-4 shrink-0', tone)} />
                  <div className="min-w-0 flex-1">
                    <p>
                      {check.label} <span className="sr-only">({word})</span>
                    </p>
                    <p className="mt-0.5 max-w-[72ch] text-soft">{check.detail}</p>
                  </div>
                </li>
              )
            })}
          </ul>
        )}
      </Section>
      <EncryptionTest />
    </>
  )
}
