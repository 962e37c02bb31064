import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OutboxPage, SyncConflict } from '#contracts/outbox.ts'
import { createTestApp, type TestApp } from '../app.ts'

let app: TestApp
let organisation: string
beforeAll(async () => {
  app = await createTestApp()
  await app.gold(
    `insert into insightly_connections (workspace_id, url, key_source, connected_at) values ($1, 'https://api.na1.insightly.com/v3.1', 'workspace', now())`,
  )
  organisation = await post<{ id: string }>('/api/crm/organisations', { name: 'Acme' }).then(({ id }) => id)
})
afterAll(() => app.close())

async function post<T>(path: string, body: unknown = {}, expected = 299): Promise<T> {
  const answer = await app.request('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThanOrEqual(expected)
  return answer.body as T
}

async function outbox(query = ''): Promise<OutboxPage> {
  const { status, body } = await app.request('GET', `/api/crm/outbox${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as OutboxPage
}

describe('/api/crm/outbox', () => {
  it('shows what a change through the API is on its way as', async () => {
    const { items, total, counts } = await outbox()
    expect(items).toMatchObject([
      { entity: 'organisations', recordId: organisation, label: 'Acme', operation: 'create', status: 'pending', attempts: 0, error: null },
    ])
    expect([total, counts]).toEqual([1, { pending: 1, sending: 0, failed: 0 }])
    expect((await outbox('?status=failed')).items).toEqual([])
    expect((await app.request('GET', '/api/crm/outbox?status=lost')).status).toBe(400)
    for (const path of ['/api/crm/outbox', '/api/crm/sync/conflicts']) expect((await app.request('GET', `${path}?cursor=x`)).status).toBe(400)
  })

  it('sends again and drops', async () => {
    const [item] = (await outbox()).items
    const id = item?.id
    await app.gold(`update insightly_outbox set status = 'failed', attempts = 1, error = 'No.' where workspace_id = $1`)
    expect((await outbox('?status=failed')).items).toMatchObject([{ id, status: 'failed', error: 'No.' }])
    // Without a body, as a button sends it.
    const retried = await app.request('POST', `/api/crm/outbox/${id}/retry`)
    expect([retried.status, retried.body]).toMatchObject([200, { id, status: 'pending', error: null }])
    expect((await app.request('POST', `/api/crm/outbox/${id}/retry`, { restore: true })).status).toBe(409)
    expect(await post(`/api/crm/outbox/${id}/drop`)).toMatchObject({ id, status: 'dropped' })
    expect((await app.request('POST', `/api/crm/outbox/${id}/drop`)).status).toBe(409)
    for (const unknown of ['999999999999', 'nonsense', '-1']) expect((await app.request('POST', `/api/crm/outbox/${unknown}/drop`)).status).toBe(404)
  })
})

describe('/api/crm/sync/conflicts', () => {
  it('shows both versions and takes a decision', async () => {
    await app.gold(
      `insert into insightly_conflicts (workspace_id, id, entity, record_id, field, base, local, remote, detected_at)
       values ($1, gen_random_uuid(), 'organisations', $2, 'city', '"Rome"', '"Oslo"', '"Paris"', now())`,
      [app.workspaceId, organisation],
    )
    const { body } = await app.request('GET', '/api/crm/sync/conflicts')
    const { items } = body as { items: SyncConflict[] }
    expect(items).toMatchObject([
      { entity: 'organisations', recordId: organisation, label: 'Acme', field: 'city', base: 'Rome', local: 'Oslo', remote: 'Paris' },
    ])
    const path = `/api/crm/sync/conflicts/${items[0]?.id}`
    expect((await app.request('POST', path, { keep: 'both' })).status).toBe(400)
    expect(await post(path, { keep: 'remote' })).toMatchObject({ keep: 'remote', resolvedBy: app.actor.name })
    expect((await app.request('POST', path, { keep: 'local' })).status).toBe(409)
    expect((await app.request('GET', `/api/crm/organisations/${organisation}`)).body).toMatchObject({ city: 'Paris' })
    expect((await outbox()).items).toEqual([])
  })
})
