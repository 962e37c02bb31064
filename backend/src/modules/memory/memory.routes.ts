import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  changeMemorySchema,
  changeMemorySettingsSchema,
  memoryErasureSchema,
  memoryListSchema,
  memorySchema,
  memorySettingsSchema,
  newMemorySchema,
} from '#contracts/memory.ts'
import type { MemoryService } from './memory.service.ts'

const parameters = z.object({ id: z.uuid() })

/** `/api/memory`: what is remembered about the person who asks, and what admins told everybody here. */
export function memoryRoutes({ memory }: { memory: MemoryService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'chat' } as const
    const tags = ['memory']

    app.get(
      '/api/memory',
      {
        config,
        schema: {
          tags,
          summary: 'What is remembered, the last changed first',
          querystring: z.object({
            q: z.string().trim().max(200).optional().describe('Words, all of which have to be in it'),
            history: z
              .enum(['true', 'false'])
              .default('false')
              .transform((value) => value === 'true')
              .describe('Also what something newer took the place of'),
            limit: z.coerce.number().int().min(1).max(200).default(50),
            cursor: z.string().max(300).optional(),
          }),
          response: { 200: memoryListSchema },
        },
      },
      (request) => memory.list(request.actor, request.query),
    )

    app.post(
      '/api/memory',
      { config, schema: { tags, summary: 'Remember something; for the workspace, as an admin', body: newMemorySchema, response: { 201: memorySchema } } },
      async (request, reply) => {
        const made = await memory.create(request.actor, request.body)
        return await reply.code(201).header('location', `/api/memory/${made.id}`).send(made)
      },
    )

    app.delete(
      '/api/memory',
      { config, schema: { tags, summary: 'Delete everything of one’s own, with proof', response: { 200: memoryErasureSchema } } },
      (request) => memory.deleteAll(request.actor),
    )

    app.get(
      '/api/memory/settings',
      { config, schema: { tags, summary: 'Whether anything is remembered, and where', response: { 200: memorySettingsSchema } } },
      (request) => memory.settings(request.actor),
    )

    app.patch(
      '/api/memory/settings',
      { config, schema: { tags, summary: 'Switch one’s memory on or off', body: changeMemorySettingsSchema, response: { 200: memorySettingsSchema } } },
      (request) => memory.changeSettings(request.actor, request.body.enabled),
    )

    app.patch(
      '/api/memory/:id',
      { config, schema: { tags, summary: 'Write a memory anew', params: parameters, body: changeMemorySchema, response: { 200: memorySchema } } },
      (request) => memory.change(request.actor, request.params.id, request.body.text),
    )

    app.delete(
      '/api/memory/:id',
      { config, schema: { tags, summary: 'Delete a memory with its history', params: parameters, response: { 204: z.null() } } },
      async (request, reply) => {
        await memory.delete(request.actor, request.params.id)
        return await reply.code(204).send(null)
      },
    )
  }
}
