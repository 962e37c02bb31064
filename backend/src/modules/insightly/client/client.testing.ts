import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createCallLimiter } from '../limiter/call-limiter.ts'
import type { RoundTrip } from '../limiter/call-log.ts'
import { limitKeyOf } from '../limiter/limit-key.ts'
import type { InsightlyMetrics } from './call-outcome.ts'
import { createInsightlyClient, type InsightlyClientOptions } from './insightly-client.ts'

export interface Asked {
  method: string
  path: string
  authorization: string | undefined
  contentType: string | undefined
  body: string
}

export type Reply = (response: ServerResponse, asked: Asked, request: IncomingMessage) => void

/** Answers with JSON or text. */
export function reply(status: number, body: unknown = '', headers: Record<string, string> = {}): Reply {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json; charset=utf-8', ...headers }).end(text)
  }
}

/** A server that answers one request after the other as it is told, the last answer for good, and keeps what it was asked. */
export async function openScript(...replies: Reply[]) {
  const asked: Asked[] = []
  let script = replies
  let sockets = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const seen: Asked = { method, path: url, authorization: headers.authorization, contentType: headers['content-type'], body }
      asked.push(seen)
      const [next] = script
      if (script.length > 1) script = script.slice(1)
      next?.(response, seen, request)
    })
  })
  server.on('connection', () => {
    sockets += 1
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    asked,
    port,
    url: `http://127.0.0.1:${port}/v3.1`,
    sockets: () => sockets,
    answer(...next: Reply[]): void {
      script = next
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

type Counted = Parameters<InsightlyMetrics['countCall']>[0]

/** A client with a limit of its own, and everything it logs and counts. */
export function openClient(roundTrip: RoundTrip, url: string, options: Partial<InsightlyClientOptions> = {}) {
  const lines: string[] = []
  const counted: Counted[] = []
  const quotas: unknown[] = []
  const write = (fields: unknown, text?: string) => {
    const error = (fields as { err?: Error } | undefined)?.err
    lines.push(`${text ?? ''} ${JSON.stringify(fields)} ${error?.stack ?? ''} ${String(error?.cause)}`)
  }
  const logger = { debug: write, info: write, warn: write } as never
  const key = options.key ?? `key-${newId()}`
  const limiter = createCallLimiter({ roundTrip, key: limitKeyOf({ url, apiKey: key }), maxRequests: 1000, windowMs: 1000, logger })
  const metrics: InsightlyMetrics = { countCall: (call) => void counted.push(call), noteQuota: (quota) => void quotas.push(quota) }
  const client = createInsightlyClient({ url, key, limiter, requestTimeoutMs: 5000, clock: createClock(), logger, metrics, retryDelayMs: 5, ...options })
  return {
    client,
    limiter,
    key,
    lines,
    quotas,
    outcomes: () => counted.map(({ operation, object, outcome }) => `${operation} ${object} ${outcome}`),
    async close() {
      await limiter.close()
      await client.close()
    },
  }
}
