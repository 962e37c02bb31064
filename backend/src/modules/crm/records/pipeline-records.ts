import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { parseRecord } from './parse-record.ts'
import type { RecordJson } from './record-reader.ts'
import { insertRecords, updateRecords } from './record-writer.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'

export interface StageJson {
  id: string
  name: string
  position: number
  probability: number | null
}

type StageInput = string | { name: string; probability?: number | null }

/** Stages of a pipeline in their order. */
export async function readStages(tx: Transaction, pipelineId: string): Promise<StageJson[]> {
  return tx.query<StageJson & Record<string, unknown>>(sql`
    select id, name, position, probability::float8 as probability from stages
    where workspace_id = ${tx.workspaceId} and pipeline_id = ${pipelineId} and deleted_at is null order by position, id`)
}

export async function createPipeline(tx: Transaction, input: Record<string, unknown>, now: Date): Promise<string> {
  const { stages = [], ...fields } = input
  const record = parseRecord('pipelines', fields, { customFields: [], timeZone: 'UTC' })
  throwIfInvalid(record.errors)
  await refuseTakenName(tx, record.values.name as string)
  const [id] = await insertRecords(tx, 'pipelines', [record.values], { now })
  await appendStages(tx, id as string, stages as StageInput[], now)
  return id as string
}

/** Changes a pipeline's own fields; a list of stages renames, reorders and adds by name, and removes those left out that hold no opportunity. */
export async function updatePipeline(tx: Transaction, before: RecordJson, input: Record<string, unknown>, now: Date): Promise<void> {
  const { stages, ...fields } = input
  const record = parseRecord('pipelines', fields, { customFields: [], timeZone: 'UTC', partial: true })
  throwIfInvalid(record.errors)
  if (typeof record.values.name === 'string') await refuseTakenName(tx, record.values.name, before.id)
  if (record.values.name === null) throwIfInvalid([{ field: 'name', message: 'Name must not be empty.' }])
  await updateRecords(tx, 'pipelines', [{ id: before.id, values: record.values }], { now })
  if (Array.isArray(stages)) await replaceStages(tx, before.id, stages as StageInput[], now)
}

async function refuseTakenName(tx: Transaction, name: string, ownId?: string): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from pipelines where workspace_id = ${tx.workspaceId} and lower(name) = lower(${name}) and deleted_at is null`,
  )
  if (rows.some(({ id }) => id !== ownId))
    throw new AppError('CONFLICT', `There already is a pipeline "${name}".`, { details: [{ field: 'name', message: 'is taken' }] })
}

async function appendStages(tx: Transaction, pipelineId: string, stages: readonly StageInput[], now: Date): Promise<void> {
  const normal = stages.map((stage) => (typeof stage === 'string' ? { name: stage } : stage))
  const names = normal.map(({ name }) => name.trim().toLowerCase())
  if (new Set(names).size < names.length) throwIfInvalid([{ field: 'stages', message: 'Two stages have the same name.' }])
  await insertRecords(
    tx,
    'stages',
    normal.map((stage, position) => ({ name: stage.name.trim(), probability: stage.probability ?? null, pipeline_id: pipelineId, position })),
    { now },
  )
}

async function replaceStages(tx: Transaction, pipelineId: string, stages: readonly StageInput[], now: Date): Promise<void> {
  const existing = await readStages(tx, pipelineId)
  const wanted = stages.map((stage) => (typeof stage === 'string' ? { name: stage.trim() } : { ...stage, name: stage.name.trim() }))
  const key = (name: string) => name.toLowerCase()
  if (new Set(wanted.map(({ name }) => key(name))).size < wanted.length) throwIfInvalid([{ field: 'stages', message: 'Two stages have the same name.' }])
  for (const stage of existing.filter(({ name }) => !wanted.some((candidate) => key(candidate.name) === key(name)))) {
    const [used] = await tx.query(
      sql`select 1 from opportunities where workspace_id = ${tx.workspaceId} and stage_id = ${stage.id} and deleted_at is null limit 1`,
    )
    if (used !== undefined) throw new AppError('CONFLICT', `The stage "${stage.name}" still holds opportunities; move them first.`)
    await tx.query(sql`update stages set deleted_at = ${now.toISOString()} where workspace_id = ${tx.workspaceId} and id = ${stage.id}`)
  }
  for (const [position, stage] of wanted.entries()) {
    const known = existing.find(({ name }) => key(name) === key(stage.name))
    if (known === undefined)
      await insertRecords(
        tx,
        'stages',
        [{ name: stage.name, probability: 'probability' in stage ? stage.probability : null, pipeline_id: pipelineId, position }],
        { now },
      )
    else {
      const probability = 'probability' in stage ? (stage.probability ?? null) : known.probability
      await tx.query(
        sql`update stages set name = ${stage.name}, position = ${position}, probability = ${probability} where workspace_id = ${tx.workspaceId} and id = ${known.id}`,
      )
    }
  }
}

/** Gives a stage that is created or changed by itself its place among the others of its pipeline. */
export async function placeStage(tx: Transaction, values: Record<string, unknown>, before?: RecordJson): Promise<void> {
  const pipelineId = values.pipeline_id === undefined ? before?.pipeline_id : values.pipeline_id
  if (typeof pipelineId !== 'string') throwIfInvalid([{ field: 'pipeline', message: 'A stage belongs to a pipeline; say to which.' }])
  const others = (await readStages(tx, pipelineId as string)).filter(({ id }) => id !== before?.id)
  if (values.position === null || (values.position === undefined && before === undefined))
    values.position = Math.max(-1, ...others.map(({ position }) => position)) + 1
  const name = String(values.name ?? before?.name ?? '')
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    throw new AppError('CONFLICT', `This pipeline already has a stage "${name}".`, { details: [{ field: 'name', message: 'is taken' }] })
}
