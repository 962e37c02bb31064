import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeInsightly, type FakeInsightlyOptions, startFakeInsightly } from '../../../../test/fakes/insightly/server.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createCallLimiter } from '../limiter/call-limiter.ts'
import { limitKeyOf } from '../limiter/limit-key.ts'
import { mostWithin } from '../limiter/limiter.testing.ts'
import { openClient } from './client.testing.ts'
import { isNotInPlan } from './insightly-error.ts'
import { insightlyObjects, type ObjectName } from './objects.ts'

let workspace: TestWorkspace
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  workspace = await createTestWorkspace()
})
afterAll(async () => {
  for (const close of closing.splice(0)) await close()
})

const roundTrip = (text: string) => workspace.database.roundTrip(text)

interface Limit {
  maxRequests: number
  windowMs: number
  burstPauseMs?: number
  retries?: number
}

async function start(options: Partial<FakeInsightlyOptions> = {}, limit?: Limit) {
  const key = `fake-${closing.length}-key`
  const fake: FakeInsightly = await startFakeInsightly({
    key,
    records: 1200,
    ...options,
    settings: { rateRequests: 1000, rateWindowMs: 1000, ...options.settings },
  })
  const logger = { info: () => undefined, warn: () => undefined } as never
  const limiter = limit === undefined ? {} : { limiter: createCallLimiter({ roundTrip, key: limitKeyOf({ url: fake.url, apiKey: key }), logger, ...limit }) }
  const { burstPauseMs = 1000, retries = 3 } = limit ?? {}
  const opened = openClient(roundTrip, fake.url, { key, burstPauseMs, retries, ...limiter })
  closing.push(() => limiter.limiter?.close() ?? Promise.resolve(), opened.close, fake.close)
  return { fake, ...opened }
}

