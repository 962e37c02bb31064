import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { StartWorkflow, WorkflowRun } from '#contracts/workflows.ts'
import { api, type Page } from './api.ts'

const path = '/api/workflows'
const everything = ['workflows'] as const

/** The last hundred, the newest first. */
export const workflowsQuery = queryOptions({
  queryKey: [...everything, 'list'],
  queryFn: ({ signal }) => api.get<Page<WorkflowRun>>(path, { signal }),
  select: (page) => page.items,
  refetchInterval: (query) => (query.state.data?.items.some(({ status }) => status === 'running') === true ? 1000 : 30_000),
})

/** Starts one; for a mail it was started for already, it is that one. */
export function useStartWorkflow() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (start: StartWorkflow) => api.post<WorkflowRun>(path, start),
    onSuccess: () => void client.invalidateQueries({ queryKey: everything }),
  })
}

export function useCancelWorkflow() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<WorkflowRun>(`${path}/${id}/cancel`),
    onSettled: () => void client.invalidateQueries({ queryKey: everything }),
  })
}
