import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { alertListSchema, alertQuerySchema, alertSchema } from '#contracts/alerts.ts'
import type { AlertsService } from './alerts.service.ts'

/** `/api/alerts`: what is wrong with the installation, for owners and admins of its first workspace. */
export function alertRoutes({ alerts }: { alerts: Pick<AlertsService, 'list' | 'acknowledge'> }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Alerts']
    app.get(
      '/api/alerts',
      { config, schema: { tags, summary: 'Alerts, newest first', querystring: alertQuerySchema, response: { 200: alertListSchema } } },
      (request) => alerts.list(request.actor, request.query),
    )
    app.post(
      '/api/alerts/:id/acknowledge',
      {
        config,
        schema: { tags, summary: 'Say that somebody looks after it', params: z.object({ id: z.string().max(60) }), response: { 200: alertSchema } },
      },
      (request) => alerts.acknowledge(request.actor, request.params.id),
    )
  }
}
