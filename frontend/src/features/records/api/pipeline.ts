import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/api.ts'

interface PipelineStatus {
  id: string
  name: string
  currency: string | null
  stages: { id: string; name: string; value: string | null }[]
}

export interface PipelineStage {
  id: string
  name: string
  /** One amount a currency; currencies are never added together. */
  values: { value: string; currency: string }[]
}
export interface Pipeline {
  id: string
  name: string
  stages: PipelineStage[]
}

/** The server tells a pipeline once for each currency; here it is one with several amounts a stage. */
export function mergeCurrencies(statuses: readonly PipelineStatus[]): Pipeline[] {
  const pipelines = new Map<string, Pipeline>()
  for (const { id, name, currency, stages } of statuses) {
    const pipeline = pipelines.get(id) ?? { id, name, stages: [] }
    pipelines.set(id, pipeline)
    for (const { id: stageId, name: stageName, value } of stages) {
      let stage = pipeline.stages.find((one) => one.id === stageId)
      if (stage === undefined) {
        stage = { id: stageId, name: stageName, values: [] }
        pipeline.stages.push(stage)
      }
      if (value !== null && currency !== null && Number(value) !== 0) stage.values.push({ value, currency })
    }
  }
  return [...pipelines.values()]
}

export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => api.get<{ pipelines: PipelineStatus[] }>('/api/crm/pipeline', { signal }),
  select: (status) => mergeCurrencies(status.pipelines),
})
