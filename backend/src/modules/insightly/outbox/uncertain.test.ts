import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InsightlyClient } from '../client/insightly-client.ts'
import type { InsightlyRow } from '../client/records.ts'
import { mirrorActor } from '../mirror/mirror-actor.ts'
import { adoptUncertain } from './adopt.ts'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'

const requestTimeoutMs = 500
const arrivesAfterMs = 1000
const settleMs = 2500

let test: OutboxTest
beforeAll(async () => {
  test = await openOutbox({ client: { burstPauseMs: 20 } })
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.admin('DELETE', '/faults')
  await test.gold('delete from insightly_outbox where workspace_id = $1')
})

const named = async (collection: string, field: string, name: string) => (await test.dump(collection)).filter((row) => row[field] === name)

/** Every record here is one there, and the other way round. */
async function expectPairs(name: string, count: number): Promise<void> {
  const there = await named('Organisations', 'ORGANISATION_NAME', name)
  expect(there).toHaveLength(count)
  const here = await test.gold<{ external_id: string; insightly_id: string }>(
    `select o.external_id, r.insightly_id from organisations o
     left join insightly_records r on r.workspace_id = o.workspace_id and r.entity = 'organisations' and r.record_id = o.id
     where o.workspace_id = $1 and o.name = $2 and o.deleted_at is null order by r.insightly_id`,
    [test.workspaceId, name],
  )
  const ids = there.map(({ ORGANISATION_ID }) => String(ORGANISATION_ID))
  expect(here.map(({ insightly_id }) => insightly_id)).toEqual(ids)
  expect(here.map(({ external_id }) => external_id)).toEqual(ids)
}

/** A client that lets something happen between Insightly's deed and its answer. */
function interrupted(during: (row: InsightlyRow) => Promise<unknown>): InsightlyClient {
  return {
    ...test.client,
    create: (async (name: 'organisations', fields: InsightlyRow) => {
      const row = await test.client.create(name, fields)
      await during(row)
      return row
    }) as InsightlyClient['create'],
  }
}

/** As a process leaves it that dies before it hears the answer. */
async function crash(recordId: string, sent: InsightlyRow): Promise<void> {
  await test.gold(
    `update insightly_outbox set status = 'sending', attempts = 1, first_sent_at = clock_timestamp(), sent = $3
     where workspace_id = $1 and record_id = $2 and operation = 'create'`,
    [test.workspaceId, recordId, JSON.stringify({ fields: sent, parent: null })],
  )
}

const ends = [...['lost', 'cut', 'page'].flatMap((kind) => [0, 1, 2, 3].map((after) => ({ kind, after }))), { kind: 'throttle', after: 1 }]

describe('a call that is not answered as it should be', () => {
  it.each(ends)('($kind after $after others) leaves every write there once', async ({ kind, after }) => {
    const name = `${kind} ${after}`
    const contact = await test.make('contacts', { first_name: name })
    const [stage] = await test.gold<{ id: string; pipeline_id: string }>(`select id, pipeline_id from stages where workspace_id = $1 order by position limit 1`)
    const deal = { name, value: '5', currency: 'USD', contact_id: contact, pipeline_id: stage?.pipeline_id, stage_id: stage?.id, state: 'won' }
    const opportunity = await test.make('opportunities', deal)
    await test.make('organisations', { name, domain: `${kind}-${after}.example`, tags: ['a', 'b'] })
    await test.make('notes', { title: name, body: 'once', related_type: 'contact', related_id: contact })
    await test.fault({ kind, after, count: 2 })
    await test.deliverAll()
    await test.change('contacts', contact, { last_name: 'changed', tags: ['c'] })
    await test.links.addLink(test.actor, 'opportunities', opportunity, { entity: 'contact', recordId: contact })
    await test.fault({ kind, after, count: 1 })
    await test.deliverAll()
    expect((await test.outbox()).filter(({ status }) => status !== 'done')).toEqual([])
    const [there] = await named('Contacts', 'FIRST_NAME', name)
    expect(there).toMatchObject({ LAST_NAME: 'changed', TAGS: [{ TAG_NAME: 'c' }] })
    expect(await named('Contacts', 'FIRST_NAME', name)).toHaveLength(1)
    expect(await named('Notes', 'TITLE', name)).toMatchObject([{ BODY: 'once' }])
    const deals = await named('Opportunities', 'OPPORTUNITY_NAME', name)
    expect(deals).toMatchObject([{ OPPORTUNITY_STATE: 'Won', LINKS: [{ LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: there?.CONTACT_ID }] }])
    expect(deals[0]?.STAGE_ID).toBeGreaterThan(0)
    expect(await named('Organisations', 'ORGANISATION_NAME', name)).toMatchObject([
      { TAGS: [{ TAG_NAME: 'a' }, { TAG_NAME: 'b' }], EMAILDOMAINS: [{ EMAIL_DOMAIN: `${kind}-${after}.example` }] },
    ])
    expect(await test.conflicts()).toEqual([])
    // A refusal for being too often stops everything for a moment; nothing else may be open after it.
    await expectPairs(name, 1)
  })
})

