import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { openClient, openScript, type Reply, reply } from './client.testing.ts'
import type { InsightlyClientOptions } from './insightly-client.ts'
import { InsightlyError, isNotInPlan } from './insightly-error.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(replies: Reply[], options: Partial<InsightlyClientOptions> = {}) {
  const server = await openScript(...replies)
  const opened = openClient((text) => workspace.database.roundTrip(text), server.url, options)
  closing.push(opened.close, server.close)
  return { server, ...opened }
}

async function failureOf(work: Promise<unknown>): Promise<InsightlyError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(InsightlyError)
  return error as InsightlyError
}

const cut: Reply = (response) => response.destroy()
const silent: Reply = () => undefined
const contact = { CONTACT_ID: 7, FIRST_NAME: 'Ada', LAST_NAME: null, CUSTOMFIELDS: [], UNKNOWN_FIELD: { kept: true } }
const page500 = '<html><head><title>Runtime Error</title></head><body>System.Web stack trace</body></html>'

describe('reading', () => {
  it('asks as Insightly wants to be asked, over connections that are kept', async () => {
    const { client, server, key, outcomes, quotas } = await start([
      reply(200, [contact], { 'x-total-count': '1234', 'x-ratelimit-limit': '60000', 'x-ratelimit-remaining': '59999' }),
      reply(200, []),
      reply(200, contact),
    ])
    expect(await client.list('contacts', { top: 1, skip: 500, countTotal: true, brief: true })).toMatchObject({ rows: [contact], total: 1234, isLast: false })
    expect(await client.search('contacts', { updatedAfter: '2026-03-01T10:00:00.900Z', field: { name: 'EMAIL_ADDRESS', value: 'a&b@example.com' } })).toEqual({
      rows: [],
      total: null,
      isLast: true,
      // The server's own clock, which is that of this machine.
      answeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
    })
    expect(await client.get('contacts', 7)).toEqual(contact)
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v3.1/Contacts?brief=true&skip=500&top=1&count_total=true',
      'GET /v3.1/Contacts/Search?field_name=EMAIL_ADDRESS&field_value=a%26b%40example.com&updated_after_utc=2026-03-01T10%3A00%3A00Z&top=500',
      'GET /v3.1/Contacts/7',
    ])
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Basic ${Buffer.from(`${key}:`).toString('base64')}`]))
    expect(server.sockets()).toBe(1)
    expect(outcomes()).toEqual(['list Contacts ok', 'search Contacts ok', 'get Contacts ok'])
    expect(quotas).toEqual([{ limit: 60000, remaining: 59999 }])
  })

  it('opens no more connections than it may', async () => {
    const { client, server } = await start([(response) => void setTimeout(() => reply(200, [])(response, {} as never, {} as never), 20)], { connections: 2 })
    await Promise.all(Array.from({ length: 8 }, () => client.list('users')))
    expect(server.sockets()).toBe(2)
  })

  it('keeps all digits of money, whatever JSON makes of numbers, and reads dates that stand for none as none', async () => {
    const text = `[{"OPPORTUNITY_ID":1,"OPPORTUNITY_NAME":"says \\"BID_AMOUNT\\": 5 and 0001-01-01 00:00:00","BID_AMOUNT":12345678901234567.89,
      "OPPORTUNITY_VALUE":1.10,"PROBABILITY":40,"ACTUAL_CLOSE_DATE":"0001-01-01 00:00:00","DATE_CREATED_UTC":"2024-05-06 07:08:09"}]`
    const { client } = await start([(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text))])
    expect((await client.list('opportunities')).rows).toEqual([
      {
        OPPORTUNITY_ID: 1,
        OPPORTUNITY_NAME: 'says "BID_AMOUNT": 5 and 0001-01-01 00:00:00',
        BID_AMOUNT: '12345678901234567.89',
        OPPORTUNITY_VALUE: '1.10',
        PROBABILITY: 40,
        ACTUAL_CLOSE_DATE: null,
        DATE_CREATED_UTC: '2024-05-06 07:08:09',
      },
    ])
  })

  it('takes a record that is not there for none, and a smaller plan for what it is', async () => {
    const { client, server } = await start([reply(404, 'Not Found')])
    expect(await client.find('contacts', 9)).toBeUndefined()
    expect(await failureOf(client.get('contacts', 9))).toMatchObject({ code: 'NOT_FOUND', problem: 'missing' })
    for (const status of [403, 404]) {
      server.answer(reply(status))
      const failure = await failureOf(client.list('products'))
      expect(isNotInPlan(failure)).toBe(true)
      expect(failure.message).toBe('Products are not in your Insightly plan, or are switched off there; everything else works without them.')
      expect(isNotInPlan(await failureOf(client.list('contacts')))).toBe(false)
      expect(isNotInPlan(await failureOf(client.get('products', 1)))).toBe(false)
    }
  })

  it('tries again after a failure, and tells which attempts there were', async () => {
    const { client, server, outcomes } = await start([reply(500, page500), cut, reply(200, [contact])])
    expect((await client.list('contacts')).rows).toHaveLength(1)
    expect(server.asked).toHaveLength(3)
    expect(outcomes()).toEqual(['list Contacts failed', 'list Contacts unreachable', 'list Contacts ok'])
  })

  it('says in one sentence that Insightly fails, without its page', async () => {
    const { client, server } = await start([reply(500, page500)])
    const failure = await failureOf(client.list('contacts'))
    expect(failure).toMatchObject({ code: 'UPSTREAM', problem: 'failed', status: 500, text: undefined })
    expect(failure.message).toBe('Insightly failed (500) when asked to list contacts. Nothing is wrong on this side; try again later.')
    expect(server.asked).toHaveLength(4)
  })

  it('refuses what is no answer of the API, and does not ask again', async () => {
    const { client, server } = await start([reply(200, '<html>sign in</html>')])
    expect(await failureOf(client.list('contacts'))).toMatchObject({ problem: 'unreadable', message: expect.stringContaining('INSIGHTLY_API_URL') })
    server.answer(reply(200, [{ NAME: 'without an id' }]))
    expect(await failureOf(client.list('contacts'))).toMatchObject({ problem: 'unreadable' })
    server.answer(reply(200, '{"half'))
    expect((await failureOf(client.get('contacts', 1))).cause).not.toMatchObject({ message: expect.stringContaining('half') })
    server.answer(reply(302, '', { location: 'http://127.0.0.1:1/' }))
    expect(await failureOf(client.list('contacts'))).toMatchObject({ problem: 'address' })
    expect(server.asked).toHaveLength(4)
  })

  it('ends in time, and when nobody waits any more', async () => {
    const { client, server, outcomes } = await start([silent], { requestTimeoutMs: 400, retries: 1 })
    expect(await failureOf(client.list('contacts'))).toMatchObject({ code: 'UPSTREAM', problem: 'timeout' })
    expect(server.asked).toHaveLength(2)
    const left = new AbortController()
    const waiting = client.list('leads', {}, { signal: left.signal })
    waiting.catch(() => undefined)
    await expect.poll(() => server.asked.length).toBe(3)
    left.abort(new Error('closed the page'))
    await expect(waiting).rejects.toThrow('closed the page')
    await expect.poll(outcomes).toEqual(['list Contacts timeout', 'list Contacts timeout', 'list Leads cancelled'])
  })

  it('cannot be made to ask for another path', async () => {
    const { client, server } = await start([reply(200, contact)])
    for (const id of ['1/../../Users' as never, -1, 1.5, Number.NaN]) await expect(client.get('contacts', id)).rejects.toThrow()
    for (const page of [{ top: 501 }, { top: 0 }, { skip: -1 }]) await expect(client.list('contacts', page)).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(client.search('contacts', { updatedAfter: 'yesterday' })).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(server.asked).toEqual([])
  })

  it('reads custom fields of the object it asked for, although Insightly may send all', async () => {
    const { client, server } = await start([
      reply(200, [
        { FIELD_NAME: 'Region__c', FIELD_FOR: 'OPPORTUNITY' },
        { FIELD_NAME: 'Shoe__c', FIELD_FOR: 'CONTACT' },
      ]),
    ])
    expect((await client.customFields('opportunities')).map(({ FIELD_NAME }) => FIELD_NAME)).toEqual(['Region__c'])
    expect(server.asked[0]?.path).toBe('/v3.1/CustomFields/Opportunities')
  })
})
