import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createOperations } from '#backend/modules/security/operations.ts'
import { type TypedQueryInput, typedQuerySchema } from '#contracts/query.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createViewsService, type ViewsService } from './views.service.ts'

let workspace: TestWorkspace
let views: ViewsService
const kept: string[] = []

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const audit = {
    append: async (_tx: unknown, { operation, outcome }: { operation: string; outcome: string }) => void kept.push(`${operation} ${outcome}`),
    note: (_actor: unknown, { operation, outcome }: { operation: string; outcome: string }) => void kept.push(`${operation} ${outcome}`),
  }
  const operations = createOperations({ database: workspace.database, audit, events: { record: () => undefined } })
  views = createViewsService({ operations, clock: createClock('2026-01-01T00:00:00Z') })
})

const query = (input: TypedQueryInput) => typedQuerySchema.parse(input)
const inLondon = query({ entity: 'contacts', filter: { field: 'city', op: 'eq', value: 'London' }, sort: [{ by: 'name' }], limit: 20, offset: 40 })
const save = (actor: Actor, name: string, shared = false) => views.createView(actor, { name, query: inLondon, shared })
const namesFor = async (actor: Actor) => (await views.listViews(actor)).map(({ name }) => name)

describe('saved views', () => {
  it('are kept, renamed, changed and deleted by their owner, and open on their first page', async () => {
    const rep = await workspace.member('rep', 'Rita Rep')
    const view = await save(rep, 'Londoners')
    expect(view).toMatchObject({ name: 'Londoners', entity: 'contacts', shared: false, mine: true, owner: { id: rep.userId, name: 'Rita Rep' } })
    expect(view.query).toEqual({ ...inLondon, offset: 0 })
    expect(view.explanation).toBe('Contacts where city is London, sorted by name (A to Z), the first 20')
    expect(await views.updateView(rep, view.id, { name: 'People in London' })).toMatchObject({ name: 'People in London', query: view.query })
    const leads = await views.updateView(rep, view.id, { query: query({ entity: 'leads' }), shared: true })
    expect(leads).toMatchObject({ entity: 'leads', shared: true, name: 'People in London' })
    expect(await views.listViews(rep, 'contacts')).toEqual([])
    await views.deleteView(rep, view.id)
    await expect(views.getView(rep, view.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(kept).toEqual(expect.arrayContaining(['views.create ok', 'views.update ok', 'views.delete ok', 'views.get error']))
  })

  it('are their owner alone to see unless shared, also from administrators and by hand-written statements', async () => {
    const [ann, ben] = [await workspace.member('rep', 'Ann'), await workspace.member('manager', 'Ben')]
    const own = await save(ann, 'Only mine')
    const shared = await save(ann, 'For all', true)
    for (const other of [ben, workspace.actor]) {
      expect(await namesFor(other)).toContain('For all')
      expect(await namesFor(other)).not.toContain('Only mine')
      await expect(views.getView(other, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(views.updateView(other, own.id, { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(views.deleteView(other, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(views.updateView(other, shared.id, { name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      const seen = await workspace.database.transaction(other, async (tx) => {
        await tx.query(sql`update views set name = 'taken' where workspace_id = ${tx.workspaceId}`)
        return tx.query<{ name: string }>(sql`select name from views where id in (${own.id}, ${shared.id})`)
      })
      expect(seen).toEqual([{ name: 'For all' }])
    }
    const steal = (actor: Actor) =>
      workspace.database.transaction(actor, (tx) => tx.query(sql`delete from views where id in (${own.id}, ${shared.id}) returning name`))
    await expect(views.deleteView(ben, shared.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await steal(ben)).toEqual([])
    await views.deleteView(workspace.actor, shared.id)
    expect(await steal(workspace.actor)).toEqual([])
    expect(await namesFor(ann)).toEqual(['Only mine'])
  })

  it('may be kept by who only reads, but not shared', async () => {
    const viewer = await workspace.member('viewer')
    const view = await save(viewer, 'Mine')
    await expect(save(viewer, 'Ours', true)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(views.updateView(viewer, view.id, { shared: true })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await views.updateView(viewer, view.id, { name: 'Still mine' })).toMatchObject({ name: 'Still mine', shared: false })
  })

  it('of another workspace are not found', async () => {
    const other = await createTestWorkspace()
    const view = await save(workspace.actor, 'Ours', true)
    await expect(views.getView(other.actor, view.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await views.listViews(other.actor)).toEqual([])
  })

  it('are questions that can be asked', async () => {
    const nothing = { ...inLondon, windows: [{ fn: 'rank' as const, measure: 'count' }] }
    await expect(views.createView(workspace.actor, { name: 'x', query: nothing, shared: false })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
