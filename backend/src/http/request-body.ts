import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#backend/kernel/errors.ts'

/** Milliseconds within which an ordinary body must have arrived. */
const bodyWithinMs = 30_000
const deepestBody = 60

export function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')
}

/** Bounds what a body may be before a route sees it: how long it takes to arrive and how deep it nests. */
export function registerBodyBounds(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    // Files stream for as long as they flow; the socket's own time limit ends those that stop.
    if (!hasBody(request) || (request.routeOptions.bodyLimit ?? 0) > 1024 * 1024 * 1024) return done(null, payload)
    const timer = setTimeout(() => request.raw.destroy(new AppError('VALIDATION', 'The body of the request took too long to arrive.')), bodyWithinMs)
    request.raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
    done(null, payload)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    if (typeof request.body === 'object' && request.body !== null && !(request.body instanceof Readable) && isDeeperThan(request.body, deepestBody))
      throw new AppError('VALIDATION', `The body nests more than ${deepestBody} levels deep.`)
    done()
  })
}

function isDeeperThan(value: object, levels: number): boolean {
  let level: object[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= levels) return true
    level = level.flatMap((member) => Object.values(member).filter((inner): inner is object => typeof inner === 'object' && inner !== null))
  }
  return false
}

/**
 * Reads a body ahead of its parser.
 * @returns the text of at most `atMost` bytes, and a stream that starts from the first byte again
 */
export async function readAhead(payload: Readable, atMost: number): Promise<{ text: string; payload: Readable }> {
  const chunks: Buffer[] = []
  let size = 0
  const iterator = payload[Symbol.asyncIterator]()
  let isComplete = false
  while (size < atMost) {
    const { done, value } = await iterator.next()
    if (done === true) {
      isComplete = true
      break
    }
    const chunk = Buffer.isBuffer(value) ? value : Buffer.from(value as string)
    chunks.push(chunk)
    size += chunk.length
  }
  const text = Buffer.concat(chunks).subarray(0, atMost).toString('utf8')
  async function* again() {
    yield* chunks
    if (!isComplete)
      for (;;) {
        const { done, value } = await iterator.next()
        if (done === true) return
        yield value as Buffer
      }
  }
  return { text, payload: Readable.from(again(), { objectMode: false }) }
}
