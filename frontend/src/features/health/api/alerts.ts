import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Alert, AlertList } from '#contracts/alerts.ts'
import { api } from '@/lib/api.ts'

const path = '/api/alerts'
const everything = ['alerts'] as const

/** The newest of all; how many of them are still raised is told by their ends. */
export const alertsQuery = queryOptions({
  queryKey: [...everything, 'newest'],
  queryFn: ({ signal }) => api.get<AlertList>(path, { query: { limit: 200 }, signal }),
  refetchInterval: 15_000,
})

export function useAcknowledge() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<Alert>(`${path}/${id}/acknowledge`),
    onSettled: () => void client.invalidateQueries({ queryKey: everything }),
  })
}
