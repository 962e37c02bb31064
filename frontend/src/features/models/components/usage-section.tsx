import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { type ModelUsage, type UsageGrouping, usageGroupings } from '#contracts/models.ts'
import { Select } from '@/components/input.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { formatDate, formatNumber } from '@/lib/format.ts'
import { usageQuery } from '../api/models.ts'
import { usdWords } from '../usd.ts'

const ResultChart = lazy(() => import('@/components/result-chart.tsx'))

type Item = ModelUsage['items'][number]

const groupingNames: Readonly<Record<UsageGrouping, string>> = { day: 'Day', user: 'Person', agent: 'Agent', model: 'Model', session: 'Conversation' }
const periods = [7, 30, 90] as const

function columnsFor(by: UsageGrouping): ListColumn<Item>[] {
  const figure = (key: string, label: string, of: (item: Item) => string): ListColumn<Item> => ({
    key,
    label,
    className: 'figures whitespace-nowrap',
    cell: of,
  })
  return [
    {
      key: 'label',
      label: groupingNames[by],
      phone: 'heading',
      className: 'max-w-72 truncate',
      cell: ({ key, label }) =>
        by === 'day' ? (
          formatDate(label)
        ) : by === 'session' && key !== null ? (
          <Link to="/chat/{-$sessionId}" params={{ sessionId: key }} className="underline-offset-2 hover:underline">
            {label}
          </Link>
        ) : (
          label
        ),
    },
    figure('calls', 'Calls', ({ calls, done }) =>
      done >= calls ? formatNumber(calls) : `${formatNumber(calls)} (${formatNumber(calls - done)} without an answer)`,
    ),
    figure('input', 'Tokens read', ({ inputTokens }) => formatNumber(inputTokens)),
    figure('output', 'Written', ({ outputTokens }) => formatNumber(outputTokens)),
    figure('cost', 'Cost', ({ costUsd, unpriced }) =>
      unpriced > 0 ? `${usdWords(costUsd)} and ${formatNumber(unpriced)} without a price` : usdWords(costUsd),
    ),
  ]
}

/** What the models did and cost in a period. */
export function UsageSection({ everybodys }: { everybodys: boolean }) {
  const [by, setBy] = useState<UsageGrouping>('day')
  const [days, setDays] = useState<number>(30)
  const usage = useQuery(usageQuery(by, days))
  const data = usage.data
  return (
    <Section
      title="Usage"
      description={everybodys ? 'Everybody in this workspace.' : 'Your own questions.'}
      action={
        <>
          <Select aria-label="By" className="w-36" value={by} onChange={(event) => setBy(usageGroupings.find((one) => one === event.target.value) ?? 'day')}>
            {usageGroupings.map((one) => (
              <option key={one} value={one}>
                {groupingNames[one]}
              </option>
            ))}
          </Select>
          <Select aria-label="Period" className="w-32" value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {periods.map((one) => (
              <option key={one} value={one}>
                {one} days
              </option>
            ))}
          </Select>
        </>
      }
    >
      {usage.isPending ? (
        <SkeletonRows rows={4} className="rounded-panel border" />
      ) : usage.isError ? (
        <ErrorState compact error={usage.error} onRetry={() => usage.refetch()} />
      ) : data === undefined || data.items.length === 0 ? (
        <EmptyLine>No model was asked in this period.</EmptyLine>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="figures text-sm">
            {formatNumber(data.total.calls)} calls, {formatNumber(data.total.inputTokens + data.total.outputTokens)} tokens, {usdWords(data.total.costUsd)}
            {data.total.cached > 0 && `; ${formatNumber(data.total.cached)} answered from what was known`}
            {data.total.unpriced > 0 && `; ${formatNumber(data.total.unpriced)} of a model without a known price`}
            {data.total.estimated > 0 && `; the tokens of ${formatNumber(data.total.estimated)} are estimated`}
          </p>
          {by === 'day' && data.items.length > 1 && (
            <Suspense fallback={<div className="skeleton h-72 rounded-panel!" />}>
              <ResultChart
                chart={{
                  kind: 'bar',
                  title: 'Tokens by day',
                  series: [
                    { name: 'Tokens', points: data.items.map((item) => ({ label: formatDate(item.label), value: item.inputTokens + item.outputTokens })) },
                  ],
                }}
              />
            </Suspense>
          )}
          <ListTable caption="Usage of models" columns={columnsFor(data.by)} rows={data.items} rowKey={({ key, label }) => key ?? label} />
        </div>
      )}
    </Section>
  )
}
