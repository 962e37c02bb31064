import { describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'

describe('an amount', () => {
  it('leads by an index to the deals above it, whoever asks', async () => {
    const world = await createTestWorkspace()
    const [{ id: pipeline } = { id: '' }] = await world.gold<{ id: string }>(
      `insert into pipelines (workspace_id, id, name, created_at, updated_at) values ($1, gen_random_uuid(), 'Sales', now(), now()) returning id`,
    )
    await world.gold(
      `insert into opportunities (workspace_id, id, name, value, currency, state, pipeline_id, created_at, updated_at)
       select $1, gen_random_uuid(), 'Deal ' || n, n, 'USD', 'open', $2, now(), now() from generate_series(1, 3000) n`,
      [world.workspaceId, pipeline],
    )
    await world.gold('analyze opportunities', [])
    for (const actor of [world.actor, await world.member('rep')]) {
      const plan = await world.database.transaction(actor, (tx) =>
        tx.query<{ 'QUERY PLAN': string }>(
          sql`explain select id from opportunities where workspace_id = ${tx.workspaceId} and deleted_at is null and state = 'open' and currency = 'USD' and value > 2990::numeric`,
        ),
      )
      expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*value > '2990'/)
    }
  })
})
