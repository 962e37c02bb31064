import { describe, expect, it } from 'vitest'
import type { InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, toRecord } from './index.ts'
import { idHere, type KnownWorld, lookups } from './mapping.testing.ts'

const ids = {
  organisations: 'ORGANISATION_ID',
  contacts: 'CONTACT_ID',
  leads: 'LEAD_ID',
  opportunities: 'OPPORTUNITY_ID',
  products: 'PRODUCT_ID',
  quotes: 'QUOTE_ID',
  quote_lines: 'QUOTATION_ITEM_ID',
  tasks: 'TASK_ID',
  events: 'EVENT_ID',
  notes: 'NOTE_ID',
  emails: 'EMAIL_ID',
} as const

const read = (entity: MirroredEntity, row: InsightlyRow, world: KnownWorld = {}) => toRecord(entity, { [ids[entity]]: 9, ...row }, lookups(world).incoming)
const values = (entity: MirroredEntity, row: InsightlyRow, world?: KnownWorld) => read(entity, row, world).values
const link = (name: string, id: number, more: InsightlyRow = {}) => ({ LINK_ID: 1, LINK_OBJECT_NAME: name, LINK_OBJECT_ID: id, ...more })

describe('dates', () => {
  it.each(['0001-01-01 00:00:00', '0000-00-00 00:00:00', '0001-01-01T00:00:00Z', '0000-05-05 00:00:00', '2024-02-31 00:00:00', '', 'soon', 12, null])(
    'that are none are null: %s',
    (date) => {
      const record = read('opportunities', { FORECAST_CLOSE_DATE: date, DATE_UPDATED_UTC: date, DATE_CREATED_UTC: '2024-03-01 10:20:30' })
      expect(record.values.forecast_close_date).toBeNull()
      expect(record.remoteUpdatedAt).toBeNull()
      // Every record here was changed at some time.
      expect(record.values.updated_at).toBe('2024-03-01T10:20:30.000Z')
      expect(values('tasks', { DUE_DATE: date }).due_at).toBeNull()
      expect(values('contacts', { DATE_OF_BIRTH: date }).date_of_birth).toBeNull()
    },
  )

  it('are days or instants, as the column is', () => {
    expect(values('contacts', { DATE_OF_BIRTH: '1980-05-06 00:00:00' }).date_of_birth).toBe('1980-05-06')
    expect(values('leads', { CONVERTED_DATE_UTC: '2024-05-06 07:08:09' }).converted_at).toBe('2024-05-06T07:08:09.000Z')
  })

  it('that Insightly does not tell are not told', () => {
    expect(values('contacts', { DATE_CREATED_UTC: '0001-01-01 00:00:00' })).toMatchObject({ created_at: undefined, updated_at: undefined })
  })
})

describe('texts', () => {
  it('lose what cannot be stored and are null when nothing is left', () => {
    expect(values('contacts', { FIRST_NAME: ' A\0nn\uD800 ', LAST_NAME: '\0', TITLE: '  ', PHONE: 4711, EMAIL_ADDRESS: '' })).toMatchObject({
      first_name: 'Ann',
      last_name: null,
      title: null,
      phone: '4711',
      email: null,
    })
  })

  it('have a stand-in where there has to be one', () => {
    expect(values('organisations', { ORGANISATION_NAME: null }).name).toBe('(no name)')
    expect(values('opportunities', {})).toMatchObject({ name: '(no name)', state: 'open' })
    expect(values('tasks', {}).title).toBe('(no title)')
    expect(values('events', { TITLE: '' }).title).toBe('(no title)')
    expect(values('notes', { BODY: null })).toMatchObject({ title: null, body: '' })
    expect(values('emails', {})).toMatchObject({ from: '', to: [], subject: null, body: undefined })
    expect(values('products', {})).toMatchObject({ sku: 'insightly-9', name: '(no name)', active: true, price: null })
  })

  it('that we wrote because Insightly wants one are nothing', () => {
    expect(values('contacts', { FIRST_NAME: '-', LAST_NAME: 'Lee' })).toMatchObject({ first_name: null, last_name: 'Lee' })
    expect(values('leads', { FIRST_NAME: 'Ann', LAST_NAME: '-' })).toMatchObject({ first_name: 'Ann', last_name: null })
  })
})

describe('numbers', () => {
  it('of money keep all their digits', () => {
    expect(values('opportunities', { OPPORTUNITY_VALUE: '12345678901234567.89' }).value).toBe('12345678901234567.89')
    expect(values('opportunities', { OPPORTUNITY_VALUE: null, BID_AMOUNT: 0.1 }).value).toBe('0.1')
    expect(values('opportunities', { OPPORTUNITY_VALUE: '1e3' }).value).toBeNull()
  })

  it.each([
    [0, null],
    [1, 1],
    [5, 5],
    [6, null],
    ['3', 3],
    [2.5, null],
    [null, null],
  ])('of a rating %s is %s', (rating, expected) => {
    expect(values('leads', { LEAD_RATING: rating }).rating).toBe(expected)
  })

  it('that are no ids name nothing', () => {
    for (const id of [0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, 'x', null]) expect(values('contacts', { ORGANISATION_ID: id }).organisation_id).toBeNull()
    expect(values('contacts', { ORGANISATION_ID: '12' }).organisation_id).toBe(idHere('organisations', 12))
  })

  it.each([
    ['eur', 'EUR'],
    ['USD', 'USD'],
    ['Euro', null],
    ['€', null],
    [null, null],
  ])('of a currency %s is %s', (there, here) => {
    expect(values('opportunities', { BID_CURRENCY: there }).currency).toBe(here)
  })
})

