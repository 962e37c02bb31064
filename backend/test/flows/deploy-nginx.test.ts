import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fetch } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate, type NginxProcess, startNginx } from '../nginx-process.ts'
import { requireProgram } from '../requirements.ts'
import { adminKey, freePort, removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

const nginx = requireProgram('nginx', 'Reverse proxy')

describe.skipIf(nginx === undefined)('nginx as in deploy/nginx/chatsg.conf', () => {
  let folder: string
  let server: ServerProcess
  let echo: Server
  let endStream: (() => void) | undefined
  let front: NginxProcess
  let echoFront: NginxProcess
  let lonelyFront: NginxProcess

  beforeAll(async () => {
    folder = await scratchFolder()
    const webFolder = join(folder, 'web')
    mkdirSync(join(webFolder, 'assets'), { recursive: true })
    writeFileSync(join(webFolder, 'index.html'), '<h1>ChatSG</h1>')
    writeFileSync(join(webFolder, '.built'), 'secret')
    writeFileSync(join(webFolder, 'assets/app-1.js'), `export default '${'x'.repeat(2000)}'`)
    // Says what it was asked; its stream begins and ends when the test says so.
    echo = createServer((request, response) => {
      if (request.url?.endsWith('/stream') !== true) return void request.resume().on('end', () => response.end(JSON.stringify({ headers: request.headers })))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: first\n\n')
      endStream = () => response.end('data: [DONE]\n\n')
    })
    await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done))
    server = await startServer(join(folder, 'data'), { TRUSTED_PROXIES: '127.0.0.1', HTTPS_ONLY: 'true', APP_URL: 'https://crm.example.com' })
    const certificate = makeCertificate(folder)
    const open = (name: string, port: number) => startNginx({ nginx: nginx as string, folder: join(folder, name), certificate, upstreams: [port], webFolder })
    front = await open('front', Number(new URL(server.url).port))
    echoFront = await open('echo', (echo.address() as AddressInfo).port)
    lonelyFront = await open('lonely', await freePort())
  }, 120_000)
  afterAll(async () => {
    await Promise.all([front, echoFront, lonelyFront].map((one) => one?.stop()))
    echo?.closeAllConnections()
    echo?.close()
    await server?.stop('SIGKILL')
    await removeFolder(folder)
  })

  const get = (through: NginxProcess, path: string, init: Parameters<typeof fetch>[1] = {}) =>
    fetch(`${through.httpsUrl}${path}`, { dispatcher: through.dispatcher, redirect: 'manual', ...init })

  it('starts without a complaint', () => {
    expect(front.output()).not.toMatch(/\[(warn|error|emerg)\]/)
  })

  it('sends http to https, with path and query', async () => {
    const response = await fetch(`${front.httpUrl}/crm/contacts?sort=name`, { redirect: 'manual' })
    expect(response.status).toBe(301)
    expect(response.headers.get('location')).toBe('https://127.0.0.1/crm/contacts?sort=name')
  })

  it('lets hashed assets be kept for ever, and the page never', async () => {
    const asset = await get(front, '/assets/app-1.js')
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(asset.headers.get('content-encoding')).toBe('gzip')
    expect((await get(front, '/index.html')).headers.get('cache-control')).toBe('no-cache')
    const missing = await get(front, '/assets/gone-1.js')
    expect([missing.status, missing.headers.get('cache-control')?.includes('immutable') ?? false]).toEqual([404, false])
    expect((await get(front, '/.built')).status).toBe(404)
  })

  it('protects files of its own as ChatSG protects its answers, and says nothing twice', async () => {
    const own = await get(front, '/index.html')
    const direct = await server.fetch('/api/health')
    const protecting = [
      'content-security-policy',
      'x-frame-options',
      'x-content-type-options',
      'x-xss-protection',
      'referrer-policy',
      'strict-transport-security',
    ]
    const of = (headers: { get(name: string): string | null }) => protecting.map((name) => [name, headers.get(name)])
    expect(of(own.headers)).toEqual(of(direct.headers))
    expect(of((await get(front, '/api/health')).headers)).toEqual(of(direct.headers))
    expect(own.headers.get('x-xss-protection')).toBe('0')
    expect(own.headers.get('server')).toBe('nginx')
  })

  it('passes on all of /api, /mcp and /v1', async () => {
    expect(await (await get(front, '/api/health?check=readiness')).json()).toMatchObject({ status: 'ready' })
    const headers = { authorization: `Bearer ${adminKey}` }
    expect((await get(front, '/api/crm/contacts', { headers })).status).toBe(200)
    for (const path of ['/api/crm/contacts', '/v1/models', '/mcp']) {
      const response = await get(front, path, { method: path === '/mcp' ? 'POST' : 'GET' })
      expect([path, response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([path, 401, 'application/json'])
    }
  })

  it('limits /api/chat exactly, in the words of the API', async () => {
    const ask = (path: string) => get(front, path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    const answers = await Promise.all(Array.from({ length: 24 }, () => ask('/api/chat')))
    const limited = answers.filter(({ status }) => status === 429)
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(11)
    expect(limited.length).toBeGreaterThan(0)
    expect(limited[0]?.headers.get('retry-after')).toBe('6')
    expect(await limited[0]?.json()).toMatchObject({ error: { code: 'RATE_LIMITED', requestId: limited[0]?.headers.get('x-request-id') } })
    for (const path of ['/api/chats', '/api/chat/stream', '/api/chat/stop']) {
      const others = await Promise.all(Array.from({ length: 24 }, () => ask(path)))
      expect([path, others.filter(({ status }) => status === 429).length]).toEqual([path, 0])
    }
  })

  it('hands on each piece of a stream as it comes', async () => {
    for (const path of ['/api/chat/stream', '/v1/stream', '/mcp/stream']) {
      const response = await get(echoFront, path)
      const reader = (response.body as ReadableStream<Uint8Array>).getReader()
      const text = async () => new TextDecoder().decode((await reader.read()).value)
      // It would wait for ever if nginx waited for the rest.
      expect(await text()).toBe('data: first\n\n')
      endStream?.()
      expect(await text()).toBe('data: [DONE]\n\n')
    }
    const asked = await get(front, '/api/chat/stream', {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'How many contacts are there?' }),
    })
    expect(asked.headers.get('content-type')).toContain('text/event-stream')
    expect(await asked.text()).toContain('data: [DONE]')
  })

  it('says who asks, whatever they claim', async () => {
    const response = await get(echoFront, '/api/whatever', {
      headers: { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'http', 'x-real-ip': '198.51.100.7' },
    })
    const { headers } = (await response.json()) as { headers: Record<string, string> }
    expect(headers).toMatchObject({ 'x-forwarded-for': '198.51.100.7, 127.0.0.1', 'x-forwarded-proto': 'https', 'x-real-ip': '127.0.0.1' })
  })

  it('refuses large bodies in the words of the API, but not large imports', async () => {
    const init = { method: 'POST', body: Buffer.alloc(41 * 1024 * 1024, 'a'), dispatcher: echoFront.oldDispatcher }
    const refused = await get(echoFront, '/api/crm/contacts', init)
    expect([refused.status, await refused.json()]).toMatchObject([413, { error: { code: 'PAYLOAD_TOO_LARGE' } }])
    expect((await get(echoFront, '/api/crm/import?entity=contacts', init)).status).toBe(200)
  })

  it('says when ChatSG is away', async () => {
    for (const path of ['/api/health', '/api/chat', '/']) {
      const response = await get(lonelyFront, path)
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5'])
      expect(await response.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } })
    }
  })
})
