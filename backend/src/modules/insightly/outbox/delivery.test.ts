import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'

let test: OutboxTest
beforeAll(async () => {
  test = await openOutbox()
})
afterAll(() => test.close())

const newest = async (collection: string) => (await test.dump(collection)).at(-1) ?? {}

describe('each kind of write', () => {
  it('arrives as Insightly has it: an organisation with its domain, phone and tags', async () => {
    const id = await test.make('organisations', { name: 'Acme', domain: 'acme.example', phone: '+44 20 7946 0000', city: 'London', tags: ['vip', 'north'] })
    expect(await test.deliver()).toMatchObject({ state: 'done', delivered: 1, failed: 0 })
    expect(await newest('Organisations')).toMatchObject({
      ORGANISATION_NAME: 'Acme',
      PHONE: '+44 20 7946 0000',
      ADDRESS_BILLING_CITY: 'London',
      TAGS: [{ TAG_NAME: 'vip' }, { TAG_NAME: 'north' }],
      EMAILDOMAINS: [{ EMAIL_DOMAIN: 'acme.example' }],
    })
    const insightlyId = await test.insightlyId('organisations', id)
    expect((await newest('Organisations')).ORGANISATION_ID).toBe(insightlyId)
    expect(await test.get('organisations', id)).toMatchObject({ external_id: String(insightlyId) })
    expect(await test.outbox()).toMatchObject([{ operation: 'create', status: 'done', attempts: 1, error: null }])
  })
})
