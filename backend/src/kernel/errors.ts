export type ErrorCode =
  | 'VALIDATION'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED'
  | 'RATE_LIMITED'
  | 'INTERNAL'
  | 'UPSTREAM'
  | 'UNAVAILABLE'

/** One thing wrong with an input: where, and how to mend it. */
export interface ErrorDetail {
  field?: string
  row?: number
  message: string
}

/** An error whose message may be shown to the person who caused it. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: readonly ErrorDetail[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, options: { details?: readonly ErrorDetail[]; cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** A record that is not there, or belongs to another workspace. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `${what} was not found.`)
}
