import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { usePasswordSignIn } from '../api/session.ts'
import { SignInFrame } from './sign-in-frame.tsx'

export function SignInPage() {
  const signIn = usePasswordSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email: email.trim(), password })
  }
  return (
    <SignInFrame title="Sign in to ChatSG">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Labelled label="E-mail" htmlFor="email">
          <Input id="email" type="email" name="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.target.value)} />
        </Labelled>
        <Labelled label="Password" htmlFor="password">
          {/* The role is stated because password fields have none of their own. */}
          <Input
            id="password"
            role="textbox"
            type="password"
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
      </form>
      <div className="mt-6 border-t pt-4 text-sm text-soft">
        <p>
          <strong className="font-medium text-text">No password?</strong> The server prints a one-time sign-in link when it starts. For a new one, run this
          where it is installed and open what it prints:
        </p>
        <code className="mt-2 block overflow-x-auto rounded-control border bg-sunken px-2.5 py-2 font-mono text-xs whitespace-nowrap text-text">
          npm run cli -- sign-in-link
        </code>
      </div>
    </SignInFrame>
  )
}
