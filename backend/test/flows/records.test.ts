import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../app.ts'

let test: TestApp
/** Answers have many shapes; each test names the part it looks at. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Json = any
const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) =>
  (await test.request(method, url, body)) as { status: number; body: Json; headers: Record<string, unknown> }

beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

describe('records over HTTP', () => {
  it('creates, reads, changes, deletes and restores a contact, with history and timeline', async () => {
    const created = await call('POST', '/api/crm/contacts', {
      first_name: 'Sarah',
      last_name: 'Connor',
      email: 'sarah@example.com',
      organisation: 'Cyberdyne',
      tags: ['vip'],
    })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ name: 'Sarah Connor', organisation: 'Cyberdyne', tags: ['vip'] })
    const url = `/api/crm/contacts/${created.body.id}`
    expect((await call('PATCH', url, { title: 'CEO', tags: [] })).body).toMatchObject({ title: 'CEO', tags: [], organisation: 'Cyberdyne' })
    expect((await call('GET', `${url}/history`)).body.items.map((item: { field: string }) => item.field)).toEqual(['tags', 'title', null])
    await call('POST', '/api/crm/notes', { title: 'Call', body: 'Wants a demo', related_type: 'contact', related_id: created.body.id })
    const timeline = (await call('GET', `${url}/timeline`)).body.items
    expect(timeline.map((item: { kind: string }) => item.kind)).toEqual(expect.arrayContaining(['note', 'changed', 'created']))
    expect((await call('DELETE', url)).status).toBe(204)
    expect((await call('GET', url)).status).toBe(404)
    expect((await call('GET', '/api/crm/search?q=sarah')).body.items).toEqual([])
    expect((await call('POST', `${url}/restore`)).body.name).toBe('Sarah Connor')
    expect((await call('GET', '/api/crm/search?q=conor sarah')).body.items[0]).toMatchObject({ entity: 'contact', id: created.body.id })
  })

  it('says what is wrong with every field at once', async () => {
    const answer = await call('POST', '/api/crm/opportunities', { name: 'X', value: 'lots', currency: 'QQQ', probability: 120, colour: 'red' })
    expect(answer.status).toBe(400)
    expect(answer.body.error.code).toBe('VALIDATION')
    expect(answer.body.error.details.map((detail: { field: string }) => detail.field).sort()).toEqual(['colour', 'currency', 'probability', 'value'])
    expect(answer.body.error.requestId).toBe(answer.headers['x-request-id'])
  })

  it('pages, sorts and filters a list', async () => {
    for (let index = 0; index < 5; index++)
      await call('POST', '/api/crm/leads', { last_name: `Lead ${index}`, rating: index + 1, status: index % 2 === 0 ? 'New' : 'Contacted' })
    const first = (await call('GET', '/api/crm/leads?limit=2&sort=-rating')).body
    expect(first.items.map((lead: { rating: number }) => lead.rating)).toEqual([5, 4])
    expect(first.total).toBe(5)
    const second = (await call('GET', `/api/crm/leads?limit=2&sort=-rating&cursor=${first.nextCursor}`)).body
    expect(second.items.map((lead: { rating: number }) => lead.rating)).toEqual([3, 2])
    expect((await call('GET', '/api/crm/leads?status=new')).body.total).toBe(3)
    expect((await call('GET', `/api/crm/leads?filter=${encodeURIComponent('{"field":"rating","op":"gte","value":4}')}`)).body.total).toBe(2)
    expect((await call('GET', '/api/crm/leads?colour=red')).status).toBe(400)
    expect((await call('GET', '/api/crm/leads?cursor=nonsense')).status).toBe(400)
    expect((await call('GET', '/api/crm/leads?limit=500')).status).toBe(400)
  })

  it('puts a deal that is given a stage by its id into the pipeline of that stage', async () => {
    const [own, other] = [
      (await call('POST', '/api/crm/pipelines', { name: 'New deals', stages: ['Asked', 'Offered'] })).body,
      (await call('POST', '/api/crm/pipelines', { name: 'Renewed deals', stages: ['Due'] })).body,
    ]
    const deal = await call('POST', '/api/crm/opportunities', { name: 'By id', stage_id: own.stages[1].id })
    expect(deal.body).toMatchObject({ stage: 'Offered', pipeline: 'New deals', pipeline_id: own.id })
    const moved = await call('PATCH', `/api/crm/opportunities/${deal.body.id}`, { stage_id: other.stages[0].id })
    expect(moved.body).toMatchObject({ stage: 'Due', pipeline: 'Renewed deals', pipeline_id: other.id })
    expect((await call('PATCH', `/api/crm/opportunities/${deal.body.id}`, { stage_id: own.id })).status).toBe(400)
  })

  it('puts a stage that is added by itself at the end of its pipeline, and refuses one without a pipeline', async () => {
    const pipeline = await call('POST', '/api/crm/pipelines', { name: 'Partners', stages: ['First'] })
    const stage = await call('POST', '/api/crm/stages', { name: 'Second', pipeline_id: pipeline.body.id })
    expect([stage.status, stage.body.position]).toEqual([201, 1])
    expect((await call('POST', '/api/crm/stages', { name: 'second', pipeline_id: pipeline.body.id })).status).toBe(409)
    expect((await call('POST', '/api/crm/stages', { name: 'Third' })).status).toBe(400)
    expect((await call('PATCH', `/api/crm/stages/${stage.body.id}`, { pipeline_id: null })).status).toBe(400)
    expect((await call('PATCH', `/api/crm/stages/${stage.body.id}`, { position: null })).body.position).toBe(1)
  })

  it('keeps orders with exact totals per line', async () => {
    await call('POST', '/api/crm/products', { sku: 'P1', name: 'Pump', price: '19.99', currency: 'EUR' })
    const order = await call('POST', '/api/crm/orders', {
      order_id: 'O-1',
      customer: 'buyer@example.com',
      ordered_at: '2026-01-05',
      currency: 'EUR',
      lines: [
        { sku: 'P1', quantity: 3, unit_price: '19.99' },
        { sku: 'P1', quantity: -1, unit_price: '19.99' },
      ],
    })
    expect(order.status).toBe(201)
    expect(order.body).toMatchObject({ total: '39.98', line_count: 2, customer: 'buyer@example.com' })
    expect(order.body.lines[0]).toMatchObject({ description: 'Pump', amount: '59.97' })
    expect((await call('POST', '/api/crm/orders', { order_id: 'O-1', customer: 'buyer@example.com', ordered_at: '2026-01-05' })).status).toBe(409)
  })

  it('reports where the deals of a pipeline stand, a block per currency', async () => {
    await call('POST', '/api/crm/pipelines', { name: 'Direct', stages: ['Qualify', 'Propose', { name: 'Close', probability: 80 }] })
    const deal = (name: string, fields: object) => call('POST', '/api/crm/opportunities', { name, pipeline: 'Direct', ...fields })
    await deal('A', { stage: 'Qualify', value: '100', currency: 'USD', probability: 10 })
    await deal('B', { stage: 'Close', value: '200', currency: 'USD' })
    await deal('C', { stage: 'Close', value: '300', currency: 'EUR', state: 'won', actual_close_date: '2026-01-10' })
    await deal('D', { stage: 'Propose', value: '50', currency: 'USD', state: 'lost' })
    const { pipelines } = (await call('GET', '/api/crm/pipeline')).body
    const usd = pipelines.find((block: { currency: string; name: string }) => block.name === 'Direct' && block.currency === 'USD')
    expect(
      usd.stages.map((stage: { name: string; count: number; value: string; weightedValue: string }) => [
        stage.name,
        stage.count,
        stage.value,
        stage.weightedValue,
      ]),
    ).toEqual([
      ['Qualify', 1, '100', '10.00'],
      ['Propose', 0, '0', '0.00'],
      ['Close', 1, '200', '160.00'],
    ])
    expect(usd.winRate).toBe(0)
    expect(pipelines.find((block: { currency: string }) => block.currency === 'EUR').winRate).toBe(1)
  })

  it('links records from both sides', async () => {
    const [a, b] = [
      (await call('POST', '/api/crm/organisations', { name: 'Parent' })).body,
      (await call('POST', '/api/crm/organisations', { name: 'Child' })).body,
    ]
    const link = await call('POST', `/api/crm/organisations/${a.id}/links`, { entity: 'organisation', recordId: b.id, role: 'subsidiary' })
    expect(link.body).toMatchObject({ recordId: b.id, label: 'Child', role: 'subsidiary' })
    expect((await call('GET', `/api/crm/organisations/${b.id}/links`)).body.items).toMatchObject([{ recordId: a.id, label: 'Parent' }])
    expect((await call('DELETE', `/api/crm/organisations/${b.id}/links/${link.body.id}`)).status).toBe(204)
  })

  it('renames a tag on every record that has it', async () => {
    const contact = (await call('POST', '/api/crm/contacts', { last_name: 'Tagged', tags: ['prio'] })).body
    const tag = (await call('GET', '/api/crm/tags?name=prio')).body.items[0]
    await call('PATCH', `/api/crm/tags/${tag.id}`, { name: 'priority' })
    expect((await call('GET', `/api/crm/contacts/${contact.id}`)).body.tags).toEqual(['priority'])
  })

  it('refuses strangers, unknown keys and unknown addresses', async () => {
    expect((await test.server.inject({ url: '/api/crm/contacts' })).statusCode).toBe(401)
    expect((await test.server.inject({ url: '/api/crm/contacts', headers: { authorization: 'Bearer wrong' } })).statusCode).toBe(401)
    expect((await test.server.inject({ url: '/api/nothing' })).statusCode).toBe(401)
    expect((await call('GET', '/api/nothing')).status).toBe(404)
    expect((await call('GET', '/api/crm/contacts/not-an-id')).status).toBe(404)
    expect((await test.server.inject({ url: '/api/health' })).json()).toMatchObject({ status: 'ok' })
  })

  it('describes every route', async () => {
    const description = (await test.server.inject({ url: '/api/openapi.json' })).json()
    expect(description.openapi).toMatch(/^3\.1/)
    for (const path of ['/api/crm/contacts', '/api/crm/query', '/api/crm/pipeline', '/api/chat', '/api/crm/import'])
      expect(description.paths[path]).toBeDefined()
  })

  it('answers broken input without failing', async () => {
    const post = (payload: string, type = 'application/json') =>
      test.server.inject({
        method: 'POST',
        url: '/api/crm/contacts',
        headers: { authorization: `Bearer ${'test-admin-key-test-admin-key-test-admin-key'}`, 'content-type': type },
        payload,
      })
    expect((await post('{')).statusCode).toBe(400)
    expect((await post('[]')).statusCode).toBe(400)
    expect((await post('x', 'text/weird')).statusCode).toBe(415)
    expect((await post(JSON.stringify({ last_name: 'a\u0000b' }))).statusCode).toBe(400)
    expect((await post(JSON.stringify({ last_name: { deep: 1 } }))).statusCode).toBe(400)
    expect(
      (await test.server.inject({ url: '/api/crm/contacts/%ff', headers: { authorization: 'Bearer test-admin-key-test-admin-key-test-admin-key' } }))
        .statusCode,
    ).toBe(400)
  })
})
