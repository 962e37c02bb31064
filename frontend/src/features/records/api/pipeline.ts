import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/api.ts'

export interface PipelineStage {
  id: string
  name: string
  count: number
  value: string | null
  weightedValue: string | null
}
export interface Pipeline {
  id: string
  name: string
  currency: string | null
  stages: PipelineStage[]
}

export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => api.get<{ pipelines: Pipeline[] }>('/api/crm/pipeline', { signal }),
  select: (status) => status.pipelines,
})
