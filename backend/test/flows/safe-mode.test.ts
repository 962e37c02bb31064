import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../app.ts'

describe('SAFE_MODE', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await createTestApp({ env: { SAFE_MODE: 'true', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_API_KEY: 'k'.repeat(40) } })
    await app.request('POST', '/api/crm/contacts', { first_name: 'Ada', last_name: 'Stone' })
  })
  afterAll(() => app.close())

  it('answers questions, and asks no model', async () => {
    const { body } = await app.request('POST', '/api/chat', { message: 'how many contacts' })
    expect(body).toMatchObject({ answeredBy: 'planner', coverage: { matched: 1 } })
    expect((await app.request('POST', '/api/chat', { message: '/creative write a poem' })).body).toMatchObject({ answeredBy: 'planner' })
  })

  it('has agents only read', async () => {
    const call = { tool: 'records.create', input: { entity: 'contacts', values: { first_name: 'New' } } }
    const proposed = await app.request('POST', '/api/approvals', { calls: [call] })
    expect(proposed).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE', message: expect.stringContaining('Safe mode') } } })
    const told = await app.request('POST', '/api/chat', { message: 'delete Ada Stone' })
    expect(told.status).toBe(503)
    expect(((await app.request('GET', '/api/crm/contacts')).body as { total: number }).total).toBe(1)
  })

  it.each([
    ['/api/crm/sync', { mode: 'full' }],
    ['/api/crm/sync/connect', { key: 'k', url: 'http://127.0.0.1:9/v3.1' }],
    ['/api/crm/sync/test', { key: 'k', url: 'http://127.0.0.1:9/v3.1' }],
  ])('calls no other CRM: %s', async (path, body) => {
    const answer = await app.request('POST', path, body)
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE', message: expect.stringContaining('Safe mode') } } })
  })

  it('lets people change records themselves', async () => {
    expect((await app.request('POST', '/api/crm/contacts', { first_name: 'Ben', last_name: 'Stone' })).status).toBe(201)
  })
})
