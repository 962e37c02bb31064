import type { ReactNode } from 'react'
import { Meter } from '@/components/meter.tsx'
import { Section } from '@/components/section.tsx'
import { countOf, formatBytes, formatNumber, formatPercent, formatSpan } from '@/lib/format.ts'
import type { Figures } from '../api/health.ts'

function Figure({ label, value, meter, children }: { label: string; value: string; meter?: number; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5 rounded-panel border px-3.5 py-3">
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="figures text-title font-semibold tracking-tight">{value}</dd>
      {meter !== undefined && (
        <dd>
          <Meter label={label} value={meter} />
        </dd>
      )}
      <dd className="figures text-xs text-soft">{children}</dd>
    </div>
  )
}

/** What the process that answered uses right now; the history of these figures is in Prometheus. */
export function FiguresSection({ figures: { uptimeSeconds, memory, cpu, eventLoopLagMs: lag } }: { figures: Figures }) {
  return (
    <Section
      title="Figures"
      description="Of the process that answered, at this moment. Nothing is kept of them here: Prometheus reads them over time from /metrics."
    >
      <dl className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
        <Figure label="Memory" value={formatPercent(memory.used)} meter={memory.used}>
          {formatBytes(memory.occupiedBytes ?? memory.residentBytes)} of {formatBytes(memory.limitBytes)}; this process {formatBytes(memory.residentBytes)}
        </Figure>
        <Figure label="Processor" value={formatPercent(cpu.used)} meter={cpu.used}>
          of one core since the last look; the machine has {countOf(cpu.cores, 'core')}, load {formatNumber(cpu.load1)}
        </Figure>
        <Figure label="Waiting for the event loop" value={`${formatNumber(lag.p99, 1)} ms`}>
          99 of 100 waited less; half {formatNumber(lag.p50, 1)} ms, at most {formatNumber(lag.max, 1)} ms
        </Figure>
        <Figure label="Running for" value={formatSpan(uptimeSeconds)}>
          since this process was started
        </Figure>
      </dl>
    </Section>
  )
}
