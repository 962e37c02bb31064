import { AsyncLocalStorage } from 'node:async_hooks'
import { currentSpan } from './tracing.ts'

/** What is known of the request being served. */
export interface RequestContext {
  requestId: string
  userId?: string
  sessionId?: string
  /** Address of the client, past trusted proxies. */
  ip?: string
  userAgent?: string
  /** Nobody waits for it. */
  background?: boolean
}

const storage = new AsyncLocalStorage<RequestContext>()

/** Runs `work`, and all it starts, as part of a request. */
export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work)
}

/** The request being served; empty outside one. */
export function requestContext(): Partial<RequestContext> {
  return storage.getStore() ?? {}
}

/** Adds what has become known about the request being served. */
export function addToRequest(known: Partial<RequestContext>): void {
  Object.assign(storage.getStore() ?? {}, known)
}

/** The fields that every log line of a request carries. */
export function requestLogFields(): Record<string, string> {
  const { requestId, userId, sessionId } = requestContext()
  const fields: Record<string, string> = {}
  if (requestId !== undefined) fields.requestId = requestId
  if (userId !== undefined) fields.userId = userId
  if (sessionId !== undefined) fields.sessionId = sessionId
  const traceId = currentSpan()?.traceId
  if (traceId !== undefined) fields.traceId = traceId
  return fields
}
