import { Agent, fetch as undiciFetch } from 'undici'
import { AppError } from '#backend/kernel/errors.ts'
import { traced, traceHeaders } from '#backend/kernel/tracing.ts'
import { createAllowList } from './allow-list.ts'
import { createHostGuard, type HostGuardOptions, type Pinned, type Resolve } from './host-guard.ts'
import { canonicalHost, hostOf } from './host-name.ts'
import { type OutgoingInit, type Request, requestAfterRedirect, toRequest } from './outgoing-request.ts'
import { readBounded } from './read-bounded.ts'

export type { OutgoingInit } from './outgoing-request.ts'

export interface OutgoingOptions {
  /** What may be reached although it is not public: addresses, networks, hosts, `host:port`. */
  allowed: readonly string[]
  resolve?: Resolve | undefined
  onRefused?: HostGuardOptions['onRefused']
  /** Milliseconds for all of a call: names, redirects and body. */
  timeoutMs: number
  /** Bytes of a body, after decompression. */
  maxBytes: number
}

export interface Outgoing {
  /**
   * Fetches an address that a person or a model named. Every redirect is judged like the first address, at most three are followed,
   * and the body has arrived whole when this returns.
   * @throws AppError VALIDATION when the address may not be reached; UPSTREAM when it fails, takes too long or answers too much
   */
  fetch(url: string | URL, init?: OutgoingInit): Promise<Response>
  /** @throws AppError VALIDATION when a connection to this host and port may not be made */
  assertAllowedHost(host: string, port: number): Promise<void>
  /**
   * The address to connect to instead of the name, so that nobody resolves it again; check certificates against `host`.
   * @throws AppError VALIDATION when a connection to this host may not be made
   */
  pinnedAddress(host: string, port?: number): Promise<{ host: string; address: string; family: 4 | 6 }>
}

const maxRedirects = 3

/** The way out for every address that a person or a model can influence. */
export function createOutgoing({ allowed, resolve, onRefused, timeoutMs, maxBytes }: OutgoingOptions): Outgoing {
  const guard = createHostGuard({ allowList: createAllowList(allowed), resolve, onRefused })

  async function follow(first: Request, signal: AbortSignal): Promise<Response> {
    let request = first
    for (let redirects = 0; ; redirects++) {
      const answer = await send(request, await within(signal, guard.pin(hostOf(request.url), portOf(request.url))), { signal, timeoutMs, maxBytes })
      if (answer instanceof Response) return answer
      if (redirects === maxRedirects) throw new AppError('UPSTREAM', `${first.url.host} redirected more than ${maxRedirects} times.`)
      request = requestAfterRedirect(request, answer)
    }
  }

  async function fetchInTime(request: Request, init: OutgoingInit): Promise<Response> {
    const deadline = AbortSignal.timeout(timeoutMs)
    const signal = init.signal === undefined ? deadline : AbortSignal.any([deadline, init.signal])
    try {
      return await follow(request, signal)
    } catch (error) {
      if (deadline.aborted) throw new AppError('UPSTREAM', `${request.url.host} did not answer within ${timeoutMs} ms.`, { cause: error })
      throw error
    }
  }

  return {
    async fetch(url, init = {}) {
      const request = toRequest(url, init)
      const attributes = { 'http.request.method': request.method, 'server.address': request.url.hostname, 'server.port': portOf(request.url) }
      return traced(
        request.method,
        () => ({ kind: 'client', attributes }),
        async (span) => {
          for (const [name, value] of Object.entries(traceHeaders())) request.headers.set(name, value)
          const response = await fetchInTime(request, init)
          span?.set({ 'http.response.status_code': response.status })
          return response
        },
      )
    },
    async assertAllowedHost(host, port) {
      if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new AppError('VALIDATION', 'A port is a whole number from 1 to 65535.')
      await within(AbortSignal.timeout(timeoutMs), guard.pin(canonicalHost(host), port))
    },
    async pinnedAddress(host, port) {
      const pinned = await within(AbortSignal.timeout(timeoutMs), guard.pin(canonicalHost(host), port))
      const [first] = pinned.addresses
      if (first === undefined) throw new Error('A pinned host has an address.')
      return { host: pinned.host, ...first }
    },
  }
}

interface Bounds {
  signal: AbortSignal
  timeoutMs: number
  maxBytes: number
}

/** One request to the addresses that were judged; a redirect is returned, not followed. */
async function send(request: Request, pinned: Pinned, { signal, timeoutMs, maxBytes }: Bounds): Promise<Response | { status: number; location: URL }> {
  const agent = new Agent({
    connect: {
      timeout: timeoutMs,
      lookup: (_host, options, done) => {
        const [first] = pinned.addresses
        if (options.all) done(null, [...pinned.addresses])
        else if (first !== undefined) done(null, first.address, first.family)
      },
    },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  try {
    const { url, method, headers, body } = request
    const answer = await undiciFetch(url.href, {
      method,
      headers: [...headers],
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal,
      dispatcher: agent,
    })
    const location = [301, 302, 303, 307, 308].includes(answer.status) ? answer.headers.get('location') : null
    if (location !== null) {
      const target = URL.parse(location, url.href)
      if (target === null) throw new AppError('UPSTREAM', `${url.host} redirects to something that is not an address.`)
      return { status: answer.status, location: target }
    }
    return await readBounded(answer, { url, maxBytes })
  } catch (error) {
    throw translate(error, request.url, signal)
  } finally {
    await agent.destroy()
  }
}

function translate(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (error instanceof AppError || signal.aborted) return error
  const { cause } = error as { cause?: { code?: string; message?: string } }
  if (cause?.message === 'bad port') return new AppError('VALIDATION', `Port ${url.port} is not one that web servers use.`)
  return new AppError('UPSTREAM', `${url.host} cannot be reached${cause?.code === undefined ? '' : ` (${cause.code})`}.`, { cause: error })
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

/** Name servers cannot be interrupted, so whoever waits for them is. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const stop = () => failed(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(done, failed).finally(() => signal.removeEventListener('abort', stop))
  })
}
