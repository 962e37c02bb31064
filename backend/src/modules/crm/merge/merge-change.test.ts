import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createLinksService, createRecordsService, type RecordJson } from '#backend/modules/crm/index.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../../test/approvals.ts'
import { dumpRecords } from '../../../../test/record-dump.ts'

let space: ApprovalsWorkspace
let records: ReturnType<typeof createRecordsService>
let links: ReturnType<typeof createLinksService>

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  records = createRecordsService({ operations: space.operations, clock: createClock() })
  links = createLinksService({ operations: space.operations, clock: createClock() })
})

const create = (entity: Parameters<typeof records.createRecord>[1], values: Record<string, unknown>): Promise<RecordJson> =>
  records.createRecord(space.actor, entity, values)

async function merge(input: Record<string, unknown>) {
  const { proposals } = await space.proposals.propose(space.actor, { calls: [{ tool: 'records.merge', input }], source: { kind: 'api' }, untrusted: false })
  return { proposal: proposals[0], approved: await space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: 'approve' }) }
}

describe('a merge', () => {
  it('gathers everything at the contact that stays, and undo gives it all back', async () => {
    const kept = await create('contacts', { first_name: 'Ann', last_name: 'Lee', tags: ['vip'], city: 'Bonn' })
    const twin = await create('contacts', {
      first_name: 'Anne',
      last_name: 'Lee',
      email: 'ann@example.com',
      phone: '+49 228 1',
      tags: ['VIP', 'press'],
      organisation: 'Lee Ltd',
    })
    const other = await create('contacts', { first_name: 'A.', last_name: 'Lee', city: 'Köln' })
    const deal = await create('opportunities', { name: 'Deal', contact_email: 'ann@example.com', value: '10' })
    const order = await create('orders', {
      order_id: 'M-1',
      customer: 'ann@example.com',
      ordered_at: '2026-01-01T00:00:00Z',
      lines: [{ sku: 'X', quantity: 1, unit_price: '2' }],
    })
    const quote = await create('quotes', { name: 'Offer', contact_email: 'ann@example.com', total: '10' })
    const task = await create('tasks', { title: 'Call', related_type: 'contact', related_id: twin.id })
    const note = await create('notes', { body: 'Hello', related_type: 'contact', related_id: other.id })
    const mail = await create('emails', { from: 'ann@example.com', subject: 'Hi', body: 'x' })
    const organisation = await create('organisations', { name: 'Linked Inc' })
    await links.addLink(space.actor, 'contacts', twin.id, { entity: 'organisation', recordId: organisation.id, role: 'board' })
    await links.addLink(space.actor, 'contacts', twin.id, { entity: 'contact', recordId: kept.id })
    const before = await dumpRecords(space)

    const { proposal, approved } = await merge({ entity: 'contacts', keepId: kept.id, mergeIds: [twin.id, other.id], values: { city: 'Berlin' } })
    expect(proposal?.title).toBe('Merge Anne Lee and 1 more into the contact Ann Lee')
    expect(approved.after).toMatchObject({ email: 'ann@example.com', phone: '+49 228 1', city: 'Berlin', organisation: 'Lee Ltd', tags: ['vip', 'press'] })
    expect(await records.getRecord(space.actor, 'opportunities', deal.id)).toMatchObject({ contact_id: kept.id })
    expect(await records.getRecord(space.actor, 'orders', order.id)).toMatchObject({ contact_id: kept.id, customer: 'Ann Lee' })
    expect(await records.getRecord(space.actor, 'quotes', quote.id)).toMatchObject({ contact_id: kept.id, contact: 'Ann Lee' })
    expect(await space.gold('select contact_id from order_lines where order_ref = $1', [order.id])).toEqual([{ contact_id: kept.id }])
    for (const [entity, { id }] of [
      ['tasks', task],
      ['notes', note],
      ['emails', mail],
    ] as const)
      expect(await records.getRecord(space.actor, entity, id), entity).toMatchObject({ related_type: 'contact', related_id: kept.id })
    expect(await links.listLinks(space.actor, 'contacts', kept.id)).toMatchObject([{ entity: 'organisation', recordId: organisation.id, role: 'board' }])
    for (const id of [twin.id, other.id]) await expect(records.getRecord(space.actor, 'contacts', id)).rejects.toMatchObject({ code: 'NOT_FOUND' })

    await space.proposals.undo(space.actor, approved.id)
    expect(await dumpRecords(space)).toEqual(before)
    expect((await records.listRecords(space.actor, 'contacts', { limit: 10, q: 'Anne Lee' })).items.map(({ id }) => id)).toContain(twin.id)
  })

  it('merges organisations with their people, and refuses undo once something moved was changed', async () => {
    const kept = await create('organisations', { name: 'Nordwind' })
    const twin = await create('organisations', { name: 'Nordwind GmbH', domain: 'nordwind.example' })
    const person = await create('contacts', { first_name: 'Nora', organisation_id: twin.id })
    const { approved } = await merge({ entity: 'organisations', keepId: kept.id, mergeIds: [twin.id] })
    expect(await records.getRecord(space.actor, 'contacts', person.id)).toMatchObject({ organisation: 'Nordwind' })
    await records.updateRecord(space.actor, 'contacts', person.id, { organisation_id: null })
    await expect(space.proposals.undo(space.actor, approved.id)).rejects.toMatchObject({ code: 'CONFLICT', details: [{ field: 'organisation' }] })
  })

  it('refuses what cannot be merged', async () => {
    const lead = await create('leads', { last_name: 'One' })
    for (const input of [
      { entity: 'leads', keepId: lead.id, mergeIds: [lead.id] },
      { entity: 'tasks', keepId: lead.id, mergeIds: ['01a00000-0000-7000-8000-000000000000'] },
      { entity: 'leads', keepId: lead.id, mergeIds: [] },
    ])
      await expect(merge(input)).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(merge({ entity: 'leads', keepId: lead.id, mergeIds: ['01a00000-0000-7000-8000-000000000000'] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
