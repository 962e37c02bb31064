import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { type Clock, createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { createTestOperations } from '../../../test/operations.ts'
import { createMemoryService, type MemoryDependencies, type MemoryService } from './memory.service.ts'

export type Person = TestWorkspace['actor']

/** A memory over the real database, and conversations to learn from. */
export async function createMemoryWorld(options: Partial<MemoryDependencies> & { clock?: Clock } = {}) {
  const workspace = await createTestWorkspace()
  const clock = options.clock ?? createClock('2026-11-20T15:00:00.000Z')
  const { operations } = createTestOperations(workspace.database, clock)
  const lines: { msg: string }[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const memory = createMemoryService({ operations, clock, logger, enabled: true, timeoutMs: 2000, ...options })
  onTestFinished(() => memory.close())
  const begin = async (actor: Person, remembers = true): Promise<string> => {
    const id = newId()
    await workspace.gold('insert into chat_sessions (workspace_id, id, actor_id, memory, created_at, updated_at) values ($1, $2, $3, $4, now(), now())', [
      workspace.workspaceId,
      id,
      actor.userId,
      remembers,
    ])
    return id
  }
  /** Writes a message into the conversation, as chat does, and has it learned from. @returns its id */
  const write = async (actor: Person, sessionId: string, text: string, of: Pick<MemoryService, 'remember' | 'settled'> = memory): Promise<string> => {
    const messageId = newId()
    await workspace.gold(
      "insert into chat_messages (workspace_id, id, session_id, role, status, text, created_at) values ($1, $2, $3, 'user', 'done', $4, $5)",
      [workspace.workspaceId, messageId, sessionId, text, clock.now().toISOString()],
    )
    of.remember(actor, { sessionId, messageId, text })
    await of.settled()
    return messageId
  }
  const said = (sessionId: string, text: string) => ({ sessionId, messageId: newId(), text })
  const learn = async (actor: Person, sessionId: string, text: string) => {
    memory.remember(actor, said(sessionId, text))
    await memory.settled()
  }
  const say = async (actor: Person, sessionId: string, text: string) => memory.readCommand(actor, text)?.(actor, said(sessionId, text))
  const texts = async (actor: Person, q?: string) => (await memory.list(actor, { q, limit: 50 })).items.map(({ text }) => text)
  return { ...workspace, operations, memory, clock, logger, logLines: () => lines, begin, write, learn, say, texts }
}

interface StoredMemory {
  id: string
  memory: string
  user_id: string
  metadata: Record<string, unknown>
}

/** A stand-in for a self-hosted Mem0 server, over real HTTP; it finds what shares a word, and fails or dawdles on request. */
export async function startMem0(key: string | undefined = undefined) {
  const memories = new Map<string, StoredMemory>()
  const calls: string[] = []
  const faults = { status: 0, delayMs: 0, garbage: false, cutAfterStoring: false }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString())
    const url = new URL(request.url ?? '/', 'http://mem0')
    calls.push(`${request.method} ${url.pathname}`)
    const send = (status: number, value: unknown) =>
      void setTimeout(
        () => response.writeHead(status, { 'content-type': 'application/json' }).end(faults.garbage ? '<html>' : JSON.stringify(value)),
        faults.delayMs,
      )
    if (key !== undefined && request.headers['x-api-key'] !== key) return send(401, { detail: 'Invalid API key' })
    if (faults.status !== 0) return send(faults.status, { detail: 'fault' })
    const id = /^\/memories\/(.+)$/.exec(url.pathname)?.[1]
    if (request.method === 'POST' && url.pathname === '/memories') {
      const stored = { id: newId(), memory: body.messages[0].content, user_id: body.user_id, metadata: body.metadata }
      memories.set(stored.id, stored)
      if (faults.cutAfterStoring) return void response.destroy()
      return send(200, { results: [{ id: stored.id, memory: stored.memory, event: 'ADD' }] })
    }
    if (request.method === 'POST' && url.pathname === '/search') {
      const words = String(body.query).toLowerCase().split(/\W+/)
      const found = [...memories.values()].filter(
        (one) => one.user_id === body.filters.user_id && words.some((word) => word.length > 3 && one.memory.toLowerCase().includes(word)),
      )
      return send(200, { results: found.map((one) => ({ ...one, score: 0.5 })) })
    }
    if (request.method === 'GET' && url.pathname === '/memories')
      return send(200, { results: [...memories.values()].filter((one) => one.user_id === url.searchParams.get('user_id')) })
    const stored = id === undefined ? undefined : memories.get(id)
    if (stored === undefined) return send(404, { detail: 'Memory not found' })
    if (request.method === 'PUT') stored.memory = body.text
    if (request.method === 'DELETE') memories.delete(stored.id)
    return send(200, { message: 'done' })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, memories, calls, faults, texts: () => [...memories.values()].map(({ memory }) => memory) }
}
