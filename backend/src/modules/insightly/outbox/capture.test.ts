import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createImportService, createLinksService, createRecordsService, insertRecords, updateRecords } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'

interface Captured {
  entity: string
  record_id: string
  operation: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  made_by: string | null
}

let workspace: TestWorkspace
let other: TestWorkspace
let folder: string
const clock = createClock()
beforeAll(async () => {
  workspace = await createTestWorkspace({ currency: 'EUR' })
  other = await createTestWorkspace()
  folder = await mkdtemp(join(tmpdir(), 'chatsg-capture-'))
  await mirror(workspace)
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await workspace.gold('delete from insightly_outbox where workspace_id = $1')
})

async function mirror({ gold, workspaceId }: TestWorkspace): Promise<void> {
  await gold(
    `insert into insightly_connections (workspace_id, url, key_source, connected_at) values ($1, 'https://api.na1.insightly.com/v3.1', 'workspace', now())`,
    [workspaceId],
  )
}

function services({ database }: TestWorkspace) {
  const { operations } = createTestOperations(database)
  return { records: createRecordsService({ operations, clock }), links: createLinksService({ operations, clock }), operations }
}

function captured(from: TestWorkspace = workspace): Promise<Captured[]> {
  return from.gold<Captured>('select entity, record_id, operation, before, after, made_by from insightly_outbox where workspace_id = $1 order by id')
}

const make = async (entity: EntityName, values: Record<string, unknown>, actor: Actor = workspace.actor) =>
  (await services(workspace).records.createRecord(actor, entity, values)).id

/** A statement past the services, as the owner of the workspace. */
const write = (statement: SQL) => workspace.database.transaction(workspace.actor, (tx) => tx.query(statement))
const clear = () => workspace.gold('delete from insightly_outbox where workspace_id = $1')

