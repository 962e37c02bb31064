import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createOutgoing, type OutgoingOptions } from './outgoing.ts'

const servers: Server[] = []

/** A real server on loopback and the requests that reached it. */
async function serve(listener: RequestListener): Promise<{ port: number; origin: string; hits: string[] }> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  servers.push(server)
  const { port } = server.address() as AddressInfo
  return { port, origin: `http://127.0.0.1:${port}`, hits }
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

const nobody = async (): Promise<string[]> => {
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}
const outgoing = (options: Partial<OutgoingOptions> = {}) => createOutgoing({ allowed: [], resolve: nobody, timeoutMs: 5000, maxBytes: 100_000, ...options })

const refusal = { code: 'VALIDATION', message: expect.stringContaining('not on the public Internet') }

describe('outgoing fetch', () => {
  it('reaches an allowed address with method, headers and body, and hands the answer on', async () => {
    const { origin, port } = await serve(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(
        gzipSync(JSON.stringify({ method: request.method, host: request.headers.host, key: request.headers['x-key'], body: Buffer.concat(chunks).toString() })),
      )
    })
    const response = await outgoing({ allowed: ['127.0.0.0/8'] }).fetch(`${origin}/hook`, {
      method: 'post',
      headers: { 'x-key': 'k', host: 'other.internal' },
      body: '{"a":1}',
    })
    expect(response.status).toBe(201)
    expect(response.url).toBe(`${origin}/hook`)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.json()).toEqual({ method: 'POST', host: `127.0.0.1:${port}`, key: 'k', body: '{"a":1}' })
  })

  it('refuses loopback that nobody allowed, however it is written, and sends nothing', async () => {
    const { port, hits } = await serve((_request, response) => response.end('inside'))
    const refusals: string[] = []
    const guarded = outgoing({ onRefused: ({ host }) => refusals.push(host) })
    const spellings = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '017700000001',
      '127.0.0.1.',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '①②⑦.0.0.1',
      '%31%32%37.0.0.1',
      '0',
      '[::]',
      '[::1]',
    ]
    for (const host of spellings) await expect(guarded.fetch(`http://${host}:${port}/`), host).rejects.toMatchObject(refusal)
    expect(hits).toEqual([])
    expect(refusals).toHaveLength(spellings.length)
    expect(refusals.slice(0, 8)).toEqual(Array(8).fill('127.0.0.1'))
  })

  it('allows one port and not the one beside it', async () => {
    const open = await serve((_request, response) => response.end('open'))
    const closed = await serve((_request, response) => response.end('closed'))
    const guarded = outgoing({ allowed: [`127.0.0.1:${open.port}`] })
    expect(await (await guarded.fetch(open.origin)).text()).toBe('open')
    await expect(guarded.fetch(closed.origin)).rejects.toMatchObject(refusal)
    expect(closed.hits).toEqual([])
  })

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://127.0.0.1:6379/_INFO',
    'data:text/plain,x',
    'javascript:1',
    'not an address',
    '//example.com',
    'http://',
  ])('refuses %s', async (url) => {
    await expect(outgoing().fetch(url)).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('refuses a user name or password in the address', async () => {
    await expect(outgoing({ allowed: ['127.0.0.1'] }).fetch('http://user:secret@127.0.0.1/')).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.not.stringContaining('secret'),
    })
  })

  it('refuses ports that belong to other protocols', async () => {
    await expect(outgoing({ allowed: ['127.0.0.1'] }).fetch('http://127.0.0.1:25/')).rejects.toMatchObject({
      code: 'VALIDATION',
      message: 'Port 25 is not one that web servers use.',
    })
  })
})

