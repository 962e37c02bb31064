import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { pageSchema } from '#contracts/lists.ts'
import {
  conflictDecisionSchema,
  outboxItemSchema,
  outboxPageSchema,
  outboxQuerySchema,
  outboxRetrySchema,
  syncConflictSchema,
  syncConflictsQuerySchema,
} from '#contracts/outbox.ts'
import type { OutboxService } from './outbox.service.ts'

const params = z.object({ id: z.string().max(60) })

/** `/api/crm/outbox` and `/api/crm/sync/conflicts`: what is on its way to Insightly, and what both sides changed. */
export function outboxRoutes({ outbox }: { outbox: OutboxService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Insightly']
    const item = { 200: outboxItemSchema }

    app.get(
      '/api/crm/outbox',
      { config, schema: { tags, summary: 'Changes on their way to Insightly', querystring: outboxQuerySchema, response: { 200: outboxPageSchema } } },
      (request) => outbox.list(request.actor, request.query),
    )
    app.post(
      '/api/crm/outbox/:id/retry',
      { config, schema: { tags, summary: 'Send a change again that Insightly refused', params, body: outboxRetrySchema, response: item } },
      (request) => outbox.retry(request.actor, request.params.id, request.body ?? {}),
    )
    app.post('/api/crm/outbox/:id/drop', { config, schema: { tags, summary: 'Keep a change here and do not send it', params, response: item } }, (request) =>
      outbox.drop(request.actor, request.params.id),
    )
    app.get(
      '/api/crm/sync/conflicts',
      {
        config,
        schema: {
          tags,
          summary: 'Fields that were changed here and in Insightly',
          querystring: syncConflictsQuerySchema,
          response: { 200: pageSchema(syncConflictSchema) },
        },
      },
      (request) => outbox.listConflicts(request.actor, request.query),
    )
    app.post(
      '/api/crm/sync/conflicts/:id',
      { config, schema: { tags, summary: 'Say which of the two versions stays', params, body: conflictDecisionSchema, response: { 200: syncConflictSchema } } },
      (request) => outbox.resolveConflict(request.actor, request.params.id, request.body),
    )
  }
}
