import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { erasureCertificateSchema, privacySubjectSchema } from '#contracts/security.ts'
import type { Privacy } from './privacy.service.ts'

/** `POST /api/privacy/export`, `POST /api/privacy/erase`, `GET /api/privacy/certificates`. */
export function privacyRoutes({ privacy }: { privacy: Privacy }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Security']

    app.post(
      '/api/privacy/export',
      {
        config,
        schema: {
          tags,
          summary: 'Everything about one person',
          body: privacySubjectSchema,
          response: { 200: z.any().describe('A JSON file of all that was found') },
        },
      },
      async (request, reply) => {
        const found = await privacy.exportPerson(request.actor, request.body)
        return reply.header('content-disposition', 'attachment; filename="person.json"').header('cache-control', 'no-store').send(found)
      },
    )
    app.post(
      '/api/privacy/erase',
      { config, schema: { tags, summary: 'Erase one person', body: privacySubjectSchema, response: { 200: erasureCertificateSchema } } },
      (request) => privacy.erasePerson(request.actor, request.body),
    )
    app.get(
      '/api/privacy/certificates',
      {
        config,
        schema: {
          tags,
          summary: 'Certificates of erasure, newest first',
          response: { 200: z.object({ items: z.array(erasureCertificateSchema), nextCursor: z.null(), total: z.int() }) },
        },
      },
      async (request) => {
        const items = await privacy.listCertificates(request.actor)
        return { items, nextCursor: null, total: items.length }
      },
    )
  }
}
