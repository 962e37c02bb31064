import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { createTestOperations, type TestOperations } from '../../../test/operations.ts'

let workspace: TestWorkspace
let tested: TestOperations
let viewer: Actor

beforeAll(async () => {
  workspace = await createTestWorkspace()
  tested = createTestOperations(workspace.database)
  viewer = await workspace.member('viewer')
})

/** Entries and observations that the work makes. */
async function seen(work: () => Promise<unknown>) {
  const before = (await tested.audit.list(workspace.actor, { limit: 1 })).items[0]?.sequence ?? 0
  tested.observed.length = 0
  tested.events.length = 0
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  const { items } = await tested.audit.list(workspace.actor, { limit: 50 })
  return {
    error,
    entries: items.filter(({ sequence }) => sequence > before).map(({ event, operation, outcome, query }) => ({ event, operation, outcome, query })),
    observed: tested.observed.map(({ operation, status, code }) => ({ operation, status, code })),
    events: tested.events,
  }
}
const insertTag = (name: string) => (tx: { query: TestTransaction['query']; workspaceId: string }) =>
  tx.query(sql`insert into tags (workspace_id, id, name) values (${tx.workspaceId}, gen_random_uuid(), ${name}) returning id`)
type TestTransaction = Parameters<Parameters<TestWorkspace['database']['transaction']>[1]>[0]
const tagsNamed = (name: string) => workspace.gold('select 1 from tags where workspace_id = $1 and name = $2', [workspace.workspaceId, name])

