import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { exportQuerySchema, queryExportSchema } from '#contracts/import.ts'
import { filterOf, listParameters } from '../records/list-filter.ts'
import type { ExportFile, ExportService } from './export.service.ts'

const tags = ['Import and export']
const config = { access: 'crm:read' } as const
const parameters = new Set([...listParameters, 'entity', 'format', 'bom'])

/** `GET /api/crm/export`: records of a list, or all of an entity; `POST /api/crm/query/export`: a typed query's whole result. Both stream a file. */
export function exportRoutes({ exports }: { exports: ExportService }) {
  return async (app: FastifyInstance): Promise<void> => {
    const routes = app.withTypeProvider<ZodTypeProvider>()
    routes.get(
      '/api/crm/export',
      {
        config,
        schema: {
          tags,
          summary: 'Export records as CSV, JSON, XLSX or vCard: all of an entity, or what a list with the same parameters shows',
          querystring: exportQuerySchema,
        },
      },
      async (request, reply) => {
        const { entity, format, bom, sort, q, timeZone } = request.query
        return sendFile(reply, await exports.exportFile(request.actor, { entity, format, bom, sort, q, timeZone, filter: filterOf(request.query, parameters) }))
      },
    )
    routes.post(
      '/api/crm/query/export',
      { config, schema: { tags, summary: "Export a typed query's whole result as CSV, JSON or XLSX", body: queryExportSchema } },
      async (request, reply) => sendFile(reply, await exports.exportQuery(request.actor, request.body)),
    )
  }
}

function sendFile(reply: FastifyReply, { contentType, fileName, content }: ExportFile): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(Readable.from(content, { objectMode: false }))
}