describe('an organisation', () => {
  it.each([
    [[{ EMAIL_DOMAIN: 'acme.example' }, { EMAIL_DOMAIN: 'acme.test' }], 'https://www.other.example', 'acme.example'],
    [[], 'https://www.acme.example/en?x=1', 'acme.example'],
    [null, 'acme.example', 'acme.example'],
    [[{ EMAIL_DOMAIN: '' }], 'HTTP://ACME.example:8080', 'acme.example'],
    [[], 'see our page', null],
    [[], 'localhost', null],
    [[], null, null],
  ])('with domains %j and website %s has the domain %s', (domains, website, expected) => {
    const { domain, custom } = values('organisations', { EMAILDOMAINS: domains, WEBSITE: website })
    expect(domain).toBe(expected)
    expect(custom?.website).toBe(website ?? undefined)
  })
})

describe('fields without a column', () => {
  it('are custom fields that define themselves', () => {
    const { values: lead, extraFields } = read('leads', { MOBILE: '+44 20 1', EMPLOYEE_COUNT: 0, EMAIL_OPTED_OUT: false, FAX: '' })
    expect(lead.custom).toEqual({ mobile: '+44 20 1' })
    expect(extraFields).toEqual([{ entity: 'leads', key: 'mobile', label: 'Mobile', type: 'text', choices: [] }])
    const optedOut = read('leads', { EMAIL_OPTED_OUT: true })
    expect(optedOut.values.custom).toEqual({ email_opted_out: true })
    expect(optedOut.extraFields).toEqual([{ entity: 'leads', key: 'email_opted_out', label: 'Opted out of e-mail', type: 'boolean', choices: [] }])
    expect(values('opportunities', { CATEGORY_ID: 3 }, { lists: { opportunityCategories: { 3: 'Cloud' } } }).custom).toEqual({ category: 'Cloud' })
  })

  it('do not include what Insightly keeps for itself, and notes and e-mails have none', () => {
    expect(values('contacts', { IMAGE_URL: 'x', VISIBLE_TO: 'OWNER', CREATED_USER_ID: 1, LAST_ACTIVITY_DATE_UTC: '2024-01-01 00:00:00' }).custom).toEqual({})
    expect(values('notes', {})).not.toHaveProperty('custom')
    expect(values('emails', {})).not.toHaveProperty('custom')
  })
})

describe('a task', () => {
  it.each([
    [{ STATUS: 'NOT STARTED', COMPLETED: false, COMPLETED_DATE_UTC: '2024-01-02 00:00:00' }, 'Not Started', null],
    [{ STATUS: 'COMPLETED', COMPLETED: true, COMPLETED_DATE_UTC: '2024-01-02 03:04:05' }, 'Completed', '2024-01-02T03:04:05.000Z'],
    [{ STATUS: 'completed', COMPLETED_DATE_UTC: '2024-01-02 03:04:05' }, 'Completed', '2024-01-02T03:04:05.000Z'],
    [{ STATUS: 'Blocked', COMPLETED: true, COMPLETED_DATE_UTC: '0001-01-01 00:00:00' }, 'Blocked', null],
  ])('%j has the status %s', (row, status, completed) => {
    expect(values('tasks', row)).toMatchObject({ status, completed_at: completed })
  })

  it('is whose who is responsible for it, else its owner', () => {
    expect(values('tasks', { RESPONSIBLE_USER_ID: 2, OWNER_USER_ID: 1 }).owner_id).toBe(idHere('users', 2))
    expect(values('tasks', { RESPONSIBLE_USER_ID: 0, OWNER_USER_ID: 1 }).owner_id).toBe(idHere('users', 1))
    expect([1, 2, 3, 4, null].map((priority) => values('tasks', { PRIORITY: priority }).priority)).toEqual(['low', 'normal', 'high', null, null])
  })

  it('is about its opportunity, else about the closest of its links', () => {
    const links = [link('Organization', 1), link('contact', 2), link('LEAD', 3), link('Project', 4)]
    expect(read('tasks', { OPPORTUNITY_ID: 5, LINKS: links })).toMatchObject({
      values: { related_type: 'opportunity', related_id: idHere('opportunities', 5) },
      links: [
        { entity: 'leads', insightlyId: 3 },
        { entity: 'contacts', insightlyId: 2 },
        { entity: 'organisations', insightlyId: 1 },
      ],
    })
    expect(values('tasks', { LINKS: links })).toMatchObject({ related_type: 'lead', related_id: idHere('leads', 3) })
    // One that is not here cannot be what it is about.
    const unknown = read('tasks', { LINKS: links }, { unknown: [idHere('leads', 3)] })
    expect(unknown.values).toMatchObject({ related_type: 'contact', related_id: idHere('contacts', 2) })
    expect(unknown.links.map(({ entity }) => entity)).toEqual(['leads', 'organisations'])
    expect(values('tasks', { LINKS: [link('Project', 4)] })).toMatchObject({ related_type: null, related_id: null })
  })

  it('stays about what it is about here for as long as Insightly links it', () => {
    const links = [link('Contact', 2), link('Organisation', 1)]
    const chosen = () => ({ entity: 'organisations', insightlyId: 1 }) as const
    expect(values('tasks', { LINKS: links }, { chosen }).related_id).toBe(idHere('organisations', 1))
    expect(values('tasks', { LINKS: [link('Contact', 2), link('Contact', 3)] }, { chosen }).related_id).toBe(idHere('contacts', 2))
  })
})

