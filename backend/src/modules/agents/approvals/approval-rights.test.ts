import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createRecordsService, type RecordJson } from '#backend/modules/crm/index.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../../test/approvals.ts'

type Person = Extract<Actor, { type: 'user' }>

let space: ApprovalsWorkspace
let records: ReturnType<typeof createRecordsService>
let rep: Person
let other: Person
let manager: Person
let viewer: Person
let open: RecordJson
let secret: RecordJson

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  records = createRecordsService({ operations: space.operations, clock: createClock() })
  rep = await space.member('rep')
  other = await space.member('rep')
  manager = await space.member('manager')
  viewer = await space.member('viewer')
  await space.gold(
    'with t as (insert into teams (workspace_id, id, name, created_at) values ($1, gen_random_uuid(), $2, now()) returning id) update users set team_id = (select id from t) where workspace_id = $1 and id = any($3)',
    [space.workspaceId, 'North', [rep.userId, manager.userId]],
  )
  open = await records.createRecord(rep, 'contacts', { first_name: 'Open' })
  secret = await records.createRecord(rep, 'contacts', { first_name: 'Secret', visibility: 'owner' })
})

const propose = async (actor: Actor, tool: string, input: Record<string, unknown>) =>
  (await space.proposals.propose(actor, { calls: [{ tool, input }], source: { kind: 'sentence', text: 'Do it' }, untrusted: false })).proposals[0]?.id ?? ''
const update = (actor: Actor, record: RecordJson, values: Record<string, unknown>) =>
  propose(actor, 'records.update', { entity: 'contacts', id: record.id, values })
const sees = async (actor: Actor, id: string) => {
  const listed = (await space.proposals.list(actor, { limit: 200 })).items.some((each) => each.id === id)
  const got = await space.proposals.get(actor, id).then(
    () => true,
    () => false,
  )
  expect(got).toBe(listed)
  return got
}

