import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
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

/** Asks somebody to join: by mail when the server sends mail, else with a link to hand over. */
export function InviteDialog({ open, onClose, role: giver }: { open: boolean; onClose: () => void; role: Role }) {
  const invite = useInvite()
  const teams = useQuery({ ...teamsQuery, enabled: open })
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('rep')
  const [teamId, setTeamId] = useState('')
  const close = () => {
    setEmail('')
    setRole('rep')
    setTeamId('')
    invite.reset()
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate(
      { email: email.trim(), role, teamId: teamId === '' ? null : teamId },
      {
        onSuccess: (made) => {
          if (made.link !== undefined) return
          close()
          announce(`The invitation is on its way to ${made.email}.`)
        },
      },
    )
  }
  const link = invite.data?.link
  if (link !== undefined && invite.data !== undefined) {
    return (
      <Dialog open={open} onOpenChange={(next) => !next && close()} title="Hand over this link" className="w-[min(480px,calc(100vw-24px))]">
        <div className="flex flex-col gap-3 p-4">
          <p className="text-sm text-soft">
            {invite.data.mailed === false ? 'The message could not be sent, or no mail is set up' : 'No mail is set up'}, so give this link to{' '}
            <span className="text-text">{invite.data.email}</span> yourself. It works once, until {formatInstant(invite.data.expiresAt)}, and is shown only now.
          </p>
          <OneTimeSecret label="Invitation link" value={link} />
        </div>
        <footer className="flex justify-end border-t px-4 py-3">
          <Button look="primary" onClick={close}>
            Done
          </Button>
        </footer>
      </Dialog>
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title="Invite somebody"
      description="They choose a name and password themselves."
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
              autoFocus
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
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" type="submit" disabled={invite.isPending || email.trim() === ''}>
            {invite.isPending ? 'Inviting…' : 'Invite'}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
