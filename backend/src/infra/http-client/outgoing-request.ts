import { AppError } from '#backend/kernel/errors.ts'

export interface OutgoingInit {
  method?: string
  headers?: ConstructorParameters<typeof Headers>[0]
  /** Kept whole, so that a redirect can send it again. */
  body?: string | Uint8Array
  signal?: AbortSignal
}

export interface Request {
  url: URL
  method: string
  headers: Headers
  body: string | Uint8Array | undefined
}

/** What another host may see of a request that was meant for the first one. */
const harmlessHeaders = new Set(['accept', 'accept-language', 'content-type', 'user-agent'])
/** The connection's own; one that is set by hand reaches another site than the one that was judged. */
const headersOfTheConnection = ['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'proxy-authorization']

/** @throws AppError VALIDATION when the address is none of http and https, or carries a password */
export function toRequest(address: string | URL, init: OutgoingInit): Request {
  const url = URL.parse(String(address))
  if (url === null) throw new AppError('VALIDATION', 'This is not a web address. Write one such as https://example.com/path.')
  requireWebAddress(url)
  const headers = new Headers(init.headers)
  for (const name of headersOfTheConnection) headers.delete(name)
  return { url, method: (init.method ?? 'GET').toUpperCase(), headers, body: init.body }
}

/**
 * The request that a redirect asks for, as browsers send it (Fetch standard, HTTP-redirect fetch).
 * @throws AppError UPSTREAM when it leads from https to http or to something else than the web
 */
export function requestAfterRedirect({ url, method, headers, body }: Request, { status, location }: { status: number; location: URL }): Request {
  try {
    requireWebAddress(location)
  } catch (error) {
    throw new AppError('UPSTREAM', `${url.host} redirects to an address that is not followed.`, { cause: error })
  }
  if (url.protocol === 'https:' && location.protocol === 'http:')
    throw new AppError('UPSTREAM', `${url.host} redirects from https to http; this is not followed.`)
  const becomesGet = (status === 303 && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST')
  const kept = new Headers(headers)
  if (becomesGet) for (const name of [...kept.keys()]) if (name.startsWith('content-')) kept.delete(name)
  if (url.origin !== location.origin) for (const name of [...kept.keys()]) if (!harmlessHeaders.has(name)) kept.delete(name)
  return { url: location, method: becomesGet ? 'GET' : method, headers: kept, body: becomesGet ? undefined : body }
}

function requireWebAddress(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AppError('VALIDATION', 'Only http and https addresses are fetched.')
  if (url.username !== '' || url.password !== '') throw new AppError('VALIDATION', 'The address must not carry a user name or password.')
}
