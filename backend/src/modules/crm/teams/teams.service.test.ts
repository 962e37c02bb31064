import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createOperations } from '#backend/modules/security/operations.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTeamsService, type TeamsService } from './teams.service.ts'

let workspace: TestWorkspace
let teams: TeamsService
const kept: string[] = []

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const audit = {
    append: async (_tx: unknown, { operation, outcome }: { operation: string; outcome: string }) => void kept.push(`${operation} ${outcome}`),
    note: (_actor: unknown, { operation, outcome }: { operation: string; outcome: string }) => void kept.push(`${operation} ${outcome}`),
  }
  const operations = createOperations({ database: workspace.database, audit, events: { record: () => undefined } })
  teams = createTeamsService({ operations, clock: createClock('2026-01-01T00:00:00Z') })
})

describe('teams', () => {
  it('are made, renamed and dissolved by admins, whose people then have none', async () => {
    const { actor, gold } = workspace
    const rep = await workspace.member('rep')
    const north = await teams.createTeam(actor, { name: 'North' })
    await gold('update users set team_id = $1 where id = $2', [north.id, rep.userId])
    expect(await teams.renameTeam(actor, north.id, { name: 'Far north' })).toEqual({ id: north.id, name: 'Far north', members: 1 })
    expect(await teams.listTeams(rep)).toEqual([{ id: north.id, name: 'Far north', members: 1 }])
    await teams.deleteTeam(actor, north.id)
    expect(await teams.listTeams(rep)).toEqual([])
    expect(await gold('select team_id from users where id = $1', [rep.userId])).toEqual([{ team_id: null }])
    // Looking at them is no event.
    expect(kept).toEqual(['teams.create ok', 'teams.update ok', 'teams.delete ok'])
  })

  it('bear one name each', async () => {
    await teams.createTeam(workspace.actor, { name: 'South' })
    await expect(teams.createTeam(workspace.actor, { name: 'south' })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it.each(['manager', 'rep', 'viewer'] as const)('are not changed by a %s', async (role) => {
    const person = await workspace.member(role)
    const team = await teams.createTeam(workspace.actor, { name: `Of ${role}` })
    await expect(teams.createTeam(person, { name: 'Mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(teams.renameTeam(person, team.id, { name: 'Mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(teams.deleteTeam(person, team.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('of another workspace are not found', async () => {
    const other = await createTestWorkspace()
    const team = await teams.createTeam(other.actor, { name: 'Theirs' })
    await expect(teams.renameTeam(workspace.actor, team.id, { name: 'Mine' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(teams.deleteTeam(workspace.actor, team.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(JSON.stringify(await teams.listTeams(workspace.actor))).not.toContain('Theirs')
  })
})
