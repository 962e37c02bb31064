import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'

let test: OutboxTest
beforeAll(async () => {
  test = await openOutbox()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.gold('delete from insightly_outbox where workspace_id = $1')
  await test.admin('DELETE', '/calls')
})

const newest = async (collection: string) => (await test.dump(collection)).at(-1) ?? {}
const row = async (collection: string, key: string, id: number) => (await test.dump(collection)).find((one) => one[key] === id)
const stages = () =>
  test.gold<{ id: string; pipeline_id: string; there: number; pipeline_there: number }>(
    `select s.id, s.pipeline_id, r.insightly_id::int as there, p.insightly_id::int as pipeline_there from stages s
     join insightly_records r on r.workspace_id = s.workspace_id and r.entity = 'stages' and r.record_id = s.id
     join insightly_records p on p.workspace_id = s.workspace_id and p.entity = 'pipelines' and p.record_id = s.pipeline_id
     where s.workspace_id = $1 order by pipeline_there, s.position`,
  )

describe('a new record arrives as Insightly has it', () => {
  it('an organisation with its domain, phone and tags', async () => {
    const id = await test.make('organisations', { name: 'Acme', domain: 'acme.example', phone: '+44 20 7946 0000', city: 'London', tags: ['vip', 'north'] })
    expect(await test.deliver()).toMatchObject({ state: 'done', delivered: 1, failed: 0 })
    const there = await newest('Organisations')
    expect(there).toMatchObject({
      ORGANISATION_NAME: 'Acme',
      PHONE: '+44 20 7946 0000',
      ADDRESS_BILLING_CITY: 'London',
      TAGS: [{ TAG_NAME: 'vip' }, { TAG_NAME: 'north' }],
      EMAILDOMAINS: [{ EMAIL_DOMAIN: 'acme.example' }],
    })
    const insightlyId = await test.insightlyId('organisations', id)
    expect(there.ORGANISATION_ID).toBe(insightlyId)
    expect(await test.get('organisations', id)).toMatchObject({ external_id: String(insightlyId) })
    expect(await test.outbox()).toMatchObject([{ operation: 'create', status: 'done', attempts: 1, error: null }])
    // Nothing that was written here on the way is on its way back.
    expect(await test.deliver()).toMatchObject({ delivered: 0 })
    expect(test.writes()).toEqual(['POST Organisations', `PUT Organisations/${insightlyId}/Tags`, `PUT Organisations/${insightlyId}/EmailDomains`])
  })

  it('a contact of an organisation that is itself on its way', async () => {
    const organisation = await test.make('organisations', { name: 'Waited for' })
    const contact = await test.make('contacts', { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com', organisation_id: organisation })
    await test.deliverAll()
    expect(await newest('Contacts')).toMatchObject({
      FIRST_NAME: 'Ada',
      LAST_NAME: 'Lovelace',
      EMAIL_ADDRESS: 'ada@example.com',
      ORGANISATION_ID: await test.insightlyId('organisations', organisation),
    })
    expect(await test.insightlyId('contacts', contact)).toBeGreaterThan(0)
  })

  it('an opportunity with its stage, state, money and contact', async () => {
    const [stage] = await stages()
    const contact = await test.make('contacts', { first_name: 'Con' })
    const id = await test.make('opportunities', {
      name: 'Deal',
      value: '12345678901234.56',
      currency: 'EUR',
      contact_id: contact,
      pipeline_id: stage?.pipeline_id,
      stage_id: stage?.id,
      state: 'won',
      probability: 80,
      forecast_close_date: '2026-03-01',
    })
    await test.deliverAll()
    const insightlyId = await test.insightlyId('opportunities', id)
    const there = await row('Opportunities', 'OPPORTUNITY_ID', insightlyId)
    expect(there).toMatchObject({
      OPPORTUNITY_NAME: 'Deal',
      BID_CURRENCY: 'EUR',
      PIPELINE_ID: stage?.pipeline_there,
      STAGE_ID: stage?.there,
      OPPORTUNITY_STATE: 'Won',
      PROBABILITY: 80,
      LINKS: [{ LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: await test.insightlyId('contacts', contact) }],
    })
    const text = await (await fetch(`${test.fake.origin}/_fake/dump/Opportunities`)).text()
    expect(text).toContain('"BID_AMOUNT":12345678901234.56')
    await test.mirror('opportunities')
    expect(await test.get('opportunities', id)).toMatchObject({ state: 'won', stage_id: stage?.id, value: '12345678901234.56', contact_id: contact })
  })

  it('a lead, a product, a task, an event and a note, about what they are about', async () => {
    const contact = await test.make('contacts', { first_name: 'About' })
    const about = { related_type: 'contact', related_id: contact }
    await test.make('leads', { last_name: 'Lead', email: 'lead@example.com', tags: ['fair'] })
    await test.make('products', { sku: 'lamp-1', name: 'Lamp', price: '19.90' })
    await test.make('tasks', { title: 'Call back', priority: 'high', due_at: '2026-05-01T09:30:00Z', ...about })
    await test.make('events', { title: 'Lunch', starts_at: '2026-05-02T11:00:00Z', ends_at: '2026-05-02T12:00:00Z', ...about })
    await test.make('notes', { title: 'Heard', body: 'She likes it', ...about })
    await test.deliver()
    expect((await test.outbox()).map(({ entity, status }) => [entity, status])).toEqual(
      ['contacts', 'leads', 'products', 'tasks', 'events', 'notes'].map((entity) => [entity, 'done']),
    )
    const link = { LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: await test.insightlyId('contacts', contact) }
    expect(await newest('Leads')).toMatchObject({ LAST_NAME: 'Lead', EMAIL: 'lead@example.com', TAGS: [{ TAG_NAME: 'fair' }] })
    expect(await newest('Product')).toMatchObject({ PRODUCT_SKU: 'lamp-1', PRODUCT_NAME: 'Lamp', DEFAULT_PRICE: 19.9, ACTIVE: true })
    expect(await newest('Tasks')).toMatchObject({ TITLE: 'Call back', PRIORITY: 3, DUE_DATE: '2026-05-01 09:30:00', LINKS: [link] })
    expect(await newest('Events')).toMatchObject({ TITLE: 'Lunch', START_DATE_UTC: '2026-05-02 11:00:00', LINKS: [link] })
    expect(await newest('Notes')).toMatchObject({ TITLE: 'Heard', BODY: 'She likes it', LINKS: [link] })
  })
})

describe('a change', () => {
  it('is sent as what was changed and nothing else, in its own calls', async () => {
    const [stage, next] = await stages()
    const id = await test.make('opportunities', { name: 'Step', pipeline_id: stage?.pipeline_id, stage_id: stage?.id, value: '10', currency: 'USD' })
    await test.deliver()
    await test.admin('DELETE', '/calls')
    await test.change('opportunities', id, { name: 'Stepped', tags: ['hot'], stage_id: next?.id })
    await test.change('opportunities', id, { state: 'lost' })
    await test.deliver()
    const insightlyId = await test.insightlyId('opportunities', id)
    const path = `PUT Opportunities/${insightlyId}`
    // Whoever closes a deal here also says when.
    expect(test.writes()).toEqual(['PUT Opportunities', `${path}/Tags`, `${path}/PipelineStage`, 'PUT Opportunities', `${path}/StateChange`])
    expect(await row('Opportunities', 'OPPORTUNITY_ID', insightlyId)).toMatchObject({
      OPPORTUNITY_NAME: 'Stepped',
      STAGE_ID: next?.there,
      OPPORTUNITY_STATE: 'Lost',
      TAGS: [{ TAG_NAME: 'hot' }],
      BID_AMOUNT: 10,
    })
  })

  it('of dates, money, choices and owners arrives in Insightly’s form', async () => {
    const [owner] = await test.gold<{ id: string; there: number }>(
      `select record_id as id, insightly_id::int as there from insightly_records where workspace_id = $1 and entity = 'users' order by insightly_id desc limit 1`,
    )
    const contact = await test.make('contacts', { first_name: 'Form' })
    const deal = await test.make('opportunities', { name: 'Form', value: '1', currency: 'USD', contact_id: contact })
    const task = await test.make('tasks', { title: 'Form', status: 'Not Started' })
    const product = await test.make('products', { sku: 'form-1', name: 'Form', price: '1' })
    await test.deliver()
    await test.change('contacts', contact, { date_of_birth: '1990-02-28', owner_id: owner?.id })
    await test.change('opportunities', deal, { value: '98765432109876543.21', probability: 35, forecast_close_date: '2026-12-31', contact_id: null })
    await test.change('tasks', task, { due_at: '2026-07-01T10:00:00+02:00', status: 'completed', priority: 'low' })
    await test.change('products', product, { price: '2.50', active: false })
    await test.deliver()
    expect((await test.outbox()).filter(({ status }) => status !== 'done')).toEqual([])
    expect(await row('Contacts', 'CONTACT_ID', await test.insightlyId('contacts', contact))).toMatchObject({
      DATE_OF_BIRTH: '1990-02-28 00:00:00',
      OWNER_USER_ID: owner?.there,
    })
    expect(await row('Opportunities', 'OPPORTUNITY_ID', await test.insightlyId('opportunities', deal))).toMatchObject({
      PROBABILITY: 35,
      FORECAST_CLOSE_DATE: '2026-12-31 00:00:00',
      LINKS: [],
    })
    expect(await (await fetch(`${test.fake.origin}/_fake/dump/Opportunities`)).text()).toContain('"BID_AMOUNT":98765432109876543.21')
    expect(await row('Tasks', 'TASK_ID', await test.insightlyId('tasks', task))).toMatchObject({
      DUE_DATE: '2026-07-01 08:00:00',
      STATUS: 'COMPLETED',
      COMPLETED: true,
      PRIORITY: 1,
    })
    expect(await row('Product', 'PRODUCT_ID', await test.insightlyId('products', product))).toMatchObject({ DEFAULT_PRICE: 2.5, ACTIVE: false })
    // What comes back is what is here.
    for (const entity of ['contacts', 'opportunities', 'tasks', 'products'] as const) await test.mirror(entity)
    expect(await test.get('opportunities', deal)).toMatchObject({ value: '98765432109876543.21', probability: 35, contact_id: null })
    expect(await test.get('tasks', task)).toMatchObject({ due_at: '2026-07-01T08:00:00.000Z', priority: 'low' })
    expect(await test.conflicts()).toEqual([])
  })

  it('of what Insightly filled in by itself is no conflict, whenever it was made', async () => {
    const [owner] = await test.gold<{ id: string; there: number }>(
      `select record_id as id, insightly_id::int as there from insightly_records where workspace_id = $1 and entity = 'users' order by insightly_id desc limit 1`,
    )
    const contact = await test.make('contacts', { first_name: 'Owned' })
    const interrupted = {
      ...test.client,
      create: (async (name: 'contacts', fields: Record<string, unknown>) => {
        const made = await test.client.create(name, fields)
        await test.change('contacts', contact, { owner_id: owner?.id })
        return made
      }) as typeof test.client.create,
    }
    await test.deliver(undefined, interrupted)
    expect(await test.conflicts()).toEqual([])
    expect(await row('Contacts', 'CONTACT_ID', await test.insightlyId('contacts', contact))).toMatchObject({ OWNER_USER_ID: owner?.there })
    expect(await test.get('contacts', contact)).toMatchObject({ owner_id: owner?.id })
  })

  it('says what of it Insightly has no place for', async () => {
    await test.make('contacts', { first_name: 'Sourced', source: 'Fair' })
    await test.deliver()
    expect((await test.outbox()).at(-1)).toMatchObject({ status: 'done', error: 'Insightly has no place for this, so it stays here: Source.' })
  })

  it('is made in the order in which it was made here, and records do not wait for each other', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map((name) => test.make('organisations', { name })))
    await test.deliver()
    for (let round = 0; round < 4; round++) for (const id of ids) await test.change('organisations', id, { city: `City ${round}` })
    await test.admin('DELETE', '/calls')
    await test.deliver()
    expect(test.writes()).toHaveLength(12)
    const there = await test.dump('Organisations')
    expect(there.slice(-3).map(({ ADDRESS_BILLING_CITY }) => ADDRESS_BILLING_CITY)).toEqual(Array(3).fill('City 3'))
    expect((await test.outbox()).every(({ status }) => status === 'done')).toBe(true)
  })

  it('keeps the custom fields that it does not touch', async () => {
    const choices = (await test.client.customFields('contacts')).find(({ FIELD_NAME }) => FIELD_NAME === 'Decision_Role__c')?.CUSTOM_FIELD_OPTIONS ?? []
    const [first = '', second = ''] = choices.map(({ OPTION_VALUE }) => OPTION_VALUE ?? '')
    const id = await test.make('contacts', { first_name: 'Cus', custom: { decision_role: first } })
    await test.deliver()
    const insightlyId = await test.insightlyId('contacts', id)
    await test.client.update('contacts', insightlyId, {
      CUSTOMFIELDS: [
        { FIELD_NAME: 'Decision_Role__c', FIELD_VALUE: first },
        { FIELD_NAME: 'Newsletter__c', FIELD_VALUE: true },
      ],
    })
    await test.change('contacts', id, { custom: { decision_role: second } })
    await test.deliver()
    const there = (await row('Contacts', 'CONTACT_ID', insightlyId)) as { CUSTOMFIELDS: { FIELD_NAME: string; FIELD_VALUE: unknown }[] }
    expect(Object.fromEntries(there.CUSTOMFIELDS.map(({ FIELD_NAME, FIELD_VALUE }) => [FIELD_NAME, FIELD_VALUE]))).toEqual({
      Decision_Role__c: second,
      Newsletter__c: true,
    })
    expect(await test.conflicts()).toEqual([])
  })

  it('that Insightly has already is not sent', async () => {
    const id = await test.make('organisations', { name: 'Same', city: 'Rome' })
    await test.deliver()
    const insightlyId = await test.insightlyId('organisations', id)
    await test.client.update('organisations', insightlyId, { ADDRESS_BILLING_CITY: 'Paris' })
    await test.admin('DELETE', '/calls')
    await test.change('organisations', id, { city: 'Paris' })
    await test.deliver()
    expect(test.writes()).toEqual([])
    expect(await test.conflicts()).toEqual([])
  })

  it('of what a record is about moves its link', async () => {
    const [first, second] = [await test.make('contacts', { first_name: 'First' }), await test.make('organisations', { name: 'Second' })]
    const event = await test.make('events', { title: 'Moved', starts_at: '2026-05-02T11:00:00Z', related_type: 'contact', related_id: first })
    await test.deliver()
    await test.change('events', event, { related_type: 'organisation', related_id: second })
    await test.deliver()
    const there = await row('Events', 'EVENT_ID', await test.insightlyId('events', event))
    expect(there?.LINKS).toMatchObject([{ LINK_OBJECT_NAME: 'Organisation', LINK_OBJECT_ID: await test.insightlyId('organisations', second) }])
  })

  it('of a record that is not in Insightly stays here and says so', async () => {
    await test.gold(`update insightly_connections set state = 'left' where workspace_id = $1`)
    const id = await test.make('organisations', { name: 'Before the mirror' })
    await test.gold(`update insightly_connections set state = 'mirrored' where workspace_id = $1`)
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    expect(test.writes()).toEqual([])
    expect(await test.outbox()).toMatchObject([
      { operation: 'update', status: 'dropped', error: 'This organisation is not in Insightly, so its change stays here.' },
    ])
  })
})
