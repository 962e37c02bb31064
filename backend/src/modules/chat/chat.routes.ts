import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addMember, jsonOf } from '#backend/kernel/json-text.ts'
import { type ChatAnswer, chatAnswerSchema, chatRequestSchema, streamRequestSchema } from '#contracts/chat.ts'
import type { ChatService } from './chat.service.ts'
import { readDecisions } from './client-decisions.ts'
import { eventStreamHeaders, toEventStream } from './event-stream.ts'
import { questionRoutes } from './kept/questions.routes.ts'
import { toQuestion } from './question.ts'
import { sessionRoutes } from './sessions.routes.ts'

const questionBytes = 1024 * 1024
/** `useChat` sends the whole conversation, tables and all. */
const conversationBytes = 8 * 1024 * 1024

const sessionName = z.string().min(1).max(200).describe('Id of a session, or the client’s own name of a chat')
const eventStream = z.any().describe('AI SDK UI message stream (server-sent events)')

/** `POST /api/chat`, `POST /api/chat/stream`, `GET /api/chat/stream/:sessionId`, `POST /api/chat/stop`, and `/api/sessions`. */
export function chatRoutes({ chat }: { chat: ChatService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'chat' } as const
    const tags = ['chat']

    app.post(
      '/api/chat',
      { config, bodyLimit: questionBytes, schema: { tags, summary: 'Ask a question', body: chatRequestSchema, response: { 200: chatAnswerSchema } } },
      async (request, reply) => {
        // An answer was made of checked parts; checking its rows once more would take longer than making it.
        reply.type('application/json; charset=utf-8').serializer(answerText)
        return chat.ask(request.actor, request.body, { requestId: request.id })
      },
    )

    app.post(
      '/api/chat/stream',
      {
        config,
        bodyLimit: conversationBytes,
        schema: { tags, summary: 'Ask a question and stream the answer', body: streamRequestSchema, response: { 200: eventStream } },
      },
      async (request, reply) => {
        const decisions = readDecisions(request.body)
        const chunks =
          decisions === undefined
            ? await chat.stream(request.actor, toQuestion(request.body), { requestId: request.id })
            : await chat.decide(request.actor, decisions)
        return await reply.headers(eventStreamHeaders).send(toEventStream(chunks))
      },
    )

    app.get(
      '/api/chat/stream/:sessionId',
      {
        config,
        schema: {
          tags,
          summary: 'Follow the running answer of a session',
          params: z.object({ sessionId: sessionName }),
          response: { 200: eventStream, 204: z.null() },
        },
      },
      async (request, reply) => {
        const chunks = await chat.follow(request.actor, request.params.sessionId)
        if (chunks === undefined) return await reply.code(204).send(null)
        return await reply.headers(eventStreamHeaders).send(toEventStream(chunks))
      },
    )

    app.post(
      '/api/chat/stop',
      {
        config,
        bodyLimit: questionBytes,
        schema: {
          tags,
          summary: 'Stop the running answer of a session',
          body: z.object({ sessionId: sessionName }),
          response: { 200: z.object({ stopped: z.boolean() }) },
        },
      },
      (request) => chat.stop(request.actor, request.body.sessionId),
    )

    await app.register(sessionRoutes({ sessions: chat.sessions }))
    await app.register(questionRoutes(chat))
  }
}

/** What an answer is made of stands in the database and in the transcript as well, and is written once for all three. */
function answerText({ parts, ...answer }: ChatAnswer): string {
  return addMember(JSON.stringify(answer), 'parts', jsonOf(parts))
}
