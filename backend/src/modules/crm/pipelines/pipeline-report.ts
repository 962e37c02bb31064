import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { PipelineReport } from '#contracts/pipeline.ts'

/** An open opportunity that has not changed its stage for this many days is stalled. */
export const stalledAfterDays = 60
const maxStalled = 50

/** Where the deals of each pipeline stand, a block per pipeline and currency. */
export function createPipelineReportService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    /** @throws AppError NOT_FOUND for a pipeline that is not here */
    async getPipelineReport(actor: Actor, pipelineId?: string): Promise<PipelineReport> {
      return operations.run(actor, { name: 'pipelines.report', scope: 'crm:read', query: { pipelineId }, readOnly: true }, async (tx) => {
        if (pipelineId !== undefined && !isUuid(pipelineId)) throw notFound('This pipeline')
        return reportOf(tx, clock.now(), pipelineId)
      })
    },
  }
}

interface PipelineRow {
  id: string
  name: string
  currency: string | null
  won: number
  lost: number
  wonLast90: number
  wonValueLast90: string
  meanCycleDays: number | null
  openCount: number
  openValue: string
}
interface StageRow {
  pipelineId: string
  currency: string | null
  id: string
  name: string
  count: number
  value: string
  weightedValue: string
  meanAgeDays: number | null
  reached: number
}
interface StalledRow {
  pipelineId: string
  id: string
  name: string
  stage: string | null
  value: string | null
  currency: string | null
  owner: string | null
  daysInStage: number
}

