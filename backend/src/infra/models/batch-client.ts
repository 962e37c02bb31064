import type { Response as UndiciResponse } from 'undici'
import { z } from 'zod'
import { readBounded } from '../http-client/read-bounded.ts'
import { ModelError, RequestFailed, toFailure } from './call-failure.ts'
import { type Endpoint, fetchThere } from './endpoints.ts'

const idSchema = z.object({ id: z.string().min(1) })
const batchSchema = idSchema.extend({
  status: z.string(),
  created_at: z.number(),
  input_file_id: z.string().nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  errors: z.object({ data: z.array(z.object({ code: z.string().nullish() })).nullish() }).nullish(),
})
const listSchema = z.object({ data: z.array(batchSchema), has_more: z.boolean().nullish() })

/** A batch as its provider tells of it. */
export type RemoteBatch = z.infer<typeof batchSchema>

/** The part of OpenAI's files and batches that is used: https://platform.openai.com/docs/api-reference/batch */
export interface BatchClient {
  /** @returns the file's id there */
  upload(name: string, lines: readonly string[], signal: AbortSignal): Promise<string>
  /** @param ownId travels along, so that `find` knows it again. @returns the batch's id there */
  create(ownId: string, fileId: string, signal: AbortSignal): Promise<string>
  /** The batches that carry an id of ours, the newest first; none was made before `since`. */
  find(ownId: string, since: Date, signal: AbortSignal): Promise<RemoteBatch[]>
  /** Undefined when there is none. */
  get(id: string, signal: AbortSignal): Promise<RemoteBatch | undefined>
  cancel(id: string, signal: AbortSignal): Promise<void>
  /** Undefined when there is none. */
  read(fileId: string, signal: AbortSignal): Promise<string | undefined>
  /** One that is not there is deleted already. */
  remove(fileId: string, signal: AbortSignal): Promise<void>
}

/** Under which our id travels. */
const idName = 'chatsg_id'
const timeoutMs = 60_000
const mostBytes = 32_000_000
const pageSize = 100
const mostPages = 20
/** The provider's clock may be a little off. */
const clocksMs = 3_600_000
/** What nobody came back for goes by itself there. */
const keptSeconds = 3 * 86_400

/** @throws ModelError from each of its calls, whose message holds nothing that a provider said */
export function createBatchClient({ address, headers }: NonNullable<Endpoint['batches']>): BatchClient {
  async function call(method: string, path: string, signal: AbortSignal, init: { body?: string | FormData; type?: string } = {}): Promise<string | undefined> {
    const url = new URL(`${address}${path}`)
    try {
      const response = await fetchThere(url, {
        method,
        headers: { ...headers, ...(init.type === undefined ? {} : { 'content-type': init.type }) },
        ...(init.body === undefined ? {} : { body: init.body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      const text = await (await readBounded(response as unknown as UndiciResponse, { url, maxBytes: mostBytes })).text()
      if (response.ok) return text
      if (response.status === 404 && method !== 'POST') return undefined
      throw new RequestFailed('batch', { statusCode: response.status, responseHeaders: Object.fromEntries(response.headers), responseBody: text })
    } catch (error) {
      signal.throwIfAborted()
      const failed = error instanceof RequestFailed ? error : new RequestFailed('batch', { cause: error })
      throw new ModelError(toFailure(failed), failed)
    }
  }

  function read<T>(text: string | undefined, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(toJson(text ?? ''))
    if (!parsed.success) throw new ModelError({ kind: text === undefined ? 'not_found' : 'unreadable' })
    return parsed.data
  }

  const postJson = (path: string, body: object, signal: AbortSignal) => call('POST', path, signal, { body: JSON.stringify(body), type: 'application/json' })

  return {
    async upload(name, lines, signal) {
      const form = new FormData()
      form.set('purpose', 'batch')
      form.set('expires_after[anchor]', 'created_at')
      form.set('expires_after[seconds]', String(keptSeconds))
      form.set('file', new Blob([lines.map((line) => `${line}\n`).join('')], { type: 'application/jsonl' }), name)
      return read(await call('POST', '/files', signal, { body: form }), idSchema).id
    },
    async create(ownId, fileId, signal) {
      const answer = await postJson(
        '/batches',
        {
          input_file_id: fileId,
          endpoint: '/v1/chat/completions',
          completion_window: '24h',
          metadata: { [idName]: ownId },
          output_expires_after: { anchor: 'created_at', seconds: keptSeconds },
        },
        signal,
      )
      return read(answer, idSchema).id
    },
    async find(ownId, since, signal) {
      const found: RemoteBatch[] = []
      let after = ''
      for (let page = 0; page < mostPages; page++) {
        const { data, has_more: hasMore } = read(await call('GET', `/batches?limit=${pageSize}${after}`, signal), listSchema)
        found.push(...data.filter(({ metadata }) => metadata?.[idName] === ownId))
        const last = data.at(-1)
        if (last === undefined || hasMore !== true || last.created_at * 1000 < since.getTime() - clocksMs) return found
        after = `&after=${encodeURIComponent(last.id)}`
      }
      // Ours may be further back: who cannot tell must not make another one.
      throw new ModelError({ kind: 'unreadable' })
    },
    async get(id, signal) {
      const text = await call('GET', `/batches/${encodeURIComponent(id)}`, signal)
      return text === undefined ? undefined : read(text, batchSchema)
    },
    async cancel(id, signal) {
      await call('POST', `/batches/${encodeURIComponent(id)}/cancel`, signal)
    },
    read: (fileId, signal) => call('GET', `/files/${encodeURIComponent(fileId)}/content`, signal),
    async remove(fileId, signal) {
      await call('DELETE', `/files/${encodeURIComponent(fileId)}`, signal)
    },
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
