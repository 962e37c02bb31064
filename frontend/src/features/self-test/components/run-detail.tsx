import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, Download } from 'lucide-react'
import type { SelfTestRunDetail } from '#contracts/self-test.ts'
import { Button } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { downloadText, fileNameOf } from '@/lib/download.ts'
import { formatDuration } from '@/lib/format.ts'
import { runQuery } from '../api/self-test.ts'
import { type Report, toMarkdown } from '../report-markdown.ts'
import { runName } from '../run-words.ts'
import { BenchmarkTable, ChecksTable, SuitesReport } from './report-tables.tsx'
import { RunStatus } from './run-status.tsx'
import { RunningPanel } from './running-panel.tsx'

function Downloads({ name, report }: { name: string; report: Report }) {
  const file = `self-test ${name} ${report.startedAt.slice(0, 16)}`
  return (
    <>
      <Button onClick={() => downloadText(fileNameOf(file, 'json'), `${JSON.stringify(report, null, 2)}\n`, 'application/json')}>
        <Download aria-hidden className="size-3.5" /> JSON
      </Button>
      <Button onClick={() => downloadText(fileNameOf(file, 'md'), toMarkdown(report), 'text/markdown;charset=utf-8')}>
        <Download aria-hidden className="size-3.5" /> Markdown
      </Button>
    </>
  )
}

function Outcome({ run }: { run: SelfTestRunDetail }) {
  const { report } = run
  return (
    <Section
      title={runName(run.name)}
      description={
        <span className="flex flex-wrap items-center gap-x-2">
          <RunStatus status={run.status} />
          <span className="figures text-faint">
            {report !== null && 'suites' in report && `${report.passed} passed, ${report.failed} failed; `}
            {run.durationMs !== null && `${formatDuration(run.durationMs)}; `}
            {run.startedBy}, <RelativeTime at={run.startedAt} />
          </span>
        </span>
      }
      action={report === null ? undefined : <Downloads name={run.name} report={report} />}
    >
      {run.status === 'running' ? (
        <RunningPanel run={run} />
      ) : report === null ? (
        <p role="alert" className="text-sm text-danger">
          {run.error ?? 'It was not carried to its end.'}
        </p>
      ) : 'suites' in report ? (
        <SuitesReport report={report} />
      ) : 'benchmarks' in report ? (
        <BenchmarkTable report={report} />
      ) : (
        <ChecksTable report={report} />
      )}
    </Section>
  )
}

/** One run with its report. */
export function RunDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const run = useQuery(runQuery(id))
  return (
    <>
      <Button small look="quiet" className="mb-3 -ml-2" onClick={onBack}>
        <ChevronLeft aria-hidden className="size-4" /> All runs
      </Button>
      <div>
        <Fetched query={run} rows={8}>
          {(found) => <Outcome run={found} />}
        </Fetched>
      </div>
    </>
  )
}
