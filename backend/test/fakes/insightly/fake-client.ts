import { fetch, type Headers } from 'undici'
import { isRow, parseJson, type Row } from './json.ts'
import { type FakeInsightly, type FakeInsightlyOptions, startFakeInsightly } from './server.ts'

export interface FakeAnswer {
  status: number
  headers: Headers
  text: string
  /** The JSON of the answer. */
  rows: Row[]
  row: Row
}

/** A plain HTTP client of the stand-in, for its own tests. */
export interface FakeClient {
  fake: FakeInsightly
  get(path: string, headers?: Record<string, string>): Promise<FakeAnswer>
  post(path: string, body: unknown): Promise<FakeAnswer>
  put(path: string, body: unknown, headers?: Record<string, string>): Promise<FakeAnswer>
  delete(path: string, body?: unknown): Promise<FakeAnswer>
  /** The tester's side. */
  admin(method: string, path: string, body?: unknown): Promise<FakeAnswer>
  close(): Promise<void>
}

export const testKey = 'key-of-the-tests'

const unlimited = { rateRequests: 1_000_000, rateWindowMs: 1000 }

/** A stand-in of its own, without a limit unless the test sets one. */
export async function openFake(options: Partial<FakeInsightlyOptions> = {}): Promise<FakeClient> {
  const fake = await startFakeInsightly({ key: testKey, records: 200, ...options, settings: { ...unlimited, ...options.settings } })
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    request(`${fake.url}${path}`, method, body, { authorization: `Basic ${btoa(`${testKey}:`)}`, ...headers })
  return {
    fake,
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body) => call('POST', path, body),
    put: (path, body, headers) => call('PUT', path, body, headers),
    delete: (path, body) => call('DELETE', path, body),
    admin: (method, path, body) => request(`${fake.origin}/_fake${path}`, method, body, {}),
    close: () => fake.close(),
  }
}

/** One request; bodies that are text are sent as they are. */
export async function request(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<FakeAnswer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers: { ...type, ...headers }, ...sent })
  const text = await response.text()
  const parsed = response.headers.get('content-type')?.startsWith('application/json') && text !== '' ? parseJson(text) : undefined
  return {
    status: response.status,
    headers: response.headers,
    text,
    rows: Array.isArray(parsed) ? parsed.filter(isRow) : [],
    row: isRow(parsed) ? parsed : {},
  }
}
