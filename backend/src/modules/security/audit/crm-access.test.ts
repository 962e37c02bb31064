import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'

let app: TestApp
const ids: Record<string, string> = {}

beforeAll(async () => {
  app = await createTestApp()
  const { body: contact } = await app.request('POST', '/api/crm/contacts', { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' })
  const { body: organisation } = await app.request('POST', '/api/crm/organisations', { name: 'Analytical Ltd' })
  ids.contact = (contact as { id: string }).id
  ids.organisation = (organisation as { id: string }).id
})
afterAll(() => app.close())

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

async function entriesOf(work: () => Promise<unknown>) {
  const newest = async () => (await app.app.services.audit.list(app.actor, { limit: 1 })).items[0]?.sequence ?? 0
  const before = await newest()
  await work()
  const { items } = await app.app.services.audit.list(app.actor, { limit: 100 })
  return items.filter(({ sequence }) => sequence > before).reverse()
}

describe('each access to records is one entry', () => {
  const accesses: { method: Method; url: string; body?: unknown; operation: string; event?: string; outcome?: string; query?: object }[] = [
    { method: 'GET', url: '/api/crm/contacts?limit=5&q=ada', operation: 'contacts.list', query: { limit: 5, q: 'ada' } },
    { method: 'GET', url: '/api/crm/contacts/$contact', operation: 'contacts.get' },
    { method: 'GET', url: '/api/crm/contacts/0199aaaa-0000-7000-8000-000000000001', operation: 'contacts.get', outcome: 'error' },
    {
      method: 'POST',
      url: '/api/crm/contacts',
      body: { last_name: 'Byron', phone: '+44 20 7946 0000' },
      operation: 'contacts.create',
      query: { fields: ['last_name', 'phone'] },
    },
    { method: 'POST', url: '/api/crm/contacts', body: { email: 'nonsense' }, operation: 'contacts.create', outcome: 'error' },
    { method: 'PATCH', url: '/api/crm/contacts/$contact', body: { title: 'Countess' }, operation: 'contacts.update', query: { fields: ['title'] } },
    { method: 'DELETE', url: '/api/crm/contacts/$contact', operation: 'contacts.delete' },
    { method: 'POST', url: '/api/crm/contacts/$contact/restore', operation: 'contacts.restore' },
    { method: 'GET', url: '/api/crm/contacts/$contact/timeline', operation: 'contacts.timeline' },
    { method: 'GET', url: '/api/crm/contacts/$contact/history', operation: 'contacts.history' },
    { method: 'GET', url: '/api/crm/contacts/$contact/links', operation: 'contacts.links' },
    { method: 'POST', url: '/api/crm/contacts/$contact/links', body: { entity: 'organisation', recordId: '$organisation' }, operation: 'contacts.link' },
    { method: 'GET', url: '/api/crm/search?q=ada', operation: 'crm.search', query: { q: 'ada' } },
    { method: 'POST', url: '/api/crm/query', body: { entity: 'contacts', measures: [{ fn: 'count' }] }, operation: 'crm.query', query: { entity: 'contacts' } },
    { method: 'GET', url: '/api/crm/pipeline', operation: 'pipelines.report' },
    { method: 'GET', url: '/api/crm/custom-fields', operation: 'customFields.list' },
    {
      method: 'GET',
      url: '/api/crm/export?entity=contacts&format=csv',
      operation: 'exports.file',
      event: 'EXPORT',
      query: { entity: 'contacts', format: 'csv' },
    },
  ]
  it.each(accesses)('$method $url $outcome', async ({ method, url, body, operation, event = 'CRM_ACCESS', outcome = 'ok', query }) => {
    const fill = (text: string) => text.replace(/\$(\w+)/g, (_, key: string) => ids[key] as string)
    let status = 0
    const entries = await entriesOf(async () => {
      ;({ status } = await app.request(method, fill(url), body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)))))
    })
    expect(entries).toMatchObject([{ event, operation, outcome, userId: app.actor.userId, ...(query === undefined ? {} : { query }) }])
    expect(entries[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(status < 400).toBe(outcome === 'ok')
    if (operation.endsWith('.create') || operation.endsWith('.update')) expect(JSON.stringify(entries)).not.toMatch(/Byron|7946|Countess/)
  })

  it('an import, its preview and watching it; its undo', async () => {
    const send = (url: string) =>
      app.server.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${'test-admin-key-test-admin-key-test-admin-key'}`, 'content-type': 'text/csv' },
        payload: `last_name,external_id\n${Array.from({ length: 30 }, (_, index) => `Import${index},i${index}`).join('\n')}\n`,
      })
    let importId = ''
    const imported = await entriesOf(async () => {
      await send('/api/crm/import/preview?entity=contacts')
      importId = (await send('/api/crm/import?entity=contacts')).json().importId
      await app.request('GET', `/api/crm/imports/${importId}`)
      await app.request('GET', '/api/crm/imports')
    })
    expect(imported).toMatchObject([{ event: 'IMPORT', operation: 'imports.run', outcome: 'ok', query: { importId, entity: 'contacts', dryRun: false } }])
    const dry = await entriesOf(() => send('/api/crm/import?entity=contacts&dryRun=true'))
    expect(dry).toMatchObject([{ event: 'IMPORT', query: { dryRun: true } }])
    const undone = await entriesOf(() => app.request('POST', `/api/crm/imports/${importId}/undo`))
    expect(undone).toMatchObject([{ event: 'IMPORT', operation: 'imports.undo', outcome: 'ok', query: { importId } }])
  })

  it('an answer that read records, with its plan and its conversation; conversations and help are none', async () => {
    let sessionId = ''
    const answered = await entriesOf(async () => {
      const { body } = await app.request('POST', '/api/chat', { message: 'How many contacts are there?' })
      sessionId = (body as { sessionId: string }).sessionId
      await app.request('POST', '/api/chat', { message: '/help', sessionId })
      await app.request('GET', '/api/sessions')
      await app.request('GET', `/api/sessions/${sessionId}/messages`)
      await app.request('GET', '/api/agents')
    })
    expect(answered).toMatchObject([
      {
        event: 'CRM_ACCESS',
        operation: 'chat.answer',
        outcome: 'ok',
        sessionId,
        userId: app.actor.userId,
        query: { agent: 'crm', plan: { entity: 'contacts' } },
      },
    ])
    expect(answered[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('what every page looks at and is no record is none', async () => {
    const looked = await entriesOf(async () => {
      for (const url of ['/api/teams', '/api/workspace/settings', '/api/people', '/api/deployment', '/api/approvals', '/api/automations/schedules'])
        expect([url, (await app.request('GET', url)).status]).toEqual([url, 200])
    })
    expect(looked.map(({ operation }) => operation)).toEqual([])
  })

  it('is listed and proven over HTTP', async () => {
    const { status, body } = await app.request('GET', '/api/audit?limit=2&event=CRM_ACCESS')
    expect(status).toBe(200)
    expect((body as { items: unknown[]; nextCursor: string }).items).toHaveLength(2)
    const next = await app.request('GET', `/api/audit?limit=2&cursor=${(body as { nextCursor: string }).nextCursor}`)
    expect((next.body as { items: unknown[] }).items).toHaveLength(2)
    expect(await app.request('GET', '/api/audit/verify')).toMatchObject({ status: 200, body: { valid: true, firstBroken: null } })
    expect((await app.request('GET', '/api/audit?limit=x')).status).toBe(400)
    expect((await app.server.inject({ url: '/api/audit' })).statusCode).toBe(401)
  })
})
