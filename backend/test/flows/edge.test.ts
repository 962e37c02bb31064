import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp, testAdminKey } from '../app.ts'

const admin = { authorization: `Bearer ${testAdminKey}` }
/** Each test is somebody else, behind a proxy that is believed. */
let stranger = 0
const someAddress = () => `203.0.${113 + (stranger >> 8)}.${stranger++ & 255}`
const run = Math.floor(Date.now() / 1000) % 250

describe('the edge', () => {
  let app: TestApp

  beforeAll(async () => {
    stranger = run
    app = await createTestApp({ env: { TRUSTED_PROXIES: 'loopback', RATE_LIMIT_MAX: '30', AUTO_BAN_THRESHOLD: '4', CORS_ORIGINS: 'https://partner.example' } })
  })
  afterAll(() => app.close())

  const from = (ip: string, headers: Record<string, string> = {}) => ({ 'x-forwarded-for': ip, ...headers })
  const get = (url: string, headers: Record<string, string>) => app.server.inject({ method: 'GET', url, headers })
  const securityEvents = async (query = '') => {
    const { body } = await app.request('GET', `/api/security?action=events&limit=200${query}`)
    return (body as { data: { events: { type: string; ip: string; severity: string; details: Record<string, unknown> }[] } }).data.events
  }

  it('lets a stranger make exactly RATE_LIMIT_MAX requests, says so in the headers, and lets health answer', async () => {
    const ip = someAddress()
    const answers = []
    for (let index = 0; index < 32; index++) answers.push(await get('/api/slash-commands', from(ip)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([...Array(30).fill(200), 429, 429])
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-limit': '30', 'ratelimit-remaining': '29' })
    const refused = answers[30]
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused?.json().error).toMatchObject({ code: 'RATE_LIMITED', requestId: expect.any(String) })
    expect((await get('/api/health', from(ip))).statusCode).toBe(200)
    expect((await get('/api/slash-commands', from(someAddress()))).statusCode).toBe(200)
    // Whoever claims more addresses in front of the real one is still the same.
    expect((await get('/api/slash-commands', from(`198.51.100.1, ${ip}`))).statusCode).toBe(429)
    expect((await securityEvents('&type=rate_limit')).filter((event) => event.ip === ip)).toHaveLength(1)
  })

  it('gives whoever is signed in ten times as much, whatever the address', async () => {
    const { headers, statusCode } = await get('/api/crm/contacts', from(someAddress(), admin))
    expect(statusCode).toBe(200)
    expect(headers['ratelimit-limit']).toBe('300')
  })

  it.each([
    ['a query', '/api/slash-commands?id=1%27%20UNION%20SELECT%20password%20FROM%20users--%20', {}],
    ['a query that is encoded twice', '/api/slash-commands?file=%252e%252e%252f%252e%252e%252fetc%252fpasswd', {}],
    ['a path', '/api/..%2f..%2f..%2fetc%2fpasswd', {}],
    ['a header', '/api/slash-commands', { 'user-agent': 'sqlmap/1.7' }],
    ['a Referer with a script', '/api/slash-commands', { referer: 'https://x.example/?q=<script>alert(document.cookie)</script>' }],
  ])('refuses an attack in %s', async (_name, url, headers) => {
    const ip = someAddress()
    const answer = await get(url, from(ip, headers))
    expect(answer.statusCode).toBe(403)
    expect(answer.json().error).toMatchObject({ code: 'FORBIDDEN' })
    const [event, ...more] = (await securityEvents('&type=threat')).filter((one) => one.ip === ip)
    expect(event).toMatchObject({
      details: { what: 'request_blocked', reasons: expect.arrayContaining([expect.objectContaining({ kind: expect.any(String) })]) },
    })
    expect(more).toEqual([])
  })

  it('refuses an attack in the body of a stranger, also where the stranger may not come in, but not a strange password', async () => {
    const post = (url: string, payload: object) => app.server.inject({ method: 'POST', url, headers: from(someAddress()), payload })
    expect((await post('/api/chat', { message: "x' OR 1=1; DROP TABLE users; --" })).statusCode).toBe(403)
    expect((await post('/api/chat', { message: 'How many contacts do we have?' })).statusCode).toBe(401)
    expect((await post('/api/auth/sign-in/email', { email: "a'/**/union/**/select/**/1,2--@example.com", password: 'x' })).statusCode).toBe(403)
    const odd = await post('/api/auth/sign-in/email', { email: 'nobody@example.com', password: "' OR '1'='1'; DROP TABLE users --" })
    expect(odd.statusCode).toBe(401)
  })

  it('never judges what a signed-in person writes by its words', async () => {
    const text = `<script>alert(1)</script> ' OR 1=1; DROP TABLE contacts; -- ../../etc/passwd {{7*7}} $(rm -rf /)`
    const created = await app.request('POST', '/api/crm/notes', { title: text, body: text })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ body: text })
    expect((await app.request('POST', '/api/chat', { message: `find ${text}` })).status).toBe(200)
    expect((await app.request('GET', `/api/crm/search?q=${encodeURIComponent(text)}`)).status).toBe(200)
    expect((await app.request('GET', '/api/crm/contacts?limit=1')).status).toBe(200)
  })

  it('shows what records hold as words: no image to load, no link to run', async () => {
    const name = 'Mallory ![x](https://evil.example/pixel.png) [call](javascript:alert(1)) <img src=x onerror=alert(1)>'
    expect((await app.request('POST', '/api/crm/organisations', { name })).status).toBe(201)
    const { status, body } = await app.request('POST', '/api/chat', { message: 'Show the organisation Mallory' })
    expect(status).toBe(200)
    const { text, parts } = body as { text: string; parts: { type: string; text?: string; data?: unknown }[] }
    expect(JSON.stringify(parts)).toContain('Mallory')
    for (const shown of [text, ...parts.map((part) => part.text ?? '')]) expect(shown).not.toMatch(/!\[x\]\(|javascript:|<img/)
  })

  it('leaves an innocent visitor alone', async () => {
    const ip = someAddress()
    const headers = from(ip, {
      referer: 'https://search.example/?q=select+a+crm+from+o%27reilly+%26+sons&where=union+square',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    })
    for (let index = 0; index < 8; index++) expect((await get('/api/slash-commands', headers)).statusCode).toBe(200)
    expect((await securityEvents()).filter((event) => event.ip === ip)).toEqual([])
  })

  it('bans an address that attacks again and again, for strangers only, until it is lifted', async () => {
    const ip = someAddress()
    for (let index = 0; index < 4; index++) await get(`/api/slash-commands?id=${index}%27%20or%20%271%27=%271`, from(ip))
    await expect.poll(async () => (await get('/api/slash-commands', from(ip))).statusCode).toBe(403)
    expect((await get('/api/health', from(ip))).statusCode).toBe(200)
    expect((await get('/api/crm/contacts', from(ip, admin))).statusCode).toBe(200)
    const listed = (await app.request('GET', '/api/security?action=blocked_ips')).body as { data: { blocked_ips: { ip: string; expiresAt: string }[] } }
    const ban = listed.data.blocked_ips.find((one) => one.ip === ip)
    expect(Date.parse(ban?.expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
    expect((await app.request('POST', '/api/security', { action: 'unblock_ip', data: { ip } })).status).toBe(200)
    expect((await get('/api/slash-commands', from(ip))).statusCode).toBe(200)
  })

  it('keeps a blocked address out, keys included, but never the admin key', async () => {
    const ip = someAddress()
    const { key } = await app.app.services.access.apiKeys.create(app.actor, { name: 'one', scopes: ['crm:read'], expiresAt: null })
    expect((await app.request('POST', '/api/security', { action: 'block_ip', data: { ip, minutes: 5, reason: 'test' } })).status).toBe(200)
    expect((await get('/api/slash-commands', from(ip))).statusCode).toBe(403)
    expect((await get('/api/crm/contacts', from(ip, { authorization: `Bearer ${key}` }))).statusCode).toBe(403)
    expect((await get('/api/crm/contacts', from(ip, admin))).statusCode).toBe(200)
    expect((await app.request('POST', '/api/security', { action: 'unblock_ip', data: { ip } })).status).toBe(200)
    expect((await get('/api/crm/contacts', from(ip, { authorization: `Bearer ${key}` }))).statusCode).toBe(200)
  })

  it.each([
    ['a prototype in a body', '{"message":"x","__proto__":{"role":"owner"}}', 400],
    ['a constructor in a body', '{"message":"x","constructor":{"prototype":{"a":1}}}', 400],
    ['a body of 100,000 brackets', '['.repeat(100_000), 400],
    ['a body nested 200 deep', `{"a":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`, 400],
    ['no JSON', 'message=x', 400],
  ])('answers %s with one clear error', async (_name, payload, status) => {
    const answer = await app.server.inject({ method: 'POST', url: '/api/chat', headers: { ...admin, 'content-type': 'application/json' }, payload })
    expect(answer.statusCode).toBe(status)
    expect(answer.json().error.code).toBe('VALIDATION')
    expect(({} as Record<string, unknown>).role).toBeUndefined()
  })

  it('answers preflights of allowed origins only', async () => {
    const preflight = (origin: string) =>
      app.server.inject({ method: 'OPTIONS', url: '/api/crm/contacts/1', headers: from(someAddress(), { origin, 'access-control-request-method': 'PATCH' }) })
    const { headers } = await preflight('https://partner.example')
    expect(headers['access-control-allow-origin']).toBe('https://partner.example')
    expect(String(headers['access-control-allow-methods']).split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'])
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
  })

  it('lets a page of an allowed origin read which request it was and when to come back', async () => {
    const { headers } = await get('/api/slash-commands', from(someAddress(), { origin: 'https://partner.example' }))
    expect(headers['access-control-expose-headers']).toContain('X-Request-Id')
    expect(headers['access-control-expose-headers']).toContain('Retry-After')
  })

  it('tells browsers to run nothing that it did not serve', async () => {
    const { headers } = await get('/api/slash-commands', from(someAddress()))
    expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).toContain("base-uri 'none'")
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-xss-protection': '0', 'referrer-policy': 'no-referrer' })
  })

  it('leaves no answer of the API in a cache', async () => {
    for (const url of ['/api/crm/contacts', '/api/auth/session', '/api/nothing'])
      expect((await get(url, from(someAddress(), admin))).headers['cache-control']).toBe('no-store')
  })

  it('names the request in the answer to an address that cannot be read', async () => {
    const answer = await get('/api/crm/contacts/%ff', from(someAddress(), admin))
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatchObject({ code: 'VALIDATION', requestId: expect.any(String) })
    expect(answer.headers['x-request-id']).toBe(answer.json().error.requestId)
  })

  it('takes what cannot be an id for the id of nothing', async () => {
    for (const url of ['/api/sessions/nonsense', `/api/crm/contacts/${'a'.repeat(90)}`, `/api/crm/contacts/${'a'.repeat(400)}`]) {
      const answer = await get(url, from(someAddress(), admin))
      expect([url, answer.statusCode, answer.json().error.code]).toEqual([url, 404, 'NOT_FOUND'])
    }
  })

  it('hangs up on a client that never finishes its headers', () => {
    const { headersTimeout, connectionsCheckingInterval } = app.server.server as unknown as { headersTimeout: number; connectionsCheckingInterval: number }
    expect(headersTimeout).toBeLessThanOrEqual(15_000)
    expect(connectionsCheckingInterval ?? 30_000).toBeLessThanOrEqual(30_000)
  })

  describe('what is hardly a request', () => {
    let port = 0

    beforeAll(async () => {
      port = Number(new URL(await app.server.listen({ host: '127.0.0.1', port: 0 })).port)
    })

    /** What the server says until it hangs up. */
    async function said(text: string): Promise<{ line: string; headers: Headers; body: string }> {
      const socket = connect(port, '127.0.0.1')
      const answer = await new Promise<string>((done) => {
        let all = ''
        socket.on('data', (chunk) => {
          all += String(chunk)
        })
        socket.once('close', () => done(all))
        socket.write(text)
      })
      const [head = '', body = ''] = answer.split('\r\n\r\n')
      const [line = '', ...lines] = head.split('\r\n')
      return { line, headers: new Headers(lines.map((one): [string, string] => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)])), body }
    }

    it.each([
      ['a header without a colon', 'GET /api/health HTTP/1.1\r\nHost: x\r\nBroken Header\r\n\r\n', 400, 'VALIDATION'],
      ['no HTTP at all', 'HELLO\r\n\r\n', 400, 'VALIDATION'],
      ['no host', 'GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'VALIDATION'],
      ['headers of 40 kB', `GET /api/health HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`, 431, 'PAYLOAD_TOO_LARGE'],
    ])('is answered like every other error: %s', async (_name, text, status, code) => {
      const { line, headers, body } = await said(text)
      expect(line).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      const { error } = JSON.parse(body) as { error: { code: string; message: string; requestId: string } }
      expect(error).toMatchObject({ code, message: expect.stringMatching(/\.$/), requestId: expect.any(String) })
      expect(headers.get('x-request-id')).toBe(error.requestId)
    })

    it('answers whoever expects something unheard of', async () => {
      const { line, headers } = await said('GET /api/health HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected\r\nConnection: close\r\n\r\n')
      expect(line).toBe('HTTP/1.1 200 OK')
      expect(headers.get('x-request-id')).toBeTruthy()
    })

    it('answers a program of HTTP/1.0, which names no host', async () => {
      expect((await said('GET /api/health HTTP/1.0\r\n\r\n')).line).toBe('HTTP/1.1 200 OK')
    })
  })
})
