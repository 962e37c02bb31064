import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ModelBudgets, ModelBudgetsChange, ModelExchanges, ModelsState, ModelUsage, UsageGrouping } from '#contracts/models.ts'
import { api } from '@/lib/api.ts'

const path = '/api/models'
const everything = ['models'] as const

export const modelsQuery = queryOptions({
  queryKey: [...everything, 'state'],
  queryFn: ({ signal }) => api.get<ModelsState>(path, { signal }),
  refetchInterval: 30_000,
})

export const usageQuery = (by: UsageGrouping, days: number) =>
  queryOptions({
    queryKey: [...everything, 'usage', by, days],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10)
      return api.get<ModelUsage>(`${path}/usage`, { query: { by, from }, signal })
    },
  })

export const budgetsQuery = queryOptions({
  queryKey: [...everything, 'budgets'],
  queryFn: ({ signal }) => api.get<ModelBudgets>(`${path}/budgets`, { signal }),
})

export function useChangeBudgets() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ModelBudgetsChange) => api.patch<ModelBudgets>(`${path}/budgets`, change),
    onSuccess: (budgets) => {
      client.setQueryData(budgetsQuery.queryKey, budgets)
      void client.invalidateQueries({ queryKey: modelsQuery.queryKey })
    },
  })
}

/** People who may have a budget of their own. */
export const spendersQuery = queryOptions({
  queryKey: [...everything, 'people'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>('/api/people', { signal }),
  select: (page) => page.items,
})

export type ModelExchange = ModelExchanges['items'][number]

export const exchangesQuery = infiniteQueryOptions({
  queryKey: [...everything, 'audit'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => api.get<ModelExchanges>(`${path}/audit`, { query: { limit: 20, cursor: pageParam }, signal }),
  getNextPageParam: (page) => page.nextCursor,
  select: (data) => data.pages.flatMap((page) => page.items),
})

export function useClearExchanges() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.delete<{ removed: number }>(`${path}/audit`),
    onSettled: () => void client.invalidateQueries({ queryKey: exchangesQuery.queryKey }),
  })
}
