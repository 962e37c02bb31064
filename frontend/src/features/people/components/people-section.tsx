import { useQuery } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Person } from '#contracts/security.ts'
import { Badge } from '@/components/badge.tsx'
import { Button } from '@/components/button.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { PersonLine } from '@/components/person-line.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { countOf } from '@/lib/format.ts'
import { type CurrentSession, roleNames } from '@/lib/session.ts'
import { peopleQuery } from '../api/people.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { PersonActions } from './person-actions.tsx'

const twoFactorWord = (person: Person): string => (person.twoFactorEnabled ? 'On' : 'Off')

function columnsFor(me: CurrentSession['user'], anyTeam: boolean): ListColumn<Person>[] {
  return [
    {
      key: 'name',
      label: 'Name',
      phone: 'heading',
      className: 'max-w-72',
      cell: (person) => (
        <span className="flex min-w-0 items-center gap-2">
          <PersonLine name={person.name} detail={person.email} />
          {person.id === me.id && <Badge>You</Badge>}
          {!person.active && <Badge>Inactive</Badge>}
        </span>
      ),
    },
    { key: 'role', label: 'Role', cell: (person) => roleNames[person.role] },
    ...(anyTeam ? [{ key: 'team', label: 'Team', cell: (person: Person) => person.team?.name ?? '' }] : []),
    {
      key: 'two-factor',
      label: 'Two-factor',
      cell: (person) => person.hasAccount && <span className={person.twoFactorEnabled ? '' : 'text-faint'}>{twoFactorWord(person)}</span>,
    },
    {
      key: 'seen',
      label: 'Last seen',
      className: 'whitespace-nowrap',
      cell: (person) =>
        person.lastSeenAt !== null ? <RelativeTime at={person.lastSeenAt} /> : person.hasAccount ? '' : <span className="text-faint">never signed in</span>,
    },
    { key: 'actions', label: 'Actions', phone: 'side', className: 'w-10 text-right', cell: (person) => <PersonActions person={person} me={me} /> },
  ]
}

export function PeopleSection({ me }: { me: CurrentSession['user'] }) {
  const people = useQuery(peopleQuery)
  const [inviting, setInviting] = useState(false)
  const anyTeam = people.data?.some((person) => person.team !== null) === true
  const columns = useMemo(() => columnsFor(me, anyTeam), [me, anyTeam])
  const sorted = useMemo(() => [...(people.data ?? [])].sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name)), [people.data])
  return (
    <Section
      title="People"
      description={
        people.data === undefined ? 'Everybody who works in this workspace.' : `${countOf(people.data.length, 'person', 'people')} in this workspace.`
      }
      action={
        <Button look="primary" onClick={() => setInviting(true)}>
          <UserRoundPlus aria-hidden className="size-3.5" /> Invite
        </Button>
      }
    >
      {people.isPending ? (
        <SkeletonRows rows={5} className="rounded-panel border py-2" />
      ) : people.isError ? (
        <ErrorState compact error={people.error} onRetry={() => people.refetch()} />
      ) : (
        <ListTable caption="People" columns={columns} rows={sorted} rowKey={(person) => person.id} isFaint={(person) => !person.active} />
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} role={me.role} />}
    </Section>
  )
}