describe('names', () => {
  it('refuses a name of which one address is not public, in either order', async () => {
    const { port, hits } = await serve((_request, response) => response.end('inside'))
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['127.0.0.1', '8.8.8.8'], ['2606:4700::1', '::1'], ['10.0.0.5'], ['not an address']]) {
      await expect(outgoing({ resolve: async () => addresses }).fetch(`http://both.example:${port}/`)).rejects.toMatchObject(refusal)
    }
    expect(hits).toEqual([])
  })

  it('connects to the address that was judged: a name server that changes its answer gains nothing', async () => {
    const inside = await serve((_request, response) => response.end('inside'))
    const outside = await serve((request, response) => response.end(`outside for ${request.headers.host}`))
    const answers = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2']]
    let asked = 0
    const guarded = outgoing({ allowed: [`127.0.0.1:${outside.port}`], resolve: async () => answers[asked++] ?? [] })
    const response = await guarded.fetch(`http://rebind.example:${outside.port}/`)
    expect(await response.text()).toBe(`outside for rebind.example:${outside.port}`)
    expect(asked).toBe(1)
    await expect(guarded.fetch(`http://rebind.example:${outside.port}/`)).rejects.toMatchObject(refusal)
    await expect(guarded.fetch(`http://rebind.example:${inside.port}/`)).rejects.toMatchObject(refusal)
    expect(inside.hits).toEqual([])
  })

  it('lets an allowed name be private, and still not the metadata of a cloud', async () => {
    const { port } = await serve((_request, response) => response.end('mail'))
    let address = '127.0.0.1'
    const guarded = outgoing({ allowed: ['mail.internal'], resolve: async () => [address] })
    expect(await (await guarded.fetch(`http://MAIL.internal.:${port}/`)).text()).toBe('mail')
    address = '169.254.169.254'
    await expect(guarded.fetch(`http://mail.internal:${port}/`)).rejects.toMatchObject(refusal)
    address = '127.0.0.1'
    await expect(guarded.fetch(`http://evil-mail.internal:${port}/`)).rejects.toMatchObject(refusal)
  })

  it('tells an unknown name from a name server that fails, and does not wait for one for ever', async () => {
    await expect(outgoing().fetch('http://nowhere.example/')).rejects.toMatchObject({
      code: 'VALIDATION',
      message: 'The host nowhere.example is not known. Check its spelling.',
    })
    await expect(outgoing({ resolve: async () => [] }).fetch('http://nowhere.example/')).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(
      outgoing({ resolve: () => Promise.reject(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' })) }).fetch('http://x.example/'),
    ).rejects.toMatchObject({ code: 'UPSTREAM' })
    await expect(outgoing({ resolve: () => new Promise(() => undefined), timeoutMs: 50 }).fetch('http://x.example/')).rejects.toMatchObject({
      code: 'UPSTREAM',
    })
  })

  it('knows localhost for what it is by the system’s own resolver', async () => {
    await expect(outgoing({ resolve: undefined }).fetch('http://localhost:9/')).rejects.toMatchObject(refusal)
  })
})

describe('redirects', () => {
  it('judges each: from an allowed server to one that is not, nothing is sent', async () => {
    const inside = await serve((_request, response) => response.end('inside'))
    for (const target of [inside.origin, `http://2130706433:${inside.port}/`, 'file:///etc/passwd', `http://user:pw@127.0.0.1:${inside.port}/`, 'http://']) {
      const outside = await serve((_request, response) => response.writeHead(302, { location: target }).end())
      await expect(outgoing({ allowed: [`127.0.0.1:${outside.port}`] }).fetch(outside.origin)).rejects.toMatchObject({ name: 'AppError' })
      expect(outside.hits).toHaveLength(1)
    }
    expect(inside.hits).toEqual([])
  })

  it('follows three and not four', async () => {
    const { origin, hits } = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('arrived')
      else response.writeHead(307, { location: `/${left - 1}` }).end()
    })
    const guarded = outgoing({ allowed: ['127.0.0.1'] })
    const response = await guarded.fetch(`${origin}/3`)
    expect(await response.text()).toBe('arrived')
    expect(response.url).toBe(`${origin}/0`)
    hits.length = 0
    await expect(guarded.fetch(`${origin}/4`)).rejects.toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('more than 3 times') })
    expect(hits).toHaveLength(4)
  })

  it('gives another host neither keys nor cookies, and repeats a body only where it should', async () => {
    const seen: Record<string, unknown>[] = []
    const second = await serve(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { authorization, cookie, accept, 'x-key': key, 'content-type': type } = request.headers
      seen.push({ method: request.method, authorization, cookie, accept, key, type, body: Buffer.concat(chunks).toString() })
      response.end()
    })
    const first = await serve((request, response) => response.writeHead(Number(request.url?.slice(1)), { location: second.origin }).end())
    const guarded = outgoing({ allowed: ['127.0.0.1'] })
    const headers = { authorization: 'Bearer s', cookie: 'c=1', 'x-key': 's', accept: 'text/html', 'content-type': 'text/plain' }
    for (const status of [303, 308]) await guarded.fetch(`${first.origin}/${status}`, { method: 'POST', headers, body: 'hello' })
    expect(seen).toEqual([
      { method: 'GET', accept: 'text/html', body: '' },
      { method: 'POST', accept: 'text/html', type: 'text/plain', body: 'hello' },
    ])
  })
})

