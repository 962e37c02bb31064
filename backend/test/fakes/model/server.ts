import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelReply, WireRequest } from './reply.ts'
import { toCompletion, toPieces } from './wire.ts'

/** Replies one after the other, the last one for ever; or what makes them of the request. */
export type ModelScript = readonly ModelReply[] | ((request: WireRequest, count: number) => ModelReply)

export interface RecordedModelRequest {
  path: string
  headers: IncomingMessage['headers']
  body: WireRequest
  /** The client left before the end. */
  aborted: boolean
}

export interface FakeModelOptions {
  script: ModelScript
  /** 0 for any free one. */
  port?: number
  /** The key that is accepted; every one when left out, and none. */
  key?: string
}

export interface FakeModel {
  /** What OPENAI_BASE_URL is set to. */
  url: string
  origin: string
  /** Every request so far, oldest first. */
  requests: readonly RecordedModelRequest[]
  /** Answers that are being sent, and the most there ever were at a time. */
  open(): number
  mostOpen(): number
  /** Replies from now on. */
  play(script: ModelScript): void
  close(): Promise<void>
}

const largestBody = 32 * 1024 * 1024

/** Starts a stand-in for a server of language models on the loopback: chat completions, streamed and whole. */
export async function startFakeModel(options: FakeModelOptions): Promise<FakeModel> {
  const requests: RecordedModelRequest[] = []
  let { script } = options
  let count = 0
  let open = 0
  let mostOpen = 0

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const auth = request.headers.authorization?.replace(/^Bearer /, '') ?? request.headers['api-key']
    if (options.key !== undefined && auth !== options.key) return sendError(response, 401, `Incorrect API key provided: ${auth}`, 'invalid_api_key')
    if (request.method === 'GET' && path.endsWith('/models'))
      return sendJson(response, { object: 'list', data: [{ id: 'stand-in', object: 'model', owned_by: 'chatsg' }] })
    if (request.method !== 'POST' || !/\/chat\/completions(\?|$)/.test(path)) return sendError(response, 404, `Unknown path ${path}`, 'not_found')
    const body = JSON.parse(await readBody(request)) as WireRequest
    const recorded: RecordedModelRequest = { path, headers: request.headers, body, aborted: false }
    requests.push(recorded)
    response.on('close', () => {
      if (!response.writableFinished) recorded.aborted = true
    })
    const reply = typeof script === 'function' ? script(body, count) : (script[Math.min(count, script.length - 1)] ?? {})
    count++
    await sleep(reply.waitMs ?? 0)
    if (reply.status !== undefined && reply.status >= 400) return sendError(response, reply.status, 'Scripted failure', 'scripted', reply)
    const head = { id: `chatcmpl-${count}`, created: Math.floor(Date.now() / 1000), model: body.model }
    if (!body.stream) {
      if (reply.cutAfter !== undefined) return void response.destroy()
      response.writeHead(200, { 'content-type': 'application/json', ...reply.headers })
      response.end(toCompletion(reply, body, head))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers })
    response.flushHeaders()
    await sleep(reply.firstPieceMs ?? 0)
    for (const [index, piece] of toPieces(reply, body, head).entries()) {
      if (index === reply.cutAfter || response.destroyed) {
        // What was written before the cut is to arrive.
        await sleep(20)
        return void response.destroy()
      }
      if (index > 0 && reply.pieceMs !== undefined) await sleep(reply.pieceMs)
      response.write(piece)
    }
    response.end()
  }

  const server = createServer((request, response) => {
    open++
    mostOpen = Math.max(mostOpen, open)
    response.on('close', () => open--)
    serve(request, response).catch((error: Error) =>
      response.headersSent ? response.destroy() : sendError(response, 400, error.message, 'invalid_request_error'),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/v1`,
    origin,
    requests,
    open: () => open,
    mostOpen: () => mostOpen,
    play(next) {
      script = next
      count = 0
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw new Error('The request is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function sendError(response: ServerResponse, status: number, message: string, code: string, reply: ModelReply = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...reply.headers })
  response.end(reply.raw ?? JSON.stringify({ error: { message, type: code, code, param: null } }))
}
