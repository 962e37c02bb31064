import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createCaller, createTestModels, prompt, readAnswer } from '../../../../test/models.ts'

let close: () => void = () => undefined
afterEach(() => close())

/** The environment of a server that answers so. */
async function serve(listener: RequestListener): Promise<Record<string, string>> {
  const server = createServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  close = () => server.close() && server.closeAllConnections()
  return { OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`, OPENAI_API_KEY: 'secret', OPENAI_MODEL: 'some' }
}

const ask = (env: Record<string, string>) => readAnswer(createTestModels(env).models.languageModel('crm', createCaller()), prompt('Hello'))
const piece = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: null }] })}\n\n`
const end = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

it('asks for a stream with its count, and tells words that come together at once', async () => {
  let asked: { path: string | undefined; key: string | undefined; body: string } | undefined
  const env = await serve((request, response) => {
    const { url: path, headers } = request
    asked = { path, key: headers.authorization, body: '' }
    request.on('data', (bytes) => {
      if (asked !== undefined) asked.body += bytes
    })
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(piece('One '))
      setTimeout(() => response.end(piece('two ') + piece('three') + end), 20)
    })
  })
  const { parts, text } = await ask(env)
  expect(text).toBe('One two three')
  expect(parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))).toEqual(['One ', 'two three'])
  expect(asked).toMatchObject({ path: '/v1/chat/completions', key: 'Bearer secret' })
  expect(JSON.parse(asked?.body ?? '')).toMatchObject({ model: 'some', stream: true, stream_options: { include_usage: true } })
})

it('does not take its key to another host', async () => {
  const paths: (string | undefined)[] = []
  const env = await serve((request, response) => {
    paths.push(request.url)
    response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end()
  })
  await expect(ask(env)).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
  expect(new Set(paths)).toEqual(new Set(['/v1/chat/completions']))
})

it('reads why it was refused, and no more of it than it needs', async () => {
  const env = await serve((_, response) => {
    response.writeHead(400)
    response.end(`{"error":{"message":"maximum context length"}}${' '.repeat(1_000_000)}`)
  })
  await expect(ask(env)).rejects.toMatchObject({ failure: { kind: 'too_long', status: 400 } })
})
