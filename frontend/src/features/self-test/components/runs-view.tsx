import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import type { SelfTestRun } from '#contracts/self-test.ts'
import { Button } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { Labelled, Select } from '@/components/input.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState } from '@/components/states.tsx'
import { formatDuration } from '@/lib/format.ts'
import { type Runnable, runsQuery, useSelfTest } from '../api/self-test.ts'
import { aboutRunnable, runName } from '../run-words.ts'
import { RunStatus } from './run-status.tsx'
import { RunningPanel } from './running-panel.tsx'
import { TimingHistory } from './timing-history.tsx'

const columnsFor = (onOpen: (id: string) => void): ListColumn<SelfTestRun>[] => [
  {
    key: 'name',
    label: 'What',
    phone: 'heading',
    cell: ({ id, name }) => (
      <button type="button" className="text-left underline-offset-2 hover:underline" onClick={() => onOpen(id)}>
        {runName(name)}
      </button>
    ),
  },
  { key: 'status', label: 'Result', className: 'whitespace-nowrap', cell: ({ status }) => <RunStatus status={status} /> },
  {
    key: 'took',
    label: 'Took',
    className: 'figures whitespace-nowrap',
    cell: ({ durationMs }) => (durationMs === null ? null : formatDuration(durationMs)),
  },
  { key: 'by', label: 'Asked for by', className: 'max-w-40 truncate', cell: ({ startedBy }) => startedBy },
  { key: 'at', label: 'When', phone: 'side', className: 'whitespace-nowrap text-faint', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
]

/** The value of the choice, and back. */
const runnableOf = (value: string): Runnable =>
  value === 'all' || value === 'validate_system' || value === 'benchmark' ? { kind: value } : { kind: 'suite', suite: value }

/** Starts a run, shows how far it is, and lists those before. */
export function RunsView({ onOpen }: { onOpen: (id: string) => void }) {
  const [chosen, setChosen] = useState('all')
  const test = useSelfTest()
  const runs = useQuery(runsQuery(test.isPending))
  const running = runs.data?.items.find(({ status }) => status === 'running')
  const what = runnableOf(chosen)
  const run = () => test.mutate(what, { onSuccess: (ended) => ended !== undefined && onOpen(ended.id) })
  return (
    <>
      <Section
        title="Run a test"
        description="ChatSG tests itself, on the whole product and with nothing of yours: nothing live is touched, and nothing leaves this machine."
      >
        <div className="flex flex-col gap-3.5">
          <div className="flex flex-wrap items-end gap-2">
            <div className="w-72 max-md:w-full">
              <Labelled label="What to run" htmlFor="self-test-what">
                <Select id="self-test-what" value={chosen} onChange={(event) => setChosen(event.target.value)}>
                  <option value="all">All suites</option>
                  <option value="validate_system">Check what is configured</option>
                  <option value="benchmark">Time operations</option>
                  <optgroup label="One suite">
                    {runs.data?.suites.map((suite) => (
                      <option key={suite} value={suite}>
                        {suite}
                      </option>
                    ))}
                  </optgroup>
                </Select>
              </Labelled>
            </div>
            <Button look="primary" disabled={test.isPending || running !== undefined || runs.isError} onClick={run}>
              <Play aria-hidden className="size-3.5" /> Run
            </Button>
          </div>
          <p className="max-w-[72ch] text-sm text-soft">{aboutRunnable[what.kind]}</p>
          {test.isError && <ErrorState compact error={test.error} />}
          {(test.isPending || running !== undefined) && <RunningPanel run={running} />}
        </div>
      </Section>
      <Section title="Runs" description="The last fifty, the newest first.">
        <Fetched query={runs} rows={4}>
          {({ items }) => {
            const ended = items.filter(({ status }) => status !== 'running')
            return ended.length === 0 ? (
              <EmptyLine>Nothing was run yet.</EmptyLine>
            ) : (
              <div className="flex flex-col gap-4">
                <ListTable caption="Runs" columns={columnsFor(onOpen)} rows={ended} rowKey={({ id }) => id} onOpen={({ id }) => onOpen(id)} />
                <TimingHistory runs={ended} />
              </div>
            )
          }}
        </Fetched>
      </Section>
    </>
  )
}
