import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Team } from '#contracts/security.ts'

export type TeamsService = ReturnType<typeof createTeamsService>

/** Teams of a workspace: their members see each other's records that are for the team. */
export function createTeamsService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    async listTeams(actor: Actor): Promise<Team[]> {
      // Who is in which team is no record; every page looks.
      return operations.run(actor, { name: 'teams.list', scope: 'crm:read', event: null, readOnly: true }, (tx) => readTeams(tx))
    },

    /** @throws AppError CONFLICT when another team has the name */
    async createTeam(actor: Actor, { name }: { name: string }): Promise<Team> {
      const id = newId()
      return operations.run(actor, { name: 'teams.create', scope: 'workspace:admin', query: { id, name } }, async (tx) => {
        await refuseTakenName(tx, name)
        await tx.query(sql`insert into teams (workspace_id, id, name, created_at) values (${tx.workspaceId}, ${id}, ${name}, ${clock.now().toISOString()})`)
        return getTeam(tx, id)
      })
    },

    /** @throws AppError NOT_FOUND, or CONFLICT when another team has the name */
    async renameTeam(actor: Actor, id: string, { name }: { name: string }): Promise<Team> {
      return operations.run(actor, { name: 'teams.update', scope: 'workspace:admin', query: { id, name } }, async (tx) => {
        await getTeam(tx, id)
        await refuseTakenName(tx, name, id)
        await tx.query(sql`update teams set name = ${name} where workspace_id = ${tx.workspaceId} and id = ${id}`)
        return getTeam(tx, id)
      })
    },

    /** Dissolves a team; its people stay, without one, and what was for the team is left to each owner. @throws AppError NOT_FOUND */
    async deleteTeam(actor: Actor, id: string): Promise<void> {
      await operations.run(actor, { name: 'teams.delete', scope: 'workspace:admin', query: { id } }, async (tx) => {
        await getTeam(tx, id)
        await tx.query(sql`delete from teams where workspace_id = ${tx.workspaceId} and id = ${id}`)
      })
    },
  }
}

async function readTeams(tx: Transaction, id?: string): Promise<Team[]> {
  return tx.query<Team>(sql`
    select t.id, t.name, count(u.id)::int as members from teams t left join users u on u.workspace_id = t.workspace_id and u.team_id = t.id and u.active
    where t.workspace_id = ${tx.workspaceId} ${id === undefined ? sql`` : sql`and t.id = ${id}`} group by t.id, t.name order by lower(t.name), t.id`)
}

async function getTeam(tx: Transaction, id: string): Promise<Team> {
  const [team] = isUuid(id) ? await readTeams(tx, id) : []
  if (team === undefined) throw notFound('This team')
  return team
}

async function refuseTakenName(tx: Transaction, name: string, ownId?: string): Promise<void> {
  const rows = await tx.query<{ id: string }>(sql`select id from teams where workspace_id = ${tx.workspaceId} and lower(name) = lower(${name})`)
  if (rows.some(({ id }) => id !== ownId))
    throw new AppError('CONFLICT', `There already is a team "${name}".`, { details: [{ field: 'name', message: 'is taken' }] })
}
