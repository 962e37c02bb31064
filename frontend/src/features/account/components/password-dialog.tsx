import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Labelled } from '@/components/input.tsx'
import { PasswordInput } from '@/components/password-input.tsx'
import { ErrorState } from '@/components/states.tsx'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  description: string
  action: string
  danger?: boolean
  busy: boolean
  error: unknown
  onPassword: (password: string) => void
  /** Shown instead of the question once it was answered. */
  done?: ReactNode
}

/** Asks for the password before something that weighs. */
export function PasswordDialog({ open, onClose, title, description, action, danger = false, busy, error, onPassword, done }: Props) {
  const [password, setPassword] = useState('')
  useEffect(() => {
    if (open) setPassword('')
  }, [open])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onPassword(password)
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={title} description={description} className="w-[min(440px,calc(100vw-24px))]">
      {done ?? (
        <form onSubmit={submit} className="flex flex-col">
          <div className="flex flex-col gap-3 p-4">
            <Labelled label="Your password" htmlFor="confirm-password">
              <PasswordInput
                id="confirm-password"
                autoComplete="current-password"
                required
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Labelled>
            {error !== null && error !== undefined && <ErrorState compact error={error} />}
          </div>
          <footer className="flex justify-end gap-2 border-t px-4 py-3">
            <Button onClick={onClose}>Cancel</Button>
            <Button look={danger ? 'danger' : 'primary'} type="submit" disabled={busy || password === ''}>
              {busy ? 'One moment…' : action}
            </Button>
          </footer>
        </form>
      )}
    </Dialog>
  )
}
