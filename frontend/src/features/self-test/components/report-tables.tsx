import { useState } from 'react'
import type { BenchmarkReport, Latency, SelfTestReport, SelfTestResult, SystemCheck, SystemReport } from '#contracts/self-test.ts'
import { Checkbox } from '@/components/checkbox.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { formatDuration, formatNumber } from '@/lib/format.ts'
import { RunStatus } from './run-status.tsx'

const figure = 'figures whitespace-nowrap'
const time = (milliseconds: number | null | undefined): string | null => (milliseconds == null ? null : formatDuration(milliseconds))
/** Operations take a millisecond or two here, so a decimal says something. */
const exact = (milliseconds: number): string => (milliseconds < 100 ? `${formatNumber(milliseconds, 1)} ms` : formatDuration(milliseconds))

function latencyColumns<T>(of: (row: T) => Latency | undefined): ListColumn<T>[] {
  const column = (key: 'p50' | 'p95' | 'max', label: string): ListColumn<T> => ({
    key,
    label,
    className: figure,
    cell: (row) => {
      const latency = of(row)
      return latency === undefined ? null : exact(latency[key])
    },
  })
  return [
    column('p50', 'p50'),
    column('p95', 'p95'),
    column('max', 'Longest'),
    { key: 'target', label: 'Target', className: figure, cell: (row) => time(of(row)?.target) },
    { key: 'runs', label: 'Times', className: figure, cell: (row) => of(row)?.runs ?? null },
  ]
}

const testColumns: readonly ListColumn<SelfTestResult>[] = [
  {
    key: 'name',
    label: 'Test',
    phone: 'heading',
    className: 'w-full',
    cell: ({ name, error }) => (
      <>
        {name}
        {error !== undefined && <span className="block max-w-[80ch] py-0.5 text-danger wrap-anywhere">{error}</span>}
      </>
    ),
  },
  { key: 'status', label: 'Result', phone: 'side', cell: ({ status }) => <RunStatus status={status} /> },
  { key: 'took', label: 'Took', className: figure, cell: ({ durationMs }) => time(durationMs) },
]

/** Each suite with its tests; percentiles where they were measured. */
export function SuitesReport({ report: { suites, failed } }: { report: SelfTestReport }) {
  const [onlyFailed, setOnlyFailed] = useState(false)
  const shown = suites
    .map((suite) => ({ ...suite, tests: suite.tests.filter(({ status }) => !onlyFailed || status === 'failed') }))
    .filter(({ tests }) => tests.length > 0)
  return (
    <div className="flex flex-col gap-5">
      {failed > 0 && <Checkbox label="Only what failed" checked={onlyFailed} onChange={(event) => setOnlyFailed(event.target.checked)} />}
      {shown.map(({ name, success, durationMs, tests }) => (
        <section key={name} aria-label={name}>
          <h3 className="mb-2 flex flex-wrap items-center gap-x-2.5 text-sm font-medium">
            {name}
            <span className="font-normal">
              <RunStatus status={success ? 'passed' : 'failed'} />
            </span>
            <span className="figures font-normal text-faint">{formatDuration(durationMs)}</span>
          </h3>
          <ListTable
            caption={`Tests of ${name}`}
            columns={
              tests.some(({ latencyMs }) => latencyMs !== undefined)
                ? [...testColumns, ...latencyColumns<SelfTestResult>(({ latencyMs }) => latencyMs)]
                : testColumns
            }
            rows={tests}
            rowKey={(test) => test.name}
          />
        </section>
      ))}
    </div>
  )
}

type Benchmark = BenchmarkReport['benchmarks'][number]
const benchmarkColumns: readonly ListColumn<Benchmark>[] = [
  { key: 'name', label: 'Operation', phone: 'heading', className: 'w-full', cell: ({ name }) => name },
  {
    key: 'status',
    label: 'Result',
    phone: 'side',
    cell: ({ success }) => <RunStatus status={success ? 'passed' : 'failed'} words={success ? 'Within target' : 'Too slow'} />,
  },
  ...latencyColumns<Benchmark>((benchmark) => benchmark),
]

/** What was timed, against its targets. */
export function BenchmarkTable({ report: { benchmarks, contacts } }: { report: BenchmarkReport }) {
  return (
    <div className="flex flex-col gap-2">
      <ListTable caption="Timing" columns={benchmarkColumns} rows={benchmarks} rowKey={({ name }) => name} />
      <p className="max-w-[72ch] text-xs text-faint">
        Half of the calls were faster than p50, 95 of 100 faster than p95. There were {formatNumber(contacts)} contacts, so this tells of the machine, not of a
        large workspace.
      </p>
    </div>
  )
}

const checkStates = { ok: 'passed', failed: 'failed' } as const
const checkColumns: readonly ListColumn<SystemCheck>[] = [
  {
    key: 'name',
    label: 'Part',
    phone: 'heading',
    className: 'whitespace-nowrap',
    cell: ({ name }) => (name === 'crm' ? 'CRM' : (name[0]?.toUpperCase() ?? '') + name.slice(1)),
  },
  {
    key: 'status',
    label: 'Result',
    phone: 'side',
    cell: ({ status }) =>
      status === 'not_configured' ? (
        <span className="whitespace-nowrap text-faint">Not set up</span>
      ) : (
        <RunStatus status={checkStates[status]} words={status === 'ok' ? 'Good' : 'Failed'} />
      ),
  },
  { key: 'took', label: 'Took', className: figure, cell: ({ status, durationMs }) => (status === 'not_configured' ? null : exact(durationMs)) },
  { key: 'detail', label: 'Found', phone: 'sentence', className: 'w-full wrap-anywhere text-soft', cell: ({ detail }) => detail },
]

/** What each part that is configured answered. */
export function ChecksTable({ report: { checks } }: { report: SystemReport }) {
  return (
    <ListTable
      caption="What is configured"
      columns={checkColumns}
      rows={checks}
      rowKey={({ name }) => name}
      isFaint={({ status }) => status === 'not_configured'}
    />
  )
}
