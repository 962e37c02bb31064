import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useCodeSignIn } from '../api/sign-in.ts'

/** The second factor: a code of the app, or one of the backup codes. */
export function CodeForm({ onBack }: { onBack: () => void }) {
  const signIn = useCodeSignIn()
  const [code, setCode] = useState('')
  const [trustDevice, setTrustDevice] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // Apps show the digits in groups; backup codes hold a hyphen that belongs to them.
    const typed = code.trim()
    const digits = typed.replace(/\s+/g, '')
    signIn.mutate({ code: /^\d{6}$/.test(digits) ? digits : typed, trustDevice })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Labelled label="Code" htmlFor="code" hint="The six digits your authenticator app shows now, or one of your backup codes.">
        <Input
          id="code"
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          className="figures"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Labelled>
      <Checkbox label="Do not ask on this device for 30 days" checked={trustDevice} onChange={(event) => setTrustDevice(event.target.checked)} />
      {signIn.isError && <ErrorState compact error={signIn.error} />}
      <Button look="primary" type="submit" className="mt-1 w-full" disabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
      <Button look="quiet" className="-mt-1 self-center" onClick={onBack}>
        Use another account
      </Button>
    </form>
  )
}
