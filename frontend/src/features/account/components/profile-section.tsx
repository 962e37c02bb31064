import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { PasswordInput } from '@/components/password-input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { type CurrentSession, roleNames } from '@/lib/session.ts'
import { useUpdateAccount } from '../api/account.ts'

/** Name and address; another address needs the password, because it is what one signs in with. */
export function ProfileSection({ user, hasPassword }: { user: CurrentSession['user']; hasPassword: boolean }) {
  const update = useUpdateAccount()
  const [name, setName] = useState(user.name)
  const [email, setEmail] = useState(user.email ?? '')
  const [password, setPassword] = useState('')
  const otherName = name.trim() !== user.name
  const otherEmail = email.trim().toLowerCase() !== (user.email ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    update.mutate(
      {
        ...(otherName ? { name: name.trim() } : {}),
        ...(otherEmail ? { email: email.trim() } : {}),
        ...(otherEmail && hasPassword ? { password } : {}),
      },
      { onSuccess: () => announce('Your profile is saved.') },
    )
  }
  return (
    <Section title="Profile" description={`Your role in this workspace: ${roleNames[user.role].toLowerCase()}. Owners and admins change roles under People.`}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
          <Labelled label="Name" htmlFor="profile-name">
            <Input id="profile-name" autoComplete="name" required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Labelled>
          <Labelled label="E-mail" htmlFor="profile-email" hint={user.email === null ? 'You need one to sign in with a password.' : undefined}>
            <Input
              id="profile-email"
              type="email"
              autoComplete="email"
              required={user.email !== null}
              maxLength={320}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Labelled>
          {otherEmail && hasPassword && (
            <Labelled label="Your password" htmlFor="profile-password" hint="Asked for because the address is what you sign in with.">
              <PasswordInput
                id="profile-password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Labelled>
          )}
        </div>
        {update.isError && <ErrorState compact error={update.error} />}
        <Button look="primary" type="submit" className="self-start" disabled={update.isPending || !(otherName || otherEmail)}>
          {update.isPending ? 'Saving…' : 'Save profile'}
        </Button>
      </form>
    </Section>
  )
}
