import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { AppError, type ErrorCode } from '#backend/kernel/errors.ts'

interface Answer {
  line: string
  code: ErrorCode
  message: string
}

const unreadable: Answer = { line: '400 Bad Request', code: 'VALIDATION', message: 'This is not a request of HTTP/1.1.' }
const answers: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: {
    line: '431 Request Header Fields Too Large',
    code: 'PAYLOAD_TOO_LARGE',
    message: 'The headers of the request, its address included, are larger than allowed here.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { line: '408 Request Timeout', code: 'VALIDATION', message: 'The request took too long to arrive.' },
}

/** Answers what node:http could not read as a request in the shape of every other error, and hangs up. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { line, code, message } = answers[error.code ?? ''] ?? unreadable
  const requestId = randomUUID()
  const body = JSON.stringify({ error: { code, message, requestId } })
  const headers = ['content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`, `x-request-id: ${requestId}`]
  if (socket.writable) socket.write(`HTTP/1.1 ${[line, ...headers, 'connection: close'].join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}

/** Brings here what node:http would have refused on its own, with an empty answer. */
export function registerUnreadable(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, httpVersion } = request.raw
    done(headers.host === undefined && httpVersion === '1.1' ? new AppError('VALIDATION', 'The request names no host; HTTP/1.1 asks for one.') : undefined)
  })
}
