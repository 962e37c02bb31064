import { AppError, type ErrorCode } from '#backend/kernel/errors.ts'

/** What went wrong with a request to a model. */
export type FailureKind =
  | 'rate_limited'
  | 'quota'
  | 'unavailable'
  | 'unreachable'
  | 'timeout'
  | 'unreadable'
  | 'broken_off'
  | 'credentials'
  | 'not_found'
  | 'too_long'
  | 'refused'
  | 'resting'

export interface CallFailure {
  kind: FailureKind
  /** HTTP status, when there was an answer. */
  status?: number | undefined
  /** Milliseconds the provider asked to wait. */
  retryAfterMs?: number | undefined
}

/** Somebody's own time limit for a call ended. */
export class CallTimeout extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'CallTimeout'
  }
}

/** A request to a model's server that got no answer, or with a status one that is an error. */
export class RequestFailed extends Error {
  readonly statusCode: number | undefined
  readonly responseHeaders: Record<string, string>
  readonly responseBody: string

  constructor(
    what: string,
    {
      statusCode,
      responseHeaders = {},
      responseBody = '',
      cause,
    }: { statusCode?: number; responseHeaders?: Record<string, string>; responseBody?: string; cause?: unknown } = {},
  ) {
    super(what, cause === undefined ? {} : { cause })
    this.name = 'RequestFailed'
    this.statusCode = statusCode
    this.responseHeaders = responseHeaders
    this.responseBody = responseBody
  }
}

const retried: ReadonlySet<FailureKind> = new Set(['rate_limited', 'unavailable', 'unreachable', 'unreadable', 'broken_off'])
/** The same prompt would be refused elsewhere as well. */
const own: ReadonlySet<FailureKind> = new Set(['too_long', 'refused'])
/** The provider as a whole does not work, not one call. */
const outages: ReadonlySet<FailureKind> = new Set(['unavailable', 'unreachable', 'timeout'])

/** Whether the same request may succeed in a moment. */
export function isPassing({ kind }: CallFailure): boolean {
  return retried.has(kind)
}

/** Whether a second provider may do better. */
export function isOfProvider({ kind }: CallFailure): boolean {
  return !own.has(kind)
}

export function isOutage({ kind }: CallFailure): boolean {
  return outages.has(kind)
}

/** A call that failed, with an error whose message holds nothing that a provider said. */
export class ModelError extends AppError {
  readonly failure: CallFailure

  constructor(failure: CallFailure, cause?: unknown) {
    const { code, message } = sentences[failure.kind]
    const seconds = failure.retryAfterMs === undefined ? defaultRetrySeconds[failure.kind] : Math.max(1, Math.ceil(failure.retryAfterMs / 1000))
    super(code, message, { ...(cause === undefined ? {} : { cause: withoutRequest(cause) }), ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) })
    this.failure = failure
  }
}

const defaultRetrySeconds: Partial<Record<FailureKind, number>> = { rate_limited: 20, unavailable: 10, unreachable: 10, timeout: 10, resting: 15 }

const sentences: Record<FailureKind, { code: ErrorCode; message: string }> = {
  rate_limited: { code: 'RATE_LIMITED', message: 'The language model is asked more than its provider allows right now. Try again in a moment.' },
  quota: {
    code: 'UPSTREAM',
    message: 'The provider of the language model says that its quota is used up. An administrator has to look at the account with the provider.',
  },
  unavailable: { code: 'UNAVAILABLE', message: 'The language model has a problem of its own right now. Try again in a moment.' },
  unreachable: {
    code: 'UNAVAILABLE',
    message: 'The language model cannot be reached. Try again in a moment; if it stays so, an administrator has to look at its address.',
  },
  timeout: { code: 'UNAVAILABLE', message: 'The language model took longer than allowed. Try again, or ask for less at once.' },
  unreadable: { code: 'UPSTREAM', message: 'The language model answered something that cannot be read. Try again.' },
  broken_off: { code: 'UPSTREAM', message: 'The answer of the language model broke off. What came is kept; ask again for the rest.' },
  credentials: { code: 'UPSTREAM', message: 'The language model does not accept its key. An administrator has to set another one.' },
  not_found: { code: 'UPSTREAM', message: 'The provider does not know the language model that is configured. An administrator has to choose another one.' },
  too_long: { code: 'UPSTREAM', message: 'This is more text than the language model can take at once. Begin a new conversation, or ask about less.' },
  refused: { code: 'UPSTREAM', message: 'The provider of the language model refused this request. Ask in other words.' },
  resting: {
    code: 'UNAVAILABLE',
    message: 'The language model has not answered for a while, so it was not asked. It is tried again by itself; try again in a moment.',
  },
}

