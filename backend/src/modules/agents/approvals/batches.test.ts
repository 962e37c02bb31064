import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../../test/approvals.ts'

let space: ApprovalsWorkspace
let records: ReturnType<typeof createRecordsService>
let now = new Date('2026-05-01T09:00:00Z')
const clock = { now: () => now }

beforeAll(async () => {
  space = await createApprovalsWorkspace({ clock })
  records = createRecordsService({ operations: space.operations, clock: createClock() })
})

const task = (title: string) => ({ tool: 'records.create', input: { entity: 'tasks', values: { title } } })
const propose = (calls: { tool: string; input: Record<string, unknown> }[], more: object = {}, actor = space.actor) =>
  space.proposals.propose(actor, { calls, source: { kind: 'api' }, untrusted: false, ...more })
const tasksNamed = async (title: string) =>
  (
    await space.gold<{ n: number }>('select count(*)::int as n from tasks where workspace_id = $1 and title = $2 and deleted_at is null', [
      space.workspaceId,
      title,
    ])
  )[0]?.n

describe('a batch', () => {
  it('is carried out and undone as one', async () => {
    const contact = await records.createRecord(space.actor, 'contacts', { first_name: 'Bea', phone: '1' })
    const update = (phone: string) => ({ tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { phone } } })
    const { batchId, proposals } = await propose([task('In a batch'), update('2'), update('3')])
    expect(proposals.map(({ position, before, after }) => [position, before?.phone, after?.phone])).toEqual([
      [0, undefined, undefined],
      [1, '1', '2'],
      [2, '2', '3'],
    ])
    const done = await space.proposals.decideBatch(space.actor, batchId, { decision: 'approve', note: 'fine' })
    expect(done.proposals.map(({ status }) => status)).toEqual(['approved', 'approved', 'approved'])
    expect(await space.proposals.decideBatch(space.actor, batchId, { decision: 'approve' })).toEqual(done)
    await expect(space.proposals.decideBatch(space.actor, batchId, { decision: 'reject' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await records.getRecord(space.actor, 'contacts', contact.id)).toMatchObject({ phone: '3' })
    await space.proposals.undoBatch(space.actor, batchId)
    expect(await records.getRecord(space.actor, 'contacts', contact.id)).toMatchObject({ phone: '1' })
    expect(await tasksNamed('In a batch')).toBe(0)
  })

  it('changes nothing when one step cannot be done, and says which', async () => {
    const lead = await records.createRecord(space.actor, 'leads', { last_name: 'Soon gone' })
    const { batchId } = await propose([task('Half'), { tool: 'records.delete', input: { entity: 'leads', id: lead.id } }])
    await records.deleteRecord(space.actor, 'leads', lead.id)
    await expect(space.proposals.decideBatch(space.actor, batchId, { decision: 'approve' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/^Step 2 \(Delete the lead Soon gone\)/),
    })
    expect(await tasksNamed('Half')).toBe(0)
    expect((await space.proposals.list(space.actor, { batchId, limit: 10 })).items.map(({ status, error }) => [status, error])).toEqual([
      ['pending', null],
      ['pending', 'This lead was not found.'],
    ])
    await space.proposals.decideBatch(space.actor, batchId, { decision: 'reject' })
    expect((await space.proposals.list(space.actor, { batchId, limit: 10, status: 'rejected' })).total).toBe(2)
  })

  it('is shown anew as a whole when a record has changed', async () => {
    const contact = await records.createRecord(space.actor, 'contacts', { first_name: 'Cid', phone: '1' })
    const { batchId } = await propose([task('Anew'), { tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { phone: '2' } } }])
    await records.updateRecord(space.actor, 'contacts', contact.id, { phone: '9' })
    await expect(space.proposals.decideBatch(space.actor, batchId, { decision: 'approve' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await tasksNamed('Anew')).toBe(0)
    expect((await space.proposals.list(space.actor, { batchId, limit: 10 })).items[1]).toMatchObject({ status: 'pending', before: { phone: '9' } })
    await space.proposals.decideBatch(space.actor, batchId, { decision: 'approve' })
    expect(await tasksNamed('Anew')).toBe(1)
  })

  it('refuses a request of which one call cannot be, and keeps nothing', async () => {
    const before = (await space.proposals.list(space.actor, { limit: 1 })).total
    await expect(propose([task('Fine'), task('')])).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringMatching(/^Change 2 \(records\.create\)/),
      details: [{ field: expect.stringMatching(/^calls\.1/) }],
    })
    expect((await space.proposals.list(space.actor, { limit: 1 })).total).toBe(before)
  })

  it('is the same when it is asked for under the same key, also by many at once, and one for each person', async () => {
    const key = 'once'
    const batches = await Promise.all(Array.from({ length: 8 }, () => propose([task('Keyed')], { key })))
    expect(new Set(batches.map(({ batchId }) => batchId)).size).toBe(1)
    expect(batches.every(({ proposals }) => proposals.length === 1)).toBe(true)
    const rep = await space.member('rep')
    expect((await propose([task('Keyed')], { key }, rep)).batchId).not.toBe(batches[0]?.batchId)
    expect(space.outcomes.filter(([outcome]) => outcome === 'proposed').length).toBeGreaterThan(0)
  })

  it('is listed page by page, the newest first and each in order', async () => {
    const batch = await propose([task('P1'), task('P2'), task('P3')])
    const first = await space.proposals.list(space.actor, { limit: 2 })
    expect(first.items.map(({ title }) => title)).toEqual(['Create the task P1', 'Create the task P2'])
    const second = await space.proposals.list(space.actor, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second.items[0]).toMatchObject({ title: 'Create the task P3', batchId: batch.batchId })
    await expect(space.proposals.list(space.actor, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

describe('decisions at the same moment', () => {
  it('carry it out once', async () => {
    const { proposals } = await propose([task('Twenty at once')])
    const decide = () => space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: 'approve' })
    const answers = await Promise.all(Array.from({ length: 20 }, decide))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await tasksNamed('Twenty at once')).toBe(1)
    expect(
      await space.gold("select count(*)::int as n from change_rows where workspace_id = $1 and table_name = 'tasks' and change_id = $2", [
        space.workspaceId,
        proposals[0]?.id,
      ]),
    ).toEqual([{ n: 1 }])
  })

  it('that contradict each other leave one of them', async () => {
    const { proposals } = await propose([task('Either or')])
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => space.proposals.decide(space.actor, proposals[0]?.id ?? '', { decision: n % 2 === 0 ? 'approve' : 'reject' })),
    )
    const status = (await space.proposals.get(space.actor, proposals[0]?.id ?? '')).status
    expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(5)
    expect(await tasksNamed('Either or')).toBe(status === 'approved' ? 1 : 0)
  })

  it('and undo do it once as well', async () => {
    const { proposals } = await propose([task('Undone at once')])
    const id = proposals[0]?.id ?? ''
    await space.proposals.decide(space.actor, id, { decision: 'approve' })
    await Promise.all(Array.from({ length: 8 }, () => space.proposals.undo(space.actor, id)))
    expect(
      await space.gold(
        "select count(*)::int as n from field_history where workspace_id = $1 and entity = 'tasks' and operation = 'delete' and record_id = (select record_id from proposals where id = $2)",
        [space.workspaceId, id],
      ),
    ).toEqual([{ n: 1 }])
  })
})

describe('a decision', () => {
  it('comes too late after a week', async () => {
    const { proposals } = await propose([task('Late')])
    const id = proposals[0]?.id ?? ''
    now = new Date(now.getTime() + 7 * 86_400_000 + 1000)
    expect((await space.proposals.list(space.actor, { limit: 50, status: 'expired' })).items.map((each) => each.id)).toContain(id)
    expect(await space.gold('select status from proposals where id = $1', [id])).toEqual([{ status: 'expired' }])
    await expect(space.proposals.decide(space.actor, id, { decision: 'approve' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/expired/),
    })
    expect(await tasksNamed('Late')).toBe(0)
    expect(space.outcomes.some(([outcome, count]) => outcome === 'expired' && count > 0)).toBe(true)
  })

  it('may change what is done, but not to what', async () => {
    const contact = await records.createRecord(space.actor, 'contacts', { first_name: 'Dee', phone: '1' })
    const other = await records.createRecord(space.actor, 'contacts', { first_name: 'Other', phone: '1' })
    const { proposals } = await propose([{ tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { phone: '2' } } }])
    const id = proposals[0]?.id ?? ''
    const edit = (input: Record<string, unknown>) => space.proposals.decide(space.actor, id, { decision: 'approve', input })
    await expect(edit({ entity: 'contacts', id: other.id, values: { phone: '3' } })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(edit({ entity: 'contacts', id: contact.id, values: { nonsense: '3' } })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(edit({ entity: 'contacts', id: contact.id, values: {} })).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(await space.proposals.get(space.actor, id)).toMatchObject({ status: 'pending', edited: false })
    const approved = await edit({ entity: 'contacts', id: contact.id, values: { phone: '3' } })
    expect(approved).toMatchObject({ status: 'approved', edited: true, after: { phone: '3' }, input: { values: { phone: '3' } } })
    expect(await records.getRecord(space.actor, 'contacts', other.id)).toMatchObject({ phone: '1' })
  })

  it('that fails says why, and may be taken again', async () => {
    await records.createRecord(space.actor, 'products', { sku: 'TAKEN', name: 'There' })
    const { proposals } = await propose([{ tool: 'records.create', input: { entity: 'products', values: { sku: 'LATER', name: 'Here' } } }])
    const later = await records.createRecord(space.actor, 'products', { sku: 'LATER', name: 'First' })
    const id = proposals[0]?.id ?? ''
    await expect(space.proposals.decide(space.actor, id, { decision: 'approve' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await space.proposals.get(space.actor, id)).toMatchObject({ status: 'failed', error: expect.stringMatching(/LATER/) })
    await records.deleteRecord(space.actor, 'products', later.id)
    expect(await space.proposals.decide(space.actor, id, { decision: 'approve' })).toMatchObject({ status: 'approved', error: null })
  })
})
