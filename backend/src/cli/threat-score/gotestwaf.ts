import { parse } from 'yaml'
import { z } from 'zod'
import type { RequestParts } from '#backend/modules/security/index.ts'
import { readArchive } from './archive.ts'
import { encoders } from './encoders.ts'
import { placeholders, rawRequest } from './placeholders.ts'

const rawConfig = z.object({
  method: z.string(),
  path: z.string().default('/'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
})
const testCase = z.object({
  payload: z.array(z.coerce.string()),
  encoder: z.array(z.string()),
  placeholder: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])),
})

export interface ToolRequest {
  folder: string
  set: string
  payload: string
  request: RequestParts
}

/** The requests GoTestWAF would send: each payload in each encoding at each place. gRPC is not spoken here. */
export function readToolRequests(archive: string): ToolRequest[] {
  return [...readArchive(archive)].filter(([path]) => /\.ya?ml$/.test(path)).flatMap(([path, text]) => requestsOf(path, text))
}

function requestsOf(path: string, text: string): ToolRequest[] {
  const [folder = '', set = ''] = path.split('/').slice(-2)
  const { payload: payloads, encoder: encodings, placeholder: places } = testCase.parse(parse(text))
  const requests: ToolRequest[] = []
  for (const payload of payloads)
    for (const encoding of encodings)
      for (const place of places) {
        const encode = encoders[encoding]
        const request = encode === undefined ? undefined : buildRequest(place, encode(payload))
        if (request !== undefined) requests.push({ folder, set, payload, request })
      }
  return requests
}

function buildRequest(place: string | Record<string, unknown>, payload: string): RequestParts | undefined {
  if (typeof place === 'string') return placeholders[place]?.(payload)
  const [[name, config] = ['', undefined]] = Object.entries(place)
  if (name === 'RawRequest') return rawRequest(rawConfig.parse(config), payload)
  const method = z.object({ method: z.string() }).safeParse(config)
  return name === 'GraphQL' && method.data?.method === 'GET' ? placeholders.GraphQLQuery?.(payload) : placeholders[name]?.(payload)
}
