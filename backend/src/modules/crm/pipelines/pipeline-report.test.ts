import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import type { PipelineReport } from '#contracts/pipeline.ts'
import { loadScenario } from '../../../../seeds/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createPipelineReportService } from './pipeline-report.ts'

const clock = createClock('2026-11-20T15:00:30Z')
const at = '2026-11-20T15:00:00Z'
let workspace: TestWorkspace
let report: PipelineReport

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const { database, workspaceId } = workspace
  await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 300, now: clock.now() })
  report = await service().getPipelineReport(workspace.actor)
})

function service() {
  return createPipelineReportService({ operations: createTestOperations(workspace.database, clock).operations, clock })
}

describe('the pipeline report', () => {
  it('says of each stage what the records say', async () => {
    const gold = await workspace.gold<{
      pipeline: string
      currency: string
      stage: string
      count: number
      value: string
      weighted: string
      age: number | null
    }>(
      `select p.id as pipeline, coalesce(o.currency, p.currency) as currency, s.id as stage, count(*)::int as count, sum(coalesce(o.value, 0)) as value,
         sum(coalesce(o.value, 0) * coalesce(o.probability, s.probability, 0) / 100) as weighted, avg(extract(epoch from '${at}'::timestamptz - o.stage_changed_at) / 86400)::float8 as age
       from opportunities o join pipelines p on p.id = o.pipeline_id join stages s on s.id = o.stage_id
       where o.workspace_id = $1 and o.deleted_at is null and o.state = 'open' group by 1, 2, 3`,
    )
    expect(gold.length).toBeGreaterThan(5)
    const told = report.pipelines.flatMap(({ id, currency, stages }) => stages.filter(({ count }) => count > 0).map((stage) => ({ id, currency, stage })))
    expect(told.length).toBe(gold.length)
    for (const row of gold) {
      const stage = told.find((one) => one.id === row.pipeline && one.currency === row.currency && one.stage.id === row.stage)?.stage
      expect(stage?.count).toBe(row.count)
      expect(Number(stage?.value)).toBe(Number(row.value))
      expect(Number(stage?.weightedValue)).toBeCloseTo(Number(row.weighted), 1)
      expect(stage?.meanAgeDays).toBeCloseTo(row.age ?? 0, 6)
    }
  })

  it('says of each pipeline and currency what was won, how fast and of how many', async () => {
    const gold = await workspace.gold<{ pipeline: string; currency: string; rate: number; cycle: number }>(
      `select pipeline_id as pipeline, currency, (count(*) filter (where state = 'won'))::float8 / nullif(count(*) filter (where state in ('won', 'lost')), 0) as rate,
         avg(actual_close_date - created_at::date) filter (where state = 'won')::float8 as cycle
       from opportunities where workspace_id = $1 and deleted_at is null and pipeline_id is not null group by 1, 2`,
    )
    for (const { pipeline, currency, rate, cycle } of gold) {
      const block = report.pipelines.find((one) => one.id === pipeline && one.currency === currency)
      expect(block?.winRate ?? null).toBe(rate)
      if (cycle === null) expect(block?.meanCycleDays).toBeNull()
      else expect(block?.meanCycleDays).toBeCloseTo(cycle, 6)
    }
    const [counted] = await workspace.gold<{ total: number }>('select count(*)::int as total from opportunities where workspace_id = $1 and deleted_at is null')
    expect(report.coverage).toMatchObject({ total: counted?.total, asOf: '2026-11-20T15:00:00.000Z' })
  })

  it('is told anew as soon as a deal changes', async () => {
    const reports = service()
    const before = await reports.getPipelineReport(workspace.actor)
    expect(await reports.getPipelineReport(workspace.actor)).toBe(before)
    await workspace.database.transaction(workspace.actor, (tx) =>
      tx.client.query(
        `update opportunities set deleted_at = now() where id = (select id from opportunities where workspace_id = $1 and deleted_at is null and pipeline_id is not null limit 1)`,
        [workspace.workspaceId],
      ),
    )
    const after = await reports.getPipelineReport(workspace.actor)
    expect(after.coverage.total).toBe(before.coverage.total - 1)
  })
})
