import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { IconButton } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { formatNumber } from '@/lib/format.ts'
import type { Health, HealthPart } from '../api/health.ts'
import { overallWords, wordsOf } from '../health-words.ts'
import { PartStatusWord } from './part-status.tsx'

const columns: readonly ListColumn<HealthPart>[] = [
  { key: 'part', label: 'Part', phone: 'heading', className: 'whitespace-nowrap', cell: (part) => wordsOf(part).label },
  { key: 'state', label: 'State', phone: 'side', className: 'whitespace-nowrap', cell: ({ status }) => <PartStatusWord status={status} /> },
  {
    key: 'latency',
    label: 'Answered in',
    className: 'figures whitespace-nowrap text-soft',
    cell: ({ latencyMs }) => (latencyMs == null ? null : `${formatNumber(latencyMs, 1)} ms`),
  },
  {
    key: 'detail',
    label: 'What it is',
    phone: 'sentence',
    className: 'w-full text-soft',
    cell: (part) => {
      const { detail, to } = wordsOf(part)
      return to === undefined ? (
        detail
      ) : (
        <>
          {detail}{' '}
          <Link to={to} className="underline underline-offset-2">
            See more
          </Link>
        </>
      )
    },
  },
]

/** Each part that ChatSG leans on, looked at just now. */
export function PartsSection({ query }: { query: UseQueryResult<Health> }) {
  const health = query.data
  return (
    <Section
      title="Parts"
      description={
        health === undefined ? (
          'What ChatSG leans on.'
        ) : (
          <>
            <span role="status">{overallWords[health.status]}</span> Looked at <RelativeTime at={health.timestamp} />.
          </>
        )
      }
      action={
        <IconButton label="Look again" disabled={query.isFetching} onClick={() => void query.refetch()}>
          <RefreshCw className="size-3.5" />
        </IconButton>
      }
    >
      <Fetched query={query} rows={8}>
        {({ services }) => (
          <ListTable caption="Parts" columns={columns} rows={services} rowKey={({ name }) => name} isFaint={({ status }) => status === 'not_configured'} />
        )}
      </Fetched>
    </Section>
  )
}
