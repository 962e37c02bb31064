import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '../test/harness.ts'
import { hasRecords, loadScenario } from './index.ts'

const now = new Date('2026-11-20T15:00:00Z')
const options = { scenario: 'demo', scale: 60, now } as const

describe('loadScenario', () => {
  it('fills a workspace with records that belong together', async () => {
    const { database, actor, workspaceId, gold } = await createTestWorkspace()
    expect(await database.transaction(actor, hasRecords)).toBe(false)
    const { counts } = await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, options)
    expect(counts).toMatchObject({ contacts: 60, organisations: 15, products: 60 })
    expect(await database.transaction(actor, hasRecords)).toBe(true)
    const [found] = await gold(
      `select (select count(*)::int from contacts where workspace_id = $1) as contacts,
         (select count(*)::int from users where workspace_id = $1 and active and role <> 'owner') as people,
         (select string_agg(s.name, ', ' order by s.position) from stages s join pipelines p on p.id = s.pipeline_id where s.workspace_id = $1 and p.name = 'Renewals') as renewals,
         (select count(*)::int from opportunities where workspace_id = $1 and (pipeline_id is null or stage_id is null)) as homeless,
         (select count(*)::int from order_lines where workspace_id = $1 and product_id is null) as unknown,
         (select bool_and(o.total = (select sum(amount) from order_lines l where l.order_ref = o.id)) from orders o where workspace_id = $1) as sums,
         (select count(*)::int from field_history where workspace_id = $1) as history,
         (select count(*)::int from search_documents where workspace_id = $1 and label = 'April May') as searchable`,
    )
    expect(found).toEqual({
      contacts: 60,
      people: 6,
      renewals: 'Upcoming, In review, Quote sent, Negotiation, Verbal agreement',
      homeless: 0,
      unknown: 0,
      sums: true,
      history: 0,
      searchable: 1,
    })
  })

  it('refuses to load twice, and says so', async () => {
    const { database, workspaceId } = await createTestWorkspace()
    const actor = { type: 'system', workspaceId, job: 'seed' } as const
    await loadScenario(database, actor, { ...options, scale: 5 })
    await expect(loadScenario(database, actor, { ...options, scale: 5 })).rejects.toThrow('The demo records are in this workspace already.')
  })

  it('leaves nothing behind when it is interrupted', async () => {
    const { database, actor, workspaceId, gold } = await createTestWorkspace()
    const interrupted = loadScenario(database, actor, {
      ...options,
      onProgress({ counts }) {
        if (counts.contacts !== undefined) throw new Error('interrupted')
      },
    })
    await expect(interrupted).rejects.toThrow('interrupted')
    expect(await database.transaction(actor, hasRecords)).toBe(false)
    expect(
      await gold(
        'select 1 from search_documents where workspace_id = $1 union all select 1 from pipelines where workspace_id = $1 union all select 1 from custom_fields where workspace_id = $1',
        [workspaceId],
      ),
    ).toEqual([])
  })
})
