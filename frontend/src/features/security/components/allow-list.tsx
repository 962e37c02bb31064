import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button, IconButton } from '@/components/button.tsx'
import { Input } from '@/components/input.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { allowListQuery, useAllow, useDisallow } from '../api/security.ts'

/** Addresses the server never blocks by itself; a person still can. */
export function AllowList() {
  const list = useQuery(allowListQuery)
  const allow = useAllow()
  const disallow = useDisallow()
  const [network, setNetwork] = useState('')
  const [note, setNote] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    allow.mutate(
      { network: network.trim(), note: note.trim() },
      {
        onSuccess: () => {
          announce(`${network.trim()} is never blocked automatically.`)
          setNetwork('')
          setNote('')
        },
      },
    )
  }
  return (
    <Section title="Never blocked automatically" description="For your office or a monitoring service. A person can still block these by hand.">
      {list.isPending ? (
        <SkeletonRows rows={1} className="rounded-panel border" />
      ) : list.isError ? (
        <ErrorState compact error={list.error} onRetry={() => list.refetch()} />
      ) : list.data.length === 0 ? (
        <EmptyLine>The list is empty.</EmptyLine>
      ) : (
        <ul aria-label="Never blocked automatically" className="rounded-panel border">
          {list.data.map((entry) => (
            <li key={entry.network} className="flex min-h-9 items-center gap-3 border-b py-1 pr-1.5 pl-3 text-sm last:border-b-0">
              <span className="figures shrink-0">{entry.network}</span>
              <span className="min-w-0 flex-1 truncate text-faint">{entry.note}</span>
              <IconButton
                label={`Remove ${entry.network}`}
                small
                disabled={disallow.isPending}
                onClick={() => disallow.mutateAsync(entry.network).then(() => announce(`${entry.network} is removed from the list.`), announceError)}
              >
                <X className="size-3.5" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className="mt-3 flex gap-1.5 max-md:flex-wrap">
        <Input
          aria-label="Address or network"
          placeholder="Address or network"
          required
          spellCheck={false}
          autoCapitalize="none"
          className="figures w-56 shrink-0 max-md:w-full"
          value={network}
          onChange={(event) => setNetwork(event.target.value)}
        />
        <Input
          aria-label="What it is"
          placeholder="What it is"
          maxLength={200}
          className="flex-1"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" disabled={allow.isPending || network.trim() === ''}>
          Add
        </Button>
      </form>
      {allow.isError && (
        <div className="mt-3">
          <ErrorState compact error={allow.error} />
        </div>
      )}
    </Section>
  )
}