async function reportOf(tx: Transaction, now: Date, pipelineId: string | undefined): Promise<PipelineReport> {
  const at = sql`${now.toISOString()}::timestamptz`
  const wanted = pipelineId === undefined ? sql`` : sql`and p.id = ${pipelineId}`
  const mine = sql`o.workspace_id = ${tx.workspaceId} and o.deleted_at is null`
  // A pipeline has a block per currency that its deals are in; without deals, one in its own currency.
  const pipelines = await tx.query<PipelineRow & Record<string, unknown>>(sql`
    select p.id, p.name, coalesce(o.currency, p.currency) as currency,
      count(o.id) filter (where o.state = 'won')::int as won, count(o.id) filter (where o.state = 'lost')::int as lost,
      count(o.id) filter (where o.state = 'won' and o.actual_close_date >= (${at} - interval '90 days')::date)::int as "wonLast90",
      coalesce(sum(o.value) filter (where o.state = 'won' and o.actual_close_date >= (${at} - interval '90 days')::date), 0) as "wonValueLast90",
      avg(o.actual_close_date - o.created_at::date) filter (where o.state = 'won')::float8 as "meanCycleDays",
      count(o.id) filter (where o.state = 'open')::int as "openCount", coalesce(sum(o.value) filter (where o.state = 'open'), 0) as "openValue"
    from pipelines p left join opportunities o on o.pipeline_id = p.id and ${mine}
    where p.workspace_id = ${tx.workspaceId} and p.deleted_at is null ${wanted}
    group by p.id, p.name, p.created_at, coalesce(o.currency, p.currency) order by p.created_at, p.id, count(o.id) desc, 3`)
  if (pipelineId !== undefined && pipelines.length === 0) throw notFound('This pipeline')
  // Stages that a deal must have passed to stand where it stands count as reached; a won deal reached them all.
  const stages = await tx.query<StageRow & Record<string, unknown>>(sql`
    with blocks as (
      select p.id as pipeline_id, coalesce(o.currency, p.currency) as currency from pipelines p left join opportunities o on o.pipeline_id = p.id and ${mine}
      where p.workspace_id = ${tx.workspaceId} and p.deleted_at is null ${wanted} group by 1, 2),
    standing as (
      select o.pipeline_id, o.currency, o.stage_id, s.position, o.state,
        count(*)::int as deals, sum(o.value) as value, sum(o.value * coalesce(o.probability, s.probability, 0) / 100) as weighted,
        avg(extract(epoch from ${at} - o.stage_changed_at) / 86400)::float8 as age
      from opportunities o left join stages s on s.workspace_id = o.workspace_id and s.id = o.stage_id
      where ${mine} ${pipelineId === undefined ? sql`` : sql`and o.pipeline_id = ${pipelineId}`} group by 1, 2, 3, 4, 5)
    select b.pipeline_id as "pipelineId", b.currency, s.id, s.name,
      coalesce(max(t.deals) filter (where t.stage_id = s.id and t.state = 'open'), 0)::int as count,
      coalesce(max(t.value) filter (where t.stage_id = s.id and t.state = 'open'), 0) as value,
      coalesce(max(t.weighted) filter (where t.stage_id = s.id and t.state = 'open'), 0)::numeric(30, 2) as "weightedValue",
      max(t.age) filter (where t.stage_id = s.id and t.state = 'open') as "meanAgeDays",
      coalesce(sum(t.deals) filter (where t.state = 'won' or t.position >= s.position), 0)::int as reached
    from blocks b join stages s on s.workspace_id = ${tx.workspaceId} and s.pipeline_id = b.pipeline_id and s.deleted_at is null
    left join standing t on t.pipeline_id = b.pipeline_id and t.currency is not distinct from b.currency
    group by b.pipeline_id, b.currency, s.id, s.name, s.position order by s.position, s.id`)
  const stalled = await tx.query<StalledRow & Record<string, unknown>>(sql`
    select o.pipeline_id as "pipelineId", o.id, o.name, s.name as stage, o.value, o.currency, u.name as owner,
      floor(extract(epoch from ${at} - o.stage_changed_at) / 86400)::int as "daysInStage"
    from opportunities o join pipelines p on p.workspace_id = o.workspace_id and p.id = o.pipeline_id and p.deleted_at is null ${wanted}
    left join stages s on s.workspace_id = o.workspace_id and s.id = o.stage_id left join users u on u.workspace_id = o.workspace_id and u.id = o.owner_id
    where ${mine} and o.state = 'open' and o.stage_changed_at < ${at} - make_interval(days => ${stalledAfterDays}) order by o.stage_changed_at, o.id limit ${maxStalled}`)
  const [counted] = await tx.query<{ matched: number; total: number }>(sql`
    select count(*) filter (where o.pipeline_id is not null)::int as matched, count(*)::int as total from opportunities o where ${mine} ${pipelineId === undefined ? sql`` : sql`and o.pipeline_id = ${pipelineId}`}`)
  return {
    pipelines: pipelines.map((pipeline) => ({
      id: pipeline.id,
      name: pipeline.name,
      currency: pipeline.currency,
      stages: shapeStages(stages.filter((stage) => stage.pipelineId === pipeline.id && stage.currency === pipeline.currency)),
      winRate: pipeline.won + pipeline.lost === 0 ? null : pipeline.won / (pipeline.won + pipeline.lost),
      meanCycleDays: pipeline.meanCycleDays,
      velocityPerDay: velocityOf(pipeline),
      stalled: stalled.filter((deal) => deal.pipelineId === pipeline.id && deal.currency === pipeline.currency).map(({ pipelineId: _, ...deal }) => deal),
    })),
    coverage: { matched: counted?.matched ?? 0, total: counted?.total ?? 0, asOf: now.toISOString() },
  }
}

function shapeStages(stages: readonly StageRow[]): PipelineReport['pipelines'][number]['stages'] {
  return stages.map((stage, index) => {
    const next = stages[index + 1]
    return {
      id: stage.id,
      name: stage.name,
      count: stage.count,
      value: stage.value,
      weightedValue: stage.weightedValue,
      meanAgeDays: stage.meanAgeDays,
      conversionToNext: next === undefined || stage.reached === 0 ? null : next.reached / stage.reached,
    }
  })
}

/** Sales velocity: open deals × win rate × mean won value ÷ mean cycle, in money a day; null until a deal was won and its cycle is known. */
function velocityOf({ won, lost, wonLast90, wonValueLast90, meanCycleDays, openCount }: PipelineRow): string | null {
  if (won === 0 || wonLast90 === 0 || meanCycleDays === null || meanCycleDays <= 0) return null
  return ((openCount * (won / (won + lost)) * (Number(wonValueLast90) / wonLast90)) / meanCycleDays).toFixed(2)
}
