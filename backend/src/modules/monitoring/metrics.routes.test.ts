import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp, testAdminKey } from '../../../test/app.ts'

const token = 'metrics-token-metrics-token-metrics-token'
const apps: TestApp[] = []
const open = async (env: Record<string, string> = {}) => {
  const app = await createTestApp({ env })
  apps.push(app)
  return app
}
afterAll(async () => {
  for (const app of apps) await app.close()
})

interface Scrape {
  from?: string
  headers?: Record<string, string>
  url?: string
}

const scrape = ({ server }: TestApp, { from = '127.0.0.1', headers = {}, url = '/metrics' }: Scrape = {}) =>
  server.inject({ url, headers, remoteAddress: from })
const statusOf = async (app: TestApp, asked: Scrape) => (await scrape(app, asked)).statusCode

/** The samples of a metric, by their labels. */
async function samples(app: TestApp, name: string): Promise<Map<string, number>> {
  const lines = (await scrape(app)).body.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return new Map(lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
}

describe('metrics without a token', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await open()
  })

  it('are read on this machine, in the text format of Prometheus', async () => {
    const { statusCode, headers, body } = await scrape(app)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toMatch(/^process_resident_memory_bytes \d{7,}$/m)
    expect(await statusOf(app, { from: '::1' })).toBe(200)
  })

  it('are not read from another, nor through a proxy for one', async () => {
    expect(await statusOf(app, { from: '192.0.2.7' })).toBe(403)
    expect(await statusOf(app, { from: '192.0.2.7', headers: { 'x-forwarded-for': '127.0.0.1' } })).toBe(403)
    expect(await statusOf(app, { from: '192.0.2.7', headers: { authorization: `Bearer ${testAdminKey}` } })).toBe(403)
    for (const headers of [{ 'x-forwarded-for': '192.0.2.7' }, { 'x-real-ip': '192.0.2.7' }, { forwarded: 'for=192.0.2.7' }])
      expect(await statusOf(app, { headers })).toBe(403)
    const refused = await scrape(app, { from: '192.0.2.7' })
    expect(refused.json()).toMatchObject({ error: { code: 'FORBIDDEN', message: expect.stringContaining('METRICS_TOKEN') } })
    expect(refused.body).not.toContain('process_')
  })

  it('are read by a program here through a trusted proxy, and not by one elsewhere', async () => {
    const behind = await open({ TRUSTED_PROXIES: 'loopback' })
    expect(await statusOf(behind, { headers: { 'x-forwarded-for': '127.0.0.1' } })).toBe(200)
    expect(await statusOf(behind, { headers: { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' } })).toBe(403)
  })

  it('count requests by route, never by path', async () => {
    await app.request('GET', '/api/crm/contacts/01900000-0000-7000-8000-000000000000')
    await app.request('GET', '/api/crm/contacts?q=Zanzibar')
    for (const path of ['/api/zanzibar/1', '/api/zanzibar/2', '/zanzibar/3', '/wp-login.php']) await app.request('GET', path)
    const counts = await samples(app, 'http_request_duration_seconds_count')
    expect(counts.get('{method="GET",route="/api/crm/contacts/:id",status="404"}')).toBe(1)
    expect(counts.get('{method="GET",route="/api/crm/contacts",status="200"}')).toBe(1)
    expect((await scrape(app)).body).not.toMatch(/zanzibar|wp-login|01900000/i)
    expect([...counts.keys()].filter((labels) => labels.includes('status="404"') && !labels.includes(':id'))).toEqual([
      '{method="GET",route="unknown",status="404"}',
    ])
  })

  it('count each access to records once, with how it ended', async () => {
    const before = await samples(app, 'crm_requests_total')
    const { body } = await app.request('POST', '/api/crm/contacts', { first_name: 'Ana' })
    await app.request('GET', `/api/crm/contacts/${(body as { id: string }).id}`)
    await app.request('GET', '/api/crm/organisations/01900000-0000-7000-8000-000000000000')
    const after = await samples(app, 'crm_requests_total')
    const added = [...after].map(([labels, count]) => [labels, count - (before.get(labels) ?? 0)] as const).filter(([, count]) => count > 0)
    expect(Object.fromEntries(added)).toEqual({
      '{operation="contacts.create",status="ok"}': 1,
      '{operation="contacts.get",status="ok"}': 1,
      '{operation="organisations.get",status="error"}': 1,
    })
    const seconds = await samples(app, 'crm_request_duration_seconds_count')
    expect(Object.fromEntries(seconds)).toEqual(Object.fromEntries(after))
  })

  it('count answers of the chat by agent', async () => {
    await app.request('POST', '/api/chat', { message: 'how many contacts are there?' })
    expect(Object.fromEntries(await samples(app, 'chat_answers_total'))).toEqual({ '{agent="crm",answered_by="planner"}': 1 })
    expect(Object.fromEntries(await samples(app, 'agent_tasks_total'))).toEqual({ '{agent="crm",outcome="done"}': 1 })
    expect((await samples(app, 'crm_requests_total')).get('{operation="chat.answer",status="ok"}')).toBe(1)
  })

  it('count what touches security', async () => {
    const threats = async () =>
      [...(await samples(app, 'security_events_total'))].filter(([labels]) => labels.includes('type="threat"')).reduce((sum, [, count]) => sum + count, 0)
    const before = await threats()
    await app.server.inject({ url: "/api/health?check=basic&x=1'%20union%20select%20password%20from%20users--" })
    expect(await threats()).toBe(before + 1)
  })

  it('do not tell what is not mirrored', async () => {
    const { body } = await scrape(app)
    expect(body).not.toMatch(/^(insightly_rate_limit_remaining|sync_lag_seconds) /m)
  })
})

describe('metrics with a token', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await open({ METRICS_TOKEN: token })
  })

  it('are read by whoever sends it, from wherever', async () => {
    const headers = { authorization: `Bearer ${token}` }
    for (const from of ['127.0.0.1', '192.0.2.7']) {
      const { statusCode, body } = await scrape(app, { from, headers })
      expect(statusCode).toBe(200)
      expect(body).not.toContain(token)
    }
    expect(await statusOf(app, { headers: { authorization: `bearer ${token}` } })).toBe(200)
  })

  it('are not read without it, not even here', async () => {
    for (const authorization of [undefined, 'Bearer', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token, `Bearer ${testAdminKey}`]) {
      const refused = await scrape(app, { headers: authorization === undefined ? {} : { authorization } })
      expect(refused.statusCode, authorization).toBe(401)
      expect(refused.headers['www-authenticate']).toBe('Bearer')
    }
    expect(await statusOf(app, { url: `/metrics?token=${token}` })).toBe(401)
  })

  it('bound guessing by address, and no scrape', async () => {
    const bounded = await open({ METRICS_TOKEN: token, RATE_LIMIT_MAX: '3' })
    const guess = () => statusOf(bounded, { from: '198.51.100.77', headers: { authorization: 'Bearer guess' } })
    expect([await guess(), await guess(), await guess(), await guess()]).toEqual([401, 401, 401, 429])
    const headers = { authorization: `Bearer ${token}` }
    for (let index = 0; index < 5; index++) expect(await statusOf(bounded, { from: '198.51.100.77', headers })).toBe(200)
  })
})
