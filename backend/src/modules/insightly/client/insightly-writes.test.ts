import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { openClient, openScript, type Reply, reply } from './client.testing.ts'
import type { InsightlyClientOptions } from './insightly-client.ts'
import { InsightlyError, isUncertain } from './insightly-error.ts'

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
const echo: Reply = (response, { body }) => void response.end(body)

describe('writing', () => {
  it('speaks Insightly’s own form', async () => {
    const { client, server } = await start([reply(202)])
    await client.setState(5, { state: 'Won', reasonId: 3 })
    await client.setPipeline('opportunities', 5, { pipelineId: 8, stageId: 9 })
    await client.setPipelineStage('leads', 5, 9)
    await client.leavePipeline('projects', 5)
    await client.addTag('contacts', 5, 'hot')
    await client.setTags('contacts', 5, ['hot', 'cold'])
    await client.removeTag('contacts', 5, 'hot')
    await client.removeLink('opportunities', 5, 77)
    await client.delete('organisations', 5)
    expect(server.asked.map(({ method, path, body }) => `${method} ${path.slice(6)} ${body}`)).toEqual([
      'PUT Opportunities/5/StateChange {"FOR_OPPORTUNITY_STATE":"Won","STATE_REASON_ID":3}',
      'PUT Opportunities/5/Pipeline {"PIPELINE_ID":8,"PIPELINE_STAGE_CHANGE":{"STAGE_ID":9}}',
      'PUT Leads/5/PipelineStage {"STAGE_ID":9}',
      'DELETE Projects/5/Pipeline ',
      'POST Contacts/5/Tags {"TAG_NAME":"hot"}',
      'PUT Contacts/5/Tags [{"TAG_NAME":"hot"},{"TAG_NAME":"cold"}]',
      'DELETE Contacts/5/Tags {"TAG_NAME":"hot"}',
      'DELETE Opportunities/5/Links/77 ',
      'DELETE Organisations/5 ',
    ])
    expect(new Set(server.asked.filter(({ body }) => body !== '').map(({ contentType }) => contentType))).toEqual(new Set(['application/json']))
  })

  it('changes what is named and nothing else, with all digits of money', async () => {
    const { client, server } = await start([echo])
    const amount = '12345678901234567890.123456789'
    expect(await client.update('opportunities', 5, { BID_AMOUNT: amount, OPPORTUNITY_DETAILS: null })).toEqual({
      OPPORTUNITY_ID: 5,
      BID_AMOUNT: amount,
      OPPORTUNITY_DETAILS: null,
    })
    expect(server.asked[0]).toMatchObject({
      method: 'PUT',
      path: '/v3.1/Opportunities',
      body: `{"BID_AMOUNT":${amount},"OPPORTUNITY_DETAILS":null,"OPPORTUNITY_ID":5}`,
    })
    server.answer(reply(200))
    expect(await client.update('opportunities', 5, { OPPORTUNITY_NAME: 'x' })).toBeNull()
  })

  it('makes a note below its parent, and a link with the answer of both', async () => {
    const { client, server } = await start([reply(201, { NOTE_ID: 4, TITLE: 'Call' }), reply(201, { LINK_ID: 6, LINK_OBJECT_NAME: 'contact' })])
    expect(await client.createNote('contacts', 5, { TITLE: 'Call', BODY: 'said yes' })).toMatchObject({ NOTE_ID: 4 })
    expect(await client.addLink('opportunities', 5, { LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: 7 })).toMatchObject({ LINK_ID: 6 })
    expect(server.asked.map(({ path }) => path)).toEqual(['/v3.1/Contacts/5/Notes', '/v3.1/Opportunities/5/Links'])
  })

  it('is never repeated when it may have been done, which it says', async () => {
    for (const [answer, options] of [
      [cut, {}],
      [reply(500, 'Internal Server Error'), {}],
      [() => undefined, { requestTimeoutMs: 60 }],
      [reply(201, 'created, perhaps'), {}],
    ] as [Reply, Partial<InsightlyClientOptions>][]) {
      const { client, server } = await start([answer], options)
      const failure = await failureOf(client.create('contacts', { FIRST_NAME: 'Ada' }))
      expect(isUncertain(failure)).toBe(true)
      expect(failure.code).toBe('UPSTREAM')
      expect(server.asked).toHaveLength(1)
    }
  })

  it('is repeated when it surely was not done', async () => {
    const { client, server } = await start([reply(429, '', { 'x-ratelimit-remaining': '900', 'retry-after': '0' }), reply(201, { CONTACT_ID: 1 })])
    expect(await client.create('contacts', { FIRST_NAME: 'Ada' })).toEqual({ CONTACT_ID: 1 })
    expect(server.asked).toHaveLength(2)
    const gone = await start([])
    await gone.server.close()
    const failure = await failureOf(gone.client.create('contacts', { FIRST_NAME: 'Ada' }))
    expect(failure).toMatchObject({ problem: 'unreachable', fate: 'unsent' })
    expect(isUncertain(failure)).toBe(false)
    expect(gone.outcomes()).toEqual(Array(4).fill('create Contacts unreachable'))
    // What ended is told to the other processes a moment later.
    await vi.waitFor(async () => expect(await gone.limiter.standing()).toMatchObject({ counting: 0 }))
  })

  it('tells what Insightly said, each status as what it means', async () => {
    const { client, server } = await start([])
    const said = async (status: number, body: unknown) => {
      server.answer(reply(status, body))
      const { code, problem, message, fate } = await failureOf(client.create('contacts', { FIRST_NAME: 'Ada' }))
      expect(fate).toBe('refused')
      return `${code} ${problem}: ${message}`
    }
    expect(await said(400, { Message: 'EMAIL_ADDRESS is\r\n not valid' })).toBe(
      'VALIDATION invalid: Insightly refused to create a contact; nothing was changed there. Insightly says: “EMAIL_ADDRESS is not valid”',
    )
    expect(await said(400, { Message: 'The request is invalid.', ModelState: { 'contact.FIRST_NAME': ['It is required.'] } })).toContain(
      '“The request is invalid. It is required.”',
    )
    expect(await said(401, 'Unauthorized')).toMatch(/^UPSTREAM key: Insightly refuses the API key\. Check INSIGHTLY_API_KEY/)
    expect(await said(402, '')).toMatch(/^FORBIDDEN room: Insightly's plan has no room left/)
    expect(await said(403, 'User does not have permission')).toMatch(/^FORBIDDEN permission: .*“User does not have permission”$/)
    expect(await said(404, '')).toMatch(/^NOT_FOUND missing/)
    expect(await said(405, '')).toMatch(/^UPSTREAM address/)
    expect(await said(409, 'in use')).toMatch(/^CONFLICT conflict/)
    expect(await said(417, '')).toMatch(/^CONFLICT notDeleted/)
    expect(await said(418, '<b>short</b> and stout')).toMatch(/^VALIDATION invalid/)
  })
})

describe('the limits of Insightly', () => {
  it('stop every process for as long as it says, and nothing is asked meanwhile', async () => {
    const { client, limiter, server, lines, outcomes } = await start([reply(429, 'slow down', { 'x-ratelimit-remaining': '900', 'retry-after': '3600' })])
    expect(await failureOf(client.list('contacts')).catch((error: unknown) => error)).toBeDefined()
    expect((await limiter.standing()).pausedMs).toBeGreaterThan(3_500_000)
    await expect(client.list('leads')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(server.asked).toHaveLength(1)
    expect(outcomes()).toEqual(['list Contacts limited'])
    expect(lines.some((line) => line.includes('Insightly Rate limit reached'))).toBe(true)
  })

  it('are waited out when too many calls came at once', async () => {
    const { client, server, limiter } = await start([reply(429, '', { 'x-ratelimit-remaining': '900' }), reply(200, [])], { burstPauseMs: 80 })
    await client.list('contacts')
    expect(server.asked).toHaveLength(2)
    expect(await limiter.standing()).toMatchObject({ quota: { remaining: 899 } })
  })

  it('of a day are not waited for', async () => {
    const { client, server } = await start([reply(429, 'quota', { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' })])
    expect(await failureOf(client.list('contacts'))).toMatchObject({ code: 'RATE_LIMITED', problem: 'dayUsedUp' })
    await expect(client.list('contacts')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    await expect(client.create('contacts', { FIRST_NAME: 'Ada' })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(server.asked).toHaveLength(1)
  })
})

describe('an Insightly that does not answer', () => {
  it('is left alone after some failures, and asked again after a rest', async () => {
    const { client, server, limiter } = await start([reply(503, 'down')], { retries: 0, failuresUntilRest: 3, restMs: 150 })
    expect(client.health()).toEqual({ reachable: true, state: 'calling' })
    for (let call = 0; call < 3; call++) await failureOf(client.list('contacts'))
    expect(client.health()).toEqual({ reachable: false, state: 'resting' })
    expect(await failureOf(client.list('contacts'))).toMatchObject({ code: 'UNAVAILABLE', problem: 'resting', fate: 'unsent' })
    expect(server.asked).toHaveLength(3)
    expect((await limiter.standing()).counting).toBeLessThanOrEqual(3)
    server.answer(reply(200, []))
    await expect
      .poll(() =>
        client.list('contacts').then(
          ({ isLast }) => isLast,
          () => false,
        ),
      )
      .toBe(true)
    expect(client.health()).toEqual({ reachable: true, state: 'calling' })
  })

  it('is not one that refuses single calls', async () => {
    const { client } = await start([reply(400, 'no')], { failuresUntilRest: 2 })
    for (let call = 0; call < 5; call++) await failureOf(client.list('contacts'))
    expect(client.health().reachable).toBe(true)
  })
})

describe('the API key', () => {
  it('is in no error, no log line and no count, even when Insightly says it back', async () => {
    const mirror: Reply = (response, { authorization = '' }) => {
      const key = Buffer.from(authorization.slice(6), 'base64').toString().slice(0, -1)
      reply(400, { Message: `${key} and ${authorization} are not known` })(response, {} as never, {} as never)
    }
    const { client, key, lines, outcomes, server } = await start([mirror], { retries: 1 })
    const failures = [await failureOf(client.list('contacts')), await failureOf(client.create('leads', { LAST_NAME: 'x' }))]
    server.answer(cut)
    failures.push(await failureOf(client.list('contacts')))
    await server.close()
    failures.push(await failureOf(client.list('contacts')))
    const everything = [
      ...failures.flatMap((failure) => [
        failure.message,
        failure.stack,
        failure.text,
        String(failure.cause),
        JSON.stringify(failure),
        JSON.stringify(failure.cause),
      ]),
      ...lines,
      ...outcomes(),
    ].join('\n')
    expect(everything).toContain('are not known')
    for (const form of [key, Buffer.from(`${key}:`).toString('base64')]) expect(everything).not.toContain(form)
  })

  it('goes nowhere unencrypted but to this machine, and is checked', async () => {
    const make =
      (url: string, key = 'a-key') =>
      () =>
        openClient((text) => workspace.database.roundTrip(text), url, { key })
    for (const url of ['http://api.insightly.com/v3.1', 'ftp://127.0.0.1/v3.1', 'https://user:secret@api.insightly.com/v3.1'])
      expect(make(url)).toThrow(/INSIGHTLY_API_URL/)
    for (const key of ['', 'two words', 'with:colon', 'ключ']) expect(make('https://api.insightly.com/v3.1', key)).toThrow('INSIGHTLY_API_KEY')
    const { client, server, key } = await start([reply(200, [])], { key: '  pasted-key\n' })
    await client.list('users')
    expect(server.asked[0]?.authorization).toBe(`Basic ${Buffer.from(`${key.trim()}:`).toString('base64')}`)
  })

  it('is sent only to a host that was judged, where connections are', async () => {
    const judged: string[] = []
    const refused = await start([reply(200, [])], {
      retries: 0,
      pin: (host, port) => {
        judged.push(`${host}:${port}`)
        return Promise.reject(new Error('not on the public Internet'))
      },
      url: 'https://localhost:1/v3.1',
    })
    expect(await failureOf(refused.client.list('users'))).toMatchObject({ problem: 'unreachable', fate: 'unsent' })
    expect(judged).toEqual(['localhost:1'])
    const literal = await start([reply(200, [])], { retries: 0, pin: () => Promise.reject(new Error('not on the public Internet')) })
    expect(await failureOf(literal.client.list('users'))).toMatchObject({ problem: 'unreachable', fate: 'unsent' })
    expect(literal.server.asked).toEqual([])
    const { client, server } = await start([reply(200, [])])
    const pinned = openClient((text) => workspace.database.roundTrip(text), `http://localhost:${server.port}/v3.1`, {
      pin: () => Promise.resolve({ address: '127.0.0.1', family: 4 }),
    })
    closing.push(pinned.close)
    await pinned.client.list('users')
    await client.list('users')
    expect(server.asked).toHaveLength(2)
  })
})
