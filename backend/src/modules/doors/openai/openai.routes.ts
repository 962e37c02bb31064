import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { completionRequestSchema, completionSchema, modelListSchema } from '#contracts/openai.ts'
import type { CompletionsService } from './completions.service.ts'

const conversationBytes = 8 * 1024 * 1024
const heartbeatMs = 15_000

/** `GET /v1/models`, `POST /v1/chat/completions`: agents for every program that speaks OpenAI's protocol. */
export function openaiRoutes({ completions }: { completions: CompletionsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'chat' } as const
    const tags = ['openai']

    app.get('/v1/models', { config, schema: { tags, summary: 'Agents as models', response: { 200: modelListSchema } } }, async (request) => ({
      object: 'list' as const,
      data: completions.models(request.actor),
    }))

    app.post(
      '/v1/chat/completions',
      {
        config,
        bodyLimit: conversationBytes,
        schema: {
          tags,
          summary: 'Ask an agent, in the form of OpenAI’s chat completions',
          body: completionRequestSchema,
          response: { 200: z.union([completionSchema, z.any().describe('With `stream`: server-sent events')]) },
        },
      },
      async (request, reply) => {
        if (request.body.stream !== true) return completions.complete(request.actor, request.body, { requestId: request.id })
        const events = await completions.stream(request.actor, request.body, { requestId: request.id })
        return await reply.send(toEventStream(events))
      },
    )
  }
}

/** The answer is made to its end when the reader leaves; only its own copy is cancelled. */
function toEventStream(events: AsyncIterable<Record<string, unknown>>): Response {
  const source = events[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let heartbeat: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), heartbeatMs)
    },
    async pull(controller) {
      const { done, value } = await source.next()
      controller.enqueue(encoder.encode(`data: ${done === true ? '[DONE]' : JSON.stringify(value)}\n\n`))
      if (done !== true) return
      clearInterval(heartbeat)
      controller.close()
    },
    async cancel() {
      clearInterval(heartbeat)
      await source.return?.()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' } })
}