describe('who sees a proposal', () => {
  it('are those who see its record, who asked, and the manager of whoever asked', async () => {
    const aboutOpen = await update(rep, open, { city: 'Bonn' })
    const aboutSecret = await update(rep, secret, { city: 'Bonn' })
    const task = await propose(rep, 'records.create', { entity: 'tasks', values: { title: 'New' } })
    const note = await propose(rep, 'records.create', { entity: 'notes', values: { body: 'Hush', related_type: 'contact', related_id: secret.id } })
    const mail = await propose(rep, 'emails.send', { to: ['x@example.org'], subject: 'S', body: 'B' })
    const answers = async (actor: Actor) => Promise.all([aboutOpen, aboutSecret, task, note, mail].map((id) => sees(actor, id)))
    expect(await answers(rep)).toEqual([true, true, true, true, true])
    expect(await answers(space.actor)).toEqual([true, true, true, true, true])
    expect(await answers(manager)).toEqual([true, true, true, true, true])
    expect(await answers(other)).toEqual([true, false, false, false, false])
    expect(await answers(viewer)).toEqual([true, false, false, false, false])
    await expect(space.proposals.decide(other, aboutSecret, { decision: 'approve' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(space.proposals.decide(viewer, aboutOpen, { decision: 'approve' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await space.proposals.decide(other, aboutOpen, { decision: 'approve' })).toMatchObject({ status: 'approved', decidedBy: { id: other.userId } })
    // What is in the outbox is no more everybody's than what was to go there.
    await space.proposals.decide(rep, mail, { decision: 'approve' })
    await space.proposals.decide(rep, task, { decision: 'approve' })
    expect(await answers(other)).toEqual([true, false, true, false, false])
    expect(await space.proposals.decide(manager, aboutSecret, { decision: 'approve' })).toMatchObject({ status: 'approved' })
  })

  it('changes with the record, and what is hidden in it stays hidden', async () => {
    const hidden = await records.createRecord(space.actor, 'organisations', { name: 'Hidden Holding', visibility: 'owner', owner_id: space.actor.userId })
    const linked = await records.createRecord(space.actor, 'contacts', { first_name: 'Linked', organisation_id: hidden.id })
    const asked = await update(space.actor, linked, { city: 'Rome' })
    expect(JSON.stringify(await space.proposals.get(space.actor, asked))).toContain('Hidden Holding')
    const shown = await space.proposals.get(rep, asked)
    expect(JSON.stringify(shown)).not.toContain('Hidden Holding')
    expect(JSON.stringify(shown)).not.toContain(hidden.id)
    const own = await update(rep, linked, { city: 'Oslo' })
    await records.updateRecord(space.actor, 'contacts', linked.id, { visibility: 'owner', owner_id: space.actor.userId, title: 'Now secret' })
    await expect(space.proposals.decide(space.actor, own, { decision: 'approve' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await space.proposals.get(rep, own)).toMatchObject({ before: null, after: null, label: null })
    await expect(space.proposals.get(rep, asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is nobody of another workspace', async () => {
    const stranger = await createApprovalsWorkspace()
    const id = await update(rep, open, { city: 'Kiel' })
    await expect(stranger.proposals.get(stranger.actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(stranger.proposals.decide(stranger.actor, id, { decision: 'approve' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(stranger.proposals.undo(stranger.actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await stranger.proposals.list(stranger.actor, { limit: 200 })).items).toEqual([])
  })
})

describe('a proposal', () => {
  it('holds no more than its person may do', async () => {
    await expect(update(viewer, open, { city: 'X' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(update(other, secret, { city: 'X' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const chatOnly: Actor = { ...rep, key: { id: 'k', scopes: ['chat'] } }
    await expect(update(chatOnly, open, { city: 'X' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const noImport: Actor = { ...rep, key: { id: 'k', scopes: ['crm:read', 'crm:write'] } }
    await expect(propose(noImport, 'imports.run', { entity: 'contacts', format: 'csv', text: 'email\na@example.com\n' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const toImport = await propose(rep, 'imports.run', { entity: 'contacts', format: 'csv', text: 'email\na@example.com\n' })
    await expect(space.proposals.decide(noImport, toImport, { decision: 'approve' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('of a rep may build on what an earlier step of it has made', async () => {
    const update = (values: Record<string, unknown>) => ({ tool: 'records.update', input: { entity: 'contacts', id: open.id, values } })
    const { batchId } = await space.proposals.propose(rep, {
      calls: [update({ organisation: 'Fresh Org' }), update({ title: 'Boss' })],
      source: { kind: 'api' },
      untrusted: false,
    })
    const { proposals } = await space.proposals.decideBatch(rep, batchId, { decision: 'approve' })
    expect(proposals.map(({ status }) => status)).toEqual(['approved', 'approved'])
    expect(await records.getRecord(rep, 'contacts', open.id)).toMatchObject({ organisation: 'Fresh Org', title: 'Boss' })
    await space.proposals.undoBatch(rep, batchId)
    expect(await records.getRecord(rep, 'contacts', open.id)).toMatchObject({ organisation: null, title: null })
    expect(await space.gold("select count(*)::int as n from organisations where workspace_id = $1 and name = 'Fresh Org' and deleted_at is null")).toEqual([
      { n: 0 },
    ])
  })

  it('is told of in the audit trail by ids and fields, not by values', async () => {
    const id = await update(rep, open, { phone: '+49 555 0123' })
    await space.proposals.decide(rep, id, { decision: 'approve' })
    await space.proposals.undo(rep, id)
    const refused = await update(rep, open, { phone: '+49 555 0123' })
    await space.proposals.decide(rep, refused, { decision: 'reject', note: 'no' })
    await space.audit.flush()
    const entries = await space.gold<{ operation: string; entry: string }>(
      "select operation, to_jsonb(e)::text as entry from audit_entries e where workspace_id = $1 and operation like 'approvals.%'",
    )
    const about = (proposal: string) => entries.filter(({ entry }) => entry.includes(proposal)).map(({ operation }) => operation)
    expect(about(id).sort()).toEqual(['approvals.approve', 'approvals.undo'])
    expect(about(refused)).toEqual(['approvals.reject'])
    const batch = (await space.gold<{ batch_id: string }>('select batch_id from proposals where id = $1', [id]))[0]?.batch_id ?? ''
    expect(about(batch)).toEqual(['approvals.propose'])
    expect(entries.map(({ entry }) => entry).join()).not.toContain('555 0123')
  })

  it('of hostile shape is refused with a sentence', async () => {
    let deep: Record<string, unknown> = {}
    for (let level = 0; level < 60; level++) deep = { deep }
    const hostile: [string, Record<string, unknown>][] = [
      ['records.create', { entity: 'contacts', values: deep }],
      ['records.create', { entity: 'contacts', values: { first_name: 'x'.repeat(300_000) } }],
      ['records.create', { entity: 'contacts', values: { first_name: 'nul \u0000' } }],
      ['records.create', { entity: 'contacts', values: { id: open.id, first_name: 'x' } }],
      ['records.create', { entity: 'contacts', values: { created_by: 'me', first_name: 'x' } }],
      ['records.create', { entity: 'contacts', values: JSON.parse('{"__proto__":{"admin":true},"constructor":"x","first_name":"x"}') }],
      ['records.create', { entity: 'orders', values: { order_id: '1', customer: 'x', ordered_at: '2026-01-01', lines: 'not a list' } }],
      ['records.create', { entity: 'users', values: { name: 'Root', role: 'owner' } }],
      ['records.create', { entity: '__proto__', values: {} }],
      ['records.update', { entity: 'contacts', id: "' or 1=1", values: { city: 'x' } }],
      ['records.update', { entity: 'contacts', id: open.id, values: { city: { $ne: null } } }],
      ['records.update', { entity: 'contacts', id: open.id, values: { city: 'x' }, extra: true }],
      ['records.delete', { entity: 'pipelines', id: open.id }],
      ['__proto__', {}],
      ['toString', {}],
    ]
    for (const [tool, input] of hostile)
      await expect(propose(space.actor, tool, input), JSON.stringify([tool, input]).slice(0, 200)).rejects.toMatchObject({ code: 'VALIDATION' })
    const many = Array.from({ length: 201 }, () => ({ tool: 'records.create', input: { entity: 'tasks', values: { title: 'x' } } }))
    await expect(space.proposals.propose(space.actor, { calls: many, source: { kind: 'api' }, untrusted: false })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(space.proposals.propose(space.actor, { calls: [], source: { kind: 'api' }, untrusted: false })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
