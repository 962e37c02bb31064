import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { endpoints } from './endpoints.ts'
import type { Gateway } from './gateway.service.ts'

const base = '/api/auth/'

/** better-auth's endpoints that are open, under its own paths; the others do not exist from outside. */
export function gatewayRoutes(gateway: Gateway): FastifyPluginAsyncZod {
  return async (app) => {
    for (const endpoint of endpoints) {
      app.route({
        method: endpoint.method,
        url: base + endpoint.path,
        config: { access: 'public' },
        schema: {
          tags: ['Access'],
          summary: endpoint.summary,
          // Some clients send an empty body along where none is needed.
          ...(endpoint.method === 'POST' ? { body: endpoint.body ?? z.record(z.string(), z.unknown()).nullish() } : {}),
          ...(endpoint.path.includes(':') ? { params: z.object({ provider: z.string().max(50) }) } : {}),
        },
        async handler(request, reply) {
          const { status, cookies, location, body } = await gateway.handle(endpoint, {
            path: request.url.slice(base.length),
            headers: request.headers,
            body: (request.body ?? {}) as Record<string, unknown>,
          })
          if (cookies.length > 0) reply.header('set-cookie', cookies)
          reply.header('cache-control', 'no-store')
          if (location !== undefined && status >= 300) return reply.redirect(location, status)
          return reply.code(status).send(body ?? null)
        },
      })
    }
  }
}
