import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../../test/approvals.ts'
import { dumpRecords } from '../../../../test/record-dump.ts'

let space: ApprovalsWorkspace
let records: ReturnType<typeof createRecordsService>

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  records = createRecordsService({ operations: space.operations, clock: createClock() })
})

const propose = async (input: Record<string, unknown>) =>
  (await space.proposals.propose(space.actor, { calls: [{ tool: 'imports.run', input }], source: { kind: 'api' }, untrusted: false })).proposals[0]

describe('an import that was proposed', () => {
  it('shows what would land, lands when approved and is taken back whole', async () => {
    await records.createRecord(space.actor, 'contacts', { first_name: 'Ida', email: 'ida@example.com', phone: '1' })
    const before = await dumpRecords(space)
    const text = 'first_name,email,phone,organisation\nIda,ida@example.com,2,\nOtto,otto@example.com,3,New Org\nBad,not-an-address,4,\n'
    const proposal = await propose({ entity: 'contacts', format: 'csv', text, createMissing: true })
    expect(proposal).toMatchObject({
      title: 'Import 3 rows as contacts: 1 new, 1 changed, 1 wrong',
      after: { created: 1, updated: 1, errorCount: 1, errors: [{ row: 4, field: 'email' }] },
    })
    expect(await dumpRecords(space)).toEqual(before)
    expect(await space.gold('select count(*)::int as n from imports where workspace_id = $1')).toEqual([{ n: 0 }])

    const approved = await space.proposals.decide(space.actor, proposal?.id ?? '', { decision: 'approve' })
    expect(await space.gold('select status, created, updated, error_count from imports where workspace_id = $1')).toEqual([
      { status: 'done', created: 1, updated: 1, error_count: 1 },
    ])
    expect((await records.listRecords(space.actor, 'contacts', { limit: 10 })).items.map(({ email, phone }) => `${email} ${phone}`).sort()).toEqual([
      'ida@example.com 2',
      'otto@example.com 3',
    ])

    await space.proposals.undo(space.actor, approved.id)
    expect(await dumpRecords(space)).toEqual(before)
    expect(await space.gold('select status from imports where workspace_id = $1')).toEqual([{ status: 'undone' }])
  })

  it('asks again when it would do something else than was shown', async () => {
    const proposal = await propose({ entity: 'organisations', format: 'csv', text: 'name,domain\nWeiss AG,weiss.example\n' })
    expect(proposal?.after).toMatchObject({ created: 1, updated: 0 })
    await records.createRecord(space.actor, 'organisations', { name: 'Weiss', domain: 'weiss.example' })
    await expect(space.proposals.decide(space.actor, proposal?.id ?? '', { decision: 'approve' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await space.proposals.get(space.actor, proposal?.id ?? '')).toMatchObject({ status: 'pending', after: { created: 0, updated: 1 } })
  })

  it('lands orders with their lines', async () => {
    const before = await dumpRecords(space)
    const text =
      'order_id,customer,ordered_at,sku,quantity,unit_price,currency\nI-1,ida@example.com,2026-02-01,A,2,5,USD\nI-1,ida@example.com,2026-02-01,B,1,7,USD\n'
    const proposal = await propose({ entity: 'orders', format: 'csv', text })
    const approved = await space.proposals.decide(space.actor, proposal?.id ?? '', { decision: 'approve' })
    expect(await space.gold("select total, line_count from orders where workspace_id = $1 and order_number = 'I-1'")).toEqual([{ total: '17', line_count: 2 }])
    await space.proposals.undo(space.actor, approved.id)
    expect(await dumpRecords(space)).toEqual(before)
  })

  it('refuses what is no table, or not for this person', async () => {
    await expect(propose({ entity: 'contacts', format: 'csv', text: 'nonsense\n1\n' })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(propose({ entity: 'users', format: 'csv', text: 'name\nx\n' })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(propose({ entity: 'contacts', format: 'csv', text: 'x'.repeat(300_000) })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
