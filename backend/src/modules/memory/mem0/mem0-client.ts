import { AppError } from '#backend/kernel/errors.ts'

/** The part of the REST API of a self-hosted Mem0 server that is used: https://docs.mem0.ai/open-source/features/rest-api */
export interface Mem0Client {
  /** Keeps a text as it stands. @returns its id there */
  create(memory: RemoteMemory): Promise<string>
  update(remoteId: string, text: string): Promise<'updated' | 'missing'>
  /** One that is not there is deleted already. */
  delete(remoteId: string): Promise<void>
  /** Ids of ours that are nearest in meaning, best first. */
  search(userId: string, query: string, options: { limit: number; signal?: AbortSignal | undefined }): Promise<string[]>
  /** Whether it answers, and takes the key. @throws AppError UPSTREAM */
  ping(): Promise<true>
  /** Its id there, by ours. */
  find(userId: string, id: string): Promise<string | undefined>
}

export interface RemoteMemory {
  /** Ours. */
  id: string
  userId: string
  text: string
}

/** A request to the server; the composition root bounds its time and its answer. */
export type Mem0Fetch = (url: string, init: { method: string; headers: Record<string, string>; body?: string; signal?: AbortSignal }) => Promise<Response>

/** Under which our id travels. */
const idName = 'chatsg_id'

/** @param baseUrl such as `http://mem0:8000`, without a version in its path */
export function createMem0Client({ baseUrl, apiKey, fetch }: { baseUrl: string; apiKey: string | undefined; fetch: Mem0Fetch }): Mem0Client {
  const base = baseUrl.replace(/\/+$/, '')

  async function call(
    method: string,
    path: string,
    { body, signal }: { body?: unknown; signal?: AbortSignal | undefined } = {},
  ): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.status === 404) return { status: 404, json: undefined }
    if (!response.ok) throw new AppError('UPSTREAM', `The Mem0 server answered ${method} ${path.split('?')[0]} with ${response.status}.`)
    const text = await response.text()
    try {
      return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
    } catch (cause) {
      throw new AppError('UPSTREAM', 'The Mem0 server answered something that is not JSON.', { cause })
    }
  }

  return {
    async create({ id, userId, text }) {
      // `infer: false` keeps the words as they were said; another model would put them in its own.
      const { json } = await call('POST', '/memories', {
        body: { messages: [{ role: 'user', content: text }], user_id: userId, metadata: { [idName]: id }, infer: false },
      })
      const [first] = rowsOf(json)
      if (first === undefined) throw new AppError('UPSTREAM', 'The Mem0 server took a memory and told no id for it.')
      return first.remoteId
    },
    async update(remoteId, text) {
      const { status } = await call('PUT', `/memories/${encodeURIComponent(remoteId)}`, { body: { text } })
      return status === 404 ? 'missing' : 'updated'
    },
    async delete(remoteId) {
      await call('DELETE', `/memories/${encodeURIComponent(remoteId)}`)
    },
    async search(userId, query, { limit, signal }) {
      // Older servers read `user_id`, newer ones `filters`.
      const { json } = await call('POST', '/search', { body: { query, user_id: userId, filters: { user_id: userId }, limit, top_k: limit }, signal })
      return rowsOf(json).flatMap(({ id }) => id ?? [])
    },
    async ping() {
      await call('GET', '/memories?user_id=chatsg')
      return true
    },
    async find(userId, id) {
      const { json } = await call('GET', `/memories?user_id=${encodeURIComponent(userId)}`)
      return rowsOf(json).find((row) => row.id === id)?.remoteId
    },
  }
}

/** Answers come as a list, or as `results`. */
function rowsOf(json: unknown): { remoteId: string; id: string | undefined }[] {
  const rows: unknown = Array.isArray(json) ? json : (json as { results?: unknown } | undefined)?.results
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: { id?: unknown; metadata?: Record<string, unknown> | null }) => {
    if (typeof row?.id !== 'string') return []
    const id = row.metadata?.[idName]
    return [{ remoteId: row.id, id: typeof id === 'string' ? id : undefined }]
  })
}
