import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A line of a file of questions, as far as it is looked at. */
export interface AskedLine {
  custom_id: string
  method: string
  url: string
  body: { model: string; messages: { role: string; content: string }[]; max_completion_tokens?: number; response_format?: { type: string } }
}

/** What one question is answered with: a text, an error of its own, a line that is none, or nothing. */
export type LineReply = { text: string; usage?: object | null } | { status: number } | { raw: string } | undefined

interface StoredFile {
  filename: string
  purpose: string
  content: string
}

export interface StoredBatch {
  id: string
  object: 'batch'
  endpoint: string
  status: 'validating' | 'in_progress' | 'completed' | 'failed' | 'expired' | 'cancelled'
  created_at: number
  input_file_id: string
  output_file_id?: string
  error_file_id?: string
  metadata: Record<string, string> | null
  errors?: { object: 'list'; data: { code: string; line: number | null; message: string }[] }
}

const usage = { prompt_tokens: 200, completion_tokens: 20, total_tokens: 220 }

/** A stand-in for OpenAI's files and batches on the loopback: it checks what it gets, and answers when it is told to. */
export async function startFakeBatches({ key }: { key: string }) {
  const files = new Map<string, StoredFile>()
  /** The newest first, as they are listed. */
  const batches: StoredBatch[] = []
  const calls: string[] = []
  const faults: { on: RegExp; status?: number; headers?: Record<string, string>; cut?: true }[] = []
  let made = 0
  const nextId = (kind: string) => `${kind}-${++made}`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const url = new URL(request.url ?? '/', 'http://provider')
    const path = url.pathname
    const called = `${request.method} ${path}`
    calls.push(called)
    const json = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    const refuse = (status: number, message: string, headers?: Record<string, string>) =>
      json(status, { error: { message, type: 'invalid_request_error' } }, headers)
    if (request.headers.authorization !== `Bearer ${key}`) return refuse(401, `Incorrect API key provided: ${request.headers.authorization}`)
    const place = faults.findIndex(({ on }) => on.test(called))
    const fault = place === -1 ? undefined : faults.splice(place, 1)[0]
    if (fault?.status !== undefined) return refuse(fault.status, 'Words of the provider', fault.headers)
    const answer = await handle(request, url, body)
    // What was asked is done; only nobody hears of it.
    if (fault?.cut) return void response.destroy()
    if (typeof answer === 'string') return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer)
    if ('refused' in answer) return refuse(answer.refused, `${called} is not possible`)
    json(200, answer.value)
  }

  async function handle(request: IncomingMessage, url: URL, body: Buffer): Promise<string | { value: unknown } | { refused: number }> {
    const [, , kind = '', id = '', part = ''] = url.pathname.split('/')
    const fileOf = files.get(id)
    const batch = batches.find((one) => one.id === id)
    switch (`${request.method} ${kind}${id === '' ? '' : '/id'}${part === '' ? '' : `/${part}`}`) {
      case 'POST files':
        return await upload(request, body)
      case 'GET files/id/content':
        return fileOf?.content ?? { refused: 404 }
      case 'DELETE files/id':
        return files.delete(id) ? { value: { id, object: 'file', deleted: true } } : { refused: 404 }
      case 'POST batches':
        return create(JSON.parse(body.toString()) as Record<string, unknown>)
      case 'GET batches': {
        const start = batches.findIndex((one) => one.id === url.searchParams.get('after')) + 1
        const limit = Number(url.searchParams.get('limit') ?? 20)
        if (!(limit >= 1 && limit <= 100)) return { refused: 400 }
        return { value: { object: 'list', data: batches.slice(start, start + limit), has_more: start + limit < batches.length } }
      }
      case 'GET batches/id':
        return batch === undefined ? { refused: 404 } : { value: batch }
      case 'POST batches/id/cancel':
        if (batch === undefined) return { refused: 404 }
        batch.status = 'cancelled'
        return { value: batch }
      default:
        return { refused: 404 }
    }
  }

  async function upload(request: IncomingMessage, body: Buffer): Promise<{ value: unknown } | { refused: number }> {
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const form = await new Request('http://provider/', { method: 'POST', headers, body: new Uint8Array(body) }).formData().catch(() => undefined)
    const file = form?.get('file')
    const seconds = Number(form?.get('expires_after[seconds]'))
    const expires = form?.get('expires_after[anchor]') === 'created_at' && seconds >= 3600 && seconds <= 2_592_000
    if (form?.get('purpose') !== 'batch' || !(file instanceof File) || !expires) return { refused: 400 }
    const id = nextId('file')
    files.set(id, { filename: file.name, purpose: 'batch', content: await file.text() })
    return { value: { id, object: 'file', purpose: 'batch', filename: file.name, bytes: file.size } }
  }

  function create({ input_file_id: input, endpoint, completion_window: window, metadata }: Record<string, unknown>): { value: unknown } | { refused: number } {
    const file = typeof input === 'string' ? files.get(input) : undefined
    if (typeof input !== 'string' || file === undefined) return { refused: 404 }
    if (endpoint !== '/v1/chat/completions' || window !== '24h') return { refused: 400 }
    const known = (metadata ?? null) as Record<string, string> | null
    const batch: StoredBatch = {
      id: nextId('batch'),
      object: 'batch',
      endpoint,
      status: 'validating',
      created_at: Math.floor(Date.now() / 1000),
      input_file_id: input,
      metadata: known,
    }
    batches.unshift(batch)
    const answer = { ...batch }
    // It is looked at after it was taken, as there.
    const wrong = findWrongLine(file.content)
    if (wrong === undefined) batch.status = 'in_progress'
    else Object.assign(batch, { status: 'failed', errors: { object: 'list', data: [wrong] } })
    return { value: answer }
  }

  function linesOf(batch: StoredBatch): AskedLine[] {
    return parseLines(files.get(batch.input_file_id)?.content ?? '')
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    /** What OPENAI_BASE_URL is set to. */
    url: `${origin}/v1`,
    files,
    batches,
    calls,
    faults,
    linesOf,
    /** Ends every batch that is under way. */
    work(reply: (line: AskedLine, index: number) => LineReply, status: StoredBatch['status'] = 'completed'): void {
      for (const batch of batches.filter((one) => one.status === 'in_progress')) {
        const output: string[] = []
        const errors: string[] = []
        for (const [index, line] of linesOf(batch).entries()) {
          const given = status === 'failed' ? undefined : reply(line, index)
          const told = { id: nextId('batch_req'), custom_id: line.custom_id }
          if (given === undefined) {
            if (status === 'expired') errors.push(JSON.stringify({ ...told, response: null, error: { code: 'batch_expired', message: 'Too late' } }))
          } else if ('raw' in given) output.push(given.raw)
          else if ('status' in given)
            errors.push(JSON.stringify({ ...told, response: { status_code: given.status, request_id: 'r', body: { error: { message: 'no' } } }, error: null }))
          else {
            const choices = [{ index: 0, message: { role: 'assistant', content: given.text }, finish_reason: 'stop' }]
            const counted = given.usage === null ? {} : { usage: given.usage ?? usage }
            output.push(JSON.stringify({ ...told, response: { status_code: 200, request_id: 'r', body: { choices, ...counted } }, error: null }))
          }
        }
        const keep = (name: string, lines: string[]) => {
          const id = nextId('file')
          files.set(id, { filename: name, purpose: 'batch_output', content: lines.map((line) => `${line}\n`).join('') })
          return id
        }
        batch.status = status
        if (status === 'failed') batch.errors = { object: 'list', data: [{ code: 'token_limit_exceeded', line: null, message: 'Words of the provider' }] }
        if (output.length > 0) batch.output_file_id = keep('output.jsonl', output)
        if (errors.length > 0) batch.error_file_id = keep('error.jsonl', errors)
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

export type FakeBatches = Awaited<ReturnType<typeof startFakeBatches>>

function parseLines(content: string): AskedLine[] {
  return content
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AskedLine)
}

function findWrongLine(content: string): { code: string; line: number; message: string } | undefined {
  const ids = new Set<string>()
  const lines = content.split('\n').filter((line) => line !== '')
  if (lines.length === 0) return { code: 'empty_file', line: 1, message: 'The file is empty' }
  for (const [index, text] of lines.entries()) {
    const wrong = (code: string) => ({ code, line: index + 1, message: code })
    let line: Partial<AskedLine>
    try {
      line = JSON.parse(text) as Partial<AskedLine>
    } catch {
      return wrong('invalid_json_line')
    }
    if (typeof line.custom_id !== 'string' || ids.has(line.custom_id)) return wrong('duplicate_custom_id')
    ids.add(line.custom_id)
    if (line.method !== 'POST' || line.url !== '/v1/chat/completions') return wrong('invalid_url')
    if (typeof line.body?.model !== 'string' || !Array.isArray(line.body.messages) || line.body.messages.length === 0) return wrong('invalid_request')
    // As there: JSON has to be asked for in words too.
    if (line.body.response_format?.type === 'json_object' && !/json/i.test(JSON.stringify(line.body.messages))) return wrong('invalid_request')
  }
  return undefined
}
