import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useRequestReset } from '../api/sign-in.ts'

/** The way back in without the password: by mail, or by asking somebody. */
export function ForgottenPassword({ mail, email: given, onBack }: { mail: boolean; email: string; onBack: () => void }) {
  const reset = useRequestReset()
  const [email, setEmail] = useState(given)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    reset.mutate(email.trim())
  }
  const back = (
    <Button look={mail && !reset.isSuccess ? 'quiet' : 'plain'} className="self-start" onClick={onBack}>
      Back to sign in
    </Button>
  )
  if (!mail) {
    return (
      <div className="flex flex-col gap-4 text-sm text-soft">
        <p>This server sends no mail, so ask an owner or admin of your workspace for a reset link. They make one under Settings, People.</p>
        <p>
          Nobody can sign in any more? Run this where the server is installed:
          <code className="mt-2 block overflow-x-auto rounded-control border bg-sunken px-2.5 py-2 font-mono text-xs whitespace-nowrap text-text">
            npm run cli -- users reset-password
          </code>
        </p>
        {back}
      </div>
    )
  }
  if (reset.isSuccess) {
    return (
      <div className="flex flex-col gap-4 text-sm text-soft">
        <p role="status">If there is an account with this address, a message with a link is on its way to it. The link works once and for one hour.</p>
        {back}
      </div>
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Labelled label="E-mail" htmlFor="email" hint="A link for a new password is sent there.">
        <Input id="email" type="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
      </Labelled>
      {reset.isError && <ErrorState compact error={reset.error} />}
      <Button look="primary" type="submit" className="mt-1 w-full" disabled={reset.isPending}>
        {reset.isPending ? 'Sending…' : 'Send the link'}
      </Button>
      {back}
    </form>
  )
}
