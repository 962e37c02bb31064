import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { ensureCustomField, listCustomFields } from './custom-fields.repository.ts'
import { deleteRecords, restoreRecords } from './deleted-records.ts'
import { parseRecord } from './parse-record.ts'
import { readRecords } from './record-reader.ts'
import { insertRecords, updateRecords } from './record-writer.ts'
import { resolveReferences } from './resolve-references.ts'

const now = new Date('2026-03-10T12:00:00Z')
let world: TestWorkspace

beforeAll(async () => {
  world = await createTestWorkspace()
})

async function create(entity: EntityName, raws: Record<string, unknown>[], createMissing = true): Promise<string[]> {
  return world.database.transaction(world.actor, async (tx) => {
    const customFields = await listCustomFields(tx, entity)
    const records = raws.map((raw) => parseRecord(entity, raw, { customFields, timeZone: 'UTC' }))
    await resolveReferences(tx, entity, records, { createMissing, now })
    expect(records.flatMap(({ errors }) => errors)).toEqual([])
    return insertRecords(
      tx,
      entity,
      records.map(({ values }) => values),
      { now },
    )
  })
}

const read = (entity: EntityName, ids: string[]) => world.database.transaction(world.actor, (tx) => readRecords(tx, entity, ids))

describe('records', () => {
  it('stores a contact with its organisation, owner, tags and custom fields, and finds its words', async () => {
    await world.database.transaction(world.actor, (tx) =>
      ensureCustomField(tx, { entity: 'contacts', key: 'region', label: 'Region', type: 'choice', choices: ['North', 'South'] }),
    )
    const [id] = await create('contacts', [
      {
        first_name: 'Zoë',
        last_name: 'Müller',
        email: 'zoe@acme.example',
        phone: '+49 30 1234567',
        organisation: 'Acme GmbH',
        owner: 'raj.patel@example.com',
        tags: 'vip; new',
        'custom.region': 'north',
      },
    ])
    const [contact] = await read('contacts', [id as string])
    expect(contact).toMatchObject({
      name: 'Zoë Müller',
      organisation: 'Acme GmbH',
      owner: 'Raj Patel',
      tags: ['vip', 'new'],
      custom: { region: 'North' },
      created_at: now.toISOString(),
    })
    const [document] = await world.gold<{ label: string; terms: string[] }>(
      'select label, terms from search_documents where workspace_id = $1 and entity = $2 and record_id = $3',
      [world.workspaceId, 'contacts', id],
    )
    expect(document?.label).toBe('Zoë Müller')
    expect(document?.terms).toEqual(expect.arrayContaining(['zoe', 'muller', 'zoe@acme.example', 'acme', '49301234567']))
    const values = await world.gold('select field, value from field_values where workspace_id = $1 and entity = $2 order by 1, 2', [
      world.workspaceId,
      'contacts',
    ])
    expect(values).toEqual([
      { field: 'custom.region', value: 'North' },
      { field: 'tags', value: 'new' },
      { field: 'tags', value: 'vip' },
    ])
    const deletions = await world.gold<{ deletion: string }>("select deletion from search_deletions where workspace_id = $1 and word = 'muller' order by 1")
    expect(deletions.map(({ deletion }) => deletion)).toContain('muler')
  })

  it('creates pipelines and stages in order of first appearance and keeps money exact', async () => {
    const ids = await create('opportunities', [
      { name: 'A', pipeline: 'Direct', stage: 'Qualify', value: '1234567890123456.78', currency: 'eur' },
      { name: 'B', pipeline: 'Direct', stage: 'Closed Won', value: 10 },
      { name: 'C', pipeline: 'direct', stage: 'qualify' },
    ])
    const [a, b, c] = await read('opportunities', ids)
    expect(a).toMatchObject({ value: '1234567890123456.78', currency: 'EUR', stage: 'Qualify', state: 'open' })
    expect(b).toMatchObject({ state: 'won', stage: 'Closed Won' })
    expect(c?.stage_id).toBe(a?.stage_id)
    expect(await world.gold('select name, position from stages where workspace_id = $1 order by position')).toEqual([
      { name: 'Qualify', position: 0 },
      { name: 'Closed Won', position: 1 },
    ])
  })

  it('updates only what changed, and keeps history and search in step', async () => {
    const [id] = await create('contacts', [{ first_name: 'Ann', last_name: 'Before', email: 'ann@example.com' }])
    const changes = await world.database.transaction(world.actor, (tx) =>
      updateRecords(tx, 'contacts', [{ id: id as string, values: { first_name: 'Ann', last_name: 'After', tags: ['x'] } }], { now }),
    )
    expect(changes.map(({ field }) => field).sort()).toEqual(['last_name', 'tags'])
    const again = await world.database.transaction(world.actor, (tx) =>
      updateRecords(tx, 'contacts', [{ id: id as string, values: { last_name: 'After', tags: ['x'] } }], { now }),
    )
    expect(again).toEqual([])
    const history = await world.gold(
      'select operation, field, old_value, new_value, actor_name from field_history where workspace_id = $1 and record_id = $2 order by id',
      [world.workspaceId, id],
    )
    expect(history).toEqual([
      { operation: 'create', field: null, old_value: null, new_value: null, actor_name: 'Olivia Owner' },
      expect.objectContaining({ operation: 'update', field: 'last_name', old_value: 'Before', new_value: 'After' }),
      expect.objectContaining({ operation: 'update', field: 'tags', old_value: [], new_value: ['x'] }),
    ])
    const [document] = await world.gold('select label from search_documents where workspace_id = $1 and record_id = $2', [world.workspaceId, id])
    expect(document).toEqual({ label: 'Ann After' })
  })

  it('takes a deleted record out of search and brings it back', async () => {
    const [id] = await create('contacts', [{ last_name: 'Gone' }])
    await world.database.transaction(world.actor, (tx) => deleteRecords(tx, 'contacts', [id as string], { now }))
    expect(await read('contacts', [id as string])).toEqual([])
    expect(await world.gold('select 1 from search_documents where workspace_id = $1 and record_id = $2', [world.workspaceId, id])).toEqual([])
    await world.database.transaction(world.actor, (tx) => restoreRecords(tx, 'contacts', [id as string], { now }))
    expect((await read('contacts', [id as string]))[0]?.name).toBe('Gone')
    expect(await world.gold('select 1 from search_documents where workspace_id = $1 and record_id = $2', [world.workspaceId, id])).toHaveLength(1)
  })

  it('reports an unknown organisation when missing records may not be created', async () => {
    const record = parseRecord('contacts', { last_name: 'X', organisation: 'Nowhere Ltd' }, { customFields: [], timeZone: 'UTC' })
    await world.database.transaction(world.actor, (tx) => resolveReferences(tx, 'contacts', [record], { createMissing: false, now }))
    expect(record.errors).toEqual([{ field: 'organisation', message: expect.stringContaining('Nowhere Ltd') }])
  })

  it('refuses ids of records that are not here', async () => {
    const record = parseRecord('contacts', { last_name: 'X', organisation_id: newId() }, { customFields: [], timeZone: 'UTC' })
    await world.database.transaction(world.actor, (tx) => resolveReferences(tx, 'contacts', [record], { createMissing: true, now }))
    expect(record.errors).toEqual([{ field: 'organisation_id', message: 'There is no organisation with this id.' }])
  })
})
