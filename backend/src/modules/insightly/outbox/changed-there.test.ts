import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutboxService } from './outbox.service.ts'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'

let test: OutboxTest
beforeAll(async () => {
  test = await openOutbox()
})
afterAll(() => test.close())

const service = () => createOutboxService({ operations: test.operations, clock: test.clock })

async function madeAndCopied(first_name: string) {
  const id = await test.make('contacts', { first_name, last_name: 'Deleted', city: 'Bath' })
  await test.deliverAll()
  await test.later()
  // The stand-in's clock runs ahead of ours.
  await test.mirror('contacts', undefined, new Date(Date.now() + 3_600_000).toISOString())
  return { id, insightlyId: await test.insightlyId('contacts', id) }
}

async function changeThere(insightlyId: number, fields: object) {
  await test.later()
  const answer = await fetch(`${test.fake.origin}/_fake/v3.1/Contacts`, {
    method: 'PUT',
    body: JSON.stringify({ CONTACT_ID: insightlyId, ...fields }),
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const isThere = async (insightlyId: number) => (await test.dump('Contacts')).some((row) => row.CONTACT_ID === insightlyId)

describe('a record that is deleted here', () => {
  it('and changed there is deleted there only when somebody says so', async () => {
    const { id, insightlyId } = await madeAndCopied('Both')
    await changeThere(insightlyId, { TITLE: 'Important' })
    await test.remove('contacts', id)
    await test.deliver()
    const row = (await test.outbox()).at(-1)
    expect(row).toMatchObject({ operation: 'delete', status: 'failed', error: expect.stringContaining('changed in Insightly since it was last copied') })
    expect(await isThere(insightlyId)).toBe(true)
    await service().retry(test.actor, String(row?.id))
    await test.deliverAll()
    expect(await isThere(insightlyId)).toBe(false)
  })

  it('and only changed from here before is deleted there', async () => {
    const { id, insightlyId } = await madeAndCopied('Own')
    await test.later()
    await test.change('contacts', id, { title: 'Ours' })
    await test.deliverAll()
    await test.remove('contacts', id)
    await test.deliverAll()
    expect((await test.outbox()).at(-1)).toMatchObject({ operation: 'delete', status: 'done' })
    expect(await isThere(insightlyId)).toBe(false)
  })

  it('comes back with what was changed there', async () => {
    const { id, insightlyId } = await madeAndCopied('Back')
    await changeThere(insightlyId, { TITLE: 'Important' })
    await test.remove('contacts', id)
    await test.deliver()
    await service().drop(test.actor, String((await test.outbox()).at(-1)?.id))
    await test.restore('contacts', id)
    await test.deliverAll()
    expect(await test.gold('select object, insightly_id::int as id from insightly_hints where workspace_id = $1')).toEqual([
      { object: 'contacts', id: insightlyId },
    ])
    await test.mirror('contacts')
    expect(await test.get('contacts', id)).toMatchObject({ title: 'Important', city: 'Bath' })
  })

  it('and restored has another number there, which whatever names it is told', async () => {
    const organisation = await test.make('organisations', { name: 'Deleted and back' })
    const contact = await test.make('contacts', { first_name: 'Member', organisation_id: organisation })
    await test.deliverAll()
    const former = await test.insightlyId('organisations', organisation)
    await test.remove('organisations', organisation)
    await test.deliverAll()
    await test.restore('organisations', organisation)
    await test.deliverAll()
    const latter = await test.insightlyId('organisations', organisation)
    expect(latter).not.toBe(former)
    const there = (await test.dump('Contacts')).find((row) => row.FIRST_NAME === 'Member')
    expect(there?.ORGANISATION_ID).toBe(latter)
    expect(await test.get('contacts', contact)).toMatchObject({ organisation: 'Deleted and back', organisation_id: organisation })
    expect(await test.conflicts()).toEqual([])
  })
})
