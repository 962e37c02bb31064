import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type Page } from '@/lib/api.ts'

export interface OutboxItem {
  id: string | number
  entity: string
  recordId: string
  /** What the record is called. */
  label: string | null
  operation: 'create' | 'update' | 'delete' | 'restore' | 'link' | 'unlink'
  /** Columns that were changed. */
  fields: readonly string[]
  status: 'pending' | 'sending' | 'failed' | 'done' | 'dropped'
  attempts: number
  error: string | null
  madeBy: string | null
  madeAt: string
}

export interface Conflict {
  id: string
  entity: string
  recordId: string
  label: string | null
  field: string
  /** What both sides agreed on before. */
  base: unknown
  local: unknown
  remote: unknown
  detectedAt: string
}

export const outboxQuery = queryOptions({
  queryKey: ['insightly', 'outbox'],
  queryFn: ({ signal }) => api.get<Page<OutboxItem>>('/api/crm/outbox', { query: { limit: 100 }, signal }),
  select: (page) => page.items,
})

export const conflictsQuery = queryOptions({
  queryKey: ['insightly', 'conflicts'],
  queryFn: ({ signal }) => api.get<Page<Conflict>>('/api/crm/sync/conflicts', { query: { limit: 100 }, signal }),
  select: (page) => page.items,
})

function useOutboxAction(action: 'retry' | 'drop') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: OutboxItem['id']) => api.post(`/api/crm/outbox/${id}/${action}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['insightly'] }),
  })
}

export const useRetry = () => useOutboxAction('retry')
/** The change stays here and is not sent. */
export const useDrop = () => useOutboxAction('drop')

export function useResolveConflict() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, keep }: { id: string; keep: 'local' | 'remote' }) => api.post(`/api/crm/sync/conflicts/${id}`, { keep }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['insightly'] }), client.invalidateQueries({ queryKey: ['records'] })]),
  })
}
