import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { McpDependencies, McpRequest } from './mcp-server.ts'

const mostBytes = 1024 * 1024
const challenge = 'Bearer realm="ChatSG"'
const badKey = 'error="invalid_token", error_description="This API key is not valid, was revoked or has expired."'

export interface McpDoor {
  handle(request: McpRequest): Promise<Response>
}

/** Model Context Protocol, loaded when somebody speaks it. */
export function createMcpDoor(dependencies: McpDependencies): McpDoor {
  return {
    async handle(request) {
      const { handleMcp } = await import('./mcp-server.ts')
      return handleMcp(dependencies, request)
    },
  }
}

/** `POST /mcp`: Streamable HTTP without sessions; each answer is JSON. */
export function mcpRoutes({ mcp, appUrl }: { mcp: McpDoor; appUrl: string }): FastifyPluginAsyncZod {
  return async (app) => {
    // As RFC 6750 has it. There is no authorization server, so none is named: clients send a key.
    app.addHook('onSend', async (request, reply) => {
      if (reply.statusCode === 401) reply.header('www-authenticate', request.hasBadKey ? `${challenge}, ${badKey}` : challenge)
    })
    app.post(
      '/mcp',
      {
        config: { access: 'chat' },
        bodyLimit: mostBytes,
        schema: { tags: ['mcp'], summary: 'Model Context Protocol (Streamable HTTP)', body: z.unknown(), response: { 200: z.any() } },
      },
      async (request, reply) => {
        const headers = new Headers()
        for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
        const asked = new Request(new URL('/mcp', appUrl), { method: 'POST', headers })
        return await reply.send(await mcp.handle({ actor: request.actor, requestId: request.id, request: asked, body: request.body }))
      },
    )
    // There is no stream to listen to, and no session to end.
    app.route({
      method: ['GET', 'DELETE'],
      url: '/mcp',
      config: { access: 'chat' },
      schema: { hide: true },
      handler: (_request, reply) =>
        reply
          .code(405)
          .header('allow', 'POST')
          .send({ jsonrpc: '2.0', error: { code: -32_000, message: 'Only POST is answered here: nothing is kept between requests.' }, id: null }),
    })
  }
}
