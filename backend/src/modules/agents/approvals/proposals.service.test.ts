import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../../test/approvals.ts'

const source = { kind: 'sentence', text: 'please' } as const

let space: ApprovalsWorkspace
let records: ReturnType<typeof createRecordsService>

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  records = createRecordsService({ operations: space.operations, clock: createClock() })
})

const propose = (calls: { tool: string; input: Record<string, unknown> }[], more: object = {}, actor = space.actor) =>
  space.proposals.propose(actor, { calls, source, untrusted: false, ...more })

describe('proposals', () => {
  it('shows a new record, makes it on approval and deletes it on undo', async () => {
    const before = await space.gold('select count(*)::int as n from contacts where workspace_id = $1')
    const { proposals } = await propose([
      { tool: 'records.create', input: { entity: 'contacts', values: { first_name: 'Casey', last_name: 'White', organisation: 'Acme' } } },
    ])
    const [proposal] = proposals
    expect(proposal).toMatchObject({
      status: 'pending',
      title: 'Create the contact Casey White',
      before: null,
      recordId: null,
      entity: 'contacts',
      risk: 'low',
    })
    expect(proposal?.after).toMatchObject({ first_name: 'Casey', organisation: 'Acme' })
    expect(await space.gold('select count(*)::int as n from contacts where workspace_id = $1')).toEqual(before)
    const approved = await space.proposals.decide(space.actor, proposal?.id ?? '', { decision: 'approve' })
    expect(approved.status).toBe('approved')
    const contact = await records.getRecord(space.actor, 'contacts', approved.recordId ?? '')
    expect(contact).toMatchObject({ first_name: 'Casey', organisation: 'Acme' })
    const undone = await space.proposals.undo(space.actor, approved.id)
    expect(undone.status).toBe('undone')
    await expect(records.getRecord(space.actor, 'contacts', contact.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await space.gold("select count(*)::int as n from organisations where workspace_id = $1 and name = 'Acme' and deleted_at is null")).toEqual([
      { n: 0 },
    ])
  })

  it('changes a record and puts back every column', async () => {
    const contact = await records.createRecord(space.actor, 'contacts', { first_name: 'Una', email: 'una@example.com', phone: '+44 20 7946 0000', tags: ['a'] })
    const row = () => space.gold('select * from contacts where id = $1', [contact.id])
    const was = await row()
    const { proposals } = await propose([
      { tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { phone: '+44 20 7946 1111', tags: ['b'] } } },
    ])
    expect(proposals[0]).toMatchObject({ title: 'Change phone and tags of the contact Una', changes: expect.arrayContaining(['phone', 'tags']) })
    expect(await row()).toEqual(was)
    const approved = await space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: 'approve' })
    expect(approved.after).toMatchObject({ phone: '+44 20 7946 1111', tags: ['b'] })
    expect(await row()).not.toEqual(was)
    await space.proposals.undo(space.actor, approved.id)
    expect(await row()).toEqual(was)
    expect(await space.proposals.undo(space.actor, approved.id)).toMatchObject({ status: 'undone' })
  })

  it('deletes a record and brings it back', async () => {
    const lead = await records.createRecord(space.actor, 'leads', { last_name: 'Gone', email: 'gone@example.com' })
    const was = await space.gold('select * from leads where id = $1', [lead.id])
    const { proposals } = await propose([{ tool: 'records.delete', input: { entity: 'leads', id: lead.id } }])
    expect(proposals[0]).toMatchObject({ title: 'Delete the lead Gone', after: null, risk: 'high' })
    const approved = await space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: 'approve' })
    await expect(records.getRecord(space.actor, 'leads', lead.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await space.proposals.undo(space.actor, approved.id)
    expect(await space.gold('select * from leads where id = $1', [lead.id])).toEqual(was)
  })

  it('refuses an input that has more than it should, in a sentence that begins with words', async () => {
    const input = { entity: 'tasks', values: { title: 'Call' } }
    const { proposals } = await propose([{ tool: 'records.create', input }])
    await expect(space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: 'approve', input: { ...input, more: 1 } })).rejects.toMatchObject({
      code: 'VALIDATION',
      message: 'Unrecognized key: "more"',
      details: [{ message: 'Unrecognized key: "more"' }],
    })
  })

  it('refuses undo of what somebody has changed since, and names the field', async () => {
    const contact = await records.createRecord(space.actor, 'contacts', { first_name: 'Later', phone: '1' })
    const { proposals } = await propose([{ tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { phone: '2' } } }])
    const { id } = await space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: 'approve' })
    await records.updateRecord(space.actor, 'contacts', contact.id, { phone: '3' })
    await expect(space.proposals.undo(space.actor, id)).rejects.toMatchObject({ code: 'CONFLICT', details: [{ field: 'phone' }] })
    expect(await records.getRecord(space.actor, 'contacts', contact.id)).toMatchObject({ phone: '3' })
    await records.updateRecord(space.actor, 'contacts', contact.id, { phone: '2', city: 'Bonn' })
    await space.proposals.undo(space.actor, id)
    expect(await records.getRecord(space.actor, 'contacts', contact.id)).toMatchObject({ phone: '1', city: 'Bonn' })
  })

  it('shows a record anew that has changed since it was proposed', async () => {
    const contact = await records.createRecord(space.actor, 'contacts', { first_name: 'Stale', phone: '1' })
    const { proposals } = await propose([{ tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { phone: '2' } } }])
    await records.updateRecord(space.actor, 'contacts', contact.id, { title: 'Boss' })
    const id = proposals[0]?.id ?? ''
    await expect(space.proposals.decide(space.actor, id, { decision: 'approve' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await space.proposals.get(space.actor, id)).toMatchObject({
      status: 'pending',
      before: { title: 'Boss', phone: '1' },
      after: { title: 'Boss', phone: '2' },
    })
    expect(await space.proposals.decide(space.actor, id, { decision: 'approve' })).toMatchObject({ status: 'approved' })
  })

  it('answers a repeated decision alike and refuses the opposite one', async () => {
    const { proposals } = await propose([{ tool: 'records.create', input: { entity: 'tasks', values: { title: 'Once' } } }])
    const id = proposals[0]?.id ?? ''
    const first = await space.proposals.decide(space.actor, id, { decision: 'approve' })
    expect(await space.proposals.decide(space.actor, id, { decision: 'approve' })).toEqual(first)
    await expect(space.proposals.decide(space.actor, id, { decision: 'reject' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await space.gold("select count(*)::int as n from tasks where workspace_id = $1 and title = 'Once'")).toEqual([{ n: 1 }])
  })

  it('refuses what cannot be, and who may not', async () => {
    await expect(propose([{ tool: 'nonsense', input: {} }])).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(propose([{ tool: 'records.create', input: { entity: 'pipelines', values: { name: 'x' } } }])).rejects.toThrow(/not changed through proposals/)
    await expect(propose([{ tool: 'records.update', input: { entity: 'contacts', id: newId(), values: { phone: '2' } } }])).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const viewer = await space.member('viewer')
    await expect(propose([{ tool: 'records.create', input: { entity: 'tasks', values: { title: 'No' } } }], {}, viewer)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})
