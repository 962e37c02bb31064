import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ApiKey, apiKeyInputSchema } from '#contracts/security.ts'
import { api } from '@/lib/api.ts'

export type ApiKeyInput = z.infer<typeof apiKeyInputSchema>

/** One's own keys; an owner or admin sees everybody's. */
export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => api.get<{ items: ApiKey[] }>('/api/api-keys', { signal }),
  select: (page) => page.items,
})

export function useCreateApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ApiKeyInput) => api.post<ApiKey>('/api/api-keys', input),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  })
}

export function useRevokeApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/api-keys/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  })
}
