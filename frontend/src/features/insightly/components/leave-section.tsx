import { useState } from 'react'
import type { SyncStatus } from '#contracts/sync.ts'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { LeaveDialog } from './leave-dialog.tsx'

export function LeaveSection({ status }: { status: SyncStatus }) {
  const [asking, setAsking] = useState(false)
  return (
    <Section
      title="Leave Insightly"
      description="ChatSG becomes the only home of your records. Every record stays here; only the connection ends."
      action={
        <Button look="danger" className="border border-line" onClick={() => setAsking(true)}>
          Leave Insightly…
        </Button>
      }
    >
      {asking && <LeaveDialog status={status} onClose={() => setAsking(false)} />}
    </Section>
  )
}
