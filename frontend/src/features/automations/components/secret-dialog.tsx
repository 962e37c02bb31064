import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { OneTimeSecret } from '@/components/one-time-secret.tsx'

/** The key that deliveries are signed with, shown once. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Signing secret"
      description="Give it to the receiving program, which checks the signature with it. It is shown this once."
    >
      <div className="flex flex-col gap-4 p-4">
        {secret !== null && <OneTimeSecret label="Signing secret" value={secret} />}
        <Button look="primary" className="self-end" onClick={onClose}>
          I have copied it
        </Button>
      </div>
    </Dialog>
  )
}
