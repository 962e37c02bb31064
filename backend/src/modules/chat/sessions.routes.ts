import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { changeSessionSchema, chatMessageSchema, createSessionSchema, sessionHitSchema, sessionSchema } from '#contracts/chat.ts'
import type { SessionService } from './sessions.service.ts'

const sessionParameters = z.object({ id: z.uuid() })
const limit = (fallback: number) => z.coerce.number().int().min(1).max(200).default(fallback)
const cursor = z.string().max(300).optional()

const branch = z.enum(['active', 'all']).default('active').describe('The branch that is shown, or every one in the order of writing')

function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().nullable() })
}

const formats = { jsonl: 'application/x-ndjson; charset=utf-8', md: 'text/markdown; charset=utf-8' } as const

/** The actor's own sessions under `/api/sessions`. */
export function sessionRoutes({ sessions }: { sessions: SessionService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'chat' } as const
    const tags = ['sessions']

    app.post(
      '/api/sessions',
      { config, schema: { tags, summary: 'Begin a session', body: createSessionSchema.nullish(), response: { 201: sessionSchema } } },
      async (request, reply) => {
        const session = await sessions.create(request.actor, request.body ?? {})
        return await reply.code(201).header('location', `/api/sessions/${session.id}`).send(session)
      },
    )

    app.get(
      '/api/sessions',
      {
        config,
        schema: {
          tags,
          summary: 'Sessions, the last used first',
          querystring: z.object({ limit: limit(50), cursor, status: sessionSchema.shape.status.optional() }),
          response: { 200: pageOf(sessionSchema) },
        },
      },
      (request) => sessions.list(request.actor, request.query),
    )

    app.get(
      '/api/sessions/search',
      {
        config,
        schema: {
          tags,
          summary: 'Sessions whose title or messages hold every word',
          querystring: z.object({ q: z.string().trim().min(1, 'Write what to search for.').max(200), limit: limit(20) }),
          response: { 200: pageOf(sessionHitSchema) },
        },
      },
      (request) => sessions.search(request.actor, request.query),
    )

    app.get('/api/sessions/:id', { config, schema: { tags, summary: 'A session', params: sessionParameters, response: { 200: sessionSchema } } }, (request) =>
      sessions.get(request.actor, request.params.id),
    )

    app.patch(
      '/api/sessions/:id',
      {
        config,
        schema: {
          tags,
          summary: 'Rename, archive, lock or change a session',
          params: sessionParameters,
          body: changeSessionSchema,
          response: { 200: sessionSchema },
        },
      },
      (request) => sessions.change(request.actor, request.params.id, request.body),
    )

    app.delete(
      '/api/sessions/:id',
      { config, schema: { tags, summary: 'Delete a session and its transcript', params: sessionParameters, response: { 204: z.null() } } },
      async (request, reply) => {
        await sessions.delete(request.actor, request.params.id)
        return await reply.code(204).send(null)
      },
    )

    app.get(
      '/api/sessions/:id/messages',
      {
        config,
        schema: {
          tags,
          summary: 'Messages: the newest page first, each page in reading order',
          params: sessionParameters,
          querystring: z.object({ limit: limit(50), cursor, branch }),
          response: { 200: pageOf(chatMessageSchema) },
        },
      },
      (request) => sessions.messages(request.actor, request.params.id, request.query),
    )

    app.get(
      '/api/sessions/:id/export',
      {
        config,
        schema: {
          tags,
          summary: 'A session as a file',
          params: sessionParameters,
          querystring: z.object({ format: z.enum(['jsonl', 'md']).default('jsonl'), branch }),
        },
      },
      async (request, reply) => {
        const { id } = request.params
        const { format } = request.query
        const text = await sessions.export(request.actor, id, format, request.query.branch)
        return await reply.type(formats[format]).header('content-disposition', `attachment; filename="${id}.${format}"`).send(Readable.from(text))
      },
    )
  }
}
