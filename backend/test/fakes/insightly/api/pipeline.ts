import { writeDate } from '../dates.ts'
import { entityNamed } from '../entities.ts'
import { isRow, type Row } from '../json.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { readObject } from './record-in.ts'
import { getRow, readId } from './records.ts'
import { badRequest } from './refusal.ts'
import { viewRecord } from './view.ts'

/** `/{id}/Pipeline`: the pipeline and its stage are set together, and cleared together. */
export function pipelineResource(api: Api, owner: Owner): Resource {
  return {
    put: (call) => setPipeline(api, owner, call),
    delete: () => {
      place(api, owner, { PIPELINE_ID: null, STAGE_ID: null })
      return { status: 202 }
    },
  }
}

/** `/{id}/PipelineStage`: another stage of the pipeline the record is in. */
export function pipelineStageResource(api: Api, owner: Owner): Resource {
  return {
    put: ({ body }) => {
      const { PIPELINE_ID: pipelineId } = getRow(api, owner.entity, owner.id)
      if (pipelineId === null || pipelineId === undefined) throw badRequest(`The ${owner.entity.singular} has no pipeline.`)
      return place(api, owner, { STAGE_ID: readStage(api, readObject(body).get('STAGE_ID'), Number(pipelineId)) })
    },
  }
}

function setPipeline(api: Api, owner: Owner, call: Call): Answer {
  const body = readObject(call.body)
  const pipelineId = readId(String(body.get('PIPELINE_ID') ?? ''))
  const pipeline = api.store.collection(entityNamed('Pipelines')).find(pipelineId)
  const suits = owner.entity.name === 'Projects' ? 'FOR_PROJECTS' : 'FOR_OPPORTUNITIES'
  if (pipeline?.[suits] !== true) throw badRequest(`The PIPELINE_ID ${pipelineId} is not valid for ${owner.entity.name}.`)
  const change = body.get('PIPELINE_STAGE_CHANGE')
  if (!isRow(change)) throw badRequest('The PIPELINE_STAGE_CHANGE field is required.')
  return place(api, owner, { PIPELINE_ID: pipelineId, STAGE_ID: readStage(api, readObject(change).get('STAGE_ID'), pipelineId) })
}

function readStage(api: Api, sent: unknown, pipelineId: number): number {
  const id = readId(String(sent ?? ''))
  const stage = api.store.collection(entityNamed('PipelineStages')).find(id)
  if (stage?.PIPELINE_ID !== pipelineId) throw badRequest(`The STAGE_ID ${id} is not a stage of pipeline ${pipelineId}.`)
  return id
}

function place(api: Api, { entity, id }: Owner, values: Row): Answer {
  const row = { ...getRow(api, entity, id), ...values, DATE_UPDATED_UTC: writeDate(api.now()) }
  api.store.commit([{ kind: 'row', entity: entity.name, id, row }])
  return { status: api.settings.putStatus, body: viewRecord(api, entity, row) }
}
