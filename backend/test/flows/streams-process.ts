import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseJsonEventStream, type UIMessageChunk } from 'ai'
import { z } from 'zod'
import type { AnswerMetadata } from '#contracts/chat.ts'
import type { StreamsTask } from './streams-worker.ts'

export interface StreamsProcess {
  child: ChildProcess
  url: string
  post(path: string, body: object): Promise<Response>
  get(path: string): Promise<Response>
  /** What it uses, in bytes. */
  memory(): Promise<{ rss: number; heap: number }>
  kill(): Promise<void>
}

type Chunk = UIMessageChunk<Partial<AnswerMetadata>>

export async function startStreams(task: StreamsTask): Promise<StreamsProcess> {
  const child = fork(fileURLToPath(new URL('streams-worker.ts', import.meta.url)), {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  child.send(task)
  const [told] = (await once(child, 'message')) as [{ url?: string; error?: string }]
  const { url } = told
  if (url === undefined) throw new Error(`The process did not start: ${told.error}`)
  const headers = { authorization: 'Bearer anybody', 'content-type': 'application/json' }
  return {
    child,
    url,
    post: (path, body) => fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    get: (path) => fetch(`${url}${path}`, { headers: { authorization: headers.authorization } }),
    async memory() {
      child.send('memory')
      const [figures] = await once(child, 'message')
      return figures as { rss: number; heap: number }
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** What a reader heard of one answer. */
export interface Heard {
  sessionId: string
  messageId: string
  text: string
  starts: number
  /** How the stream ended: `cut` when the connection broke before it said. */
  end: 'finish' | 'abort' | 'error' | 'cut'
  errorText: string
}

export function nothingHeard(): Heard {
  return { sessionId: '', messageId: '', text: '', starts: 0, end: 'cut', errorText: '' }
}

/** Reads a stream to its end; `heard` grows while it does. */
export async function listen(response: Response, heard: Heard): Promise<Heard> {
  if (response.body === null || !response.ok) throw new Error(`The server answered ${response.status}.`)
  try {
    for await (const event of parseJsonEventStream({ stream: response.body, schema: z.custom<Chunk>() })) {
      if (!event.success) throw event.error
      note(heard, event.value)
    }
  } catch (error) {
    // The connection breaks when the server is killed; whatever else is wrong must fail the test.
    if (!(error instanceof TypeError)) throw error
  }
  return heard
}

function note(heard: Heard, chunk: Chunk): void {
  if (chunk.type === 'start') {
    heard.starts += 1
    heard.sessionId = chunk.messageMetadata?.sessionId ?? ''
    heard.messageId = chunk.messageId ?? ''
  } else if (chunk.type === 'text-delta') heard.text += chunk.delta
  else if (chunk.type === 'error') {
    heard.end = 'error'
    heard.errorText = chunk.errorText
  } else if (chunk.type === 'finish' || chunk.type === 'abort') heard.end = chunk.type
}
