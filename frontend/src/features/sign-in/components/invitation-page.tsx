import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { InvitationView } from '#contracts/security.ts'
import { Button, buttonClass } from '@/components/button.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { NewPasswordField } from '@/components/new-password-field.tsx'
import { PasswordInput } from '@/components/password-input.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { roleNames, sessionQuery } from '@/lib/session.ts'
import { invitationQuery, useAcceptInvitation } from '../api/invitation.ts'
import { SignInFrame } from './sign-in-frame.tsx'

function JoinForm({ token, invitation }: { token: string; invitation: InvitationView }) {
  const session = useQuery(sessionQuery)
  const accept = useAcceptInvitation()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const signedIn = session.data?.user.email?.toLowerCase() === invitation.email.toLowerCase()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate(
      { token, name: name.trim() || session.data?.user.name || invitation.email, password },
      // Loaded anew, so that nothing of a workspace that was open before stays on the page.
      { onSuccess: () => location.assign('/') },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Labelled label="E-mail" htmlFor="email">
        <Input id="email" type="email" autoComplete="username" readOnly value={invitation.email} className="bg-sunken text-soft" />
      </Labelled>
      {!invitation.hasAccount && (
        <>
          <Labelled label="Your name" htmlFor="name">
            <Input id="name" autoComplete="name" required autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Labelled>
          <NewPasswordField label="Password" value={password} onValue={setPassword} />
        </>
      )}
      {invitation.hasAccount && !signedIn && (
        <Labelled label="Password" htmlFor="password" hint="You have an account with this address already: its password is enough.">
          <PasswordInput
            id="password"
            autoComplete="current-password"
            required
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Labelled>
      )}
      {accept.isError && <ErrorState compact error={accept.error} />}
      <Button look="primary" type="submit" className="mt-1 w-full" disabled={accept.isPending || session.isPending}>
        {accept.isPending ? 'Joining…' : `Join ${invitation.workspace}`}
      </Button>
    </form>
  )
}

/** Where an invitation's link lands. */
export function InvitationPage({ token }: { token: string }) {
  const invitation = useQuery({ ...invitationQuery(token), enabled: token !== '' })
  if (token === '' || invitation.isError) {
    return (
      <SignInFrame title="This invitation did not work">
        <div className="flex flex-col items-start gap-3">
          <ErrorState compact error={invitation.error ?? new Error('This address carries no invitation. Open the whole link that you were sent.')} />
          <Link to="/sign-in" className={buttonClass('plain')}>
            Go to sign in
          </Link>
        </div>
      </SignInFrame>
    )
  }
  if (invitation.data === undefined) {
    return (
      <SignInFrame title="One moment…">
        <div role="status" aria-label="Loading" className="flex flex-col gap-4">
          <Skeleton className="w-3/4" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
        </div>
      </SignInFrame>
    )
  }
  const { workspace, invitedBy, role } = invitation.data
  return (
    <SignInFrame title={`Join ${workspace}`}>
      <p className="-mt-3 mb-5 text-sm text-soft">
        {invitedBy} invites you to this workspace. Your role will be: {roleNames[role].toLowerCase()}.
      </p>
      <JoinForm token={token} invitation={invitation.data} />
    </SignInFrame>
  )
}
