import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { useBlock } from '../api/security.ts'

const durations = [
  { minutes: 60, label: '1 hour' },
  { minutes: 24 * 60, label: '1 day' },
  { minutes: 7 * 24 * 60, label: '7 days' },
  { minutes: 30 * 24 * 60, label: '30 days' },
] as const

/** Keeps an address out for a while; every block ends by itself. */
export function BlockDialog({ address = '', onClose }: { address?: string; onClose: () => void }) {
  const block = useBlock()
  const [ip, setIp] = useState(address)
  const [minutes, setMinutes] = useState<number>(60)
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    block.mutate(
      { ip: ip.trim(), minutes, reason: reason.trim() },
      {
        onSuccess: () => {
          onClose()
          announce(`${ip.trim()} is blocked.`)
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Block an address"
      description="Requests from it are refused, signed in or not. The block ends by itself."
      className="w-[min(440px,calc(100vw-24px))]"
    >
      <form onSubmit={submit} className="flex flex-col">
        <div className="flex flex-col gap-3 p-4">
          <div className="grid grid-cols-[1fr_116px] gap-3">
            <Labelled label="Address" htmlFor="block-ip" hint="IPv4 or IPv6, or a network such as 203.0.113.0/24.">
              <Input
                id="block-ip"
                required
                autoFocus={address === ''}
                spellCheck={false}
                autoCapitalize="none"
                className="figures"
                value={ip}
                onChange={(event) => setIp(event.target.value)}
              />
            </Labelled>
            <Labelled label="For" htmlFor="block-minutes">
              <Select id="block-minutes" value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
                {durations.map((duration) => (
                  <option key={duration.minutes} value={duration.minutes}>
                    {duration.label}
                  </option>
                ))}
              </Select>
            </Labelled>
          </div>
          <Labelled label="Reason" htmlFor="block-reason">
            <Input
              id="block-reason"
              required
              autoFocus={address !== ''}
              maxLength={200}
              placeholder="For whoever looks at the list later"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Labelled>
          {block.isError && <ErrorState compact error={block.error} />}
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={block.isPending || ip.trim() === '' || reason.trim() === ''}>
            {block.isPending ? 'Blocking…' : 'Block address'}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