describe('a create whose end nobody knows', () => {
  it('that arrives after the time for its answer is not made twice', async () => {
    const delivery = test.createDelivery({ settleMs })
    await test.make('organisations', { name: 'Late' })
    await test.fault({ kind: 'delay', delayMs: arrivesAfterMs, method: 'POST' })
    await test.deliverAll(delivery, test.connect({ requestTimeoutMs }))
    await expectPairs('Late', 1)
    expect(await test.outbox()).toMatchObject([{ status: 'done', attempts: 2 }])
  })

  it('is not looked for before it had time to arrive, also by another process', async () => {
    await test.make('organisations', { name: 'Given time' })
    await test.fault({ kind: 'lost', method: 'POST' })
    await test.deliver(test.createDelivery({ settleMs: 60_000 }))
    expect(await test.deliver(test.createDelivery())).toMatchObject({ state: 'done', delivered: 0 })
    expect(await test.outbox()).toMatchObject([{ status: 'pending', error: expect.stringContaining('may or may not have been done') }])
  })

  it('is found by the next process after a crash', async () => {
    const id = await test.make('organisations', { name: 'Crashed after', tags: ['kept'] })
    await crash(id, { ORGANISATION_NAME: 'Crashed after' })
    await test.client.create('organisations', { ORGANISATION_NAME: 'Crashed after' })
    await test.deliverAll()
    await expectPairs('Crashed after', 1)
    expect(await named('Organisations', 'ORGANISATION_NAME', 'Crashed after')).toMatchObject([{ TAGS: [{ TAG_NAME: 'kept' }] }])
  })

  it('is made by the next process when the crash came before', async () => {
    const id = await test.make('organisations', { name: 'Crashed before' })
    await crash(id, { ORGANISATION_NAME: 'Crashed before' })
    await test.deliverAll()
    await expectPairs('Crashed before', 1)
  })

  it('is deleted there when it was deleted here meanwhile', async () => {
    for (const wasMade of [true, false]) {
      const name = `Deleted meanwhile ${wasMade}`
      const id = await test.make('organisations', { name })
      await crash(id, { ORGANISATION_NAME: name })
      if (wasMade) await test.client.create('organisations', { ORGANISATION_NAME: name })
      await test.remove('organisations', id)
      await test.deliverAll()
      expect(await named('Organisations', 'ORGANISATION_NAME', name)).toEqual([])
    }
  })

  it('is told from others that look the same: as many there as here', async () => {
    const name = 'Twins'
    for (let index = 0; index < 6; index++) await test.make('organisations', { name })
    await test.fault({ kind: 'lost', method: 'POST', path: 'Organisations', count: 3 })
    await test.fault({ kind: 'cut', method: 'POST', path: 'Organisations', count: 2 })
    await test.deliverAll()
    await expectPairs(name, 6)
  })

  it('of a note is looked for at its own parent', async () => {
    const [a, b] = [await test.make('contacts', { first_name: 'A' }), await test.make('contacts', { first_name: 'B' })]
    await test.deliverAll()
    for (const related_id of [a, b]) await test.make('notes', { title: 'Same', body: 'words', related_type: 'contact', related_id })
    await test.fault({ kind: 'lost', method: 'POST', path: 'Notes', count: 2 })
    await test.deliverAll()
    const notes = await named('Notes', 'TITLE', 'Same')
    const parents = notes.flatMap(({ LINKS }) => (LINKS as { LINK_OBJECT_ID: number }[]).map(({ LINK_OBJECT_ID }) => LINK_OBJECT_ID))
    expect(parents.toSorted()).toEqual([await test.insightlyId('contacts', a), await test.insightlyId('contacts', b)].toSorted())
  })
})

