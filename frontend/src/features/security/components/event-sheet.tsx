import { useState } from 'react'
import type { SecurityEvent } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Sheet } from '@/components/dialog.tsx'
import { Facts, JsonBlock } from '@/components/facts.tsx'
import { formatInstant } from '@/lib/format.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { eventTitle, typeNames } from '../event-words.ts'
import { BlockDialog } from './block-dialog.tsx'
import { SeverityWord } from './severity.tsx'

/** One event with everything that was recorded. */
export function EventSheet({ event, onClose }: { event: SecurityEvent | null; onClose: () => void }) {
  const narrow = useNarrow()
  const [blocking, setBlocking] = useState<string | null>(null)
  return (
    <>
      <Sheet
        open={event !== null}
        onOpenChange={(next) => !next && onClose()}
        title={event === null ? '' : eventTitle(event)}
        side={narrow ? 'bottom' : 'right'}
      >
        {event !== null && (
          <div className="flex flex-col gap-5 p-4">
            <Facts
              facts={[
                ['Time', formatInstant(event.timestamp)],
                ['Severity', <SeverityWord key="severity" severity={event.severity} />],
                ['Type', typeNames[event.type]],
                ['Address', event.ip],
                ['Person', event.userId],
                ['Program', event.userAgent],
              ]}
            />
            <JsonBlock label="Details" value={event.details} />
            {event.ip !== null && (
              <Button
                className="self-start"
                onClick={() => {
                  setBlocking(event.ip)
                  onClose()
                }}
              >
                Block {event.ip}
              </Button>
            )}
          </div>
        )}
      </Sheet>
      {blocking !== null && <BlockDialog address={blocking} onClose={() => setBlocking(null)} />}
    </>
  )
}
