import type { AuditEntryView } from '#contracts/security.ts'
import { Sheet } from '@/components/dialog.tsx'
import { Facts, JsonBlock } from '@/components/facts.tsx'
import { formatInstant, formatNumber } from '@/lib/format.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { nameOfEvent } from '../event-names.ts'
import { OutcomeWord } from './outcome-word.tsx'

const Mono = ({ children }: { children: string }) => <span className="font-mono text-xs wrap-anywhere">{children}</span>

/** One entry with everything it says, its place in the chain included. */
export function EntrySheet({ entry, onClose }: { entry: AuditEntryView | null; onClose: () => void }) {
  const narrow = useNarrow()
  return (
    <Sheet
      open={entry !== null}
      onOpenChange={(next) => !next && onClose()}
      title={entry === null ? '' : `Entry ${formatNumber(entry.sequence)}`}
      side={narrow ? 'bottom' : 'right'}
    >
      {entry !== null && (
        <div className="flex flex-col gap-5 p-4">
          <Facts
            facts={[
              ['Time', formatInstant(entry.time)],
              ['Event', nameOfEvent(entry.event)],
              ['Operation', <Mono key="operation">{entry.operation}</Mono>],
              ['Outcome', <OutcomeWord key="outcome" outcome={entry.outcome} />],
              ['Person', entry.userName],
              ['Address', entry.ip],
              ['Program', entry.userAgent],
              ['Session', entry.sessionId === null ? null : <Mono key="session">{entry.sessionId}</Mono>],
              ['Request', entry.requestId === null ? null : <Mono key="request">{entry.requestId}</Mono>],
            ]}
          />
          {entry.query !== null && entry.query !== undefined && <JsonBlock label="What was asked or changed" value={entry.query} />}
          <Facts
            facts={[
              ['Its hash', <Mono key="hash">{entry.hash}</Mono>],
              ['Hash before', <Mono key="before">{entry.previousHash}</Mono>],
            ]}
          />
        </div>
      )}
    </Sheet>
  )
}
