import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ChangeFlags, Deployment, flagHistorySchema } from '#contracts/deployment.ts'
import { api } from '@/lib/api.ts'
import { deploymentKey, deploymentQuery } from '@/lib/deployment.ts'

const path = '/api/deployment/flags'

type FlagHistory = z.infer<typeof flagHistorySchema>
export type FlagChange = FlagHistory['items'][number]

export const flagHistoryQuery = queryOptions({
  queryKey: [...deploymentKey, 'history'],
  queryFn: ({ signal }) => api.get<FlagHistory>(`${path}/history`, { signal }),
  select: (page) => page.items,
})

export function useChangeFlags() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ChangeFlags) => api.patch<Deployment>(path, change),
    onSuccess: (deployment) => client.setQueryData(deploymentQuery.queryKey, deployment),
    onSettled: () => void client.invalidateQueries({ queryKey: deploymentKey }),
  })
}

/** People who may be named, for whoever may see them. */
export const peopleQuery = queryOptions({
  queryKey: ['flags', 'people'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>('/api/people', { signal }),
  select: (page) => page.items,
})
