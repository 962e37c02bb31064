import { CircleAlert, CircleCheck, CirclePause, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SyncStatus } from '#contracts/sync.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { cn } from '@/lib/class-names.ts'
import { behind } from '../durations.ts'
import { kindLabel } from '../words.ts'
import { QuotaMeter } from './quota-meter.tsx'
import { RunPanel } from './run-panel.tsx'
import { SyncButton } from './sync-button.tsx'

const states = {
  idle: { icon: CircleCheck, word: 'Connected', tone: 'text-success' },
  running: { icon: LoaderCircle, word: 'Syncing', tone: 'text-info' },
  paused: { icon: CirclePause, word: 'Paused', tone: 'text-warning' },
  failed: { icon: CircleAlert, word: 'The last run failed', tone: 'text-danger' },
} as const

const unfinished = <span className="text-faint">not copied yet</span>
const unknown = <span className="text-faint">not yet known</span>

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="mt-0.5 min-h-5 text-sm wrap-anywhere">{children}</dd>
    </div>
  )
}

/** Whether the copy here is good, of when it is, and what runs. */
export function StatusSection({ status }: { status: SyncStatus }) {
  const { connection, quota, state } = status
  const { icon: Icon, word, tone } = states[state]
  if (connection === null) return null
  return (
    <Section
      title="Connection"
      description={
        <span role="status" className="inline-flex items-center gap-1.5">
          <Icon aria-hidden className={cn('size-3.5', tone)} /> {word}
        </span>
      }
      action={<SyncButton busy={state === 'running' || state === 'paused'} />}
    >
      <dl className="mb-5 grid grid-cols-3 gap-x-8 gap-y-3.5 max-md:grid-cols-2">
        <Fact label="Account">{connection.account ?? unknown}</Fact>
        <Fact label="Address">
          <span title={connection.url}>{connection.url.replace(/^https:\/\//, '')}</span>
        </Fact>
        <Fact label="Key">{connection.keySource === 'environment' ? 'In the server’s environment' : 'Kept here, encrypted'}</Fact>
        <Fact label="Data as of">{status.asOf === null ? unfinished : <RelativeTime at={status.asOf} />}</Fact>
        <Fact label="Behind Insightly by at most">
          {status.lagSeconds === null ? unfinished : <span className="figures">{behind(status.lagSeconds)}</span>}
        </Fact>
        <Fact label="Next run">{status.nextRunAt === null ? <span className="text-faint">none is due</span> : <RelativeTime at={status.nextRunAt} />}</Fact>
        <Fact label="Calls left today">{quota === null ? unknown : <QuotaMeter quota={quota} />}</Fact>
        {connection.notInPlan.length > 0 && (
          <Fact label="Not in the account’s plan">{connection.notInPlan.map((kind) => kindLabel(kind).toLowerCase()).join(', ')}</Fact>
        )}
      </dl>
      <RunPanel status={status} />
    </Section>
  )
}
