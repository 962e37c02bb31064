import { Ellipsis, KeyRound, Pencil, Send, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import type { Person } from '#contracts/security.ts'
import { IconButton } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '@/components/menu.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import type { CurrentSession } from '@/lib/session.ts'
import { useUpdatePerson } from '../api/people.ts'
import { mayChange } from '../roles.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { ResetLinkDialog } from './reset-link-dialog.tsx'

type Open = 'edit' | 'invite' | 'link' | 'deactivate' | null

export function PersonActions({ person, me }: { person: Person; me: CurrentSession['user'] }) {
  const update = useUpdatePerson()
  const [open, setOpen] = useState<Open>(null)
  if (!mayChange(me.role, person.role)) return null
  const setActive = (active: boolean) =>
    update.mutate(
      { id: person.id, change: { active } },
      {
        onError: announceError,
        onSuccess: () =>
          announce(active ? `${person.name} is active again${person.hasAccount ? ' and may sign in' : ''}.` : `${person.name} is deactivated and signed out.`),
      },
    )
  const close = () => setOpen(null)
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Actions for ${person.name}`} small>
            <Ellipsis className="size-4" />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setOpen('edit')}>
          <Pencil /> Edit
        </MenuItem>
        {!person.hasAccount && person.active && person.email !== null && (
          <MenuItem onSelect={() => setOpen('invite')}>
            <Send /> Invite to sign in…
          </MenuItem>
        )}
        {person.hasAccount && person.active && person.id !== me.id && (
          <MenuItem onSelect={() => setOpen('link')}>
            <KeyRound /> Reset password…
          </MenuItem>
        )}
        {person.id !== me.id && <MenuLine />}
        {person.id !== me.id && person.active && (
          <MenuItem danger onSelect={() => setOpen('deactivate')}>
            <UserRoundX /> Deactivate…
          </MenuItem>
        )}
        {!person.active && (
          <MenuItem onSelect={() => setActive(true)}>
            <UserRoundCheck /> Activate
          </MenuItem>
        )}
      </Menu>
      {open === 'edit' && <PersonDialog person={person} me={me} onClose={close} />}
      {open === 'invite' && <InviteDialog person={person} role={me.role} onClose={close} />}
      {open === 'link' && <ResetLinkDialog person={person} onClose={close} />}
      <Confirm
        open={open === 'deactivate'}
        onOpenChange={(next) => !next && close()}
        title={`Deactivate ${person.name}?`}
        action="Deactivate"
        onConfirm={() => setActive(false)}
      >
        All sessions end and all API keys of this person stop working, within seconds. Their records stay, and they can be activated again.
      </Confirm>
    </>
  )
}
