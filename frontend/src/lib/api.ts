import { ApiError, toApiError } from './api-error.ts'

type QueryValue = string | number | boolean | null | undefined
export interface RequestOptions {
  query?: Record<string, QueryValue>
  signal?: AbortSignal | undefined
  headers?: Record<string, string>
  /** The request carries a password or code of the person: 401 then says that it is wrong, not that nobody is signed in. */
  carriesSecret?: boolean | undefined
  /** Statuses beside 2xx that carry an answer, as 503 does when a health check tells what is wrong. */
  answers?: readonly number[] | undefined
}

/** Null when there is no session that a token could belong to. */
let csrfToken: Promise<string | null> | undefined
let onSignedOut: () => void = () => undefined

/** Called whenever the server says that nobody is signed in. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener
}

/** Forgets the CSRF token; it belongs to one browser session. */
export function forgetCsrfToken(): void {
  csrfToken = undefined
}

export function pathWithQuery(path: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  return search.size === 0 ? path : `${path}?${search}`
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({ code: 'OFFLINE', status: 0, message: 'The server cannot be reached. Check the connection and try again.', cause })
  }
}

async function readCsrfToken(): Promise<string | null> {
  const response = await send('/api/auth/csrf', {})
  if (!response.ok) throw await toApiError(response)
  return ((await response.json()) as { token: string | null }).token
}

function currentCsrfToken(): Promise<string | null> {
  csrfToken ??= readCsrfToken().catch((error: unknown) => {
    csrfToken = undefined
    throw error
  })
  return csrfToken
}

async function isError(response: Response): Promise<boolean> {
  if (response.headers.get('content-type')?.includes('json') !== true) return true
  const body = (await response.json()) as object
  return 'error' in body
}

/** Sends one request and answers with the raw response; throws an `ApiError` unless it succeeded. */
export async function request(
  method: string,
  path: string,
  options: RequestOptions & { body?: BodyInit | undefined; anonymous?: boolean } = {},
): Promise<Response> {
  const unsafe = method !== 'GET' && options.anonymous !== true
  const attempt = async (): Promise<Response> => {
    const headers = new Headers(options.headers)
    const token = unsafe ? await currentCsrfToken() : null
    if (token !== null) headers.set('X-CSRF-Token', token)
    return send(pathWithQuery(path, options.query), {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: options.body }),
      signal: options.signal ?? null,
    })
  }
  let response = await attempt()
  if (unsafe && response.status === 403 && csrfToken !== undefined) {
    // The token may be of an earlier sign-in in another tab: one fresh try tells that from a real refusal.
    const before = await csrfToken
    forgetCsrfToken()
    if ((await currentCsrfToken()) !== before) response = await attempt()
  }
  if (response.ok || (options.answers?.includes(response.status) && !(await isError(response.clone())))) return response
  const error = await toApiError(response)
  if (error.code === 'UNAUTHENTICATED' && options.anonymous !== true && options.carriesSecret !== true) onSignedOut()
  throw error
}

async function json<T>(method: string, path: string, body: unknown, options: RequestOptions & { anonymous?: boolean } = {}): Promise<T> {
  const response = await request(method, path, {
    ...options,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...options.headers } }),
  })
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** The product's HTTP interface, as seen from a browser. */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => json<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions & { anonymous?: boolean }) => json<T>('POST', path, body ?? {}, options),
  patch: <T>(path: string, body: unknown, options?: RequestOptions) => json<T>('PATCH', path, body, options),
  put: <T>(path: string, body: unknown, options?: RequestOptions) => json<T>('PUT', path, body, options),
  delete: <T>(path: string, options?: RequestOptions) => json<T>('DELETE', path, undefined, options),
  /** Sends a file as it is. */
  upload: async <T>(path: string, file: Blob, options: RequestOptions & { contentType: string }): Promise<T> => {
    const { contentType, ...rest } = options
    const response = await request('POST', path, { ...rest, body: file, headers: { 'Content-Type': contentType } })
    return (await response.json()) as T
  },
}

/** A page of a list. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
  total: number | null
}
