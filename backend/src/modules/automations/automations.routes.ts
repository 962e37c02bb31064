import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  changeScheduleSchema,
  changeWebhookSchema,
  deliveryListSchema,
  deliverySchema,
  madeWebhookSchema,
  newScheduleSchema,
  newWebhookSchema,
  runListSchema,
  scheduleListSchema,
  schedulePreviewQuerySchema,
  schedulePreviewSchema,
  scheduleRunSchema,
  scheduleSchema,
  webhookListSchema,
  webhookSchema,
} from '#contracts/automations.ts'
import type { Schedules } from './schedules/schedules.service.ts'
import type { Webhooks } from './webhooks/webhooks.service.ts'

const parameters = z.object({ id: z.uuid() })
const page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(300).optional() })
const tags = ['automations']

/** `/api/automations/schedules`: one's own questions that are asked by themselves; `/api/automations/webhooks`: for owners and admins. */
export function automationRoutes({ automations }: { automations: { schedules: Schedules; webhooks: Webhooks } }): FastifyPluginAsyncZod {
  const { schedules, webhooks } = automations
  return async (app) => {
    await app.register(scheduleRoutes(schedules))
    await app.register(webhookRoutes(webhooks))
  }
}

function scheduleRoutes(schedules: Schedules): FastifyPluginAsyncZod {
  const path = '/api/automations/schedules'
  const config = { access: 'chat' } as const
  return async (app) => {
    app.get(path, { config, schema: { tags, summary: 'Questions that are asked by themselves', response: { 200: scheduleListSchema } } }, async (request) => {
      const items = await schedules.list(request.actor)
      return { items, nextCursor: null, total: items.length }
    })
    app.post(
      path,
      { config, schema: { tags, summary: 'Ask a question on a schedule', body: newScheduleSchema, response: { 201: scheduleSchema } } },
      async (request, reply) => {
        const made = await schedules.create(request.actor, request.body)
        return await reply.code(201).header('location', `${path}/${made.id}`).send(made)
      },
    )
    app.get(
      `${path}/preview`,
      {
        config,
        schema: {
          tags,
          summary: 'When it would be asked, before it is made',
          querystring: schedulePreviewQuerySchema,
          response: { 200: schedulePreviewSchema },
        },
      },
      (request) => schedules.preview(request.actor, request.query),
    )
    app.patch(
      `${path}/:id`,
      {
        config,
        schema: {
          tags,
          summary: 'Change a schedule, or switch it on or off',
          params: parameters,
          body: changeScheduleSchema,
          response: { 200: scheduleSchema },
        },
      },
      (request) => schedules.change(request.actor, request.params.id, request.body),
    )
    app.delete(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Delete a schedule', params: parameters, response: { 204: z.null() } } },
      async (request, reply) => {
        await schedules.delete(request.actor, request.params.id)
        return await reply.code(204).send(null)
      },
    )
    app.post(
      `${path}/:id/run`,
      { config, schema: { tags, summary: 'Ask it now', params: parameters, response: { 202: scheduleRunSchema } } },
      async (request, reply) => await reply.code(202).send(await schedules.run(request.actor, request.params.id)),
    )
    app.get(
      `${path}/:id/runs`,
      { config, schema: { tags, summary: 'How it went, the newest first', params: parameters, querystring: page, response: { 200: runListSchema } } },
      (request) => schedules.runs(request.actor, request.params.id, request.query),
    )
  }
}

function webhookRoutes(webhooks: Webhooks): FastifyPluginAsyncZod {
  const path = '/api/automations/webhooks'
  const config = { access: 'workspace:admin' } as const
  return async (app) => {
    app.get(path, { config, schema: { tags, summary: 'Programs that are told of what happens', response: { 200: webhookListSchema } } }, async (request) => {
      const items = await webhooks.list(request.actor)
      return { items, nextCursor: null, total: items.length }
    })
    app.post(
      path,
      {
        config,
        schema: { tags, summary: 'Tell a program of events; its secret is shown this once', body: newWebhookSchema, response: { 201: madeWebhookSchema } },
      },
      async (request, reply) => {
        const made = await webhooks.create(request.actor, request.body)
        return await reply.code(201).header('location', `${path}/${made.id}`).header('cache-control', 'no-store').send(made)
      },
    )
    app.patch(
      `${path}/:id`,
      {
        config,
        schema: {
          tags,
          summary: 'Change a webhook, switch it on or off, or make another secret',
          params: parameters,
          body: changeWebhookSchema,
          response: { 200: webhookSchema.extend({ secret: z.string().optional() }) },
        },
      },
      async (request, reply) => await reply.header('cache-control', 'no-store').send(await webhooks.change(request.actor, request.params.id, request.body)),
    )
    app.delete(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Delete a webhook with its deliveries', params: parameters, response: { 204: z.null() } } },
      async (request, reply) => {
        await webhooks.delete(request.actor, request.params.id)
        return await reply.code(204).send(null)
      },
    )
    app.get(
      `${path}/:id/deliveries`,
      {
        config,
        schema: {
          tags,
          summary: 'What was sent and what it was answered, the newest first',
          params: parameters,
          querystring: page,
          response: { 200: deliveryListSchema },
        },
      },
      (request) => webhooks.deliveries(request.actor, request.params.id, request.query),
    )
    app.post(
      `${path}/:id/deliveries/:deliveryId/replay`,
      {
        config,
        schema: {
          tags,
          summary: 'Send an event once more, under its own id',
          params: parameters.extend({ deliveryId: z.uuid() }),
          response: { 202: deliverySchema },
        },
      },
      async (request, reply) => await reply.code(202).send(await webhooks.replay(request.actor, request.params.id, request.params.deliveryId)),
    )
  }
}
