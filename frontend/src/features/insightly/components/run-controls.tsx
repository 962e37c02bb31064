import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useSteerRun } from '../api/sync.ts'
import type { SyncRun } from '../api/sync-types.ts'

const done = { pause: 'Paused. What was copied is kept.', resume: 'The run goes on.', cancel: 'Cancelled. What was copied is kept.' } as const

/** Holds a run, lets it go on, or ends it. */
export function RunControls({ run }: { run: SyncRun }) {
  const steer = useSteerRun()
  const [asking, setAsking] = useState(false)
  const act = (action: keyof typeof done) => steer.mutate(action, { onError: announceError, onSuccess: () => announce(done[action]) })
  return (
    <div className="flex shrink-0 gap-1.5">
      {run.state === 'paused' ? (
        <Button disabled={steer.isPending} onClick={() => act('resume')}>
          <Play aria-hidden className="size-3.5" /> Resume
        </Button>
      ) : (
        <Button disabled={steer.isPending} onClick={() => act('pause')}>
          <Pause aria-hidden className="size-3.5" /> Pause
        </Button>
      )}
      <Button disabled={steer.isPending} onClick={() => setAsking(true)}>
        <X aria-hidden className="size-3.5" /> Cancel
      </Button>
      <Confirm open={asking} onOpenChange={setAsking} title="Cancel this run?" action="Cancel the run" onConfirm={() => act('cancel')}>
        What has been copied is kept, and the next run starts from its beginning. To go on later where it is now, pause it instead.
      </Confirm>
    </div>
  )
}
