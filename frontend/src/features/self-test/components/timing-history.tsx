import { useQueries } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { BenchmarkReport, SelfTestRun } from '#contracts/self-test.ts'
import { formatInstant } from '@/lib/format.ts'
import { runQuery } from '../api/self-test.ts'

const ResultChart = lazy(() => import('@/components/result-chart.tsx'))
const mostRuns = 12

/** How the timed operations went from run to run; nothing before there are two. */
export function TimingHistory({ runs }: { runs: readonly SelfTestRun[] }) {
  const timed = runs.filter(({ name, status }) => name === 'benchmark' && (status === 'passed' || status === 'failed')).slice(0, mostRuns)
  const details = useQueries({ queries: timed.length < 2 ? [] : timed.map(({ id }) => ({ ...runQuery(id), staleTime: Number.POSITIVE_INFINITY })) })
  const reports = details.flatMap(({ data }): BenchmarkReport[] => (data?.report != null && 'benchmarks' in data.report ? [data.report] : [])).toReversed()
  if (reports.length < 2 || reports.length < timed.length) return null
  const names = [...new Set(reports.flatMap(({ benchmarks }) => benchmarks.map(({ name }) => name)))]
  const series = names.map((name) => ({
    name,
    points: reports.map((report) => ({
      label: formatInstant(report.startedAt),
      value: report.benchmarks.find((one) => one.name === name)?.p95 ?? null,
    })),
  }))
  return (
    <Suspense fallback={<div className="skeleton h-72 rounded-panel!" />}>
      <ResultChart chart={{ kind: 'line', title: `Timing of the last ${reports.length} runs: 95 of 100 were faster, in milliseconds`, series }} />
    </Suspense>
  )
}
