import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake } from '../../../../test/fakes/insightly/fake-client.ts'
import { insightlyObjects } from '../client/objects.ts'
import { parseBody, toBody } from '../client/parse-body.ts'
import type { InsightlyRow } from '../client/records.ts'
import { isSameAsSent, type MirroredEntity, objectOf, toInsightly } from './index.ts'
import { idHere, lookups } from './mapping.testing.ts'

let fake: FakeClient
beforeAll(async () => {
  fake = await openFake({ records: 20, settings: { stateCase: 'upper' } })
})
afterAll(() => fake.close())

const { outgoing } = lookups()
const samples: [MirroredEntity, Record<string, unknown>, changed: Record<string, unknown>][] = [
  [
    'contacts',
    { last_name: 'Lee', email: 'ann@x.example', date_of_birth: '1980-05-06', custom: { email_opted_out: true } },
    { EMAIL_ADDRESS: 'bob@x.example' },
  ],
  ['organisations', { name: 'Acme  Works', city: 'Leeds' }, { ORGANISATION_NAME: 'Acme' }],
  ['leads', { last_name: 'Lee', rating: 3, organisation: 'Acme' }, { LEAD_RATING: 4 }],
  ['opportunities', { name: 'Deal', state: 'won', value: '12345678901234567.89', currency: 'EUR' }, { BID_AMOUNT: '12345678901234567.90' }],
  [
    'tasks',
    { title: 'Call', status: 'In Progress', priority: 'high', due_at: '2024-05-06T07:08:09.123Z', owner_id: idHere('users', 1402101) },
    { DUE_DATE: '2024-05-06 07:08:10' },
  ],
  ['events', { title: 'Visit', starts_at: '2024-05-06T07:08:09Z' }, { TITLE: 'Visits' }],
  ['products', { sku: 'NEW-1', name: 'Sensor', price: '12.50' }, { PRODUCT_SKU: 'NEW-2' }],
]

describe('a record that was made there', () => {
  it.each(samples)('is known again: %s', async (entity, values, changed) => {
    const { fields } = toInsightly(entity, values, outgoing, { isNew: true })
    const { path, id } = insightlyObjects[objectOf(entity)]
    const answer = await fake.post(`/${path}`, toBody(fields))
    expect(answer.status, answer.text).toBe(201)
    const made = parseBody(answer.text) as InsightlyRow
    const row = parseBody((await fake.get(`/${path}/${Number(made[id])}`)).text) as InsightlyRow
    // What was sent is kept as JSON meanwhile.
    const kept = JSON.parse(JSON.stringify(fields)) as Record<string, unknown>
    expect(isSameAsSent(entity, kept, row)).toBe(true)
    expect(isSameAsSent(entity, kept, { ...row, ...changed })).toBe(false)
    const others = (parseBody((await fake.get(`/${path}?top=50`)).text) as InsightlyRow[]).filter((other) => other[id] !== made[id])
    expect(others.filter((other) => isSameAsSent(entity, kept, other))).toEqual([])
  })

  it('is known by the words of its text, whatever they are wrapped in', () => {
    expect(isSameAsSent('notes', { TITLE: 'T', BODY: 'One\ntwo' }, { NOTE_ID: 1, TITLE: 'T', BODY: '<p>One</p><p>two</p>' })).toBe(true)
    expect(isSameAsSent('notes', { TITLE: 'T', BODY: 'One' }, { NOTE_ID: 1, TITLE: 'T', BODY: 'Two' })).toBe(false)
  })

  it('is not known when nothing was said that tells it from others', () => {
    expect(isSameAsSent('contacts', {}, { CONTACT_ID: 1 })).toBe(false)
    expect(isSameAsSent('tasks', { OWNER_USER_ID: 1, STATUS: 'Waiting' }, { TASK_ID: 1, STATUS: 'WAITING' })).toBe(false)
  })
})
