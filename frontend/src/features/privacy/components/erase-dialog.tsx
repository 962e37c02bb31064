import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { type Subject, useErasePerson } from '../api/privacy.ts'

/** Erases a person for good; the typed confirmation is there because nothing brings them back. */
export function EraseDialog({ subject, onClose, onErased }: { subject: Subject; onClose: () => void; onErased: () => void }) {
  const erase = useErasePerson()
  const [typed, setTyped] = useState('')
  const expected = subject.email ?? 'erase'
  const confirmed = typed.trim().toLowerCase() === expected.toLowerCase()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!confirmed) return
    erase.mutate(subject, {
      onSuccess: () => {
        announce('The person is erased. The certificate is in the list below.')
        onErased()
      },
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Erase this person for good?"
      description="Their records and what belongs to them are deleted, also from conversations. Orders and opportunities stay for the books, without the name. This cannot be undone."
      className="w-[min(460px,calc(100vw-24px))]"
    >
      <form onSubmit={submit} className="flex flex-col">
        <div className="flex flex-col gap-3 p-4">
          <Labelled label={`Type ${expected} to confirm`} htmlFor="erase-confirmation">
            <Input
              id="erase-confirmation"
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="none"
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Labelled>
          {erase.isError && <ErrorState compact error={erase.error} />}
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" type="submit" disabled={!confirmed || erase.isPending}>
            {erase.isPending ? 'Erasing…' : 'Erase for good'}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
