import { get as httpGet } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake, request, testKey } from './fake-client.ts'

describe('how the fake is spoken to', () => {
  let client: FakeClient
  beforeAll(async () => {
    client = await openFake()
  })
  afterAll(() => client.close())

  const withHeader = (authorization: string) => request(`${client.fake.url}/Users/Me`, 'GET', undefined, { authorization })

  it('takes the key with and without the colon', async () => {
    expect((await withHeader(`Basic ${btoa(`${testKey}:`)}`)).status).toBe(200)
    expect((await withHeader(`Basic ${btoa(testKey)}`)).status).toBe(200)
    expect((await withHeader(`basic ${btoa(testKey)}`)).status).toBe(200)
  })

  it('refuses other keys and none, without saying what is left of the day', async () => {
    for (const header of [`Basic ${btoa('wrong:')}`, `Bearer ${testKey}`, 'Basic', `Basic ${btoa(`${testKey}:password`)}`]) {
      const answer = await withHeader(header)
      expect(answer.status).toBe(401)
      expect(answer.row.Message).toBe('Authorization has been denied for this request.')
      expect(answer.headers.get('x-ratelimit-remaining')).toBeNull()
    }
    expect((await request(`${client.fake.url}/Contacts`, 'GET', undefined, {})).status).toBe(401)
  })

  it('takes paths in any case and with a slash at the end', async () => {
    const plain = await client.get('/Contacts?top=3')
    for (const path of ['/contacts?top=3', '/CONTACTS/?top=3', '/Contacts/?TOP=3', '/Contacts/Search/?top=3', '/contacts/search?top=3']) {
      expect((await client.get(path)).rows).toEqual(plain.rows)
    }
    expect((await request(`${client.fake.origin}/V3.1/Users/me`, 'GET', undefined, { authorization: `Basic ${btoa(testKey)}` })).status).toBe(200)
  })

  it('says how many calls are left, one fewer each time', async () => {
    const first = await client.get('/Pipelines')
    const second = await client.get('/Pipelines')
    expect(first.headers.get('x-ratelimit-limit')).toBe('100000')
    expect(Number(first.headers.get('x-ratelimit-remaining')) - Number(second.headers.get('x-ratelimit-remaining'))).toBe(1)
    expect(first.headers.get('retry-after')).toBeNull()
  })

  it('compresses for those who take it and not for others', async () => {
    const read = (headers: Record<string, string>) =>
      new Promise<{ encoding: string | undefined; length: string | undefined; body: Buffer }>((done, failed) => {
        const options = { headers: { authorization: `Basic ${btoa(testKey)}`, ...headers } }
        httpGet(`${client.fake.url}/Contacts?top=50`, options, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            done({ encoding: response.headers['content-encoding'], length: response.headers['content-length'], body: Buffer.concat(chunks) }),
          )
        }).on('error', failed)
      })
    const plain = await read({})
    const packed = await read({ 'accept-encoding': 'gzip, deflate' })
    expect(plain.encoding).toBeUndefined()
    expect(plain.length).toBe(String(plain.body.length))
    expect(packed.encoding).toBe('gzip')
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true)
    expect(packed.body.length).toBeLessThan(plain.body.length)
  })

  it('answers 405 to a wrong verb and a wrong plural, 404 to what it does not have', async () => {
    expect((await client.post('/Notes', { TITLE: 'x' })).status).toBe(405)
    expect((await client.post('/Emails', {})).status).toBe(405)
    expect((await client.delete('/Contacts')).status).toBe(405)
    expect((await client.get('/Contact')).status).toBe(405)
    expect((await client.get('/Products')).status).toBe(405)
    expect((await client.get('/Activities')).status).toBe(404)
    expect((await client.get('/Pipelines/Search')).status).toBe(404)
    expect((await client.get('/Contacts/Search/Further')).status).toBe(400)
  })

  it('refuses bodies that are not JSON', async () => {
    expect((await client.post('/Contacts', '{"FIRST_NAME":')).status).toBe(400)
    expect((await client.post('/Contacts', '[]')).status).toBe(400)
    const text = await request(`${client.fake.url}/Contacts`, 'POST', '{}', { authorization: `Basic ${btoa(testKey)}`, 'content-type': 'text/plain' })
    expect(text.status).toBe(415)
  })

  it('has no products in the professional plan, and says it differently for other objects', async () => {
    const small = await openFake({ settings: { plan: 'professional' } })
    for (const name of ['Product', 'Pricebook', 'PricebookEntry', 'Quotation', 'QuotationLineItem', 'OpportunityLineItem']) {
      expect((await small.get(`/${name}`)).status).toBe(404)
      expect((await client.get(`/${name}`)).status).toBe(200)
    }
    expect((await small.get('/Prospect')).status).toBe(403)
    expect((await small.get('/Ticket')).status).toBe(403)
    await small.close()
  })
})
