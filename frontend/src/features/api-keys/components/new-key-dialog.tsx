import { type FormEvent, useState } from 'react'
import type { KeyScope } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { OneTimeSecret } from '@/components/one-time-secret.tsx'
import { ErrorState } from '@/components/states.tsx'
import type { Role } from '@/lib/session.ts'
import { useCreateApiKey } from '../api/api-keys.ts'
import { scopesOf } from '../key-scopes.ts'

const lifetimes = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
  { days: 0, label: 'Never' },
] as const

function MadeKey({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <>
      <div className="flex min-w-0 flex-col gap-3 p-4">
        <p className="text-sm text-soft">Copy it now: it is shown this once, and the server keeps only its fingerprint.</p>
        <OneTimeSecret label="API key" value={value} />
        <p className="text-sm text-soft">It goes into the Authorization header of each request:</p>
        <code className="block overflow-x-auto rounded-control border bg-sunken px-2.5 py-2 font-mono text-xs whitespace-nowrap">
          curl -H 'Authorization: Bearer {value.slice(0, 8)}…' {location.origin}/api/crm/contacts
        </code>
      </div>
      <footer className="flex justify-end border-t px-4 py-3">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </footer>
    </>
  )
}

/** Makes a key and shows it once. */
export function NewKeyDialog({ open, onClose, role }: { open: boolean; onClose: () => void; role: Role }) {
  const create = useCreateApiKey()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['crm:read'])
  const [days, setDays] = useState<number>(90)
  const close = () => {
    setName('')
    setScopes(['crm:read'])
    setDays(90)
    create.reset()
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({ name: name.trim(), scopes: [...scopes], expiresInDays: days === 0 ? null : days })
  }
  const toggle = (scope: KeyScope, on: boolean) => setScopes((before) => (on ? [...before, scope] : before.filter((one) => one !== scope)))
  const made = create.data?.key
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()} title={made === undefined ? 'New API key' : `Your key “${create.data?.name}”`}>
      {made !== undefined ? (
        <MadeKey value={made} onDone={close} />
      ) : (
        <form onSubmit={submit} className="flex min-h-0 flex-col">
          <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
            <div className="grid grid-cols-[1fr_132px] gap-3">
              <Labelled label="Name" htmlFor="key-name">
                <Input
                  id="key-name"
                  required
                  autoFocus
                  maxLength={100}
                  placeholder="What will use it"
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              </Labelled>
              <Labelled label="Expires" htmlFor="key-expires">
                <Select id="key-expires" value={days} onChange={(event) => setDays(Number(event.target.value))}>
                  {lifetimes.map((lifetime) => (
                    <option key={lifetime.days} value={lifetime.days}>
                      {lifetime.label}
                    </option>
                  ))}
                </Select>
              </Labelled>
            </div>
            <fieldset>
              <legend className="mb-2 text-sm text-soft">It is allowed to</legend>
              <div className="grid grid-cols-2 gap-x-4 gap-y-2.5 max-md:grid-cols-1">
                {scopesOf(role).map(({ scope, label, hint }) => (
                  <Checkbox key={scope} label={label} hint={hint} checked={scopes.includes(scope)} onChange={(event) => toggle(scope, event.target.checked)} />
                ))}
              </div>
            </fieldset>
            {create.isError && <ErrorState compact error={create.error} />}
          </div>
          <footer className="flex justify-end gap-2 border-t px-4 py-3">
            <Button onClick={close}>Cancel</Button>
            <Button look="primary" type="submit" disabled={create.isPending || name.trim() === '' || scopes.length === 0}>
              {create.isPending ? 'Making…' : 'Make key'}
            </Button>
          </footer>
        </form>
      )}
    </Dialog>
  )
}
