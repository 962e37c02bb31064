import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Button, buttonClass } from '@/components/button.tsx'
import { NewPasswordField } from '@/components/new-password-field.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useResetPassword } from '../api/sign-in.ts'
import { SignInFrame } from './sign-in-frame.tsx'

const toSignIn = (
  <Link to="/sign-in" className={buttonClass('plain')}>
    Go to sign in
  </Link>
)

/** Where a reset link lands. */
export function ResetPasswordPage({ token, refused }: { token: string; refused: boolean }) {
  const reset = useResetPassword()
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    reset.mutate({ newPassword: password, token })
  }
  if (token === '' || refused) {
    return (
      <SignInFrame title="This link did not work">
        <div className="flex flex-col items-start gap-3">
          <ErrorState compact error={new Error('The link was used already, has expired or is not complete. A link works once; ask for a new one.')} />
          {toSignIn}
        </div>
      </SignInFrame>
    )
  }
  if (reset.isSuccess) {
    return (
      <SignInFrame title="Your password is changed">
        <div className="flex flex-col items-start gap-4 text-sm text-soft">
          <p role="status">Every other sign-in of this account has ended. Sign in with the new password.</p>
          {toSignIn}
        </div>
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title="Choose a new password">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <NewPasswordField label="New password" value={password} onValue={setPassword} autoFocus />
        {reset.isError && <ErrorState compact error={reset.error} />}
        <Button look="primary" type="submit" className="mt-1 w-full" disabled={reset.isPending}>
          {reset.isPending ? 'Changing…' : 'Change password'}
        </Button>
      </form>
    </SignInFrame>
  )
}
