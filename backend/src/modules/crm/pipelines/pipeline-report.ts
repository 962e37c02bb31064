import { DateTime } from 'luxon'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { PipelineReport } from '#contracts/pipeline.ts'
import { requireShown } from '../query/hidden-fields.ts'
import { getWorkspaceSettings } from '../settings/workspace-settings.repository.ts'
import { figuresOf, type Standing } from './pipeline-figures.ts'

const maxStalled = 50
const madeOf = ['value', 'probability', 'actual_close_date', 'stage_changed_at'] as const

/** Where the deals of each pipeline stand, a block per pipeline and currency. */
export function createPipelineReportService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    /** @throws AppError NOT_FOUND for a pipeline that is not here, FORBIDDEN where part of it is hidden from the actor */
    async getPipelineReport(actor: Actor, pipelineId?: string): Promise<PipelineReport> {
      return operations.run(actor, { name: 'pipelines.report', scope: 'crm:read', query: { pipelineId }, readOnly: true }, async (tx) => {
        if (pipelineId !== undefined && !isUuid(pipelineId)) throw notFound('This pipeline')
        requireShown(await tx.hidden(), 'opportunities', madeOf)
        // Ages and the last 90 days are told to the minute, so that a report holds until a deal changes or the minute is over.
        const minute = DateTime.fromJSDate(clock.now()).startOf('minute').toJSDate()
        return tx.cached(`pipelines.report ${minute.toISOString()} ${pipelineId}`, () => reportOf(tx, minute, pipelineId))
      })
    },
  }
}

interface PipelineRow {
  id: string
  name: string
  currency: string
}
interface StageRow {
  pipelineId: string
  id: string
  name: string
  position: number
  probability: number | null
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
  const { stalledDays } = await getWorkspaceSettings(tx)
  const mine = sql`o.workspace_id = ${tx.workspaceId} and o.deleted_at is null`
  const [pipelines, stages, standings, stalled] = await Promise.all([
    tx.query<PipelineRow & Record<string, unknown>>(sql`
      select p.id, p.name, p.currency from pipelines p where p.workspace_id = ${tx.workspaceId} and p.deleted_at is null ${wanted} order by p.created_at, p.id`),
    tx.query<StageRow & Record<string, unknown>>(sql`
      select s.pipeline_id as "pipelineId", s.id, s.name, s.position, s.probability::float8 as probability from stages s
      where s.workspace_id = ${tx.workspaceId} and s.deleted_at is null order by s.position, s.id`),
    // All that is to be known of the deals, in one pass over them.
    tx.query<Standing & Record<string, unknown>>(sql`
      select o.pipeline_id as "pipelineId", o.currency, o.stage_id as "stageId", o.state, count(*)::int as deals, coalesce(sum(o.value), 0) as value,
        coalesce(sum(o.value * o.probability), 0) as "weightedByDeal", coalesce(sum(o.value) filter (where o.probability is null), 0) as "valueWithoutProbability",
        coalesce(sum(extract(epoch from ${at} - o.stage_changed_at)) / 86400, 0)::float8 as "ageDays", count(o.stage_changed_at)::int as aged,
        coalesce(sum(o.actual_close_date - o.created_at::date), 0)::float8 as "cycleDays", count(o.actual_close_date)::int as closed,
        count(*) filter (where o.actual_close_date >= (${at} - interval '90 days')::date)::int as "closedLast90",
        coalesce(sum(o.value) filter (where o.actual_close_date >= (${at} - interval '90 days')::date), 0) as "closedValueLast90"
      from opportunities o where ${mine} ${pipelineId === undefined ? sql`` : sql`and o.pipeline_id = ${pipelineId}`} group by 1, 2, 3, 4`),
    tx.query<StalledRow & Record<string, unknown>>(sql`
      select o.pipeline_id as "pipelineId", o.id, o.name, s.name as stage, o.value, o.currency, u.name as owner,
        floor(extract(epoch from ${at} - o.stage_changed_at) / 86400)::int as "daysInStage"
      from opportunities o join pipelines p on p.workspace_id = o.workspace_id and p.id = o.pipeline_id and p.deleted_at is null ${wanted}
      left join stages s on s.workspace_id = o.workspace_id and s.id = o.stage_id left join users u on u.workspace_id = o.workspace_id and u.id = o.owner_id
      where ${mine} and o.state = 'open' and o.stage_changed_at < ${at} - make_interval(days => ${stalledDays}) order by o.stage_changed_at, o.id limit ${maxStalled}`),
  ])
  if (pipelineId !== undefined && pipelines.length === 0) throw notFound('This pipeline')
  return {
    pipelines: pipelines.flatMap((pipeline) =>
      blocksOf(pipeline, standings).map(({ currency, deals }) => ({
        id: pipeline.id,
        name: pipeline.name,
        currency,
        ...figuresOf(
          stages.filter((stage) => stage.pipelineId === pipeline.id),
          deals,
        ),
        stalled: stalled
          .filter((deal) => deal.pipelineId === pipeline.id && (deal.currency ?? pipeline.currency) === currency)
          .map(({ pipelineId: _, ...deal }) => deal),
      })),
    ),
    coverage: {
      matched: standings.filter((standing) => standing.pipelineId !== null).reduce((sum, { deals }) => sum + deals, 0),
      total: standings.reduce((sum, { deals }) => sum + deals, 0),
      asOf: await tx.asOf(now),
    },
  }
}

/** A pipeline has a block per currency that its deals are in, the one with most deals first; without deals, one in its own currency. */
function blocksOf(pipeline: PipelineRow, standings: readonly Standing[]): { currency: string; deals: Standing[] }[] {
  const blocks = Map.groupBy(
    standings.filter((standing) => standing.pipelineId === pipeline.id),
    (standing) => standing.currency ?? pipeline.currency,
  )
  if (blocks.size === 0) return [{ currency: pipeline.currency, deals: [] }]
  const count = (deals: readonly Standing[]) => deals.reduce((sum, standing) => sum + standing.deals, 0)
  return [...blocks].map(([currency, deals]) => ({ currency, deals })).sort((a, b) => count(b.deals) - count(a.deals) || (a.currency < b.currency ? -1 : 1))
}