describe('bounds', () => {
  it('stops a body that is longer than allowed: announced, endless and inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000))
    const { origin } = await serve((request, response) => {
      if (request.method === 'HEAD') response.writeHead(200, { 'content-length': 1_000_000 }).end()
      else if (request.url === '/announced') response.writeHead(200, { 'content-length': 1_000_000 }).write('x')
      else if (request.url === '/inflated') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      else {
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(10_000)));
        }
        response.on('drain', pour)
        pour()
      }
    })
    expect(bomb.length).toBeLessThan(100_000)
    const guarded = outgoing({ allowed: ['127.0.0.1'] })
    for (const path of ['/announced', '/endless', '/inflated']) {
      await expect(guarded.fetch(origin + path), path).rejects.toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('more than 100000 bytes') })
    }
    const head = await guarded.fetch(`${origin}/announced`, { method: 'HEAD' })
    expect(head.status).toBe(200)
  })

  it('gives up on a server that says nothing, and on one that never finishes', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/drip') response.write('x')
    })
    const guarded = outgoing({ allowed: ['127.0.0.1'], timeoutMs: 100 })
    for (const path of ['/silent', '/drip']) {
      await expect(guarded.fetch(origin + path)).rejects.toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('did not answer within 100 ms') })
    }
  })

  it('says that nothing listens, and stops when its caller does', async () => {
    const { origin, port } = await serve(() => undefined)
    const guarded = outgoing({ allowed: ['127.0.0.1'] })
    const stop = new AbortController()
    const waiting = guarded.fetch(origin, { signal: stop.signal })
    stop.abort(new Error('the person left'))
    await expect(waiting).rejects.toThrow('the person left')
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
    await expect(guarded.fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('ECONNREFUSED') })
  })
})

describe('mail hosts', () => {
  it('pins the address that was judged', async () => {
    const guarded = outgoing({ allowed: ['10.1.0.0/16'], resolve: async () => ['10.1.2.3', '8.8.8.8'] })
    expect(await guarded.pinnedAddress('Mail.Example.')).toEqual({ host: 'mail.example', address: '10.1.2.3', family: 4 })
    await guarded.assertAllowedHost('mail.example', 993)
    expect(await outgoing().pinnedAddress('2606:4700:4700::1111')).toEqual({ host: '2606:4700:4700::1111', address: '2606:4700:4700::1111', family: 6 })
  })

  it.each(['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::1]', '::1', '169.254.169.254', 'metadata.google.internal'])('refuses %s', async (host) => {
    const resolve = async () => ['169.254.169.254', '127.0.0.1']
    await expect(outgoing({ resolve }).assertAllowedHost(host, 993)).rejects.toMatchObject(refusal)
    await expect(outgoing({ resolve }).pinnedAddress(host)).rejects.toMatchObject(refusal)
  })

  it.each([
    '',
    ' ',
    'a b',
    'mail.example:25',
    'user@mail.example',
    'mail.example/x',
    'http://mail.example',
    'a\r\nb',
    '[::1',
    'fe80::1%eth0',
    '%31',
    'x'.repeat(300),
  ])('does not take %j for a host', async (host) => {
    await expect(outgoing({ resolve: async () => ['8.8.8.8'] }).assertAllowedHost(host, 993)).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('wants a port, and an allow-list that it understands', async () => {
    const guarded = outgoing({ resolve: async () => ['8.8.8.8'] })
    for (const port of [0, -1, 65_536, 1.5, Number.NaN])
      await expect(guarded.assertAllowedHost('mail.example', port)).rejects.toMatchObject({ code: 'VALIDATION' })
    for (const entry of ['', '10.0.0.0/99', 'a b', 'host:99999', 'http://x']) expect(() => outgoing({ allowed: [entry] }), entry).toThrow('cannot be allowed')
    const ipv6 = outgoing({ allowed: ['[::1]:1025', 'fd00::/8'] })
    await ipv6.assertAllowedHost('::1', 1025)
    await ipv6.assertAllowedHost('[fd12::1]', 25)
    await expect(ipv6.assertAllowedHost('::1', 1026)).rejects.toMatchObject(refusal)
  })
})
