import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { PendingRecord, ResolveOptions } from './pending-record.ts'
import { insertRecords } from './record-writer.ts'

const defaultPipeline = 'Sales'

/** Matches pipelines and stages by name; one that does not exist is created, in order of first appearance. */
export async function resolvePipelines(tx: Transaction, records: readonly PendingRecord[], options: ResolveOptions): Promise<void> {
  const concerned = records.filter(({ values }) => typeof values.pipeline === 'string' || typeof values.stage === 'string')
  for (const { values } of records) {
    if (values.pipeline === null) values.pipeline_id = null
    if (values.stage === null) values.stage_id = null
  }
  await followStages(tx, records)
  if (concerned.length === 0) return
  // Two writers must not both create the same pipeline.
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`pipelines:${tx.workspaceId}`}, 0))`)
  const pipelines = await tx.query<{ id: string; name: string }>(
    sql`select id, name from pipelines where workspace_id = ${tx.workspaceId} and deleted_at is null order by created_at, id`,
  )
  const stages = await tx.query<{ id: string; pipeline_id: string; name: string; position: number }>(
    sql`select id, pipeline_id, name, position from stages where workspace_id = ${tx.workspaceId} and deleted_at is null order by position, id`,
  )
  for (const { values } of concerned) {
    const stageName = values.stage as string | null | undefined
    const pipelineName = typeof values.pipeline === 'string' ? values.pipeline : undefined
    let pipelineId = pipelineName === undefined ? (values.pipeline_id as string | undefined) : pipelines.find(({ name }) => same(name, pipelineName))?.id
    if (pipelineId === undefined && pipelineName === undefined && stageName)
      pipelineId = stages.find(({ name }) => same(name, stageName))?.pipeline_id ?? pipelines[0]?.id
    if (pipelineId === undefined) {
      const name = pipelineName ?? defaultPipeline
      const [id] = await insertRecords(tx, 'pipelines', [{ name }], options)
      pipelineId = id as string
      pipelines.push({ id: pipelineId, name })
    }
    values.pipeline_id = pipelineId
    if (typeof stageName !== 'string') continue
    let stage = stages.find((candidate) => candidate.pipeline_id === pipelineId && same(candidate.name, stageName))
    if (stage === undefined) {
      const position = stages.filter((candidate) => candidate.pipeline_id === pipelineId).length
      const [id] = await insertRecords(tx, 'stages', [{ name: stageName, pipeline_id: pipelineId, position }], options)
      stage = { id: id as string, pipeline_id: pipelineId, name: stageName, position }
      stages.push(stage)
    }
    values.stage_id = stage.id
    // A file that names the stage "Closed won" and no state means a won opportunity.
    const state = values.state === undefined ? stateOfStage(stageName) : undefined
    if (state !== undefined) values.state = state
  }
}

/** A stage given by its id brings its pipeline with it: a deal is in one pipeline, at a stage of that pipeline. */
async function followStages(tx: Transaction, records: readonly PendingRecord[]): Promise<void> {
  const concerned = records.filter(
    ({ values }) =>
      typeof values.stage_id === 'string' &&
      isUuid(values.stage_id) &&
      values.stage === undefined &&
      values.pipeline === undefined &&
      values.pipeline_id === undefined,
  )
  if (concerned.length === 0) return
  const ids = [...new Set(concerned.map(({ values }) => values.stage_id as string))]
  const stages = await tx.query<{ id: string; pipeline_id: string }>(
    sql`select id, pipeline_id from stages where workspace_id = ${tx.workspaceId} and id = any(${arrayLiteral(ids)}::uuid[]) and deleted_at is null`,
  )
  // A stage that is not there is refused where ids are checked.
  for (const { values } of concerned) {
    const stage = stages.find(({ id }) => id === values.stage_id)
    if (stage !== undefined) values.pipeline_id = stage.pipeline_id
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function stateOfStage(name: string): string | undefined {
  if (/\bwon\b/i.test(name)) return 'won'
  if (/\blost\b/i.test(name)) return 'lost'
  return undefined
}
