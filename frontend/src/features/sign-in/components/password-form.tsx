import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { PasswordInput } from '@/components/password-input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { usePasswordSignIn } from '../api/sign-in.ts'

/** E-mail and password; `onCode` when a second factor is still to come. */
export function PasswordForm({ email, onEmail, onCode, onForgotten }: Props) {
  const signIn = usePasswordSignIn()
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email: email.trim(), password }, { onSuccess: (next) => next === 'code' && onCode() })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Labelled label="E-mail" htmlFor="email">
        <Input
          id="email"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => onEmail(event.target.value)}
        />
      </Labelled>
      <Labelled label="Password" htmlFor="password">
        <PasswordInput
          id="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Labelled>
      {signIn.isError && <ErrorState compact error={signIn.error} />}
      <Button look="primary" type="submit" className="mt-1 w-full" disabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
      <Button look="quiet" className="-mt-1 self-center" onClick={onForgotten}>
        Forgot password?
      </Button>
    </form>
  )
}

interface Props {
  email: string
  onEmail: (email: string) => void
  onCode: () => void
  onForgotten: () => void
}
