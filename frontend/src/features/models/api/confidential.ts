import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ConfidentialSettings } from '#contracts/confidential.ts'
import { api } from '@/lib/api.ts'

const path = '/api/settings/confidential-fields'

export const confidentialQuery = queryOptions({
  queryKey: ['models', 'confidential'],
  queryFn: ({ signal }) => api.get<ConfidentialSettings>(path, { signal }),
})

export function useChangeConfidential() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: ConfidentialSettings) => api.put<ConfidentialSettings>(path, settings),
    onSuccess: (settings) => client.setQueryData(confidentialQuery.queryKey, settings),
  })
}