describe('the client and a server that knows nothing of it', () => {
  it('read every kind of record, to its end', async () => {
    const { client } = await start()
    for (const name of Object.keys(insightlyObjects) as ObjectName[]) {
      const { rows } = await client.list(name, { top: 5 })
      const { id } = insightlyObjects[name]
      const ids = rows.map((row) => Number((row as Record<string, unknown>)[id]))
      expect(ids, name).toEqual(ids.toSorted((a, b) => a - b))
      expect(ids.length, name).toBeGreaterThan(0)
    }
    const first = await client.list('contacts', { countTotal: true })
    const rest = [await client.list('contacts', { skip: 500 }), await client.list('contacts', { skip: 1000 })]
    expect([first, ...rest].map(({ rows, isLast }) => [rows.length, isLast])).toEqual([
      [500, false],
      [500, false],
      [200, true],
    ])
    expect(first.total).toBe(1200)
    const [one] = first.rows
    expect(await client.get('contacts', Number(one?.CONTACT_ID))).toEqual(one)
    expect((await client.list('contacts', { top: 1, brief: true })).rows[0]).not.toHaveProperty('CUSTOMFIELDS')
  })

  it('know whose key it is, what there is besides records, and what changed since', async () => {
    const { client } = await start()
    const me = await client.me()
    expect((await client.list('users')).rows.map(({ USER_ID }) => USER_ID)).toContain(me.USER_ID)
    expect(await client.instance()).toHaveProperty('PLAN_NAME')
    expect((await client.permissions()).length).toBeGreaterThan(3)
    expect(await client.tags('contacts')).not.toEqual([])
    for (const name of ['contacts', 'organisations', 'leads', 'opportunities'] as const)
      for (const { FIELD_FOR } of await client.customFields(name)) expect(FIELD_FOR).toBe(insightlyObjects[name].one.toUpperCase())
    const { rows } = await client.list('leads', { top: 1 })
    const lead = rows[0] as { LEAD_ID: number }
    const since = new Date(Date.now() - 2000).toISOString()
    await client.update('leads', lead.LEAD_ID, { TITLE: 'changed just now' })
    expect((await client.search('leads', { updatedAfter: since })).rows.map(({ LEAD_ID }) => LEAD_ID)).toEqual([lead.LEAD_ID])
  })

  it('write a deal and everything around it', async () => {
    const { client } = await start()
    const contact = await client.create('contacts', { FIRST_NAME: 'Ada', LAST_NAME: 'Lovelace' })
    const deal = await client.create('opportunities', { OPPORTUNITY_NAME: 'Engine', OPPORTUNITY_STATE: 'Open', BID_AMOUNT: '1234567.89', BID_CURRENCY: 'USD' })
    expect(deal).toMatchObject({ BID_AMOUNT: '1234567.89' })
    const pipeline = (await client.list('pipelines')).rows.find(({ FOR_OPPORTUNITIES }) => FOR_OPPORTUNITIES === true)
    const stages = (await client.list('pipelineStages')).rows.filter(({ PIPELINE_ID }) => PIPELINE_ID === pipeline?.PIPELINE_ID)
    const [first, second] = stages.map(({ STAGE_ID }) => STAGE_ID) as [number, number]
    await client.setPipeline('opportunities', deal.OPPORTUNITY_ID, { pipelineId: Number(pipeline?.PIPELINE_ID), stageId: first })
    await client.setPipelineStage('opportunities', deal.OPPORTUNITY_ID, second)
    await client.setState(deal.OPPORTUNITY_ID, { state: 'Won' })
    await client.addTag('opportunities', deal.OPPORTUNITY_ID, 'first')
    await client.addTag('opportunities', deal.OPPORTUNITY_ID, 'second')
    await client.removeTag('opportunities', deal.OPPORTUNITY_ID, 'first')
    const link = await client.addLink('opportunities', deal.OPPORTUNITY_ID, { LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: contact.CONTACT_ID, ROLE: 'Buyer' })
    const note = await client.createNote('opportunities', deal.OPPORTUNITY_ID, { TITLE: 'Call', BODY: 'said yes' })
    const seen = await client.get('opportunities', deal.OPPORTUNITY_ID)
    expect(seen).toMatchObject({ STAGE_ID: second, TAGS: [{ TAG_NAME: 'second' }], BID_AMOUNT: '1234567.89' })
    expect(seen.OPPORTUNITY_STATE?.toLowerCase()).toBe('won')
    expect(seen.LINKS?.map(({ LINK_ID }) => LINK_ID)).toContain(link.LINK_ID)
    const notes = await client.children('opportunities', deal.OPPORTUNITY_ID, 'Notes')
    expect(notes.rows.map(({ NOTE_ID }) => NOTE_ID)).toEqual([note.NOTE_ID])
    expect((await client.children('opportunities', deal.OPPORTUNITY_ID, 'StateHistory')).rows.length).toBeGreaterThan(0)
    await client.removeLink('opportunities', deal.OPPORTUNITY_ID, Number(link.LINK_ID))
    await client.delete('opportunities', deal.OPPORTUNITY_ID)
    expect(await client.find('opportunities', deal.OPPORTUNITY_ID)).toBeUndefined()
  })

  it('tell a smaller plan from a wrong key', async () => {
    const { client, fake } = await start({ settings: { plan: 'professional' } })
    const failure = await client.list('products').catch((error: unknown) => error)
    expect(isNotInPlan(failure)).toBe(true)
    const stranger = openClient(roundTrip, fake.url, { key: 'another-key' })
    closing.push(stranger.close)
    await expect(stranger.client.me()).rejects.toMatchObject({ problem: 'key' })
  })

  it('never go above the limit, with as few calls as pages', async () => {
    const limit = { maxRequests: 10, windowMs: 500 }
    const { client, fake, outcomes } = await start({ records: 2000, settings: { rateRequests: 10, rateWindowMs: 500 } }, limit)
    const pages = await Promise.all(Array.from({ length: 41 }, (_, page) => client.list('contacts', { top: 50, skip: page * 50 })))
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ CONTACT_ID }) => CONTACT_ID))).size).toBe(2000)
    expect(pages.map(({ isLast }) => isLast)).toEqual([...Array(40).fill(false), true])
    expect(fake.calls()).toHaveLength(41)
    expect(outcomes()).toEqual(Array(41).fill('list Contacts ok'))
    expect(mostWithin(fake.calls(), limit.windowMs)).toBeLessThanOrEqual(10)
  })

  it('get every page of a server that fails, throttles, dawdles and hangs up, within the limit all the same', async () => {
    const limit = { maxRequests: 20, windowMs: 400 }
    const faults = (['page', 'throttle', 'cut', 'lost'] as const).map((kind) => ({ kind, probability: 0.06 }))
    const { client, fake, outcomes } = await start(
      { records: 2000, faults: [...faults, { kind: 'delay', delayMs: 150, probability: 0.1 }], settings: { rateRequests: 20, rateWindowMs: 400 } },
      { ...limit, burstPauseMs: 50, retries: 8 },
    )
    const pages = await Promise.all(Array.from({ length: 40 }, (_, page) => client.list('contacts', { top: 50, skip: page * 50 })))
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ CONTACT_ID }) => CONTACT_ID))).size).toBe(2000)
    expect(mostWithin(fake.calls(), limit.windowMs)).toBeLessThanOrEqual(20)
    expect(outcomes().filter((outcome) => outcome.endsWith(' ok'))).toHaveLength(40)
    expect(outcomes().length).toBeGreaterThan(40)
    expect(fake.calls()).toHaveLength(outcomes().length)
  })
})
