import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { entityNames } from '#contracts/entities.ts'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { savedViewSchema, viewChangeSchema, viewInputSchema } from '#contracts/views.ts'
import type { ViewsService } from './views.service.ts'

const params = z.object({ id: z.string().max(60) })
const path = '/api/crm/views'

/** `/api/crm/views`: keep, list, open, change and delete queries under a name. */
export function viewRoutes({ views }: { views: ViewsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'crm:read' } as const
    const tags = ['Views']

    app.get(
      path,
      {
        config,
        schema: {
          tags,
          summary: 'List your own views and the shared ones',
          querystring: z.object({ entity: z.enum(entityNames).optional() }),
          response: { 200: wholeListSchema(savedViewSchema) },
        },
      },
      async (request) => wholeList(await views.listViews(request.actor, request.query.entity)),
    )
    app.post(
      path,
      { config, schema: { tags, summary: 'Save a query as a view', body: viewInputSchema, response: { 201: savedViewSchema } } },
      async (request, reply) => {
        const view = await views.createView(request.actor, request.body)
        return reply.code(201).header('location', `${path}/${view.id}`).send(view)
      },
    )
    app.get(`${path}/:id`, { config, schema: { tags, summary: 'Get one view', params, response: { 200: savedViewSchema } } }, (request) =>
      views.getView(request.actor, request.params.id),
    )
    app.patch(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Rename, change or share a view', params, body: viewChangeSchema, response: { 200: savedViewSchema } } },
      (request) => views.updateView(request.actor, request.params.id, request.body),
    )
    app.delete(`${path}/:id`, { config, schema: { tags, summary: 'Delete a view', params, response: { 204: z.null() } } }, async (request, reply) => {
      await views.deleteView(request.actor, request.params.id)
      return reply.code(204).send(null)
    })
  }
}