describe('a page of the mirror that shows what was just made', () => {
  const land = (row: InsightlyRow) => test.mirror('organisations', [row])

  it('before its answer is taken for what it is', async () => {
    const id = await test.make('organisations', { name: 'Seen first', tags: ['ours'] })
    await test.deliver(
      undefined,
      interrupted(async (row) => expect(await land(row)).toMatchObject({ created: 0 })),
    )
    await expectPairs('Seen first', 1)
    // What has a call of its own was not overwritten by a row that could not have it yet.
    expect(await test.get('organisations', id)).toMatchObject({ tags: ['ours'] })
    expect(await named('Organisations', 'ORGANISATION_NAME', 'Seen first')).toMatchObject([{ TAGS: [{ TAG_NAME: 'ours' }] }])
  })

  it('after a crash is taken for what it is, and it is not made again', async () => {
    const id = await test.make('organisations', { name: 'Seen after' })
    await crash(id, { ORGANISATION_NAME: 'Seen after' })
    const row = await test.client.create('organisations', { ORGANISATION_NAME: 'Seen after' })
    expect(await land(row)).toMatchObject({ created: 0 })
    await test.admin('DELETE', '/calls')
    await test.deliverAll()
    expect(test.writes()).toEqual([])
    await expectPairs('Seen after', 1)
  })

  it('after its answer, by a mirror that had looked before, is known', async () => {
    const id = await test.make('organisations', { name: 'Seen late' })
    await test.deliver()
    const insightlyId = await test.insightlyId('organisations', id)
    const row = await test.client.get('organisations', insightlyId)
    const known = await test.database.transaction(mirrorActor(test.workspaceId), (tx) => adoptUncertain(tx, 'organisations', [row]))
    expect([...known]).toEqual([[insightlyId, id]])
  })

  it('and was changed there at once, so that it looks like another, does not stay here twice', async () => {
    await test.make('organisations', { name: 'Renamed at once' })
    await test.deliver(
      undefined,
      interrupted(async (row) => {
        const changed = await test.client.update('organisations', Number(row.ORGANISATION_ID), { ORGANISATION_NAME: 'Other name' })
        expect(await land(changed ?? {})).toMatchObject({ created: 1 })
      }),
    )
    const here = await test.gold(
      `select count(*)::int as live from organisations where workspace_id = $1 and deleted_at is null and name in ('Renamed at once', 'Other name')`,
    )
    expect(here).toEqual([{ live: 1 }])
    await test.mirror('organisations')
    await expectPairs('Other name', 1)
  })

  it('and is taken for another create that looks the same goes back to whom it answers', async () => {
    const first = await test.make('organisations', { name: 'Swapped' })
    await crash(first, { ORGANISATION_NAME: 'Swapped' })
    await test.gold(`update insightly_outbox set not_before = clock_timestamp() + interval '1 hour' where workspace_id = $1`)
    const second = await test.make('organisations', { name: 'Swapped' })
    await test.deliver(undefined, interrupted(land))
    expect(await test.insightlyId('organisations', second)).toBeGreaterThan(0)
    expect(await test.insightlyId('organisations', first)).toBe(0)
    await test.gold(`update insightly_outbox set not_before = null where workspace_id = $1`)
    await test.deliverAll()
    await expectPairs('Swapped', 2)
  })

  it('and is another one for good makes ours be made again', async () => {
    const first = await test.make('organisations', { name: 'Kept' })
    await crash(first, { ORGANISATION_NAME: 'Kept' })
    await test.gold(`update insightly_outbox set not_before = clock_timestamp() + interval '1 hour' where workspace_id = $1`)
    await test.make('organisations', { name: 'Kept' })
    await test.deliver(
      undefined,
      interrupted(async (row) => {
        await land(row)
        await test.gold(`update insightly_outbox set status = 'done', ended_at = now() where workspace_id = $1 and record_id = $2`, [test.workspaceId, first])
        await test.gold(`update organisations set external_id = $2 where workspace_id = $1 and id = $3`, [test.workspaceId, String(row.ORGANISATION_ID), first])
      }),
    )
    await test.deliverAll()
    await expectPairs('Kept', 2)
  })

  it('and takes somebody else’s for ours gives it back to be looked at', async () => {
    await test.make('organisations', { name: 'Stranger' })
    let stranger = 0
    await test.deliver(
      undefined,
      interrupted(async () => {
        const row = await test.client.create('organisations', { ORGANISATION_NAME: 'Stranger' })
        stranger = row.ORGANISATION_ID
        await land(row)
      }),
    )
    expect(await test.gold(`select insightly_id::int as id from insightly_hints where workspace_id = $1`)).toEqual([{ id: stranger }])
    await test.mirror('organisations')
    await expectPairs('Stranger', 2)
  })
})