interface ApiError {
  name: string
  message: string
  statusCode?: number
  isRetryable?: boolean
  responseHeaders?: Record<string, string>
  responseBody?: string
  data?: { error?: { code?: unknown; type?: unknown } }
  code?: string
  cause?: unknown
}

/** What an error of the AI SDK, of fetch or of a stream means. */
export function toFailure(error: unknown): CallFailure {
  if (error instanceof ModelError) return error.failure
  if (error instanceof CallTimeout) return { kind: 'timeout' }
  const {
    name,
    statusCode,
    isRetryable,
    responseHeaders,
    responseBody = '',
    data,
    message,
  } = (typeof error === 'object' && error !== null ? error : {}) as Partial<ApiError>
  const code = String(data?.error?.code ?? data?.error?.type ?? (error as ApiError | null)?.code ?? '')
  if (statusCode !== undefined) {
    const retryAfterMs = readRetryAfter(responseHeaders)
    const at = { status: statusCode, retryAfterMs }
    if (statusCode === 429) return { kind: /insufficient_quota/.test(`${code} ${responseBody}`) ? 'quota' : 'rate_limited', ...at }
    if (statusCode === 401 || statusCode === 403) return { kind: 'credentials', ...at }
    if (statusCode === 404) return { kind: 'not_found', ...at }
    if (statusCode === 408 || statusCode === 409 || statusCode >= 500) return { kind: 'unavailable', ...at }
    if (statusCode >= 400)
      return { kind: /context_length|maximum context|too long|too many tokens/i.test(`${code} ${responseBody}`) ? 'too_long' : 'refused', ...at }
    // The answer had begun: either its connection was lost, or what came cannot be read.
    return { kind: isRetryable ? 'broken_off' : 'unreadable', ...at }
  }
  if (name === 'AI_APICallError' || error instanceof RequestFailed) return { kind: 'unreachable' }
  if (/rate_limit/i.test(code)) return { kind: 'rate_limited' }
  if (/server_error|overloaded|unavailable/i.test(code)) return { kind: 'unavailable' }
  if (/terminated|ECONNRESET|socket|premature|without a finish reason/i.test(`${name} ${message} ${code}`)) return { kind: 'broken_off' }
  return { kind: 'unreadable' }
}

/** Seconds or a date, or OpenAI's milliseconds. */
function readRetryAfter(headers: Record<string, string> | undefined): number | undefined {
  const ms = Number(headers?.['retry-after-ms'])
  if (Number.isFinite(ms) && ms >= 0) return ms
  const text = headers?.['retry-after']
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000
  const now = Date.parse(headers?.date ?? '')
  const then = Date.parse(text)
  return Number.isNaN(now) || Number.isNaN(then) ? undefined : Math.max(0, then - now)
}

/** The prompt, the answer and the headers of a request have no place in a log. */
function withoutRequest(error: unknown): unknown {
  const { name, message, statusCode, url, code } = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as ApiError & {
    url?: string
  }
  const status = statusCode === undefined ? '' : ` ${statusCode}`
  // What a provider says may repeat the key, or the prompt.
  const said = statusCode === undefined && name !== 'AI_APICallError' && !name?.startsWith('AI_') ? message : ''
  return new Error([name ?? 'Error', status, code ?? '', said, url === undefined ? '' : (URL.parse(url)?.host ?? '')].filter((part) => part !== '').join(' '))
}
