import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake, request } from './fake-client.ts'
import { createFaults, parseFaults } from './http/faults.ts'

describe('faults of the fake', () => {
  let client: FakeClient
  beforeAll(async () => {
    client = await openFake()
  })
  afterEach(() => client.admin('DELETE', '/faults'))
  afterAll(() => client.close())
  const fault = (body: object) => client.admin('POST', '/faults', body)
  const contacts = async () => Number((await client.admin('GET', '/counts')).row.Contacts)

  it('answers the next calls with a page, then goes on', async () => {
    await fault({ kind: 'page', count: 2 })
    for (const _ of [1, 2]) {
      const answer = await client.get('/Pipelines')
      expect(answer.status).toBe(500)
      expect(answer.headers.get('content-type')).toContain('text/html')
    }
    expect((await client.get('/Pipelines')).status).toBe(200)
  })

  it('refuses as over the limit although there are calls left, with Retry-After on request', async () => {
    await fault({ kind: 'throttle', headers: { 'Retry-After': '2' } })
    const answer = await client.get('/Pipelines')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2'])
    expect(Number(answer.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0)
  })

  it('ends the connection before a write is done, or after', async () => {
    const before = await contacts()
    await fault({ kind: 'cut', method: 'POST' })
    await expect(client.post('/Contacts', { FIRST_NAME: 'Never' })).rejects.toThrow()
    expect(await contacts()).toBe(before)
    await fault({ kind: 'lost', method: 'POST' })
    await expect(client.post('/Contacts', { FIRST_NAME: 'Unheard' })).rejects.toThrow()
    expect(await contacts()).toBe(before + 1)
    expect((await client.get('/Contacts/Search?field_name=FIRST_NAME&field_value=Unheard')).rows).toHaveLength(1)
    expect(client.fake.calls().filter(({ status }) => status === undefined)).toHaveLength(2)
  })

  it('never answers, until the caller gives up', async () => {
    await fault({ kind: 'hang' })
    const stop = new AbortController()
    const call = fetch(`${client.fake.url}/Pipelines`, { headers: { authorization: `Basic ${btoa('key-of-the-tests')}` }, signal: stop.signal })
    await expect.poll(() => client.fake.calls().at(-1)?.path).toBe('/v3.1/Pipelines')
    stop.abort()
    await expect(call).rejects.toThrow()
    expect((await client.get('/Pipelines')).status).toBe(200)
  })

  it('hits the calls it is meant for, after those it lets pass', async () => {
    await fault({ kind: 'status', status: 417, method: 'DELETE', path: '/leads/', after: 1 })
    const [first, second, third] = (await client.get('/Leads?top=3')).rows.map((row) => String(row.LEAD_ID))
    expect((await client.delete(`/Leads/${first}`)).status).toBe(202)
    const failed = await client.delete(`/Leads/${second}`)
    expect([failed.status, failed.text]).toEqual([417, ''])
    expect((await client.get(`/Leads/${second}`)).status).toBe(200)
    expect((await client.delete(`/Leads/${third}`)).status).toBe(202)
    expect((await fault({ kind: 'explode' })).status).toBe(400)
  })

  it('slows calls down and answers them after all', async () => {
    await fault({ kind: 'delay', delayMs: 5 })
    expect((await client.get('/Pipelines')).status).toBe(200)
    expect((await client.admin('GET', '/faults')).row.faults).toEqual([])
  })

  it('draws chances by the number of the call, so that a run can be repeated', () => {
    const hits = () => {
      const faults = createFaults(1)
      for (const one of parseFaults('429:0.2,500:0.1')) faults.add(one)
      return Array.from({ length: 500 }, (_, number) => faults.next({ number, method: 'GET', path: '/' })?.kind ?? 'none')
    }
    expect(hits()).toEqual(hits())
    expect(new Set(hits())).toEqual(new Set(['none', 'throttle', 'page']))
    const share = hits().filter((kind) => kind !== 'none').length / 500
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.36)
    expect(() => parseFaults('429')).toThrow('429:0.05')
    expect(() => parseFaults('fire:0.5')).toThrow('there are 429')
  })
})

describe('the tester’s side of the fake', () => {
  let client: FakeClient
  beforeAll(async () => {
    client = await openFake()
  })
  afterAll(() => client.close())

  it('changes records as somebody else, uncounted', async () => {
    const used = (await client.admin('GET', '/quota')).row
    const made = await request(`${client.fake.origin}/_fake/v3.1/Contacts`, 'POST', { FIRST_NAME: 'Else' }, { 'x-fake-user': '1402114' })
    expect(made.row).toMatchObject({ FIRST_NAME: 'Else', CREATED_USER_ID: 1_402_114 })
    expect((await client.admin('DELETE', `/v3.1/Contacts/${String(made.row.CONTACT_ID)}`)).status).toBe(202)
    expect((await client.admin('GET', '/quota')).row).toEqual(used)
    expect(client.fake.calls()).toEqual([])
  })

  it('changes and deletes many, and dumps exactly what lists answer', async () => {
    await client.admin('PUT', '/clock', { now: '2027-01-01T00:00:00Z' })
    const updated = await client.admin('POST', '/changes', { entity: 'Organisations', count: 5, action: 'update', values: { BACKGROUND: 'touched' } })
    expect(updated.row.ids).toHaveLength(5)
    const found = await client.get('/Organisations/Search?updated_after_utc=2026-12-31T00:00:00Z')
    expect(found.rows.map((row) => [row.ORGANISATION_ID, row.BACKGROUND])).toEqual((updated.row.ids as number[]).map((id) => [id, 'touched']))
    const deleted = await client.admin('POST', '/changes', { entity: 'Organisations', count: 3, action: 'delete' })
    const listed = await client.get('/Organisations?top=500')
    expect(listed.rows).toHaveLength(37)
    for (const id of deleted.row.ids as number[]) expect(listed.rows.map((row) => row.ORGANISATION_ID)).not.toContain(id)
    const dumped = (await client.admin('GET', '/dump/organisations')).text.trimEnd().split('\n')
    expect(dumped.map((line) => JSON.parse(line) as unknown)).toEqual(listed.rows)
    expect((await client.admin('GET', '/counts')).row.Organisations).toBe(37)
  })
})
