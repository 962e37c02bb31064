import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseJsonEventStream, type UIMessageChunk } from 'ai'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { AnswerMetadata, ChatMessage, TranscriptLine } from '#contracts/chat.ts'

const adminKey = 'kill-test-admin-key-kill-test-admin-key'
const rounds = Number(process.env.CHAT_KILL_ROUNDS ?? 2)
const talkers = 3

interface Server {
  process: ChildProcess
  url: string
}

/** What a reader was told is stored: a question once its answer began, an answer once its stream ended. */
interface Acknowledged {
  sessionId: string
  question: string
  answer: string | undefined
}

let dataDir: string
const started: ChildProcess[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'chatsg-kill-'))
})
afterAll(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, ['backend/server.js'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', DEMO_DATA: 'none', ADMIN_API_KEY: adminKey, LOG_LEVEL: 'warn', NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (piece: Buffer) => {
      output += piece.toString()
      const ready = /ChatSG is ready: (\S+)/.exec(output)
      if (ready?.[1] !== undefined) resolve(ready[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)))
  })
  return { process: child, url }
}

async function stopServer({ process: child }: Server, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  return child.exitCode
}

const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }

/** Asks one question after another in one session until the server is gone. */
async function talk(url: string, name: string, round: number, acknowledged: Acknowledged[]): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const question = `${name} in round ${round}, turn ${turn}: how many contacts are there?`
    try {
      const response = await fetch(`${url}/api/chat/stream`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ id: name, messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }] }),
      })
      if (response.body === null || !response.ok) throw new Error(`The server answered ${response.status}.`)
      let known: Acknowledged | undefined
      let answer = ''
      for await (const event of parseJsonEventStream({ stream: response.body, schema: z.custom<UIMessageChunk<Partial<AnswerMetadata>>>() })) {
        if (!event.success) throw event.error
        const chunk = event.value
        if (chunk.type === 'start') {
          known = { sessionId: chunk.messageMetadata?.sessionId ?? '', question, answer: undefined }
          acknowledged.push(known)
        } else if (chunk.type === 'text-delta') answer += chunk.delta
        else if (chunk.type === 'finish' && known !== undefined) known.answer = answer
      }
    } catch (error) {
      // The connection breaks when the server is killed; whatever else is wrong must fail the test.
      if (error instanceof TypeError) return
      throw error
    }
  }
}

async function read(url: string, sessionId: string): Promise<ChatMessage[]> {
  const messages: ChatMessage[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const response = await fetch(`${url}/api/sessions/${sessionId}/messages?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`, { headers })
    const page = (await response.json()) as { items: ChatMessage[]; nextCursor: string | null }
    messages.unshift(...page.items)
    cursor = page.nextCursor
  }
  return messages
}

it('loses nothing it has acknowledged when it is killed while people chat', async () => {
  const acknowledged: Acknowledged[] = []
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer()
    const conversations = Array.from({ length: talkers }, (_, talker) => talk(server.url, `talker-${talker}`, round, acknowledged))
    // A busy machine needs longer until there is something to lose.
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(2 * (round + 1)), { timeout: 20_000 })
    await sleep(97 * round)
    await stopServer(server, 'SIGKILL')
    await Promise.all(conversations)
  }
  expect(acknowledged.length).toBeGreaterThan(rounds)

  const server = await startServer()
  for (const sessionId of new Set(acknowledged.map((entry) => entry.sessionId))) {
    const messages = await read(server.url, sessionId)
    expect(messages.filter((message) => message.status === 'running')).toEqual([])
    for (const { question, answer } of acknowledged.filter((entry) => entry.sessionId === sessionId)) {
      const place = messages.findIndex((message) => message.text === question)
      expect(place, `“${question}” is stored`).toBeGreaterThanOrEqual(0)
      if (answer !== undefined) expect(messages[place + 1]).toMatchObject({ role: 'assistant', status: 'done', text: answer })
    }
    // Transcripts are completed while the server already serves.
    await expect.poll(async () => await transcribedIds(sessionId), { timeout: 20_000 }).toEqual(messages.map((message) => message.id))
  }
  expect(await stopServer(server, 'SIGTERM')).toBe(0)
}, 180_000)

async function transcribedIds(sessionId: string): Promise<string[]> {
  const text = await readFile(join(dataDir, 'sessions', `${sessionId}.jsonl`), 'utf8')
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TranscriptLine)
  return lines.filter((line) => line.type !== 'session').map((line) => String(line.metadata.id))
}
