import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Person } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import type { CurrentSession, Role } from '@/lib/session.ts'
import { type PersonChange, teamsQuery, useUpdatePerson } from '../api/people.ts'
import { RoleSelect, TeamSelect } from './role-and-team.tsx'

/** Name, role and team of somebody. */
export function PersonDialog({ person, me, onClose }: { person: Person; me: CurrentSession['user']; onClose: () => void }) {
  const update = useUpdatePerson()
  const teams = useQuery(teamsQuery)
  const [name, setName] = useState(person.name)
  const [role, setRole] = useState<Role>(person.role)
  const [teamId, setTeamId] = useState(person.team?.id ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const change: PersonChange = {
      ...(name.trim() === person.name ? {} : { name: name.trim() }),
      ...(role === person.role ? {} : { role }),
      ...(teamId === (person.team?.id ?? '') ? {} : { teamId: teamId === '' ? null : teamId }),
    }
    if (Object.keys(change).length === 0) return onClose()
    update.mutate(
      { id: person.id, change },
      {
        onSuccess: () => {
          onClose()
          announce(`${name.trim()} is changed.`)
        },
      },
    )
  }
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={`Edit ${person.name}`} className="w-[min(440px,calc(100vw-24px))]">
      <form onSubmit={submit} className="flex flex-col">
        <div className="flex flex-col gap-3 p-4">
          <Labelled label="Name" htmlFor="person-name">
            <Input id="person-name" required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Labelled>
          <RoleSelect giver={me.role} value={role} onValue={setRole} />
          <TeamSelect teams={teams.data ?? []} value={teamId} onValue={setTeamId} />
          {update.isError && <ErrorState compact error={update.error} />}
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={update.isPending}>
            {update.isPending ? 'Saving…' : 'Save'}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
