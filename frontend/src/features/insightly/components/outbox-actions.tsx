import { useState } from 'react'
import type { OutboxItem } from '#contracts/outbox.ts'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useDrop, useRetry } from '../api/outbox.ts'
import { changeWords, oneLabel } from '../words.ts'

/** What a person can do about a change that Insightly refused, or has not taken yet. */
export function OutboxActions({ item }: { item: OutboxItem }) {
  const retry = useRetry()
  const drop = useDrop()
  const [asking, setAsking] = useState(false)
  const name = item.label ?? oneLabel(item.entity)
  const busy = retry.isPending || drop.isPending
  // The item may be gone from its list before the answer comes: a promise outlives it.
  const again = (restore: boolean) =>
    retry
      .mutateAsync({ id: item.id, restore })
      .then(() => announce(restore ? `${name} is made again in Insightly.` : `The change of ${name} is tried again.`), announceError)
  return (
    <span className="inline-flex gap-0.5 max-md:flex-col max-md:items-end">
      <Button small look="quiet" aria-label={`Retry the change of ${name}`} disabled={busy} onClick={() => again(false)}>
        Retry
      </Button>
      {item.canRestore && (
        <Button small look="quiet" aria-label={`Restore ${name} in Insightly`} disabled={busy} onClick={() => again(true)}>
          Restore there
        </Button>
      )}
      <Button small look="quiet" aria-label={`Drop the change of ${name}`} disabled={busy} onClick={() => setAsking(true)}>
        Drop
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Do not send this change?"
        action="Drop the change"
        onConfirm={() => drop.mutateAsync(item.id).then(() => announce('Dropped. The change stays here and is not sent.'), announceError)}
      >
        {changeWords(item)}: {name}. It stays here as it is and is not sent to Insightly, so the two differ from then on.
      </Confirm>
    </span>
  )
}
