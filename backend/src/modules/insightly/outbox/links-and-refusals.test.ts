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

const row = async (collection: string, key: string, id: number) => (await test.dump(collection)).find((one) => one[key] === id)

describe('links', () => {
  it('are added once and removed, from the side that can hold them', async () => {
    const deal = await test.make('opportunities', { name: 'Linked' })
    const lead = await test.make('leads', { last_name: 'Linked' })
    const { id } = await test.links.addLink(test.actor, 'leads', lead, { entity: 'opportunity', recordId: deal, role: 'Origin' })
    await test.deliver()
    const insightlyId = await test.insightlyId('opportunities', deal)
    expect((await row('Opportunities', 'OPPORTUNITY_ID', insightlyId))?.LINKS).toMatchObject([
      { LINK_OBJECT_NAME: 'Lead', LINK_OBJECT_ID: await test.insightlyId('leads', lead), ROLE: 'Origin' },
    ])
    await test.links.removeLink(test.actor, 'leads', lead, id)
    await test.deliver()
    expect((await row('Opportunities', 'OPPORTUNITY_ID', insightlyId))?.LINKS).toEqual([])
    expect((await test.outbox()).map(({ status }) => status)).toEqual(Array(4).fill('done'))
  })

  it('to what Insightly does not know stay here', async () => {
    const deal = await test.make('opportunities', { name: 'With a product' })
    const product = await test.make('products', { sku: 'linked-1', name: 'Linked' })
    await test.links.addLink(test.actor, 'opportunities', deal, { entity: 'product', recordId: product })
    await test.deliver()
    expect((await test.outbox()).at(-1)).toMatchObject({ operation: 'link', status: 'dropped', error: expect.stringContaining('stays here') })
  })
})

