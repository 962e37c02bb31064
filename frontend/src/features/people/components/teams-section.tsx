import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Team } from '#contracts/security.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Input } from '@/components/input.tsx'
import { useKeyboardBack } from '@/components/return-focus.ts'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { countOf } from '@/lib/format.ts'
import { teamsQuery, useCreateTeam, useDeleteTeam, useRenameTeam } from '../api/people.ts'

function NameForm({ name: given, label, busy, onSave, onCancel }: NameFormProps) {
  const [name, setName] = useState(given)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSave(name.trim())
  }
  return (
    <form onSubmit={submit} className="flex flex-1 items-center gap-1.5">
      <Input
        aria-label="Team name"
        autoFocus
        required
        maxLength={100}
        className="max-w-72"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <Button look="primary" type="submit" disabled={busy || name.trim() === ''}>
        {label}
      </Button>
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  )
}

interface NameFormProps {
  name: string
  label: string
  busy: boolean
  onSave: (name: string) => void
  onCancel: () => void
}

function TeamRow({ team }: { team: Team }) {
  const rename = useRenameTeam()
  const remove = useDeleteTeam()
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState(false)
  const pencil = useKeyboardBack<HTMLButtonElement>(editing)
  return (
    <li className="flex min-h-11 items-center gap-1 border-b px-3 py-1.5 text-sm last:border-b-0">
      {editing ? (
        <NameForm
          name={team.name}
          label="Save"
          busy={rename.isPending}
          onSave={(name) => rename.mutate({ id: team.id, name }, { onError: announceError, onSuccess: () => setEditing(false) })}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <span className="min-w-0 flex-1 truncate">
            {team.name} <span className="ml-1.5 text-xs text-faint">{countOf(team.members, 'member')}</span>
          </span>
          <IconButton ref={pencil} label={`Rename ${team.name}`} small onClick={() => setEditing(true)}>
            <Pencil className="size-3.5" />
          </IconButton>
          <IconButton label={`Delete ${team.name}`} small disabled={remove.isPending} onClick={() => setAsking(true)}>
            <Trash2 className="size-3.5" />
          </IconButton>
        </>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={`Delete the team ${team.name}?`}
        action="Delete team"
        onConfirm={() => remove.mutateAsync(team.id).then(() => announce(`The team ${team.name} is deleted.`), announceError)}
      >
        {team.members === 0
          ? 'Nobody is in it.'
          : `Its ${countOf(team.members, 'member')} will be in no team, and records visible to the team only to their owners.`}
      </Confirm>
    </li>
  )
}

/** Teams decide who sees records that are visible to a team. */
export function TeamsSection() {
  const teams = useQuery(teamsQuery)
  const create = useCreateTeam()
  const [adding, setAdding] = useState(false)
  const adder = useKeyboardBack<HTMLButtonElement>(adding)
  const add = (name: string) =>
    create.mutate(name, {
      onError: announceError,
      onSuccess: () => {
        setAdding(false)
        announce(`The team ${name} is there. Put people into it with Edit in their row.`)
      },
    })
  return (
    <Section
      title="Teams"
      description="A record can be visible to everyone, to its owner's team or to its owner alone. Owners and admins see every record."
      action={
        <Button ref={adder} small disabled={adding} onClick={() => setAdding(true)}>
          <Plus aria-hidden className="size-3.5" /> New team
        </Button>
      }
    >
      {adding && (
        <div className="mb-3 flex">
          <NameForm name="" label="Create team" busy={create.isPending} onSave={add} onCancel={() => setAdding(false)} />
        </div>
      )}
      {teams.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : teams.isError ? (
        <ErrorState compact error={teams.error} onRetry={() => teams.refetch()} />
      ) : teams.data.length === 0 ? (
        !adding && <EmptyLine>There are no teams. Small companies need none.</EmptyLine>
      ) : (
        <ul aria-label="Teams" className="rounded-panel border">
          {teams.data.map((team) => (
            <TeamRow key={team.id} team={team} />
          ))}
        </ul>
      )}
    </Section>
  )
}
