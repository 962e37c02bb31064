import { DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { createServer } from '#backend/http/server.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { agentRoutes, createAgentService } from '#backend/modules/agents/index.ts'
import { chatRoutes } from '#backend/modules/chat/chat.routes.ts'
import { type ChatWorld, type ChatWorldOptions, createChatWorld, type Script } from '#backend/modules/chat/chat.testing.ts'
import { type AccessService, assessRequest, type Bans, blockAt } from '#backend/modules/security/index.ts'
import type { AnswerMetadata } from '#contracts/chat.ts'

export type Answer = UIMessage<Partial<AnswerMetadata>>

export interface Site extends ChatWorld {
  server: FastifyInstance
  url: string
  /** JSON as a member: `owner` or `other`. */
  call(
    who: string | undefined,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: never; headers: Headers }>
  transport(who: string): DefaultChatTransport<Answer>
}

/** Chat over real HTTP, with answers that come from a script. */
export async function createSite(script: Script, options: ChatWorldOptions = {}): Promise<Site> {
  const world = await createChatWorld(script, options)
  const actors = new Map<string, Actor>([
    ['owner', world.actor],
    ['other', await world.member('rep', 'Another')],
  ])
  const access = { authenticateKey: (token: string) => actors.get(token), findSession: async () => undefined } as unknown as AccessService
  const logger = pino({ level: 'silent' })
  const unlimited = async () => ({ allowed: true, limit: 1000, remaining: 999, resetSeconds: 60 })
  const events = { record: () => undefined }
  const bans = { isBanned: () => undefined, threatFrom: () => undefined } as unknown as Bans
  const server = await createServer({
    logger,
    access,
    operations: world.operations,
    limits: { countStranger: unlimited, countActor: unlimited },
    threats: { mode: 'block', assess: assessRequest, blockAt, events, bans },
    trustedProxies: [],
    appUrl: 'http://127.0.0.1',
    httpsOnly: false,
    corsOrigins: [],
    compression: true,
    version: 'test',
  })
  await server.register(
    agentRoutes({ agents: createAgentService({ database: world.database, operations: world.operations, clock: { now: () => new Date() }, logger }) }),
  )
  await server.register(chatRoutes({ chat: world.chat }))
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  return {
    ...world,
    server,
    url,
    async call(who, method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { ...(who === undefined ? {} : { authorization: `Bearer ${who}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        body: (response.headers.get('content-type')?.includes('application/json') ? JSON.parse(text) : text) as never,
      }
    },
    transport: (who) =>
      new DefaultChatTransport<Answer>({
        api: `${url}/api/chat/stream`,
        headers: { authorization: `Bearer ${who}` },
        prepareReconnectToStreamRequest: ({ id }) => ({ api: `${url}/api/chat/stream/${id}` }),
      }),
  }
}

export function userMessage(text: string): Answer {
  return { id: 'client-message', role: 'user', parts: [{ type: 'text', text }] }
}

/** The message at the end of a stream, which may go on from one that is there. */
export async function lastState(stream: ReadableStream<UIMessageChunk>, message?: Answer): Promise<Answer | undefined> {
  return (await Array.fromAsync(readUIMessageStream<Answer>({ stream, ...(message === undefined ? {} : { message }) }))).at(-1)
}
