import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type Page } from '@/lib/api.ts'

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

/** Makes a pipeline, or gives one another name and other stages in another order. */
export function useSavePipeline(id: string | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (pipeline: { name: string; stages: readonly string[] }) =>
      id === undefined ? api.post<{ id: string }>('/api/crm/pipelines', pipeline) : api.patch<{ id: string }>(`/api/crm/pipelines/${id}`, pipeline),
    onSuccess: () => {
      for (const key of ['pipeline', 'records']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}

/** Pipelines with what stands at their stages, or without, for whoever does not see what deals are worth. */
export const pipelineQuery = (hasValues: boolean | undefined) =>
  queryOptions({
    queryKey: ['pipeline', hasValues],
    enabled: hasValues !== undefined,
    queryFn: async ({ signal }): Promise<Pipeline[]> => {
      if (hasValues !== false) return mergeCurrencies((await api.get<{ pipelines: PipelineStatus[] }>('/api/crm/pipeline', { signal })).pipelines)
      const { items } = await api.get<Page<PipelineStatus>>('/api/crm/pipelines', { query: { limit: 100, sort: 'created_at' }, signal })
      return items.map(({ id, name, stages }) => ({ id, name, stages: stages.map((stage) => ({ id: stage.id, name: stage.name, values: [] })) }))
    },
  })
