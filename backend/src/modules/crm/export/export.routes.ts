import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { exportQuerySchema } from '#contracts/import.ts'
import type { ExportService } from './export.service.ts'

/** `GET /api/crm/export`: every record of an entity as a file, streamed. */
export function exportRoutes({ exports }: { exports: ExportService }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.withTypeProvider<ZodTypeProvider>().get(
      '/api/crm/export',
      {
        config: { access: 'crm:read' },
        schema: { tags: ['Import and export'], summary: 'Export every record of an entity as CSV or JSON', querystring: exportQuerySchema },
      },
      async (request, reply) => {
        const file = await exports.exportFile(request.actor, request.query)
        return reply
          .header('content-type', file.contentType)
          .header('content-disposition', `attachment; filename="${file.fileName}"`)
          .send(Readable.from(file.content))
      },
    )
  }
}
