import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { apiKeyInputSchema, apiKeySchema } from '#contracts/security.ts'
import type { ApiKeysService } from './api-keys.service.ts'

const dayMs = 24 * 60 * 60 * 1000

/** `/api/api-keys`: one's own keys; whoever looks after the workspace sees and revokes all of them. */
export function apiKeyRoutes(apiKeys: ApiKeysService): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'account' } as const
    const tags = ['API keys']

    app.get('/api/api-keys', { config, schema: { tags, summary: 'API keys', response: { 200: wholeListSchema(apiKeySchema) } } }, async (request) =>
      wholeList(await apiKeys.list(request.actor)),
    )

    app.post(
      '/api/api-keys',
      { config, schema: { tags, summary: 'Make an API key; its text is shown this once', body: apiKeyInputSchema, response: { 201: apiKeySchema } } },
      async (request, reply) => {
        const { name, scopes, expiresInDays } = request.body
        const expiresAt = expiresInDays === null ? null : new Date(Date.now() + expiresInDays * dayMs)
        reply.header('cache-control', 'no-store')
        return reply.code(201).send(await apiKeys.create(request.actor, { name, scopes, expiresAt }))
      },
    )

    app.delete(
      '/api/api-keys/:id',
      { config, schema: { tags, summary: 'Revoke an API key', params: z.object({ id: z.uuid() }), response: { 200: z.object({ success: z.boolean() }) } } },
      async (request) => {
        await apiKeys.revoke(request.actor, request.params.id)
        return { success: true }
      },
    )
  }
}
