import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ConflictDecision, OutboxItem, OutboxPage, SyncConflict } from '#contracts/outbox.ts'
import { api, type Page } from '@/lib/api.ts'

/** As many as a person looks through at once; those behind them follow when these are gone. */
const limit = 100

export const outboxQuery = queryOptions({
  queryKey: ['insightly', 'outbox'],
  queryFn: ({ signal }) => api.get<OutboxPage>('/api/crm/outbox', { query: { limit }, signal }),
})

export const conflictsQuery = queryOptions({
  queryKey: ['insightly', 'conflicts'],
  queryFn: ({ signal }) => api.get<Page<SyncConflict>>('/api/crm/sync/conflicts', { query: { limit }, signal }),
})

/** Those that were decided, the newest first. */
export const decidedQuery = queryOptions({
  queryKey: ['insightly', 'conflicts', 'decided'],
  queryFn: ({ signal }) => api.get<Page<SyncConflict>>('/api/crm/sync/conflicts', { query: { limit: 20, state: 'resolved' }, signal }),
})

/** Nobody waits for it: what became of a decision is said at once. */
function refresh(client: QueryClient, ...others: readonly string[]): void {
  for (const key of ['insightly', ...others]) void client.invalidateQueries({ queryKey: [key] })
}

/** Sends a change again; `restore` makes a record anew that was deleted there. */
export function useRetry() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, restore }: { id: string; restore: boolean }) => api.post<OutboxItem>(`/api/crm/outbox/${id}/retry`, restore ? { restore } : {}),
    onSettled: () => refresh(client),
  })
}

/** The change stays here and is not sent. */
export function useDrop() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<OutboxItem>(`/api/crm/outbox/${id}/drop`),
    onSettled: () => refresh(client),
  })
}

export function useResolveConflict() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, keep }: ConflictDecision & { id: string }) => api.post<SyncConflict>(`/api/crm/sync/conflicts/${id}`, { keep }),
    onSettled: () => refresh(client, 'records'),
  })
}
