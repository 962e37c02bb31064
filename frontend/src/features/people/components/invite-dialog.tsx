import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Person } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { OneTimeSecret } from '@/components/one-time-secret.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { formatInstant } from '@/lib/format.ts'
import type { Role } from '@/lib/session.ts'
import { teamsQuery, useInvite } from '../api/people.ts'
import { RoleSelect, TeamSelect } from './role-and-team.tsx'

/** Asks somebody to join: by mail when the server sends mail, else with a link to hand over. Mounted while it is open. */
export function InviteDialog({ onClose, role: giver, person }: { onClose: () => void; role: Role; person?: Person }) {
  const invite = useInvite()
  const teams = useQuery(teamsQuery)
  const [email, setEmail] = useState(person?.email ?? '')
  const [role, setRole] = useState<Role>(person?.role ?? 'rep')
  const [teamId, setTeamId] = useState(person?.team?.id ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate(
      { email: email.trim(), role, teamId: teamId === '' ? null : teamId },
      {
        onSuccess: (made) => {
          if (made.link !== undefined) return
          onClose()
          announce(`The invitation is on its way to ${made.email}.`)
        },
      },
    )
  }
  const link = invite.data?.link
  if (link !== undefined && invite.data !== undefined) {
    return (
      <Dialog open onOpenChange={(next) => !next && onClose()} title="Hand over this link" className="w-[min(480px,calc(100vw-24px))]">
        <div className="flex flex-col gap-3 p-4">
          <p className="text-sm text-soft">
            No message was sent, so give this link to <span className="text-text">{invite.data.email}</span> yourself. It works once, until{' '}
            {formatInstant(invite.data.expiresAt)}, and is shown only now.
          </p>
          <OneTimeSecret label="Invitation link" value={link} />
        </div>
        <footer className="flex justify-end border-t px-4 py-3">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </footer>
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={person === undefined ? 'Invite somebody' : `Invite ${person.name}`}
      description="They choose a password themselves."
      className="w-[min(440px,calc(100vw-24px))]"
    >
      <form onSubmit={submit} className="flex flex-col">
        <div className="flex flex-col gap-3 p-4">
          <Labelled label="E-mail" htmlFor="invite-email">
            <Input
              id="invite-email"
              type="email"
              autoComplete="off"
              required
              autoFocus={person === undefined}
              readOnly={person !== undefined}
              maxLength={320}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Labelled>
          <RoleSelect giver={giver} value={role} onValue={setRole} />
          {(teams.data?.length ?? 0) > 0 && <TeamSelect teams={teams.data ?? []} value={teamId} onValue={setTeamId} />}
          {invite.isError && <ErrorState compact error={invite.error} />}
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={invite.isPending || email.trim() === ''}>
            {invite.isPending ? 'Inviting…' : 'Invite'}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
