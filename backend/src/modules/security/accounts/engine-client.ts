import { AsyncLocalStorage } from 'node:async_hooks'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import { addressHeader } from './address-header.ts'
import type { Engine, EngineOptions } from './engine.ts'
import type { OutsideProvider } from './providers.ts'
import { parseCookies, readSigned, sessionCookie, stepCookiePrefix } from './session-cookie.ts'

export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export interface EngineRequest {
  method: 'GET' | 'POST'
  /** Below /api/auth, with its query. */
  path: string
  headers: IncomingHeaders
  body?: Record<string, unknown> | undefined
}

export interface EngineAnswer {
  status: number
  /** Set-Cookie, each as it is sent. */
  cookies: string[]
  location?: string
  body: unknown
}

type ClientOptions = Omit<EngineOptions, 'log'> & { logger: Pick<Logger, 'error' | 'debug' | 'warn'> }

const passedOn = ['origin', 'referer', 'user-agent']
/** Programs send some of these without the first, which better-auth takes for a browser that hides its origin. */
const fromBrowsers = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']
/** How often an outside provider that could not be reached is looked for. */
const lookAgainMs = 10_000
const discoveryWithinMs = 5000
const needsProvider = /^(sign-in\/social|callback\/)/

/** Talks to better-auth, which is loaded when it is first needed. */
export function createEngineClient({ logger, ...options }: ClientOptions) {
  // better-auth answers 500 for some errors of its storage; the request keeps what it was.
  const failures = new AsyncLocalStorage<{ error?: unknown }>()
  let plain: Promise<Engine> | undefined
  let outside: Promise<Engine> | undefined
  let lookedAt = 0

  async function load(providers: readonly OutsideProvider[]): Promise<Engine> {
    const { createEngine } = await import('./engine.ts')
    return createEngine({
      ...options,
      providers,
      accounts: { ...options.accounts, query: (text, values) => options.accounts.query<never>(text, values).catch(keepFailure) },
      log: (level, message) => logger[level === 'error' || level === 'warn' ? 'warn' : 'debug']({ source: 'better-auth' }, message),
    })
  }

  function keepFailure(error: unknown): never {
    const failure = failures.getStore()
    if (failure !== undefined) failure.error = error
    throw error
  }

  /** Knows no provider, so that one that hangs keeps nobody from signing in with a password. */
  async function plainEngine(): Promise<Engine> {
    plain ??= load([]).catch((error: unknown) => {
      plain = undefined
      throw error
    })
    return plain
  }

  async function outsideEngine(): Promise<Engine> {
    outside ??= loadWithProviders().catch((error: unknown) => {
      outside = undefined
      throw error
    })
    return outside
  }

  async function loadWithProviders(): Promise<Engine> {
    lookedAt = Date.now()
    const answers = await Promise.all(options.providers.map(({ connect }) => isReachable(String(connect.discoveryUrl))))
    return load(options.providers.filter((_, index) => answers[index]))
  }

  async function isReachable(url: string): Promise<boolean> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(discoveryWithinMs) })
      await response.body?.cancel()
      if (!response.ok) logger.warn({ url, status: response.status }, 'An outside provider does not describe itself')
      return response.ok
    } catch (error) {
      logger.warn({ err: error, url }, 'An outside provider cannot be reached')
      return false
    }
  }

  /** Cookies of ours whose signature holds to the last character; of the others better-auth need not know. */
  function cookieHeader({ cookie }: IncomingHeaders): string | undefined {
    const ours = [...parseCookies(typeof cookie === 'string' ? cookie : undefined)].filter(
      ([name, value]) => (name === sessionCookie || name.startsWith(`${stepCookiePrefix}.`)) && readSigned(value, options.sessionSecret) !== undefined,
    )
    return ours.length === 0 ? undefined : ours.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
  }

  function toRequest({ method, path, headers, body }: EngineRequest): Request {
    const sent = new Headers()
    for (const name of headers['sec-fetch-site'] === undefined ? passedOn : [...passedOn, ...fromBrowsers]) {
      const value = headers[name]
      if (typeof value === 'string') sent.set(name, value)
    }
    const cookie = cookieHeader(headers)
    if (cookie !== undefined) sent.set('cookie', cookie)
    sent.set(addressHeader, requestContext().ip ?? '127.0.0.1')
    if (method === 'POST') sent.set('content-type', 'application/json')
    return new Request(new URL(`/api/auth/${path}`, options.appUrl), {
      method,
      headers: sent,
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    })
  }

  async function send(request: EngineRequest): Promise<EngineAnswer> {
    const { handler } = await (needsProvider.test(request.path) ? outsideEngine() : plainEngine())
    const failure: { error?: unknown } = {}
    const response = await failures
      .run(failure, () => handler(toRequest(request)))
      .catch((error: unknown) => {
        throw failureOf(failure.error ?? error)
      })
    const text = await response.text()
    if (response.status >= 500) throw failureOf(failure.error ?? new Error(`better-auth answered ${response.status}: ${text.slice(0, 200)}`))
    const location = response.headers.get('location')
    return {
      status: response.status,
      cookies: response.headers.getSetCookie(),
      ...(location === null ? {} : { location }),
      body: text === '' || !response.headers.get('content-type')?.includes('json') ? undefined : (JSON.parse(text) as unknown),
    }
  }

  function failureOf(error: unknown): AppError {
    if (error instanceof AppError && error.code !== 'INTERNAL') return error
    logger.error({ err: error }, 'Signing in failed inside')
    return new AppError('INTERNAL', 'Something went wrong here; it was logged.', { cause: error })
  }

  return {
    send,
    /** Loads it ahead of the first sign-in. */
    async warmUp(): Promise<void> {
      await plainEngine()
    },
    /** Looks for outside providers again when this one was not there the last time. @throws AppError NOT_FOUND for one that is not set up */
    async reach(provider: string): Promise<void> {
      const isSetUp = options.providers.some(({ id }) => id === provider)
      if (!isSetUp) throw new AppError('NOT_FOUND', 'This provider is not set up here. Sign in another way.')
      if ((await outsideEngine()).connected.has(provider) || Date.now() - lookedAt < lookAgainMs) return
      outside = undefined
      await outsideEngine()
    },
  }
}

export type EngineClient = ReturnType<typeof createEngineClient>
