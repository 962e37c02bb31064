import { AsyncLocalStorage } from 'node:async_hooks'

/** What every log line of a request carries. */
export interface RequestContext {
  requestId: string
  userId?: string
  sessionId?: string
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
