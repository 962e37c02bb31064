import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { waysQuery } from '../api/sign-in.ts'
import { CodeForm } from './code-form.tsx'
import { ForgottenPassword } from './forgotten-password.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

const titles = { password: 'Sign in to ChatSG', code: 'Enter your code', forgotten: 'Forgot your password?' } as const

/** What a provider's refusal means; its code comes back in the address. */
function refusalOf(code: string): Error {
  const known: Record<string, string> = {
    access_denied: 'The other side did not let you in. Try again, or sign in in another way.',
    signup_disabled: 'Nobody with this address is a member here. Ask an owner or admin for an invitation.',
    account_not_linked: 'There is an account with this address, but the provider does not vouch for the address. Sign in with your password.',
  }
  return new Error(known[code] ?? `Signing in did not work (${code.slice(0, 60).replaceAll('_', ' ')}). Try again, or sign in in another way.`)
}

/** Who are you: by password and code, by another provider, or by a one-time link. */
export function SignInPage({ refusal }: { refusal?: string | undefined }) {
  const ways = useQuery(waysQuery)
  const [step, setStep] = useState<keyof typeof titles>('password')
  const [email, setEmail] = useState('')
  const back = () => setStep('password')
  if (step === 'code') {
    return (
      <SignInFrame title={titles.code}>
        <CodeForm onBack={back} />
      </SignInFrame>
    )
  }
  if (step === 'forgotten') {
    return (
      <SignInFrame title={titles.forgotten}>
        <ForgottenPassword mail={ways.data?.mail === true} email={email} onBack={back} />
      </SignInFrame>
    )
  }
  // A server that cannot say what it offers may still take a password.
  const withPassword = ways.data?.password !== false
  return (
    <SignInFrame title={titles.password}>
      {refusal !== undefined && (
        <div className="mb-4">
          <ErrorState compact error={refusalOf(refusal)} />
        </div>
      )}
      {withPassword && <PasswordForm email={email} onEmail={setEmail} onCode={() => setStep('code')} onForgotten={() => setStep('forgotten')} />}
      {ways.isPending ? <Skeleton className="mt-6 h-8 opacity-0" /> : <ProviderButtons providers={ways.data?.providers ?? []} after={withPassword} />}
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