describe('links', () => {
  const from = (entity: MirroredEntity, row: InsightlyRow) =>
    read(entity, row).links.map(({ entity: target, insightlyId, role }) => [target, insightlyId, role])

  it('that a column says are left out', () => {
    expect(
      from('contacts', { ORGANISATION_ID: 1, LINKS: [link('Organisation', 1, { ROLE: 'Boss' }), link('Organisation', 2, { ROLE: ' Adviser ' })] }),
    ).toEqual([['organisations', 2, 'Adviser']])
    const opportunity = { ORGANISATION_ID: 1, LINKS: [link('Organisation', 1), link('Contact', 5), link('Contact', 6, { ROLE: 'Buyer' }), link('Contact', 5)] }
    expect(values('opportunities', opportunity)).toMatchObject({ contact_id: idHere('contacts', 5), contact: `label of ${idHere('contacts', 5)}` })
    expect(from('opportunities', opportunity)).toEqual([['contacts', 6, 'Buyer']])
  })

  it('are taken from one of their two sides', () => {
    expect(from('organisations', { LINKS: [link('Contact', 1), link('Opportunity', 2), link('Task', 3)] })).toEqual([])
    expect(from('contacts', { LINKS: [link('Opportunity', 2), link('Lead', 3)] })).toEqual([])
    expect(from('leads', { LINKS: [link('Contact', 3)] })).toEqual([['contacts', 3, null]])
    const twins = (own: number, other: number, isForward?: boolean) =>
      from('contacts', { CONTACT_ID: own, LINKS: [link('Contact', other, { OBJECT_NAME: 'Contact', OBJECT_ID: own, IS_FORWARD: isForward })] })
    expect([twins(1, 2, true), twins(2, 1, false)]).toEqual([[['contacts', 2, null]], []])
    expect([twins(1, 2), twins(2, 1)]).toEqual([[['contacts', 2, null]], []])
    // Told from the other end.
    expect(from('contacts', { CONTACT_ID: 9, LINKS: [{ OBJECT_NAME: 'Organisation', OBJECT_ID: 4, LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: 9 }] })).toEqual(
      [['organisations', 4, null]],
    )
  })

  it('of an event to contacts are who comes', () => {
    expect(values('events', { LINKS: [link('Contact', 1), link('Contact', 2), link('Lead', 3)] }).attendees).toEqual([
      'label of contacts:1',
      'label of contacts:2',
    ])
    // Insightly does not say that nobody comes.
    expect(values('events', { LINKS: [] }).attendees).toBeUndefined()
  })
})

describe('an e-mail', () => {
  it('has the addresses of its lines', () => {
    expect(
      values('emails', { EMAIL_FROM: 'Ann Lee <ann@x.example>', EMAIL_TO: '"Doe, John" <john@y.example>; office@z.example,office@z.example', BODY: ' Hello ' }),
    ).toMatchObject({
      from: 'ann@x.example',
      to: ['john@y.example', 'office@z.example'],
      body: 'Hello',
    })
    expect(values('emails', { EMAIL_FROM: 'Switchboard' }).from).toBe('Switchboard')
  })
})

it('tags are told once each, and not at all where a brief list leaves them out', () => {
  expect(
    values('contacts', { TAGS: [{ TAG_NAME: ' vip ' }, { TAG_NAME: 'VIP' }, { TAG_NAME: '' }, { TAG_NAME: null }, 'x', { TAG_NAME: 'new' }] }).tags,
  ).toEqual(['vip', 'new'])
  expect(values('contacts', { TAGS: null }).tags).toEqual([])
  expect(values('contacts', {}).tags).toBeUndefined()
  expect(values('tasks', { TAGS: [{ TAG_NAME: 'x' }] })).not.toHaveProperty('tags')
})

it('a product is known by its number, else its code', () => {
  expect(values('products', { PRODUCT_SKU: 'A-1', PRODUCT_CODE: 'B' })).toMatchObject({ sku: 'A-1', custom: { product_code: 'B' } })
  expect(values('products', { PRODUCT_SKU: ' ', PRODUCT_CODE: 'B' }).sku).toBe('B')
})