describe('what is changed in a mirrored workspace', () => {
  it('by a person is taken: made, changed, deleted, restored', async () => {
    const { records } = services(workspace)
    const { actor } = workspace
    const id = await make('organisations', { name: 'Acme' })
    await records.updateRecord(actor, 'organisations', id, { phone: '+44 20 7946 0000', city: 'London' })
    await records.deleteRecord(actor, 'organisations', id)
    await records.restoreRecord(actor, 'organisations', id)
    const shared = { entity: 'organisations', record_id: id, made_by: actor.userId }
    expect(await captured()).toEqual([
      { ...shared, operation: 'create', before: null, after: null },
      { ...shared, operation: 'update', before: { phone: null, city: null }, after: { phone: '+44 20 7946 0000', city: 'London' } },
      { ...shared, operation: 'delete', before: null, after: null },
      { ...shared, operation: 'restore', before: null, after: null },
    ])
  })

  it('by a member with few rights is taken as well, and names that member', async () => {
    const rep = await workspace.member('rep')
    const { records } = services(workspace)
    const id = await make('contacts', { first_name: 'Ada', tags: ['vip'] }, rep)
    await records.updateRecord(rep, 'contacts', id, { tags: ['vip', 'north'] })
    await records.deleteRecord(rep, 'contacts', id)
    expect((await captured()).map(({ operation, made_by, after }) => [operation, made_by, after])).toEqual([
      ['create', rep.userId, null],
      ['update', rep.userId, { tags: ['vip', 'north'] }],
      ['delete', rep.userId, null],
    ])
    // What is on its way is shown to admins: the member's own rights reach none of it.
    await expect(
      workspace.database.transaction(rep, (tx) => tx.query(sql`select from insightly_outbox where workspace_id = ${tx.workspaceId}`)),
    ).rejects.toThrow()
  })

  it('by an import is taken, and what the import is undone of', async () => {
    const imports = createImportService({
      database: workspace.database,
      operations: services(workspace).operations,
      clock,
      folder,
      logger: { error: () => undefined },
    })
    const text = `name,external_id\n${Array.from({ length: 700 }, (_, index) => `Imported ${index},imp${index}`).join('\n')}\n`
    const { importId } = await imports.importFile(workspace.actor, Readable.from([Buffer.from(text)]), { entity: 'organisations' })
    const made = await captured()
    expect(made).toHaveLength(700)
    expect(new Set(made.map(({ operation, entity, made_by }) => `${operation} ${entity} ${made_by}`))).toEqual(
      new Set([`create organisations ${workspace.actor.userId}`]),
    )
    expect(new Set(made.map(({ record_id }) => record_id)).size).toBe(700)
    await imports.undo(workspace.actor, importId ?? '')
    expect((await captured()).slice(700).map(({ operation }) => operation)).toEqual(Array(700).fill('delete'))
  })

  it('by another job of the system is taken, without a person', async () => {
    const job: Actor = { type: 'system', workspaceId: workspace.workspaceId, job: 'email' }
    const [id] = await workspace.database.transaction(job, (tx) => insertRecords(tx, 'leads', [{ last_name: 'Robot' }], { now: clock.now() }))
    expect(await captured()).toEqual([{ entity: 'leads', record_id: id, operation: 'create', before: null, after: null, made_by: null }])
  })

  it('is only what Insightly has a place for', async () => {
    const { records } = services(workspace)
    const { actor } = workspace
    const id = await make('contacts', { first_name: 'Bob' })
    await clear()
    await records.updateRecord(actor, 'contacts', id, { source: 'Fair', visibility: 'owner' })
    expect((await captured()).map(({ after }) => Object.keys(after ?? {}))).toEqual([['owner_id']])
    await clear()
    await records.updateRecord(actor, 'contacts', id, { source: 'Web', last_name: 'Builder', last_contacted_at: '2026-01-01T00:00:00Z' })
    expect(await captured()).toMatchObject([{ before: { last_name: null }, after: { last_name: 'Builder' } }])
  })

  it('is nothing when a record is saved as it was', async () => {
    const id = await make('opportunities', { name: 'Deal', value: '100.50', currency: 'EUR' })
    await clear()
    await write(sql`update opportunities set value = 100.500, name = name, updated_at = now() where workspace_id = ${workspace.workspaceId}`)
    await services(workspace).records.updateRecord(workspace.actor, 'opportunities', id, { name: 'Deal' })
    expect(await captured()).toEqual([])
  })

  it('keeps what a change of custom fields and money was before', async () => {
    await workspace.gold(`insert into custom_fields (workspace_id, entity, key, label, type) values ($1, 'opportunities', 'region', 'Region', 'text')`)
    const { records } = services(workspace)
    const id = await make('opportunities', { name: 'Big', value: '12345678901234567.89', currency: 'EUR', custom: { region: 'North' } })
    await clear()
    await records.updateRecord(workspace.actor, 'opportunities', id, { value: '1.10', custom: { region: 'South' } })
    const [row] = await workspace.gold(
      `select before ->> 'value' as was, after ->> 'value' as value, before -> 'custom' as custom_was, after -> 'custom' as custom from insightly_outbox where workspace_id = $1`,
    )
    expect(row).toEqual({ was: '12345678901234567.89', value: '1.10', custom_was: { region: 'North' }, custom: { region: 'South' } })
  })

  it('is every record of a change of many', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map((title) => make('tasks', { title })))
    await clear()
    await workspace.database.transaction(workspace.actor, (tx) =>
      updateRecords(
        tx,
        'tasks',
        ids.map((id) => ({ id, values: { priority: 'high' } })),
        { now: clock.now() },
      ),
    )
    expect((await captured()).map(({ record_id, after }) => [record_id, after])).toEqual(ids.toSorted().map((id) => [id, { priority: 'high' }]))
  })

  it('is of every kind of record that Insightly has', async () => {
    const person = await make('contacts', { first_name: 'Eve' })
    const related = { related_type: 'contact', related_id: person }
    await make('organisations', { name: 'Acme 2' })
    await make('leads', { last_name: 'Lead' })
    await make('opportunities', { name: 'Deal' })
    await make('products', { sku: 'p1', name: 'Lamp' })
    await make('tasks', { title: 'Call', ...related })
    await make('events', { title: 'Meet', ...related })
    await make('notes', { body: 'Said yes', ...related })
    expect(new Set((await captured()).map(({ entity, operation }) => `${operation} ${entity}`))).toEqual(
      new Set(['contacts', 'organisations', 'leads', 'opportunities', 'products', 'tasks', 'events', 'notes'].map((entity) => `create ${entity}`)),
    )
    await clear()
    await write(
      sql`insert into emails (workspace_id, id, from_address, created_at, updated_at) values (${workspace.workspaceId}, gen_random_uuid(), 'a@example.com', now(), now())`,
    )
    expect(await captured()).toEqual([])
    await write(sql`update emails set deleted_at = now() where workspace_id = ${workspace.workspaceId}`)
    expect(await captured()).toMatchObject([{ entity: 'emails', operation: 'delete' }])
  })

  it('are links, made and removed', async () => {
    const { links } = services(workspace)
    const { actor } = workspace
    const deal = await make('opportunities', { name: 'Deal' })
    const person = await make('contacts', { first_name: 'Pat' })
    await clear()
    const { id } = await links.addLink(actor, 'opportunities', deal, { entity: 'contact', recordId: person, role: 'Buyer' })
    await links.removeLink(actor, 'contacts', person, id)
    const end = { entity: 'contacts', id: person, role: 'Buyer' }
    expect(await captured()).toEqual([
      { entity: 'opportunities', record_id: deal, operation: 'link', before: null, after: end, made_by: actor.userId },
      { entity: 'opportunities', record_id: deal, operation: 'unlink', before: null, after: end, made_by: actor.userId },
    ])
  })
})