describe('an operation', () => {
  it('that reads is one entry, noted when it has succeeded, and writes nothing', async () => {
    const { operations } = tested
    const found = await seen(() =>
      operations.run(viewer, { name: 'tags.list', scope: 'crm:read', query: { limit: 5 }, readOnly: true }, (tx) => tx.query(sql`select 1 as one`)),
    )
    expect(found).toEqual({
      error: undefined,
      entries: [{ event: 'CRM_ACCESS', operation: 'tags.list', outcome: 'ok', query: { limit: 5 } }],
      observed: [{ operation: 'tags.list', status: 'ok', code: undefined }],
      events: [],
    })
    const { error } = await seen(() => operations.run(workspace.actor, { name: 'tags.list', scope: 'crm:read', readOnly: true }, insertTag('never')))
    expect(error).toMatchObject({ code: '25006' })
  })

  it('that changes keeps its entry in the same transaction, with what came of it', async () => {
    const found = await seen(() =>
      tested.operations.run(
        workspace.actor,
        { name: 'tags.create', scope: 'crm:write', event: 'SETTING_CHANGE', query: (rows) => ({ rows: rows.length }) },
        insertTag('kept'),
      ),
    )
    expect(found.entries).toEqual([{ event: 'SETTING_CHANGE', operation: 'tags.create', outcome: 'ok', query: { rows: 1 } }])
    expect(await tagsNamed('kept')).toHaveLength(1)
    const unkept = await seen(() =>
      createTestOperations(workspace.database).operations.run(
        workspace.actor,
        { name: 'x'.repeat(90), scope: 'crm:write', event: 'not a kind' },
        insertTag('unkept'),
      ),
    )
    expect(unkept.error).toMatchObject({ code: '23514' })
    expect(await tagsNamed('unkept')).toHaveLength(0)
  })

  it('that fails changes nothing and is an entry of its failure', async () => {
    const found = await seen(() =>
      tested.operations.run(workspace.actor, { name: 'tags.create', scope: 'crm:write', query: { name: 'gone' } }, async (tx) => {
        await insertTag('gone')(tx)
        throw new AppError('CONFLICT', 'no')
      }),
    )
    expect(found.entries).toEqual([{ event: 'CRM_ACCESS', operation: 'tags.create', outcome: 'error', query: { name: 'gone' } }])
    expect(found.observed).toEqual([{ operation: 'tags.create', status: 'error', code: 'CONFLICT' }])
    expect(await tagsNamed('gone')).toHaveLength(0)
  })

  it('whose scope is missing never begins, and is an entry and a security event', async () => {
    const found = await seen(() => tested.operations.run(viewer, { name: 'tags.create', scope: 'crm:write' }, insertTag('refused')))
    expect(found.error).toMatchObject({ code: 'FORBIDDEN' })
    expect(found.entries).toEqual([{ event: 'CRM_ACCESS', operation: 'tags.create', outcome: 'denied', query: { scope: 'crm:write' } }])
    expect(found.observed).toEqual([{ operation: 'tags.create', status: 'error', code: 'FORBIDDEN' }])
    expect(found.events).toMatchObject([
      {
        type: 'authorization',
        severity: 'medium',
        workspaceId: workspace.workspaceId,
        details: { what: 'scope_refused', operation: 'tags.create', role: 'viewer' },
      },
    ])
    expect(await tagsNamed('refused')).toHaveLength(0)
  })

  it('of many transactions is one entry, in the transaction it names', async () => {
    const { operations } = tested
    const found = await seen(() =>
      operations.during(workspace.actor, { name: 'imports.run', scope: 'crm:import', event: 'IMPORT' }, async (entry) => {
        await workspace.database.transaction(workspace.actor, (tx) => entry.append(tx, { rows: 2 }))
        await workspace.database.transaction(workspace.actor, insertTag('many'))
      }),
    )
    expect(found.entries).toEqual([{ event: 'IMPORT', operation: 'imports.run', outcome: 'ok', query: { rows: 2 } }])
    const unnamed = await seen(() => operations.during(workspace.actor, { name: 'imports.run', scope: 'crm:import' }, async () => undefined))
    expect(unnamed.entries).toMatchObject([{ operation: 'imports.run', outcome: 'ok' }])
  })

  it('that is no access to records leaves only its refusals; the system’s own leave nothing', async () => {
    const { operations } = tested
    const own = { name: 'sessions.get', scope: 'chat', event: null, readOnly: true } as const
    expect(await seen(() => operations.run(viewer, own, async () => 1))).toMatchObject({ entries: [], observed: [] })
    const key: Actor = { ...workspace.actor, via: 'apiKey', key: { id: 'k', scopes: ['crm:read'] } }
    expect(await seen(() => operations.run(key, own, async () => 1))).toMatchObject({
      error: { code: 'FORBIDDEN' },
      entries: [{ outcome: 'denied' }],
      events: [{}],
    })
    expect(await seen(async () => operations.require(key, 'chat', 'agents.list'))).toMatchObject({
      error: { code: 'FORBIDDEN' },
      entries: [{ operation: 'agents.list' }],
    })
    const system: Actor = { type: 'system', workspaceId: workspace.workspaceId, job: 'sync' }
    expect(await seen(() => operations.run(system, { name: 'tags.create', scope: 'crm:write' }, insertTag('by the system')))).toMatchObject({
      entries: [],
      observed: [],
    })
    expect(await tagsNamed('by the system')).toHaveLength(1)
  })
})

describe('two operations that wait for each other', () => {
  it('both succeed, one after the other, with one entry each', async () => {
    const { operations } = tested
    await workspace.database.transaction(workspace.actor, async (tx) => {
      for (const name of ['first', 'second']) await insertTag(name)(tx)
    })
    let waiting = 0
    let meet: () => void = () => undefined
    const met = new Promise<void>((done) => {
      meet = done
    })
    const rename = (one: string, other: string, mark: string) =>
      operations.run(workspace.actor, { name: 'tags.update', scope: 'crm:write', query: { mark } }, async (tx) => {
        const touch = (name: string) =>
          tx.query(sql`update tags set created_at = created_at + interval '1 second' where workspace_id = ${tx.workspaceId} and name = ${name}`)
        await touch(one)
        // Both hold their first row before either asks for the other's.
        if (++waiting === 2) meet()
        await met
        await touch(other)
      })
    const found = await seen(() => Promise.all([rename('first', 'second', 'a'), rename('second', 'first', 'b')]))
    expect(waiting).toBe(3)
    expect(found.error).toBeUndefined()
    expect(found.entries.map(({ outcome, query }) => ({ outcome, query }))).toHaveLength(2)
    expect(found.entries.every(({ outcome }) => outcome === 'ok')).toBe(true)
  })
})
