import { useQuery } from '@tanstack/react-query'
import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Alert } from '#contracts/alerts.ts'
import { Button } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { cn } from '@/lib/class-names.ts'
import { countOf, formatDate, formatSpan } from '@/lib/format.ts'
import { alertsQuery, useAcknowledge } from '../api/alerts.ts'
import { alertName, alertsByDay, measuredWords } from '../health-words.ts'

const ResultChart = lazy(() => import('@/components/result-chart.tsx'))

const severities = {
  warning: { icon: TriangleAlert, tone: 'text-warning', word: 'Warning' },
  critical: { icon: OctagonAlert, tone: 'text-danger', word: 'Critical' },
} as const

function SeverityWord({ severity }: { severity: Alert['severity'] }) {
  const { icon: Icon, tone, word } = severities[severity]
  return (
    <span className="inline-flex items-center gap-1.5 align-bottom whitespace-nowrap">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {word}
    </span>
  )
}

function RaisedAlert({ alert }: { alert: Alert }) {
  const acknowledge = useAcknowledge()
  const { icon: Icon, tone, word } = severities[alert.severity]
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3.5 py-3 text-sm">
      <Icon aria-hidden className={cn('mt-px size-4 shrink-0', tone)} />
      <div className="min-w-0 flex-1 basis-56">
        <p>
          <span className="sr-only">{word}: </span>
          {alert.message}
        </p>
        <p className="figures mt-0.5 text-xs text-faint">
          {[alertName(alert.name), measuredWords(alert)].filter((part) => part !== '').join(', ')}; raised <RelativeTime at={alert.raisedAt} />
          {alert.acknowledgedBy !== null && alert.acknowledgedAt !== null && (
            <>
              ; {alert.acknowledgedBy} looks after it since <RelativeTime at={alert.acknowledgedAt} />
            </>
          )}
        </p>
      </div>
      {alert.acknowledgedAt === null && (
        <Button
          small
          disabled={acknowledge.isPending}
          onClick={() => acknowledge.mutate(alert.id, { onError: announceError, onSuccess: () => announce('The others see that you look after it.') })}
        >
          I look after it
        </Button>
      )}
    </li>
  )
}

const lastedSeconds = ({ raisedAt, resolvedAt }: Alert): number => (Date.parse(resolvedAt ?? raisedAt) - Date.parse(raisedAt)) / 1000

const columns: readonly ListColumn<Alert>[] = [
  { key: 'name', label: 'Alert', phone: 'heading', className: 'whitespace-nowrap', cell: ({ name }) => alertName(name) },
  { key: 'severity', label: 'Severity', className: 'whitespace-nowrap', cell: ({ severity }) => <SeverityWord severity={severity} /> },
  { key: 'value', label: 'Measured', className: 'figures whitespace-nowrap', cell: (alert) => measuredWords(alert) },
  { key: 'raised', label: 'Raised', phone: 'side', className: 'whitespace-nowrap', cell: ({ raisedAt }) => <RelativeTime at={raisedAt} /> },
  { key: 'lasted', label: 'Lasted', className: 'figures whitespace-nowrap', cell: (alert) => formatSpan(lastedSeconds(alert)) },
  { key: 'by', label: 'Looked after by', className: 'max-w-40 truncate', cell: ({ acknowledgedBy }) => acknowledgedBy ?? '' },
]

const shownFolded = 10

function History({ alerts }: { alerts: readonly Alert[] }) {
  const [unfolded, setUnfolded] = useState(false)
  const days = alertsByDay(alerts, Date.now())
  const ended = alerts.filter(({ resolvedAt }) => resolvedAt !== null)
  return (
    <>
      {days.some(({ count }) => count > 0) && (
        <Suspense fallback={<div className="skeleton h-72 rounded-panel!" />}>
          <ResultChart
            chart={{
              kind: 'bar',
              title: 'Alerts raised, 30 days',
              series: [{ name: 'Alerts', points: days.map(({ day, count }) => ({ label: formatDate(day), value: count })) }],
            }}
          />
        </Suspense>
      )}
      {ended.length > 0 && (
        <ListTable caption="Alerts that are over" columns={columns} rows={unfolded ? ended : ended.slice(0, shownFolded)} rowKey={({ id }) => id} />
      )}
      {!unfolded && ended.length > shownFolded && (
        <Button look="quiet" small className="self-center" onClick={() => setUnfolded(true)}>
          Show all {ended.length}
        </Button>
      )}
    </>
  )
}

/** What is wrong right now, and what was. */
export function AlertsSection() {
  const alerts = useQuery(alertsQuery)
  return (
    <Section
      title="Alerts"
      description="Raised when a figure stays above its limit, and over when it stays below. The limits are in the configuration (ALERT_…)."
    >
      <Fetched query={alerts} rows={3}>
        {({ items }) => {
          const raised = items.filter(({ resolvedAt }) => resolvedAt === null)
          return (
            <div className="flex flex-col gap-4">
              {raised.length === 0 ? (
                <p className="flex items-center gap-1.5 text-sm text-soft">
                  <CircleCheck aria-hidden className="size-4 text-success" /> {items.length === 0 ? 'No alert has been raised so far.' : 'No alert is raised.'}
                </p>
              ) : (
                <ul aria-label={countOf(raised.length, 'raised alert')} className="divide-y divide-line rounded-panel border">
                  {raised.map((alert) => (
                    <RaisedAlert key={alert.id} alert={alert} />
                  ))}
                </ul>
              )}
              {items.length > 0 && <History alerts={items} />}
            </div>
          )
        }}
      </Fetched>
    </Section>
  )
}
