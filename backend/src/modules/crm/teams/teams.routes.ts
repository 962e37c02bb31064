import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { teamInputSchema, teamSchema } from '#contracts/security.ts'
import type { TeamsService } from './teams.service.ts'

const params = z.object({ id: z.string().max(60) })

/** `/api/teams`: list, create, rename, dissolve. */
export function teamRoutes({ teams }: { teams: TeamsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const read = { access: 'crm:read' } as const
    const admin = { access: 'workspace:admin' } as const
    const tags = ['Teams']

    app.get('/api/teams', { config: read, schema: { tags, summary: 'List teams', response: { 200: wholeListSchema(teamSchema) } } }, async (request) =>
      wholeList(await teams.listTeams(request.actor)),
    )
    app.post(
      '/api/teams',
      { config: admin, schema: { tags, summary: 'Make a team', body: teamInputSchema, response: { 201: teamSchema } } },
      async (request, reply) => reply.code(201).send(await teams.createTeam(request.actor, request.body)),
    )
    app.patch(
      '/api/teams/:id',
      { config: admin, schema: { tags, summary: 'Rename a team', params, body: teamInputSchema, response: { 200: teamSchema } } },
      (request) => teams.renameTeam(request.actor, request.params.id, request.body),
    )
    app.delete(
      '/api/teams/:id',
      { config: admin, schema: { tags, summary: 'Dissolve a team; its people stay', params, response: { 204: z.null() } } },
      async (request, reply) => {
        await teams.deleteTeam(request.actor, request.params.id)
        return reply.code(204).send(null)
      },
    )
  }
}
