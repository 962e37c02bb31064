export type ApiErrorCode =
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
  | 'OFFLINE'

/** A refused or failed call, in words a person can act on. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  readonly status: number
  readonly requestId: string | undefined
  readonly details: readonly unknown[]

  constructor(fields: { code: ApiErrorCode; status: number; message: string; requestId?: string | undefined; details?: readonly unknown[]; cause?: unknown }) {
    super(fields.message, { cause: fields.cause })
    this.name = 'ApiError'
    this.code = fields.code
    this.status = fields.status
    this.requestId = fields.requestId
    this.details = fields.details ?? []
  }
}

const codeOfStatus: Record<number, ApiErrorCode> = {
  400: 'VALIDATION',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED',
  429: 'RATE_LIMITED',
  502: 'UPSTREAM',
  503: 'UNAVAILABLE',
}

/** "in 40 seconds", "in 12 minutes": never sooner than the server said. */
export function waitInWords(seconds: number): string {
  if (seconds < 90) return `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 90) return `in ${minutes} minutes`
  return `in ${Math.ceil(minutes / 60)} hours`
}

/** The server's reason, with the time to wait in words instead of its own way out. */
function withWait(message: string, seconds: number): string {
  const reason = message.split(/(?<=\.)\s+/).filter((sentence) => !/\bagain\b/i.test(sentence))
  return [...(reason.length > 0 ? reason : ['Too many attempts.']), `Try again ${waitInWords(seconds)}.`].join(' ')
}

interface ErrorBody {
  error?: { code?: string; message?: string; requestId?: string; details?: unknown[] }
}

/** Reads the server's error body; a proxy's page or an empty body still gives a sentence. */
export async function toApiError(response: Response): Promise<ApiError> {
  const text = await response.text()
  let body: ErrorBody = {}
  if (response.headers.get('content-type')?.includes('json')) body = JSON.parse(text || '{}') as ErrorBody
  const code = (body.error?.code as ApiErrorCode | undefined) ?? codeOfStatus[response.status] ?? 'INTERNAL'
  const message = body.error?.message ?? `The server answered ${response.status} without saying why.`
  const wait = response.headers.get('retry-after')
  return new ApiError({
    code,
    status: response.status,
    message: code === 'RATE_LIMITED' && wait !== null && /^\d+$/.test(wait) ? withWait(message, Number(wait)) : message,
    requestId: body.error?.requestId ?? response.headers.get('x-request-id') ?? undefined,
    details: body.error?.details ?? [],
  })
}

/** The sentence shown to a person for anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message
  return error instanceof Error ? error.message : 'Something went wrong.'
}
