import { useState } from 'react'
import type { MemoryErasure } from '#contracts/memory.ts'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { CopyButton } from '@/components/copy-button.tsx'
import { announceError } from '@/components/toast.tsx'
import { countOf, formatInstant } from '@/lib/format.ts'
import { useForgetEverything } from '../api/memory.ts'

/** Deletes all of one's own and shows the proof. */
export function ForgetEverything({ disabled }: { disabled: boolean }) {
  const forget = useForgetEverything()
  const [asking, setAsking] = useState(false)
  const [proof, setProof] = useState<MemoryErasure>()
  return (
    <div className="flex flex-col items-start gap-2 border-t pt-4">
      {proof !== undefined && (
        <div role="status" className="flex w-full flex-col gap-1 rounded-panel bg-accent-soft px-3 py-2.5 text-sm">
          <p>
            {countOf(proof.deleted, 'memory was', 'memories were')} deleted on {formatInstant(proof.erasedAt)}. The audit trail holds the same proof.
          </p>
          <p className="flex items-center gap-1 font-mono text-xs text-soft">
            <span className="min-w-0 wrap-anywhere">{proof.sha256}</span>
            <CopyButton label="Copy the proof" text={() => proof.sha256} />
          </p>
        </div>
      )}
      <Button look="danger" disabled={disabled || forget.isPending} onClick={() => setAsking(true)}>
        Delete everything about me
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Delete everything that is remembered about you?"
        action="Delete everything"
        onConfirm={() => forget.mutate(undefined, { onError: announceError, onSuccess: setProof })}
      >
        All of it goes for good, history too. Conversations stay, and what is remembered for everybody here stays.
      </Confirm>
    </div>
  )
}
