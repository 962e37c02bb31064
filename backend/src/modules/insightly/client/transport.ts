import { isIP } from 'node:net'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Pool } from 'undici'
import type { CallFate } from './insightly-error.ts'

export interface Exchange {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the API's address, with its query. */
  path: string
  body?: string | undefined
  signal?: AbortSignal | undefined
  /** As soon as the answer begins: by now the request has arrived. */
  onAnswer(status: number, header: (name: string) => string | undefined): void
}

export interface Answer {
  status: number
  text: string
}

/** Gives the address to connect to instead of a name, after judging it: `pinnedAddress` of the guarded way out. */
export type Pin = (host: string, port: number) => Promise<{ address: string; family: 4 | 6 }>

export interface TransportOptions {
  url: URL
  /** Sent as the user of Basic authentication, whose password is empty. */
  apiKey: string
  /** Sockets that are kept open, at most. */
  connections: number
  /** Milliseconds for all of an exchange. */
  requestTimeoutMs: number
  /** Bytes of an answer, after decompression. */
  maxBytes?: number | undefined
  pin?: Pin | undefined
}

export interface Transport {
  /** @throws ExchangeError when there is no whole answer */
  exchange(exchange: Exchange): Promise<Answer>
  close(): Promise<void>
}

/** There is no whole answer. */
export class ExchangeError extends Error {
  readonly problem: 'timeout' | 'unreachable' | 'tooLong' | 'cancelled'
  readonly fate: Extract<CallFate, 'unsent' | 'unknown'>

  constructor(problem: ExchangeError['problem'], fate: ExchangeError['fate'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ExchangeError'
    this.problem = problem
    this.fate = fate
  }
}

/** There was no connection, so nothing was sent. */
const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENODATA', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])
const decompress = promisify(gunzip)

/** Kept connections to one Insightly pod. */
export function createTransport({ url, apiKey, connections, requestTimeoutMs, maxBytes = 64_000_000, pin }: TransportOptions): Transport {
  const pool = new Pool(url.origin, {
    connections,
    // One after the other on each socket: a cut connection then leaves one call in doubt, not several.
    pipelining: 1,
    allowH2: false,
    headersTimeout: requestTimeoutMs,
    bodyTimeout: requestTimeoutMs,
    maxResponseSize: maxBytes,
    connect: { timeout: requestTimeoutMs, ...(pin === undefined ? {} : { lookup: lookupBy(pin, url) }) },
  })
  const headers = {
    authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': 'ChatSG',
  }
  const base = url.pathname === '/' ? '' : url.pathname
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')

  return {
    async exchange({ method, path, body, signal, onAnswer }) {
      const deadline = AbortSignal.timeout(requestTimeoutMs)
      try {
        // An address is connected to without being looked up, so it is judged here.
        if (pin !== undefined && isIP(host) !== 0) await pinned(pin, host, url)
        const answer = await pool.request({
          method,
          path: `${base}/${path}`,
          headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body }),
          signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        })
        const header = (name: string) => {
          const value = answer.headers[name]
          return Array.isArray(value) ? value[0] : value
        }
        onAnswer(answer.statusCode, header)
        const bytes = Buffer.from(await answer.body.arrayBuffer())
        const whole = header('content-encoding')?.toLowerCase() === 'gzip' && bytes.length > 0 ? await decompress(bytes, { maxOutputLength: maxBytes }) : bytes
        return { status: answer.statusCode, text: whole.toString('utf8').replace(/^\uFEFF/, '') }
      } catch (error) {
        throw translate(error, { isLate: deadline.aborted, isCancelled: signal?.aborted === true, host: url.host, requestTimeoutMs })
      }
    },
    async close() {
      await pool.destroy()
    },
  }
}

interface Circumstances {
  isLate: boolean
  isCancelled: boolean
  host: string
  requestTimeoutMs: number
}

function translate(error: unknown, { isLate, isCancelled, host, requestTimeoutMs }: Circumstances): ExchangeError {
  const { code } = error as { code?: string }
  const fate = code !== undefined && unsentCodes.has(code) ? 'unsent' : 'unknown'
  if (isCancelled) return new ExchangeError('cancelled', fate, 'Nobody waits for the answer any more.', error)
  if (isLate || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new ExchangeError('timeout', fate, `${host} did not answer within ${requestTimeoutMs} ms.`, error)
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code === 'ERR_BUFFER_TOO_LARGE')
    return new ExchangeError('tooLong', 'unknown', `${host} answered more than is read.`, error)
  return new ExchangeError('unreachable', fate, `${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`, error)
}

type Lookup = (
  hostname: string,
  options: { all?: boolean | undefined },
  done: (error: Error | null, address: string | { address: string; family: number }[], family?: number) => void,
) => void

function lookupBy(pin: Pin, url: URL): Lookup {
  return (hostname, { all }, done) => {
    pinned(pin, hostname, url).then(
      ({ address, family }) => (all === true ? done(null, [{ address, family }]) : done(null, address, family)),
      (error: Error) => done(error, []),
    )
  }
}

async function pinned(pin: Pin, host: string, url: URL): ReturnType<Pin> {
  try {
    return await pin(host, url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port))
  } catch (cause) {
    // No connection, so nothing was sent.
    throw Object.assign(new Error(cause instanceof Error ? cause.message : 'refused', { cause }), { code: 'ENOTFOUND' })
  }
}