describe('several processes', () => {
  it('do not deliver at once, and nothing is made twice', async () => {
    const name = 'Shared work'
    for (let index = 0; index < 24; index++) await test.make('organisations', { name, city: `City ${index}` })
    const deliveries = [test.createDelivery(), test.createDelivery(), test.createDelivery()]
    const results = await Promise.all(deliveries.map((delivery) => test.deliver(delivery)))
    expect(results.map(({ state }) => state).toSorted()).toEqual(['done', 'elsewhere', 'elsewhere'])
    expect(results.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(24)
    await expectPairs(name, 24)
  })

  it('take over from one that died, and from no other', async () => {
    await test.make('organisations', { name: 'Taken over' })
    await test.gold(`update insightly_connections set deliverer = gen_random_uuid(), deliverer_until = now() + interval '10 s' where workspace_id = $1`)
    expect(await test.deliver()).toMatchObject({ state: 'elsewhere' })
    await test.gold(`update insightly_connections set deliverer_until = now() - interval '1 ms' where workspace_id = $1`)
    expect(await test.deliver()).toMatchObject({ state: 'done', delivered: 1 })
  })

  it('that stop finish the call they are in, and the next one goes on after it', async () => {
    for (let index = 0; index < 8; index++) await test.make('organisations', { name: 'Stopped', tags: ['kept'], city: `City ${index}` })
    const stopping = new AbortController()
    const stopped = interrupted(async () => stopping.abort(new Error('The server stops.')))
    await expect(test.createDelivery().deliverDue(test.workspaceId, stopped, { signal: stopping.signal })).rejects.toThrow('The server stops.')
    const made = await named('Organisations', 'ORGANISATION_NAME', 'Stopped')
    expect(made.length).toBeGreaterThan(0)
    expect(made.length).toBeLessThan(8)
    await test.deliverAll()
    await expectPairs('Stopped', 8)
    for (const row of await named('Organisations', 'ORGANISATION_NAME', 'Stopped')) expect(row.TAGS).toEqual([{ TAG_NAME: 'kept' }])
  })

  it('write nothing more once another one has taken over', async () => {
    const id = await test.make('organisations', { name: 'Lost the lease', tags: ['x'] })
    const lost = interrupted(() => test.gold(`update insightly_connections set deliverer = gen_random_uuid() where workspace_id = $1`))
    await expect(test.deliver(undefined, lost)).rejects.toThrow('Another process delivers')
    expect(await test.insightlyId('organisations', id)).toBe(0)
    await test.gold(`update insightly_connections set deliverer = null where workspace_id = $1`)
    await test.gold(`update insightly_outbox set not_before = null where workspace_id = $1`)
    await test.deliverAll()
    await expectPairs('Lost the lease', 1)
  })
})
