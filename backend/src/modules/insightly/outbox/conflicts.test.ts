import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOutboxService, type OutboxService } from './outbox.service.ts'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'

let test: OutboxTest
let service: OutboxService
beforeAll(async () => {
  test = await openOutbox()
  service = createOutboxService({ operations: test.operations, clock: test.clock })
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.gold('delete from insightly_outbox where workspace_id = $1')
  await test.gold('delete from insightly_conflicts where workspace_id = $1')
})

const page = { limit: 50, state: 'open' } as const
const openConflicts = async () => (await service.listConflicts(test.actor, page)).items

/** A record that both sides have. */
async function shared(values: Record<string, unknown>) {
  const id = await test.make('organisations', values)
  await test.deliverAll()
  const insightlyId = await test.insightlyId('organisations', id)
  const there = () => test.client.get('organisations', insightlyId)
  const changeThere = async (fields: Record<string, unknown>) => {
    await test.later()
    return test.client.update('organisations', insightlyId, fields)
  }
  const land = async (fetchedAt?: string) => test.mirror('organisations', [await there()], fetchedAt)
  await land()
  return { id, insightlyId, there, changeThere, land, here: () => test.get('organisations', id) }
}

describe('a field that was changed on both sides', () => {
  it('is not sent, the others are', async () => {
    const { id, changeThere, there, here } = await shared({ name: 'Both', city: 'Rome', phone: '1' })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await test.change('organisations', id, { city: 'Oslo', phone: '2' })
    expect(await test.deliver()).toMatchObject({ delivered: 1, conflicts: 1 })
    expect(await there()).toMatchObject({ ADDRESS_BILLING_CITY: 'Paris', PHONE: '2' })
    expect(await here()).toMatchObject({ city: 'Oslo', phone: '2' })
    expect(await openConflicts()).toMatchObject([
      { entity: 'organisations', recordId: id, label: 'Both', field: 'city', base: 'Rome', local: 'Oslo', remote: 'Paris', resolvedAt: null },
    ])
    expect((await test.outbox()).at(-1)).toMatchObject({ status: 'done', error: expect.stringContaining('among the conflicts') })
  })

  it('is what it is here after "local", there as well', async () => {
    const { id, changeThere, there, land, here } = await shared({ name: 'Keep ours', city: 'Rome' })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    await land()
    expect(await here()).toMatchObject({ city: 'Oslo' })
    const [conflict] = await openConflicts()
    expect(await service.resolveConflict(test.actor, conflict?.id ?? '', { keep: 'local' })).toMatchObject({ keep: 'local', resolvedBy: 'Olivia Owner' })
    await test.deliver()
    expect(await there()).toMatchObject({ ADDRESS_BILLING_CITY: 'Oslo' })
    await land()
    expect(await here()).toMatchObject({ city: 'Oslo' })
    expect(await openConflicts()).toEqual([])
    // The version that was not kept is still told.
    expect((await service.listConflicts(test.actor, { ...page, state: 'resolved' })).items).toMatchObject([{ remote: 'Paris', local: 'Oslo', keep: 'local' }])
  })

  it('is what it is there after "remote", and ours stays in its history', async () => {
    const { id, changeThere, there, land, here } = await shared({ name: 'Keep theirs', city: 'Rome', tags: ['a'] })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    await test.gold('delete from insightly_outbox where workspace_id = $1')
    const [conflict] = await openConflicts()
    await service.resolveConflict(test.actor, conflict?.id ?? '', { keep: 'remote' })
    expect(await here()).toMatchObject({ city: 'Paris', tags: ['a'] })
    expect(await test.outbox()).toEqual([])
    const history = await test.gold(
      `select old_value as was, new_value as is, actor_name as by from field_history where workspace_id = $1 and record_id = $2 and field = 'city' order by id desc limit 1`,
      [test.workspaceId, id],
    )
    expect(history).toEqual([{ was: 'Oslo', is: 'Paris', by: 'Olivia Owner' }])
    // What is changed after it is taken again.
    await test.change('organisations', id, { city: 'Bern' })
    await test.deliver()
    expect(await there()).toMatchObject({ ADDRESS_BILLING_CITY: 'Bern' })
    await land()
    expect(await openConflicts()).toEqual([])
  })

  it('is decided once, by an administrator', async () => {
    const { id, changeThere } = await shared({ name: 'Once', city: 'Rome' })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    const [conflict] = await openConflicts()
    const rep = await test.member('rep')
    await expect(service.resolveConflict(rep, conflict?.id ?? '', { keep: 'local' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await service.resolveConflict(test.actor, conflict?.id ?? '', { keep: 'local' })
    await expect(service.resolveConflict(test.actor, conflict?.id ?? '', { keep: 'remote' })).rejects.toMatchObject({ code: 'CONFLICT' })
    for (const unknown of [test.workspaceId, 'no-id'])
      await expect(service.resolveConflict(test.actor, unknown, { keep: 'local' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('and again changed on either side stays one conflict with the newest of both', async () => {
    const { id, changeThere, land } = await shared({ name: 'Again', city: 'Rome' })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    await changeThere({ ADDRESS_BILLING_CITY: 'Lyon' })
    await land()
    await test.change('organisations', id, { city: 'Bergen' })
    await test.deliver()
    expect(await openConflicts()).toMatchObject([{ base: 'Rome', local: 'Bergen', remote: 'Lyon' }])
  })

  it('and comes to be the same is no conflict any more', async () => {
    const { id, changeThere, land } = await shared({ name: 'Agreed', city: 'Rome' })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    await changeThere({ ADDRESS_BILLING_CITY: 'Oslo' })
    await land()
    expect(await openConflicts()).toEqual([])
  })

  it('that is ours alone is none, there is nothing to differ from', async () => {
    await test.gold(`insert into custom_fields (workspace_id, entity, key, label, type) values ($1, 'organisations', 'mood', 'Mood', 'text')`)
    const { id, land, here, changeThere } = await shared({ name: 'Ours alone', custom: { mood: 'good' } })
    await test.change('organisations', id, { custom: { mood: 'bad' } })
    await changeThere({ PHONE: '7' })
    await land()
    await test.deliver()
    expect(await openConflicts()).toEqual([])
    expect(await here()).toMatchObject({ custom: { mood: 'bad' }, phone: '7' })
    expect((await test.outbox()).at(-1)).toMatchObject({ status: 'done' })
  })

  it('may be a list, a custom field or what is told in two columns', async () => {
    const stages = await test.gold<{ id: string; pipeline_id: string; there: number }>(
      `select s.id, s.pipeline_id, r.insightly_id::int as there from stages s join insightly_records r on r.entity = 'stages' and r.record_id = s.id and r.workspace_id = s.workspace_id
       where s.workspace_id = $1 order by s.pipeline_id, s.position`,
    )
    const [first, second, third] = stages
    const id = await test.make('opportunities', {
      name: 'Parts',
      tags: ['a'],
      pipeline_id: first?.pipeline_id,
      stage_id: first?.id,
      custom: { next_step: 'call' },
    })
    await test.deliverAll()
    const insightlyId = await test.insightlyId('opportunities', id)
    await test.client.setTags('opportunities', insightlyId, ['b'])
    await test.client.setPipelineStage('opportunities', insightlyId, second?.there ?? 0)
    await test.client.update('opportunities', insightlyId, { CUSTOMFIELDS: [{ FIELD_NAME: 'Next_Step__c', FIELD_VALUE: 'write' }] })
    await test.change('opportunities', id, { tags: ['a', 'c'], stage_id: third?.id, custom: { next_step: 'visit' } })
    await test.deliverAll()
    const conflicts = await openConflicts()
    expect(conflicts.map(({ field, base, local, remote }) => [field, base, local, remote]).toSorted()).toEqual([
      ['custom.next_step', 'call', 'visit', 'write'],
      ['stage_id', first?.id, third?.id, second?.id],
      ['tags', ['a'], ['a', 'c'], ['b']],
    ])
    for (const conflict of conflicts) await service.resolveConflict(test.actor, conflict.id, { keep: conflict.field === 'tags' ? 'local' : 'remote' })
    await test.deliverAll()
    expect(await test.client.get('opportunities', insightlyId)).toMatchObject({ STAGE_ID: second?.there, TAGS: [{ TAG_NAME: 'a' }, { TAG_NAME: 'c' }] })
    expect(await test.get('opportunities', id)).toMatchObject({ stage_id: second?.id, tags: ['a', 'c'], custom: { next_step: 'write' } })
    expect(await openConflicts()).toEqual([])
  })
})

describe('a row of the mirror', () => {
  it('leaves alone what is on its way, and brings the rest', async () => {
    const { id, changeThere, land, here, there } = await shared({ name: 'On its way', city: 'Rome', phone: '1' })
    await test.change('organisations', id, { city: 'Oslo' })
    await changeThere({ PHONE: '2' })
    await land()
    expect(await here()).toMatchObject({ city: 'Oslo', phone: '2' })
    expect(await test.conflicts()).toEqual([])
    await test.deliver()
    expect(await there()).toMatchObject({ ADDRESS_BILLING_CITY: 'Oslo', PHONE: '2' })
  })

  it('that has something else tells of the conflict before anything is sent', async () => {
    const { id, changeThere, land, here } = await shared({ name: 'Told first', city: 'Rome' })
    await test.change('organisations', id, { city: 'Oslo' })
    await changeThere({ ADDRESS_BILLING_CITY: 'Paris' })
    await land()
    expect(await here()).toMatchObject({ city: 'Oslo' })
    const [conflict] = await openConflicts()
    expect(conflict).toMatchObject({ field: 'city', base: 'Rome', local: 'Oslo', remote: 'Paris' })
    // The decision comes before the change was tried: it is not asked a second time.
    await service.resolveConflict(test.actor, conflict?.id ?? '', { keep: 'local' })
    await test.deliver()
    expect(await openConflicts()).toEqual([])
    await land()
    expect(await here()).toMatchObject({ city: 'Oslo' })
  })

  it('that was asked for before a change was delivered does not take it back', async () => {
    const { id, there, land, here } = await shared({ name: 'Stale', city: 'Rome' })
    const [asked] = await test.gold<{ at: Date }>('select clock_timestamp() as at from workspaces where id = $1')
    const stale = await there()
    await test.change('organisations', id, { city: 'Oslo' })
    await test.deliver()
    await test.gold('update insightly_records set remote_updated_at = null where workspace_id = $1')
    await test.mirror('organisations', [stale], asked?.at.toISOString())
    expect(await here()).toMatchObject({ city: 'Oslo' })
    await land()
    expect(await here()).toMatchObject({ city: 'Oslo' })
    expect(await test.conflicts()).toEqual([])
  })

  it('does not bring back what was deleted here', async () => {
    const { id, there, here } = await shared({ name: 'Not again' })
    const stale = await there()
    await test.remove('organisations', id)
    await test.mirror('organisations', [stale])
    await test.deliver()
    await test.mirror('organisations', [stale])
    await expect(here()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const live = await test.gold(`select count(*)::int as live from organisations where workspace_id = $1 and name = 'Not again' and deleted_at is null`)
    expect(live).toEqual([{ live: 0 }])
  })
})

describe('the outbox as an administrator sees it', () => {
  it('lists what is open with what was changed and by whom, page by page', async () => {
    const rep = await test.member('rep', 'Rita Rep')
    const { id } = await shared({ name: 'Listed' })
    await test.gold('delete from insightly_outbox where workspace_id = $1')
    for (let round = 0; round < 3; round++) await test.change('organisations', id, { city: `City ${round}`, tags: [`t${round}`] })
    await test.gold('update insightly_outbox set made_by = $2 where workspace_id = $1', [test.workspaceId, rep.userId])
    const first = await service.list(test.actor, { limit: 2 })
    expect(first).toMatchObject({ total: 3, counts: { pending: 3, sending: 0, failed: 0 } })
    expect(first.items[0]).toMatchObject({
      entity: 'organisations',
      recordId: id,
      label: 'Listed',
      operation: 'update',
      fields: ['city', 'tags'],
      status: 'pending',
      attempts: 0,
      error: null,
      madeBy: 'Rita Rep',
    })
    const second = await service.list(test.actor, { limit: 2, cursor: first.nextCursor ?? undefined })
    expect([second.items.length, second.nextCursor]).toEqual([1, null])
    await expect(service.list(rep, { limit: 2 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await test.deliver()
    expect((await service.list(test.actor, { limit: 10, status: 'done' })).items.map(({ fields }) => fields)).toEqual(Array(3).fill(['city', 'tags']))
    expect((await service.list(test.actor, { limit: 10 })).items).toEqual([])
  })

  it('sends again or drops what was refused', async () => {
    const { id, there } = await shared({ name: 'Refused' })
    await test.gold('delete from insightly_outbox where workspace_id = $1')
    await test.fault({ kind: 'status', method: 'PUT', path: 'Organisations', status: 400, count: 2 })
    await test.change('organisations', id, { city: 'Oslo' })
    await test.change('organisations', id, { phone: '9' })
    await test.deliver()
    const [refused] = (await service.list(test.actor, { limit: 10, status: 'failed' })).items
    expect(refused).toMatchObject({ status: 'failed', attempts: 1 })
    expect(await service.retry(test.actor, refused?.id ?? '')).toMatchObject({ status: 'pending', error: null })
    await test.deliver()
    expect(await service.drop(test.actor, refused?.id ?? '')).toMatchObject({ status: 'dropped', error: expect.stringContaining('stays here') })
    await test.deliver()
    expect(await there()).toMatchObject({ ADDRESS_BILLING_CITY: null, PHONE: '9' })
    expect(await test.get('organisations', id)).toMatchObject({ city: 'Oslo', phone: '9' })
    await expect(service.retry(test.actor, refused?.id ?? '')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(service.drop(test.actor, '999999999')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(service.drop(test.actor, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('restores there what was deleted there', async () => {
    const { id, insightlyId } = await shared({ name: 'Restored', tags: ['kept'] })
    await test.client.delete('organisations', insightlyId)
    await test.change('organisations', id, { city: 'Graz' })
    await test.deliver()
    const [failed] = (await service.list(test.actor, { limit: 10 })).items
    expect(failed).toMatchObject({ status: 'failed', canRestore: true, error: expect.stringContaining('It was deleted in Insightly') })
    await service.retry(test.actor, failed?.id ?? '', { restore: true })
    await test.deliverAll()
    const there = (await test.dump('Organisations')).filter(({ ORGANISATION_NAME }) => ORGANISATION_NAME === 'Restored')
    expect(there).toMatchObject([{ ADDRESS_BILLING_CITY: 'Graz', TAGS: [{ TAG_NAME: 'kept' }] }])
    expect(await test.insightlyId('organisations', id)).toBe(there[0]?.ORGANISATION_ID)
  })
})
