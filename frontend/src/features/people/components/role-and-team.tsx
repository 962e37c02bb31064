import type { Team } from '#contracts/security.ts'
import { Labelled, Select } from '@/components/input.tsx'
import { type Role, roleNames } from '@/lib/session.ts'
import { roleDetails, rolesGivenBy } from '../roles.ts'

export function RoleSelect({ giver, value, onValue }: { giver: Role; value: Role; onValue: (role: Role) => void }) {
  return (
    <Labelled label="Role" htmlFor="role" hint={`${roleDetails[value]}.`}>
      <Select id="role" value={value} onChange={(event) => onValue(event.target.value as Role)}>
        {rolesGivenBy(giver).map((role) => (
          <option key={role} value={role}>
            {roleNames[role]}
          </option>
        ))}
      </Select>
    </Labelled>
  )
}

export function TeamSelect({ teams, value, onValue }: { teams: readonly Team[]; value: string; onValue: (teamId: string) => void }) {
  return (
    <Labelled
      label="Team"
      htmlFor="team"
      hint={teams.length === 0 ? 'There are no teams yet; they are made below the list of people.' : 'Records visible to a team are seen by its members.'}
    >
      <Select id="team" value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">None</option>
        {teams.map((team) => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </Select>
    </Labelled>
  )
}
