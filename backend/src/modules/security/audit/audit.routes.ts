import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { auditEntrySchema, auditVerificationSchema } from '#contracts/security.ts'
import type { Audit } from './audit.service.ts'

const instant = z.iso.datetime({ offset: true })
const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(20).optional(),
  event: z.string().max(40).optional(),
  userId: z.uuid().optional(),
  operation: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
})
const listSchema = z.object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable(), total: z.int().nullable() })

/** `GET /api/audit` and `GET /api/audit/verify`. */
export function auditRoutes({ audit }: { audit: Audit }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Security']

    app.get(
      '/api/audit',
      { config, schema: { tags, summary: 'Who did what, newest first', querystring: listQuery, response: { 200: listSchema } } },
      (request) => audit.list(request.actor, request.query),
    )
    app.get(
      '/api/audit/verify',
      { config, schema: { tags, summary: 'Prove that nothing of the audit trail was changed', response: { 200: auditVerificationSchema } } },
      (request) => audit.verify(request.actor),
    )
  }
}
