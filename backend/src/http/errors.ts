import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { AppError, type ErrorCode, type ErrorDetail } from '#backend/kernel/errors.ts'

const statusOf: Record<ErrorCode, number> = {
  VALIDATION: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED: 415,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UPSTREAM: 502,
  UNAVAILABLE: 503,
}

const maxDetails = 100

/** One shape for every error: code, message, request id; unknown errors are logged whole and told as nothing but their request id. */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const known = toAppError(error, request)
    if (known.code === 'PAYLOAD_TOO_LARGE') await drain(request)
    return sendError(known, request, reply)
  })
}

/** For an address that nothing answers. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendError(nothingAt(request), request, reply)
}

function nothingAt({ method, url }: FastifyRequest): AppError {
  return new AppError('NOT_FOUND', `There is nothing at ${method} ${url.split('?')[0]?.slice(0, 200)}.`)
}

export function sendError(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // An address that cannot be read is refused before the hook that says this has run.
  reply.header('x-request-id', request.id)
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
  if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer')
  return reply
    .code(statusOf[error.code])
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      error: {
        code: error.code,
        message: error.message,
        requestId: request.id,
        ...(error.details === undefined ? {} : { details: error.details.slice(0, maxDetails) }),
      },
    })
}

function toAppError(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) {
    if (statusOf[error.code] >= 500) request.log.error({ err: error, cause: error.cause }, error.message)
    return error
  }
  if (hasZodFastifySchemaValidationErrors(error))
    // What cannot be an id is the id of nothing.
    return error.validationContext === 'params' ? nothingAt(request) : fromValidation(error.validation)
  const { statusCode, code } = error as { statusCode?: number; code?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413) return new AppError('PAYLOAD_TOO_LARGE', 'The request is larger than allowed here.')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new AppError('UNSUPPORTED', `This content type is not understood here: ${String(request.headers['content-type'] ?? 'none').slice(0, 100)}.`)
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || error instanceof SyntaxError)
    return new AppError('VALIDATION', 'The body is not valid JSON.')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError(statusCode === 415 ? 'UNSUPPORTED' : 'VALIDATION', 'The request is not valid.', { cause: error })
  request.log.error({ err: error }, 'Request failed')
  return new AppError('INTERNAL', 'Something went wrong here; it was logged under this request id.')
}

const maxDrainedBytes = 128 * 1024 * 1024
const maxDrainMs = 10_000

/** Reads off, within bounds, what a client is still sending: many clients look for an answer only after they have sent everything. */
function drain({ raw }: FastifyRequest): Promise<void> {
  if (raw.complete || raw.destroyed) return Promise.resolve()
  return new Promise((done) => {
    let bytes = 0
    const timer = setTimeout(done, maxDrainMs)
    raw.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxDrainedBytes) done()
    })
    raw.once('close', done).once('end', () => {
      clearTimeout(timer)
      done()
    })
    raw.resume()
  })
}

interface ValidationIssue {
  instancePath?: string
  message?: string
}

function fromValidation(issues: readonly ValidationIssue[]): AppError {
  const details: ErrorDetail[] = issues.map(({ instancePath = '', message = 'is not valid' }) => {
    const field = instancePath
      .split('/')
      .filter((part) => part !== '')
      .join('.')
    return field === '' ? { message } : { field, message }
  })
  const first = details[0]
  const where = first?.field === undefined ? '' : `${first.field}: `
  return new AppError(
    'VALIDATION',
    details.length === 1 ? `${where}${first?.message}` : `${details.length} things in the request are not valid; the first: ${where}${first?.message}`,
    { details },
  )
}
