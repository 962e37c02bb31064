import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { PasswordInput } from '@/components/password-input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { addressOfPod, anotherAddress, pods, tidyAddress } from '../api-address.ts'

export interface TypedConnection {
  pod: string
  /** Used when the pod is not among those that are known. */
  address: string
  key: string
}

export const connectionOf = ({ pod, address, key }: TypedConnection): { url: string; key: string } => ({
  url: pod === anotherAddress ? tidyAddress(address) : addressOfPod(pod),
  key: key.trim(),
})

interface Props {
  typed: TypedConnection
  onTyped: (typed: TypedConnection) => void
  busy: boolean
  error: unknown
  onTest: () => void
}

/** Where the account is, and the key to it. */
export function AddressStep({ typed, onTyped, busy, error, onTest }: Props) {
  const [changed, setChanged] = useState(false)
  const change = (part: Partial<TypedConnection>) => {
    setChanged(true)
    onTyped({ ...typed, ...part })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChanged(false)
    onTest()
  }
  return (
    <form onSubmit={submit} className="flex max-w-[440px] flex-col gap-4">
      <Labelled label="Pod" htmlFor="insightly-pod" hint="The part before .insightly.com in the API URL that Insightly shows beside your key.">
        <Select id="insightly-pod" value={typed.pod} onChange={(event) => change({ pod: event.target.value })}>
          {pods.map((pod) => (
            <option key={pod} value={pod}>
              {pod}
            </option>
          ))}
          <option value={anotherAddress}>Another address…</option>
        </Select>
      </Labelled>
      {typed.pod === anotherAddress && (
        <Labelled label="Address" htmlFor="insightly-address" hint="As Insightly shows it, for example https://api.na1.insightly.com/v3.1.">
          <Input
            id="insightly-address"
            required
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            value={typed.address}
            onChange={(event) => change({ address: event.target.value })}
          />
        </Labelled>
      )}
      <Labelled
        label="API key"
        htmlFor="insightly-key"
        hint="In Insightly, open your user settings and copy the key under API. Use an administrator’s key: ChatSG sees what that person sees."
      >
        <PasswordInput
          id="insightly-key"
          required
          maxLength={200}
          autoComplete="off"
          className="font-mono"
          value={typed.key}
          onChange={(event) => change({ key: event.target.value })}
        />
      </Labelled>
      <p className="text-sm text-faint">The test reads only. The key is encrypted when you connect, and never shown again.</p>
      <Button
        type="submit"
        look="primary"
        className="self-start"
        disabled={busy || typed.key.trim() === '' || (typed.pod === anotherAddress && typed.address.trim() === '')}
      >
        {busy ? 'Testing…' : 'Test connection'}
      </Button>
      {error !== null && !changed && !busy && <ErrorState compact error={error} />}
    </form>
  )
}