describe('a deletion', () => {
  it('is made there, and what is gone there already is as good', async () => {
    const ids = [await test.make('contacts', { first_name: 'Del' }), await test.make('contacts', { first_name: 'Gone' })]
    await test.deliver()
    const [there, gone] = await Promise.all(ids.map((id) => test.insightlyId('contacts', id)))
    await test.client.delete('contacts', gone ?? 0)
    for (const id of ids) await test.remove('contacts', id)
    await test.deliver()
    expect((await test.outbox()).slice(-2)).toMatchObject([
      { operation: 'delete', status: 'done' },
      { operation: 'delete', status: 'done' },
    ])
    expect(await row('Contacts', 'CONTACT_ID', there ?? 0)).toBeUndefined()
  })

  it('of what was never sent costs no call', async () => {
    const id = await test.make('contacts', { first_name: 'Never' })
    await test.change('contacts', id, { last_name: 'Sent' })
    await test.remove('contacts', id)
    await test.deliver()
    expect(test.writes()).toEqual([])
    expect((await test.outbox()).map(({ operation, status }) => [operation, status])).toEqual([
      ['create', 'done'],
      ['update', 'dropped'],
      ['delete', 'done'],
    ])
  })

  it('that was taken back before it was sent costs no call either', async () => {
    const id = await test.make('contacts', { first_name: 'Back' })
    await test.deliver()
    await test.admin('DELETE', '/calls')
    await test.remove('contacts', id)
    await test.restore('contacts', id)
    await test.deliver()
    expect(test.writes()).toEqual([])
    expect((await test.outbox()).map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  })

  it('that was sent is taken back as a new record there', async () => {
    const id = await test.make('contacts', { first_name: 'Phoenix', tags: ['bird'] })
    await test.deliver()
    const before = await test.insightlyId('contacts', id)
    await test.remove('contacts', id)
    await test.deliver()
    await test.restore('contacts', id)
    await test.deliver()
    const after = await test.insightlyId('contacts', id)
    expect(after).toBeGreaterThan(before)
    expect(await row('Contacts', 'CONTACT_ID', after)).toMatchObject({ FIRST_NAME: 'Phoenix', TAGS: [{ TAG_NAME: 'bird' }] })
    expect(await test.get('contacts', id)).toMatchObject({ external_id: String(after) })
  })
})

describe('what Insightly refuses', () => {
  it('fails at once with its words, and what comes after it on the same record waits', async () => {
    const id = await test.make('organisations', { name: 'Refused' })
    const other = await test.make('contacts', { first_name: 'Fine' })
    await test.fault({
      kind: 'status',
      method: 'POST',
      path: 'Organisations',
      status: 400,
      body: '{"Message":"No more of these."}',
      contentType: 'application/json',
    })
    await test.change('organisations', id, { city: 'Bonn' })
    expect(await test.deliver()).toMatchObject({ delivered: 1, failed: 1 })
    const [refused, fine, waiting] = await test.outbox()
    expect(refused).toMatchObject({ status: 'failed', attempts: 1, error: expect.stringContaining('“No more of these.”') })
    expect([fine?.status, waiting?.status]).toEqual(['done', 'pending'])
    await test.deliver()
    expect(test.writes()).toHaveLength(2)
    expect(await test.insightlyId('contacts', other)).toBeGreaterThan(0)
  })

  it('for want of room or rights fails as well', async () => {
    for (const status of [402, 403, 404, 409, 422]) {
      await test.make('organisations', { name: `Refused ${status}` })
      await test.fault({ kind: 'status', method: 'POST', path: 'Organisations', status })
      await test.deliver()
      expect((await test.outbox()).at(-1), String(status)).toMatchObject({ status: 'failed', attempts: 1 })
    }
  })

  it('makes what refers to it wait and say why', async () => {
    const organisation = await test.make('organisations', { name: 'Refused employer' })
    await test.make('contacts', { first_name: 'Employee', organisation_id: organisation })
    await test.fault({ kind: 'status', method: 'POST', path: 'Organisations', status: 400 })
    expect(await test.deliver()).toMatchObject({ failed: 1, waiting: 1 })
    expect((await test.outbox()).at(-1)).toMatchObject({ status: 'pending', error: expect.stringContaining('which Insightly refused') })
  })

  it('is said before the call where it is known', async () => {
    await test.make('notes', { body: 'About nothing' })
    await test.make('organisations', { name: 'x'.repeat(300) })
    await test.deliver()
    expect(test.writes()).toEqual([])
    const [note, long] = await test.outbox()
    expect(note).toMatchObject({ status: 'failed', error: expect.stringContaining('a note belongs to a contact') })
    expect(long).toMatchObject({ status: 'failed', error: expect.stringContaining('255') })
  })

  it('is forgotten when the record is deleted here', async () => {
    const id = await test.make('organisations', { name: 'Refused and deleted' })
    await test.fault({ kind: 'status', method: 'POST', path: 'Organisations', status: 400 })
    await test.deliver()
    await test.change('organisations', id, { city: 'Bonn' })
    await test.remove('organisations', id)
    await test.deliver()
    expect((await test.outbox()).map(({ operation, status }) => [operation, status])).toEqual([
      ['create', 'dropped'],
      ['update', 'dropped'],
      ['delete', 'done'],
    ])
    const known = await test.make('organisations', { name: 'Refused later' })
    await test.deliver()
    await test.fault({ kind: 'status', method: 'PUT', path: 'Organisations', status: 400 })
    await test.change('organisations', known, { city: 'Bonn' })
    await test.deliver()
    await test.remove('organisations', known)
    await test.deliver()
    expect((await test.outbox()).slice(-3).map(({ status }) => status)).toEqual(['done', 'dropped', 'done'])
    expect((await test.dump('Organisations')).filter(({ ORGANISATION_NAME }) => ORGANISATION_NAME === 'Refused later')).toEqual([])
  })

  it('is not even tried for kinds of records that the plan does not have', async () => {
    await test.gold(`update insightly_connections set not_in_plan = '{products}' where workspace_id = $1`)
    await test.make('products', { sku: 'planless', name: 'Planless' })
    await test.deliver()
    await test.gold(`update insightly_connections set not_in_plan = '{}' where workspace_id = $1`)
    expect(test.writes()).toEqual([])
    expect(await test.outbox()).toMatchObject([{ status: 'dropped', error: 'Products are not in your Insightly plan, so this one stays here.' }])
  })

  it('because it was deleted there can be restored there', async () => {
    const id = await test.make('organisations', { name: 'Deleted there' })
    await test.deliver()
    await test.client.delete('organisations', await test.insightlyId('organisations', id))
    await test.change('organisations', id, { city: 'Graz' })
    await test.deliver()
    expect((await test.outbox()).at(-1)).toMatchObject({ status: 'failed', error: expect.stringContaining('It was deleted in Insightly') })
  })
})
