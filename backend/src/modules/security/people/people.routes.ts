import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { invitationInputSchema, invitationSchema, personChangeSchema, personSchema } from '#contracts/security.ts'
import type { InvitationsService } from './invitations.service.ts'
import type { PeopleService } from './people.service.ts'

const byId = z.object({ id: z.uuid() })

/** `/api/people`: everybody of the workspace, and who is invited to it. */
export function peopleRoutes({ people, invitations }: { people: PeopleService; invitations: InvitationsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['People']

    app.get(
      '/api/people',
      { config, schema: { tags, summary: 'People of the workspace', response: { 200: wholeListSchema(personSchema) } } },
      async (request) => wholeList(await people.list(request.actor)),
    )

    app.patch(
      '/api/people/:id',
      {
        config,
        schema: { tags, summary: 'Change role, team, name or access of a person', params: byId, body: personChangeSchema, response: { 200: personSchema } },
      },
      async (request) => people.change(request.actor, request.params.id, request.body),
    )

    app.post(
      '/api/people/:id/reset-link',
      {
        config,
        schema: {
          tags,
          summary: 'A link with which a person sets a new password',
          params: byId,
          response: { 200: z.object({ link: z.string(), expiresAt: z.string() }) },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return people.createResetLink(request.actor, request.params.id)
      },
    )

    app.get(
      '/api/people/invitations',
      { config, schema: { tags, summary: 'Invitations', response: { 200: wholeListSchema(invitationSchema) } } },
      async (request) => wholeList(await invitations.list(request.actor)),
    )

    app.post(
      '/api/people/invitations',
      { config, schema: { tags, summary: 'Invite somebody', body: invitationInputSchema, response: { 201: invitationSchema } } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return reply.code(201).send(await invitations.invite(request.actor, request.body))
      },
    )

    app.delete(
      '/api/people/invitations/:id',
      { config, schema: { tags, summary: 'Take an invitation back', params: byId, response: { 200: z.object({ success: z.boolean() }) } } },
      async (request) => {
        await invitations.revoke(request.actor, request.params.id)
        return { success: true }
      },
    )
  }
}
