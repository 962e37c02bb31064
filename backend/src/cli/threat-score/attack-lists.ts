import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { RequestParts } from '#backend/modules/security/index.ts'
import { readArchive, readText } from './archive.ts'
import { encodeForm } from './encoders.ts'

const parameter = z.array(z.object({ payload: z.string(), attack_type: z.string() }))

/** The values of HttpParamsDataset by their kind of attack; `norm` is benign. */
export function readParameters(paths: readonly string[]): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const path of paths)
    for (const { payload, attack_type } of parameter.parse(parse(readText(path), { columns: true })))
      values.set(attack_type, [...(values.get(attack_type) ?? []), payload])
  return values
}

/** The lines of libinjection's data files; most are percent-encoded. */
export function readInjectionLists(archive: string): Map<string, string[]> {
  return new Map(
    [...readArchive(archive)].map(([path, text]) => [
      path.replace(/^.*\//, '').replace(/\.txt$/, ''),
      text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')),
    ]),
  )
}

const crsLine = z.object({
  method: z.string(),
  uri: z.string(),
  headers: z.record(z.string(), z.string()),
  data: z.string().nullable(),
  encoded_request: z.string().nullable(),
  level: z.number(),
  label: z.number().nullable(),
})

export interface CrsRequest {
  level: number
  label: number | null
  request: RequestParts
}

/** Requests of the Core Rule Set's regression tests; those that are raw bytes are left out. */
export function readCrsRequests(path: string): CrsRequest[] {
  return readText(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => crsLine.parse(JSON.parse(line)))
    .filter(({ encoded_request }) => encoded_request === null)
    .map(({ method, uri, headers, data, level, label }) => ({ level, label, request: toRequest(method, uri, headers, data) }))
}

function toRequest(method: string, uri: string, headers: Record<string, string>, data: string | null): RequestParts {
  const [path = '/', ...query] = uri.split('?')
  const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]))
  return {
    method,
    path,
    query: query.join('?'),
    headers: lower,
    ...(data !== null && { body: { contentType: lower['content-type'] ?? 'application/x-www-form-urlencoded', text: data } }),
  }
}

/** One value as the only parameter of a request. */
export function asQuery(value: string): RequestParts {
  return { method: 'GET', path: '/api/crm/search', query: `q=${encodeForm(value)}`, headers: { host: 'crm.example.com' } }
}

/** One value as the only field of a JSON body. */
export function asBody(value: string): RequestParts {
  return {
    method: 'POST',
    path: '/api/crm/contacts',
    query: '',
    headers: { host: 'crm.example.com' },
    body: { contentType: 'application/json', parsed: { value } },
  }
}
