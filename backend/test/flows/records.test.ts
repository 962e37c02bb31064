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

  it('brings a deleted tag back onto the records that had it, unless another has its name', async () => {
    const tagged = (await call('POST', '/api/crm/contacts', { last_name: 'Had it', tags: ['winter', 'fair'] })).body
    const since = (await call('POST', '/api/crm/leads', { last_name: 'Lost it before', tags: ['winter'] })).body
    await call('PATCH', `/api/crm/leads/${since.id}`, { tags: [] })
    const { id } = (await call('GET', '/api/crm/tags?name=winter')).body.items[0]
    const tagsOf = async (path: string) => (await call('GET', path)).body.tags
    await call('DELETE', `/api/crm/tags/${id}`)
    expect(await tagsOf(`/api/crm/contacts/${tagged.id}`)).toEqual(['fair'])
    expect((await call('POST', `/api/crm/tags/${id}/restore`)).body).toMatchObject({ id, name: 'winter' })
    expect((await tagsOf(`/api/crm/contacts/${tagged.id}`)).sort()).toEqual(['fair', 'winter'])
    expect(await tagsOf(`/api/crm/leads/${since.id}`)).toEqual([])
    expect((await call('GET', '/api/crm/contacts?tags=winter')).body.total).toBe(1)
    await call('DELETE', `/api/crm/tags/${id}`)
    await call('POST', '/api/crm/tags', { name: 'Winter' })
    expect((await call('POST', `/api/crm/tags/${id}/restore`)).status).toBe(409)
  })

  it('keeps the name of a deleted person on what is theirs, and lists them again once they are let in', async () => {
    const person = (await call('POST', '/api/crm/users', { name: 'Lea Leaver', email: 'lea@example.com' })).body
    const url = `/api/crm/users/${person.id}`
    const task = (await call('POST', '/api/crm/tasks', { title: 'Hers', owner: 'Lea Leaver' })).body
    const listed = async () => (await call('GET', '/api/crm/users?limit=200')).body.items.some(({ id }: { id: string }) => id === person.id)
    expect([(await call('DELETE', url)).status, (await call('GET', url)).status, (await call('DELETE', url)).status, await listed()]).toEqual([
      204,
      404,
      404,
      false,
    ])
    expect((await call('GET', `/api/crm/tasks/${task.id}`)).body).toMatchObject({ owner: 'Lea Leaver', owner_id: person.id })
    expect((await call('GET', '/api/people')).body.items).toContainEqual(expect.objectContaining({ id: person.id, active: false }))
    await call('PATCH', `/api/people/${person.id}`, { active: true })
    expect([(await call('GET', url)).body.active, await listed()]).toEqual([true, true])
    await call('PATCH', url, { active: false })
    expect([(await call('GET', url)).body.active, await listed()]).toEqual([false, true])
  })

  it('takes a deleted person back who is added anew, with what is theirs', async () => {
    const added = { name: 'Rory Returner', email: 'rory@example.com' }
    const person = (await call('POST', '/api/crm/users', { ...added, role: 'manager' })).body
    const task = (await call('POST', '/api/crm/tasks', { title: 'His', owner: 'Rory Returner' })).body
    const taken = await call('POST', '/api/crm/users', { name: 'Somebody', email: 'RORY@example.com' })
    expect([taken.status, taken.body.error.message]).toEqual([409, 'Another user already has the e-mail "RORY@example.com".'])
    await call('DELETE', `/api/crm/users/${person.id}`)
    const other = (await call('POST', '/api/crm/users', { name: 'Otto Other', email: 'otto@example.com' })).body
    const refused = await call('PATCH', `/api/crm/users/${other.id}`, { email: 'rory@example.com' })
    expect([refused.status, refused.body.error.message]).toEqual([409, expect.stringMatching(/^Rory Returner, who was deleted, has the e-mail/)])
    const back = await call('POST', '/api/crm/users', { name: 'Rory R. Returner', email: 'Rory@example.com' })
    // Rights are given anew.
    expect([back.status, back.body]).toEqual([201, expect.objectContaining({ id: person.id, name: 'Rory R. Returner', active: true, role: 'rep' })])
    expect((await call('GET', `/api/crm/tasks/${task.id}`)).body).toMatchObject({ owner: 'Rory R. Returner', owner_id: person.id })
  })

  it.each([
    ['contacts', { first_name: 'Gone' }],
    ['organisations', { name: 'Gone' }],
    ['leads', { last_name: 'Gone' }],
    ['opportunities', { name: 'Gone' }],
    ['pipelines', { name: 'Gone' }],
    ['products', { sku: 'GONE', name: 'Gone' }],
    ['orders', { order_id: 'GONE', customer: 'gone@example.com', ordered_at: '2026-01-02T00:00:00Z' }],
    ['tasks', { title: 'Gone' }],
    ['events', { title: 'Gone', starts_at: '2026-01-02T00:00:00Z' }],
    ['notes', { body: 'Gone' }],
    ['users', { name: 'Gone', email: 'gone.person@example.com' }],
    ['tags', { name: 'Gone' }],
  ])('deletes and restores one of the %s', async (entity, values) => {
    const { id } = (await call('POST', `/api/crm/${entity}`, values)).body
    const url = `/api/crm/${entity}/${id}`
    const before = (await call('GET', url)).body
    expect((await call('PATCH', url, {})).status).toBe(200)
    expect((await call('DELETE', url)).status).toBe(204)
    for (const method of ['GET', 'PATCH', 'DELETE'] as const)
      expect((await call(method, url, method === 'PATCH' ? values : undefined)).body.error.code).toBe('NOT_FOUND')
    const { updated_at: _, ...same } = before
    expect(await call('POST', `${url}/restore`)).toMatchObject({ status: 200, body: same })
    expect(await call('POST', `${url}/restore`)).toMatchObject({ status: 200, body: same })
    expect((await call('GET', url)).body).toMatchObject(same)
  })

  it.each(['timeline', 'history'])('pages the %s of a record to its end, nothing twice, though much happened at one moment', async (what) => {
    const url = `/api/crm/organisations/${(await call('POST', '/api/crm/organisations', { name: `Paged ${what}` })).body.id}`
    for (let index = 0; index < 3; index++) await call('PATCH', url, { city: `City ${index}`, phone: `+49 30 12345${index}` })
    for (let index = 0; index < 4; index++)
      await call('POST', '/api/crm/tasks', {
        title: `Same day ${index}`,
        due_at: '2026-02-03T00:00:00Z',
        related_type: 'organisation',
        related_id: url.split('/').at(-1),
      })
    const all = (await call('GET', `${url}/${what}?limit=200`)).body
    expect(all.nextCursor).toBeNull()
    expect(all.items.length).toBeGreaterThan(6)
    const paged = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 20; page++) {
      const { body } = await call('GET', `${url}/${what}?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      paged.push(...body.items)
      cursor = body.nextCursor
    }
    expect(paged).toEqual(all.items)
    const made = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
    for (const wrong of [
      'nonsense',
      made([1]),
      made(['2026-99-99 00:00:00', 'note', url.split('/').at(-1)]),
      made(['2026-01-01 00:00:00', 'note', '-'.repeat(36)]),
    ])
      expect((await call('GET', `${url}/${what}?cursor=${wrong}`)).status).toBe(400)
  })

  it.each(['tasks', 'events', 'notes', 'emails'])('names what %s are about as their column in a file does', async (entity) => {
    const name = `about-${entity}`
    const lead = (await call('POST', '/api/crm/leads', { last_name: name, external_id: name })).body
    const own = { tasks: { title: 'x' }, events: { title: 'x' }, notes: { body: 'x' }, emails: { from: 'a@b.example', to: 'c@d.example' } }[entity]
    const created = (await call('POST', `/api/crm/${entity}`, { ...own, related_type: 'lead', related_external_id: name })).body
    const about = { related_type: 'lead', related_id: lead.id, related_external_id: name }
    expect(created).toMatchObject(about)
    expect((await call('GET', `/api/crm/${entity}/${created.id}`)).body).toMatchObject(about)
    expect((await call('GET', `/api/crm/${entity}?related_id=${lead.id}`)).body.items).toMatchObject([about])
    await call('PATCH', `/api/crm/leads/${lead.id}`, { external_id: null })
    expect((await call('GET', `/api/crm/${entity}/${created.id}`)).body).toMatchObject({ ...about, related_external_id: null })
  })

  it('refuses strangers, unknown keys and unknown addresses', async () => {
    expect((await test.server.inject({ url: '/api/crm/contacts' })).statusCode).toBe(401)
    expect((await test.server.inject({ url: '/api/crm/contacts', headers: { authorization: 'Bearer wrong' } })).statusCode).toBe(401)
    expect((await test.server.inject({ url: '/api/nothing' })).statusCode).toBe(401)
    for (const url of ['/api/auth/nothing', '/api/health/nothing', '/api/docs/nothing']) expect((await test.server.inject({ url })).statusCode).toBe(404)
    for (const url of ['/api/authors', '/api/healthy']) expect((await test.server.inject({ url })).statusCode).toBe(401)
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

  it('tells of every list where the next page begins and how many there are', async () => {
    const { paths, components } = (await test.server.inject({ url: '/api/openapi.json' })).json()
    const schemaOf = (path: string) => {
      const schema = paths[path].get?.responses?.['200']?.content?.['application/json']?.schema
      return schema?.$ref === undefined ? schema : components.schemas[schema.$ref.split('/').at(-1)]
    }
    // What was spent is a report: its total is of its figures.
    const lists = Object.keys(paths).filter((path) => schemaOf(path)?.properties?.items !== undefined && path !== '/api/models/usage')
    expect(lists.length).toBeGreaterThan(60)
    expect(lists.filter((path) => schemaOf(path).properties.nextCursor === undefined || schemaOf(path).properties.total === undefined)).toEqual([])
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
