import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import type { InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, toInsightly, toRecord } from './index.ts'
import { idHere, type KnownWorld, lookups } from './mapping.testing.ts'

const world: KnownWorld = {
  lists: {
    leadStatuses: { 10: 'Open', 11: 'Closed' },
    leadSources: { 20: 'Web', 21: 'Fair' },
    opportunityCategories: { 3: 'Cloud' },
    taskCategories: { 4: 'Call' },
  },
  customFields: {
    Tier__c: { entity: 'organisations', key: 'tier', label: 'Tier', type: 'choice', choices: ['A', 'B'] },
    Likes__c: { entity: 'contacts', key: 'likes', label: 'Likes', type: 'multiChoice', choices: [] },
  },
  unknown: [idHere('contacts', 404), idHere('users', 404), idHere('stages', 404)],
}
const { incoming, outgoing } = lookups(world)

const create = (entity: MirroredEntity, values: Record<string, unknown>) => toInsightly(entity, values, outgoing, { isNew: true })
const change = (entity: MirroredEntity, values: Record<string, unknown>, row?: InsightlyRow) => toInsightly(entity, values, outgoing, { isNew: false, row })
const nothingElse = { customFields: [], keptHere: [], waitsFor: [] }

function refusal(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('a change', () => {
  it('sends the changed fields, and null for those that were emptied', () => {
    expect(change('contacts', { last_name: 'Lee', phone: null, date_of_birth: '1980-05-06', organisation_id: null, owner_id: idHere('users', 5) })).toEqual({
      fields: { LAST_NAME: 'Lee', PHONE: null, DATE_OF_BIRTH: '1980-05-06 00:00:00', ORGANISATION_ID: null, OWNER_USER_ID: 5 },
      ...nothingElse,
    })
    expect(change('events', { starts_at: '2024-05-06T07:08:09+02:00' }).fields).toEqual({ START_DATE_UTC: '2024-05-06 05:08:09' })
  })

  it('sends each custom field where it belongs', () => {
    const write = change('contacts', { custom: { likes: ['tea', 'cake'], salutation: 'Dr.', email_opted_out: null, phone_home: null, shoe_size: 44 } })
    expect(write).toEqual({
      fields: { SALUTATION: 'Dr.', EMAIL_OPTED_OUT: false, PHONE_HOME: null },
      customFields: [{ FIELD_NAME: 'Likes__c', FIELD_VALUE: 'tea;cake' }],
      keptHere: ['custom.shoe_size'],
      waitsFor: [],
    })
    expect(change('organisations', { custom: { tier: null } }).customFields).toEqual([{ FIELD_NAME: 'Tier__c', FIELD_VALUE: null }])
    expect(change('opportunities', { custom: { category: 'cloud' } }).fields).toEqual({ CATEGORY_ID: 3 })
  })

  it('says which fields stay here', () => {
    expect(change('organisations', { industry: null, size: 12, visibility: 'owner' }).keptHere).toEqual(['industry', 'size', 'visibility'])
    expect(change('notes', { author_id: idHere('users', 1) }).keptHere).toEqual(['author_id'])
    expect(change('events', { attendees: ['a@x.example'] }).keptHere).toEqual(['attendees'])
  })

  it('takes the names that stand beside ids for what they are', () => {
    const record = {
      id: 'x',
      external_id: '9',
      organisation: 'Acme',
      organisation_id: idHere('organisations', 3),
      owner: 'Sam',
      owner_id: null,
      name: 'Ann Lee',
      updated_at: '2024-01-01T00:00:00.000Z',
    }
    expect(change('contacts', record)).toEqual({ fields: { ORGANISATION_ID: 3, OWNER_USER_ID: null }, ...nothingElse })
  })

  it('waits for a record that is not there yet', () => {
    const write = change('opportunities', { contact_id: idHere('contacts', 404), name: 'Deal' })
    expect(write.waitsFor).toEqual([{ entity: 'contacts', recordId: idHere('contacts', 404) }])
    expect(write).not.toHaveProperty('contact')
    expect(change('notes', { related_type: 'contact', related_id: idHere('contacts', 404) })).toMatchObject({
      waitsFor: [{ entity: 'contacts', recordId: idHere('contacts', 404) }],
    })
  })
})

describe('what Insightly would refuse', () => {
  it.each([
    ['contacts', { title: 'x'.repeat(256) }, 'title', '256', '255'],
    ['contacts', { custom: { salutation: 'x'.repeat(51) } }, 'custom.salutation', '51', '50'],
    ['leads', { industry: 'x'.repeat(129) }, 'industry', '129', '128'],
    ['tasks', { title: 'x'.repeat(501) }, 'title', '501', '500'],
    ['contacts', { tags: ['x'.repeat(256)] }, 'tags', '256', '255'],
    ['opportunities', { value: '12345678901234567890' }, 'value', '19', 'digits'],
    ['opportunities', { probability: 33.5 }, 'probability', '33.5', 'whole'],
  ] as const)('is said before the call: %s %j', (entity, values, field, ...words) => {
    const error = refusal(() => change(entity, values))
    expect(error.code).toBe('VALIDATION')
    expect(error.details?.map((detail) => detail.field)).toEqual([field])
    for (const word of words) expect(error.message).toContain(word)
  })

  it('does not include texts that just fit', () => {
    expect(change('contacts', { title: 'x'.repeat(255) }).fields.TITLE).toHaveLength(255)
    expect(change('opportunities', { value: '1234567890123456789' }).fields.BID_AMOUNT).toBe('1234567890123456789')
  })

  it.each([
    ['tasks', { status: 'Blocked' }, 'status', 'Deferred'],
    ['tasks', { priority: 'whatever' }, 'priority', 'high'],
    ['leads', { status: 'Warm' }, 'status', 'lead status "Warm"'],
    ['leads', { source: 'Radio' }, 'source', 'lead source'],
    ['opportunities', { custom: { category: 'Toys' } }, 'custom.category', 'Toys'],
    ['opportunities', { stage_id: idHere('stages', 404) }, 'stage_id', 'stage'],
    ['contacts', { owner_id: idHere('users', 404) }, 'owner_id', 'no user of Insightly'],
    ['notes', { related_type: 'order', related_id: 'orders:1' }, 'related_id', 'contact'],
  ] as const)('is a change to what it does not have: %s %j', (entity, values, field, word) => {
    const error = refusal(() => change(entity, values))
    expect([error.code, error.details?.[0]?.field]).toEqual(['VALIDATION', field])
    expect(error.message).toContain(word)
    // A new record arrives without.
    const full = { title: 'T', body: 'B', name: 'N', starts_at: '2024-01-01T00:00:00Z', ...values }
    expect(create(entity, full).keptHere).toContain(field)
  })

  it.each([
    ['organisations', { name: null }, 'name'],
    ['tasks', { title: null }, 'title'],
    ['leads', { status: null }, 'status'],
    ['events', { ends_at: null }, 'ends_at'],
    ['products', { price: null }, 'price'],
  ] as const)('is a record without what every one has there: %s %j', (entity, values, field) => {
    const error = refusal(() => change(entity, values))
    expect([error.code, error.details?.[0]?.field]).toEqual(['VALIDATION', field])
  })
})

describe('a new record', () => {
  it('is sent without what is empty', () => {
    expect(
      create('contacts', {
        first_name: 'Ann',
        last_name: null,
        phone: '',
        tags: [],
        custom: { salutation: null, likes: [] },
        visibility: 'everyone',
        source: 'Web',
      }),
    ).toEqual({
      fields: { FIRST_NAME: 'Ann' },
      ...nothingElse,
      keptHere: ['source'],
    })
  })

  it('has what Insightly requires', () => {
    expect(create('contacts', { email: 'ann@x.example' }).fields).toEqual({ FIRST_NAME: '-', EMAIL_ADDRESS: 'ann@x.example' })
    expect(create('leads', { first_name: 'Ann' }).fields).toEqual({ FIRST_NAME: 'Ann', LAST_NAME: '-', LEAD_STATUS_ID: 10, LEAD_SOURCE_ID: 20 })
    expect(create('leads', { last_name: 'Lee', status: 'closed', source: 'fair' }).fields).toEqual({ LAST_NAME: 'Lee', LEAD_STATUS_ID: 11, LEAD_SOURCE_ID: 21 })
    expect(create('tasks', { title: 'Call' }).fields).toEqual({ TITLE: 'Call', COMPLETED: false, OWNER_USER_ID: 77 })
    expect(create('tasks', { title: 'Call', status: 'done', owner_id: idHere('users', 5) }).fields).toEqual({
      TITLE: 'Call',
      STATUS: 'Completed',
      COMPLETED: true,
      RESPONSIBLE_USER_ID: 5,
      OWNER_USER_ID: 5,
    })
    expect(create('events', { title: 'Visit', starts_at: '2024-05-06T07:00:00Z' }).fields).toEqual({
      TITLE: 'Visit',
      START_DATE_UTC: '2024-05-06 07:00:00',
      END_DATE_UTC: '2024-05-06 07:00:00',
    })
    expect(create('products', { sku: 'A-1', name: 'Sensor', price: '12.50' }).fields).toEqual({
      PRODUCT_SKU: 'A-1',
      PRODUCT_NAME: 'Sensor',
      DEFAULT_PRICE: '12.50',
      ACTIVE: true,
    })
    expect(create('notes', { body: '<p>First line</p>\nSecond', related_type: 'lead', related_id: idHere('leads', 6) })).toMatchObject({
      fields: { TITLE: 'First line', BODY: '<p>First line</p>\nSecond' },
      related: { entity: 'leads', insightlyId: 6 },
    })
  })

  it.each([
    ['events', { title: 'Visit' }, 'starts_at'],
    ['products', { sku: 'A', name: 'Sensor' }, 'price'],
  ] as const)('without what only a person knows is refused: %s %j', (entity, values, field) => {
    expect(refusal(() => create(entity, values)).details?.[0]?.field).toBe(field)
  })

  it('never takes a stand-in there', () => {
    expect(create('notes', { title: 'T', body: '' }).fields).toEqual({ TITLE: 'T' })
    expect(change('organisations', { name: '(no name)' }).fields).toEqual({})
    expect(change('events', { title: '(no title)' }).fields).toEqual({})
    expect(change('products', { sku: 'insightly-9' }).fields).toEqual({})
  })
})

describe('an opportunity', () => {
  it('has calls of its own for state, pipeline, tags and contact', () => {
    const values = {
      name: 'Deal',
      state: 'won',
      pipeline_id: idHere('pipelines', 1),
      stage_id: idHere('stages', 2),
      contact_id: idHere('contacts', 3),
      tags: ['big'],
      currency: 'EUR',
      probability: 40,
    }
    expect(create('opportunities', values)).toEqual({
      fields: { OPPORTUNITY_NAME: 'Deal', OPPORTUNITY_STATE: 'Open', BID_CURRENCY: 'EUR', PROBABILITY: 40 },
      state: 'Won',
      pipeline: { pipelineId: 1, stageId: 2 },
      contact: 3,
      tags: ['big'],
      ...nothingElse,
    })
    expect(change('opportunities', { state: 'abandoned' })).toEqual({ fields: {}, state: 'Abandoned', ...nothingElse })
    expect(change('opportunities', { pipeline_id: null, stage_id: null, contact_id: null, tags: [] })).toEqual({
      fields: {},
      pipeline: { pipelineId: null, stageId: null },
      contact: null,
      tags: [],
      ...nothingElse,
    })
    expect(create('opportunities', { name: 'Deal', state: 'open' })).not.toHaveProperty('state')
  })

  it.each([
    // Value here, bid there, what is sent.
    ['24000', { BID_TYPE: 'Fixed Bid' }, { BID_AMOUNT: '24000', BID_TYPE: 'Fixed Bid' }],
    ['24000', undefined, { BID_AMOUNT: '24000', BID_TYPE: 'Fixed Bid' }],
    ['24000', { BID_TYPE: 'Per Month', BID_DURATION: 12 }, { BID_AMOUNT: '2000' }],
    ['24000.60', { BID_TYPE: 'per month', BID_DURATION: 12 }, { BID_AMOUNT: '2000.05' }],
    // No amount to the cent gives it by the month.
    ['1000', { BID_TYPE: 'Per Month', BID_DURATION: 3 }, { BID_AMOUNT: '1000', BID_TYPE: 'Fixed Bid' }],
    ['1000', { BID_TYPE: 'Per Hour', BID_DURATION: null }, { BID_AMOUNT: '1000' }],
    ['1000', { BID_TYPE: 'Per Hour', BID_DURATION: 0 }, { BID_AMOUNT: '1000', BID_TYPE: 'Fixed Bid' }],
  ])('worth %s with the bid %j sends %j', (value, row, fields) => {
    expect(change('opportunities', { value }, row).fields).toEqual(fields)
  })

  it('keeps the value that a person gave it, whatever the bid is', () => {
    const row = { OPPORTUNITY_ID: 9, BID_TYPE: 'Per Month', BID_DURATION: 12, BID_AMOUNT: '1000', OPPORTUNITY_VALUE: '12000' }
    const { custom } = toRecord('opportunities', row, incoming).values
    expect(change('opportunities', { value: '6000', custom }, row).fields).toEqual({ BID_AMOUNT: '500', BID_TYPE: 'Per Month', BID_DURATION: 12 })
  })
})

describe('what an activity is about', () => {
  it('is a link, and of a task the opportunity besides', () => {
    expect(create('tasks', { title: 'T', related_type: 'opportunity', related_id: idHere('opportunities', 5) })).toMatchObject({
      fields: { OPPORTUNITY_ID: 5 },
      related: { entity: 'opportunities', insightlyId: 5 },
    })
    expect(change('tasks', { related_type: 'contact', related_id: idHere('contacts', 6) })).toMatchObject({
      fields: { OPPORTUNITY_ID: null },
      related: { entity: 'contacts', insightlyId: 6 },
    })
    expect(change('tasks', { related_type: null, related_id: null })).toEqual({ fields: { OPPORTUNITY_ID: null }, related: null, ...nothingElse })
    expect(change('events', { title: 'T' })).not.toHaveProperty('related')
    expect(change('events', { related_id: idHere('organisations', 7) }).related).toEqual({ entity: 'organisations', insightlyId: 7 })
  })
})

describe("an organisation's domain", () => {
  it.each([
    [true, undefined, { domain: 'acme.example' }, 'acme.example'],
    [true, undefined, { domain: 'acme.example', custom: { website: 'https://www.acme.example' } }, undefined],
    [false, undefined, { domain: 'acme.example', custom: { website: 'https://www.acme.example' } }, 'acme.example'],
    [false, { EMAILDOMAINS: [], WEBSITE: 'acme.example' }, { domain: 'acme.example' }, undefined],
    [false, { EMAILDOMAINS: [{ EMAIL_DOMAIN: 'old.example' }], WEBSITE: 'acme.example' }, { domain: 'acme.example' }, 'acme.example'],
    [false, undefined, { domain: null }, null],
    [true, undefined, { domain: null }, undefined],
  ])('new %s, there %j, here %j sends %s', (isNew, row, values, expected) => {
    expect(toInsightly('organisations', { name: 'Acme', ...values }, outgoing, { isNew, row }).emailDomain).toBe(expected)
  })
})

it('an e-mail has no way there', () => {
  expect(change('emails', { subject: 'x', from: 'a@x.example' })).toEqual({ fields: {}, ...nothingElse, keptHere: ['subject', 'from'] })
})
