import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { createServer } from '#backend/http/server.ts'
import { openDatabase } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createAgentService, type ModelRunner } from '#backend/modules/agents/index.ts'
import { type ChatLimits, chatRoutes, createChatService } from '#backend/modules/chat/index.ts'
import { type AccessService, assessRequest, type Bans, blockAt } from '#backend/modules/security/index.ts'
import { createTestOperations } from '../operations.ts'
import { nothingProposed } from '../proposals.ts'
import { wordsOf } from './streams-words.ts'

export interface StreamsTask {
  connectionString: string
  actor: Extract<Actor, { type: 'user' }>
  /** Milliseconds between two words of an answer. */
  paceMs: number
  sessionsFolder: string
  limits: Partial<ChatLimits>
}

const silent = pino({ level: 'silent' })

/** Says its words one by one, in place of a language model. */
const speak =
  (paceMs: number): ModelRunner['answer'] =>
  async ({ agent, message, context: { say, signal } }) => {
    const words = wordsOf(message)
    for (const word of words) {
      say(word)
      await sleep(paceMs, undefined, { signal })
    }
    return { agent, text: words.join(''), parts: [], citations: [], coverage: null, usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' } }
  }

/** A process that serves chat as the application does, with answers that are said word by word. */
async function serve({ connectionString, actor, paceMs, sessionsFolder, limits }: StreamsTask): Promise<void> {
  const database = openDatabase({ connectionString, maxConnections: 8, connectionTimeoutMs: 10_000, onError: () => undefined })
  const clock = createClock()
  const { operations } = createTestOperations(database, clock)
  // As with a language model: the planner leaves it to others, and no transaction is held while they speak.
  const agents = createAgentService({ database, operations, clock, logger: silent, model: { isConfigured: () => true, answer: speak(paceMs) } })
  const declined = { kind: 'decline', confidence: 0, text: '', parts: [], citations: [], coverage: null, memory: null, plan: null } as const
  const chat = createChatService({
    database,
    operations,
    clock,
    agents,
    answerer: { answer: async () => ({ ...declined, parts: [], citations: [] }) },
    proposals: nothingProposed,
    sessionsFolder,
    logger: silent,
    limits,
  })
  const unlimited = async () => ({ allowed: true, limit: 1000, remaining: 999, resetSeconds: 60 })
  const server = await createServer({
    logger: silent,
    access: { authenticateKey: () => actor, findSession: async () => undefined } as unknown as AccessService,
    operations,
    limits: { countStranger: unlimited, countActor: unlimited },
    threats: {
      mode: 'off',
      assess: assessRequest,
      blockAt,
      events: { record: () => undefined },
      bans: { isBanned: () => undefined, threatFrom: () => undefined } as unknown as Bans,
    },
    trustedProxies: [],
    appUrl: 'http://127.0.0.1',
    httpsOnly: false,
    corsOrigins: [],
    compression: false,
    version: 'test',
  })
  await server.register(chatRoutes({ chat }))
  await chat.failInterrupted([actor.workspaceId])
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  chat.start()
  process.on('message', (question) => {
    if (question === 'memory') {
      globalThis.gc?.()
      process.send?.({ rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed })
    }
  })
  process.send?.({ url })
}

process.once('message', (task: StreamsTask) => {
  serve(task).catch((error: unknown) => {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) })
    process.exit(1)
  })
})
// Whoever started it is gone.
process.once('disconnect', () => process.exit())
process.send?.('ready')
