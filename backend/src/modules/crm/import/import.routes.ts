import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import {
  importAcceptedSchema,
  importPreviewQuerySchema,
  importPreviewSchema,
  importQuerySchema,
  importResultSchema,
  importRunSchema,
  importUndoSchema,
} from '#contracts/import.ts'
import { pageSchema } from '#contracts/lists.ts'
import type { ImportService } from './import.service.ts'

/** Imports stream without the limit that other bodies have; rows, columns and cells are bounded instead. */
const bodyLimit = Number.MAX_SAFE_INTEGER
const tags = ['Import and export']
const access = { access: 'crm:import' } as const
const listQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(60).optional() })
const idParameter = z.object({ id: z.string().max(60) })

/** `/api/crm/import`, its preview, and the list of imports with their progress and undo. */
export function importRoutes({ imports }: { imports: ImportService }) {
  return async (app: FastifyInstance): Promise<void> => {
    // A file is passed on as it arrives, whatever it calls itself.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => {
      done(new AppError('UNSUPPORTED', 'Send the file itself as the body (CSV, JSON, XLSX, vCard, .eml or mbox), not a form.'), undefined)
    })
    app.addContentTypeParser('*', { bodyLimit }, (_request, payload, done) => done(null, payload))
    const routes = app.withTypeProvider<ZodTypeProvider>()

    routes.post(
      '/api/crm/import/preview',
      {
        bodyLimit,
        config: access,
        schema: {
          tags,
          summary: 'Propose how to import a file, from its first megabyte',
          querystring: importPreviewQuerySchema,
          response: { 200: importPreviewSchema },
        },
      },
      (request) => imports.previewFile(request.actor, bodyOf(request), { ...request.query, contentType: request.headers['content-type'] }),
    )
    routes.post(
      '/api/crm/import',
      {
        bodyLimit,
        config: access,
        schema: {
          tags,
          summary: 'Import a file of records (CSV, JSON, XLSX, vCard, .eml or mbox as the body)',
          querystring: importQuerySchema,
          response: { 200: importResultSchema, 202: importAcceptedSchema },
        },
      },
      async (request, reply) => {
        const { background, ...asked } = request.query
        const options = { ...asked, contentType: request.headers['content-type'] }
        if (!background || options.dryRun) return imports.importFile(request.actor, bodyOf(request), options)
        return reply.code(202).send({ importId: await imports.startImport(request.actor, bodyOf(request), options) })
      },
    )
    routes.get(
      '/api/crm/imports',
      {
        config: { access: 'crm:read' },
        schema: { tags, summary: 'List imports, newest first', querystring: listQuery, response: { 200: pageSchema(importRunSchema) } },
      },
      (request) => imports.listImports(request.actor, request.query),
    )
    routes.get(
      '/api/crm/imports/:id',
      {
        config: { access: 'crm:read' },
        schema: { tags, summary: 'Progress and result of one import', params: idParameter, response: { 200: importRunSchema } },
      },
      (request) => imports.getImport(request.actor, request.params.id),
    )
    routes.post(
      '/api/crm/imports/:id/cancel',
      {
        config: access,
        schema: { tags, summary: 'Stop an import after its present batch; what has landed stays', params: idParameter, response: { 200: importRunSchema } },
      },
      (request) => imports.cancel(request.actor, request.params.id),
    )
    routes.post(
      '/api/crm/imports/:id/undo',
      { config: access, schema: { tags, summary: 'Undo a whole import', params: idParameter, response: { 200: importUndoSchema } } },
      (request) => imports.undo(request.actor, request.params.id),
    )
    app.addHook('onReady', () => imports.resume())
    // Before requests are waited for: an import that somebody waits for must end too.
    app.addHook('preClose', () => imports.close())
  }
}

function bodyOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  if (request.body instanceof Readable) {
    // From here on it is we who are silent: a big file is worked on for longer than a connection may say nothing.
    const { socket } = request.raw
    if (socket instanceof Socket) request.body.once('end', () => socket.setTimeout(0))
    return request.body
  }
  throw new AppError('VALIDATION', 'The body is empty; send the file as the body of the request.')
}
