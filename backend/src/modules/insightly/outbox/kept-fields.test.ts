import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutboxService } from './outbox.service.ts'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'

let test: OutboxTest
beforeAll(async () => {
  test = await openOutbox()
})
afterAll(() => test.close())

const change = async (path: string, body: object) => {
  await test.later()
  const answer = await fetch(`${test.fake.origin}/_fake/v3.1/${path}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok) throw new Error(await answer.text())
}

describe('what Insightly has no place for', () => {
  it('stays here when the record comes back, until it is changed there', async () => {
    const id = await test.make('leads', { last_name: 'Kept', status: 'Frozen', source: 'My own source' })
    await test.deliver()
    expect((await test.outbox()).at(-1)).toMatchObject({ status: 'done', error: expect.stringContaining('so it stays here') })
    // More than once: what Insightly put in its stead is no news the second time either.
    for (let time = 0; time < 2; time++) {
      await test.mirror('leads')
      expect(await test.get('leads', id)).toMatchObject({ status: 'Frozen', source: 'My own source' })
    }
    const insightlyId = await test.insightlyId('leads', id)
    const statuses = (await test.dump('LeadStatuses')) as { LEAD_STATUS_ID: number; LEAD_STATUS: string }[]
    const lead = (await test.dump('Leads')).find((row) => row.LEAD_ID === insightlyId)
    const other = statuses.find(({ LEAD_STATUS_ID }) => LEAD_STATUS_ID !== lead?.LEAD_STATUS_ID)
    await change('Leads', { LEAD_ID: insightlyId, LEAD_STATUS_ID: other?.LEAD_STATUS_ID })
    await test.mirror('leads')
    expect(await test.get('leads', id)).toMatchObject({ status: other?.LEAD_STATUS, source: 'My own source' })
    expect(await test.conflicts()).toEqual([])
  })

  it('is sent without a conflict once it has a place there', async () => {
    const id = await test.make('leads', { last_name: 'Placed later', status: 'Frozen' })
    await test.deliver()
    await test.mirror('leads')
    const [status] = (await test.dump('LeadStatuses')) as { LEAD_STATUS_ID: number; LEAD_STATUS: string }[]
    await test.change('leads', id, { status: status?.LEAD_STATUS })
    await test.deliverAll()
    expect(await test.conflicts()).toEqual([])
    const insightlyId = await test.insightlyId('leads', id)
    expect((await test.dump('Leads')).find((row) => row.LEAD_ID === insightlyId)?.LEAD_STATUS_ID).toBe(status?.LEAD_STATUS_ID)
  })

  it('is what somebody chose not to send: it stays, and a later change is no conflict with it', async () => {
    const [first] = await test.client.list('contacts', { top: 1 }).then(({ rows }) => rows)
    await test.mirror('contacts')
    const [contact] = await test.gold<{ id: string }>(
      `select record_id as id from insightly_records where workspace_id = $1 and entity = 'contacts' and insightly_id = ${first?.CONTACT_ID}`,
    )
    const id = contact?.id ?? ''
    await test.change('contacts', id, { city: 'Only here' })
    const item = (await test.outbox()).at(-1)
    await createOutboxService({ operations: test.operations, clock: test.clock }).drop(test.actor, String(item?.id))
    await test.later()
    await test.mirror('contacts')
    expect(await test.get('contacts', id)).toMatchObject({ city: 'Only here' })
    await test.change('contacts', id, { city: 'There as well' })
    await test.deliverAll()
    expect(await test.conflicts()).toEqual([])
    expect((await test.dump('Contacts')).find((row) => row.CONTACT_ID === first?.CONTACT_ID)?.ADDRESS_MAIL_CITY).toBe('There as well')
  })

  it('is also the currency of a product, whose price would be another in that of the account', async () => {
    const id = await test.make('products', { sku: 'EUR-1', name: 'In euros', price: '9.99', currency: 'EUR' })
    await test.deliverAll()
    await test.mirror('products')
    expect(await test.get('products', id)).toMatchObject({ price: '9.99', currency: 'EUR' })
  })
})
