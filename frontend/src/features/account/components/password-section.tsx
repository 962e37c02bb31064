import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Labelled } from '@/components/input.tsx'
import { NewPasswordField } from '@/components/new-password-field.tsx'
import { PasswordInput } from '@/components/password-input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { useChangePassword, useSetPassword } from '../api/account.ts'

export function PasswordSection({ hasPassword, hasEmail }: { hasPassword: boolean; hasEmail: boolean }) {
  const change = useChangePassword()
  const set = useSetPassword()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [others, setOthers] = useState(true)
  const busy = change.isPending || set.isPending
  const error = change.error ?? set.error
  const done = (words: string) => {
    setCurrent('')
    setNext('')
    announce(words)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (hasPassword) {
      change.mutate({ currentPassword: current, newPassword: next, revokeOtherSessions: others }, { onSuccess: () => done('Your password is changed.') })
    } else {
      set.mutate(next, { onSuccess: () => done('You have a password now. Sign in with it next time.') })
    }
  }
  if (!hasPassword && !hasEmail) {
    return (
      <Section title="Password" description="You came by a one-time link. Enter your e-mail address above and save it; then you can choose a password here.">
        {null}
      </Section>
    )
  }
  return (
    <Section title="Password" description={hasPassword ? undefined : 'You have none yet: you came by a one-time link or with another provider.'}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <div className="grid grid-cols-2 items-start gap-3 max-md:grid-cols-1">
          {hasPassword && (
            <Labelled label="Current password" htmlFor="current-password">
              <PasswordInput
                id="current-password"
                autoComplete="current-password"
                required
                value={current}
                onChange={(event) => setCurrent(event.target.value)}
              />
            </Labelled>
          )}
          <NewPasswordField label="New password" value={next} onValue={setNext} />
        </div>
        {hasPassword && (
          <Checkbox label="Sign out everywhere else" checked={others} onChange={(event) => setOthers(event.target.checked)} className="self-start" />
        )}
        {error !== null && <ErrorState compact error={error} />}
        <Button type="submit" className="self-start" disabled={busy || next === '' || (hasPassword && current === '')}>
          {busy ? 'Saving…' : hasPassword ? 'Change password' : 'Set password'}
        </Button>
      </form>
    </Section>
  )
}
