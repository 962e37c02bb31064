import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useStartRun } from '../api/sync.ts'

/** When most records seem to be gone there, only a person can say that they were deleted on purpose. */
export function ConfirmDeletions() {
  const start = useStartRun()
  const [asking, setAsking] = useState(false)
  const run = () =>
    start.mutate({ mode: 'reconcile', confirmDeletions: true }, { onError: announceError, onSuccess: () => announce('The comparison has started.') })
  return (
    <div>
      <Button small disabled={start.isPending} onClick={() => setAsking(true)}>
        Compare again and confirm deletions…
      </Button>
      <Confirm open={asking} onOpenChange={setAsking} title="Delete here what is missing in Insightly?" action="Compare and delete" onConfirm={run}>
        Do this only when the records were deleted in Insightly on purpose. A key that sees fewer records than before looks the same from here.
      </Confirm>
    </div>
  )
}