describe('what is not on its way there', () => {
  it('is what the mirror itself writes', async () => {
    const job: Actor = { type: 'system', workspaceId: workspace.workspaceId, job: 'insightly' }
    await workspace.database.transaction(job, async (tx) => {
      const [id = ''] = await insertRecords(tx, 'organisations', [{ name: 'From there', external_id: '77' }], { now: clock.now() })
      await updateRecords(tx, 'organisations', [{ id, values: { name: 'Changed there' } }], { now: clock.now() })
      await tx.query(sql`delete from organisations where workspace_id = ${tx.workspaceId} and id = ${id}`)
    })
    expect(await captured()).toEqual([])
    // The job's name ends with its transaction.
    await make('organisations', { name: 'After it' })
    expect(await captured()).toHaveLength(1)
  })

  it('is anything of a workspace that is not mirrored, or no longer', async () => {
    const { records } = services(other)
    await records.createRecord(other.actor, 'contacts', { first_name: 'Nobody' })
    expect(await captured(other)).toEqual([])
    await mirror(other)
    await records.createRecord(other.actor, 'contacts', { first_name: 'Somebody' })
    expect(await captured(other)).toHaveLength(1)
    await other.gold(`update insightly_connections set state = 'left' where workspace_id = $1`)
    await records.createRecord(other.actor, 'contacts', { first_name: 'Nobody again' })
    expect(await captured(other)).toHaveLength(1)
  })

  it('is a change that was rolled back', async () => {
    const failing = workspace.database.transaction(workspace.actor, async (tx) => {
      await insertRecords(tx, 'organisations', [{ name: 'Never' }], { now: clock.now() })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await captured()).toEqual([])
  })

  it('is what an already deleted record is changed to', async () => {
    const { records } = services(workspace)
    const id = await make('organisations', { name: 'Gone' })
    await records.deleteRecord(workspace.actor, 'organisations', id)
    await clear()
    const named = await write(sql`update organisations set name = 'Ghost' where workspace_id = ${workspace.workspaceId} and name = 'Gone' returning id`)
    expect(named).toEqual([{ id }])
    expect(await captured()).toEqual([])
  })
})
