import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { emailMessageListSchema, emailMessageQuerySchema, emailMessageSchema, outboxListSchema, outboxQuerySchema } from '#contracts/email.ts'
import type { EmailsService } from './emails.service.ts'

/** `/api/email/messages` and `/api/email/outbox`. */
export function emailRoutes({ emails }: { emails: EmailsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'crm:read' } as const
    const tags = ['E-mail']

    app.get(
      '/api/email/messages',
      { config, schema: { tags, summary: 'List e-mails, the newest first', querystring: emailMessageQuerySchema, response: { 200: emailMessageListSchema } } },
      (request) => emails.listMessages(request.actor, request.query),
    )
    app.get(
      '/api/email/messages/:id',
      { config, schema: { tags, summary: 'Get one e-mail', params: z.object({ id: z.string().max(60) }), response: { 200: emailMessageSchema } } },
      (request) => emails.getMessage(request.actor, request.params.id),
    )
    app.get(
      '/api/email/outbox',
      {
        config,
        schema: { tags, summary: 'List what was approved for sending, the newest first', querystring: outboxQuerySchema, response: { 200: outboxListSchema } },
      },
      (request) => emails.listOutbox(request.actor, request.query),
    )
  }
}
