import type { BareSql } from '../bare-sql.ts'
import { type Figure, percentilesOf } from '../figures.ts'
import type { HttpClient } from '../http-client.ts'
import { runLoad } from '../load.ts'

const requests = 120

/** Count, value, weighted value and age per pipeline, stage and currency, wins, losses and cycle: one statement. */
const bareReport = `
  select pipeline_id, stage_id, currency, state, count(*), sum(value), sum(value * probability / 100), avg(extract(epoch from $2::timestamptz - stage_changed_at)),
    avg(actual_close_date - created_at::date), count(*) filter (where actual_close_date >= $2::date - 90), sum(value) filter (where actual_close_date >= $2::date - 90)
  from opportunities where workspace_id = $1 and deleted_at is null group by 1, 2, 3, 4`

const bareStalled = `
  select id, name, value, currency from opportunities
  where workspace_id = $1 and deleted_at is null and state = 'open' and stage_changed_at < $2::timestamptz - interval '60 days' order by stage_changed_at limit 50`

export async function measurePipeline(client: HttpClient, sql: BareSql, large: boolean): Promise<Figure[]> {
  const now = new Date().toISOString()
  const product = await runLoad(requests, async () => {
    await client.get('/api/crm/pipeline')
  })
  const bare = await runLoad(requests, async () => {
    await sql.query(bareReport, [sql.workspaceId, now])
    await sql.query(bareStalled, [sql.workspaceId, now])
  })
  const [ours, theirs] = [percentilesOf(product), percentilesOf(bare)]
  return [
    { name: 'pipeline p50', value: ours.p50, unit: 'ms' },
    { name: 'pipeline p95', value: ours.p95, unit: 'ms', target: 3000, goal: large ? 300 : 100 },
    { name: 'pipeline p99', value: ours.p99, unit: 'ms' },
    { name: 'pipeline, bare SQL p95', value: theirs.p95, unit: 'ms' },
    { name: 'pipeline p50 beside bare SQL', value: ours.p50 / theirs.p50, unit: 'ratio', goal: 1.3 },
  ]
}
