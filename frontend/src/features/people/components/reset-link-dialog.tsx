import type { Person } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { OneTimeSecret } from '@/components/one-time-secret.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useResetLink } from '../api/people.ts'

/** Makes a link with which somebody chooses a new password, to be handed over. */
export function ResetLinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const make = useResetLink()
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Reset the password of ${person.name}`}
      description="A link that works once, for choosing a new password. Hand it over on a way you trust: whoever opens it first has the account."
      className="w-[min(480px,calc(100vw-24px))]"
    >
      <div className="flex flex-col gap-3 p-4">
        {make.isError && <ErrorState compact error={make.error} />}
        {make.data !== undefined ? (
          <OneTimeSecret label="Reset link" value={make.data.link} />
        ) : (
          <p className="text-sm text-soft">The password of today keeps working until the link is used.</p>
        )}
      </div>
      <footer className="flex justify-end gap-2 border-t px-4 py-3">
        {make.data === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={make.isPending} onClick={() => make.mutate(person.id)}>
              {make.isPending ? 'Making…' : 'Make the link'}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        )}
      </footer>
    </Dialog>
  )
}
