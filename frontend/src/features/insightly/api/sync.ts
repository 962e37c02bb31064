import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { InsightlyAccess, InsightlyTrial, SyncStatus } from '#contracts/sync.ts'
import { api } from '@/lib/api.ts'
import type { RunMode, SyncRun } from './sync-types.ts'

const path = '/api/crm/sync'
/** Everything this feature has read. */
const everything = ['insightly'] as const

export const isUnderWay = (run: SyncRun | null | undefined): boolean => run?.state === 'queued' || run?.state === 'running'

export const syncQuery = queryOptions({
  queryKey: [...everything, 'status'],
  queryFn: ({ signal }) => api.get<SyncStatus>(path, { signal }),
})

/** Once a second while something runs, so that one can watch it. */
export const watchedSyncQuery = queryOptions({
  ...syncQuery,
  refetchInterval: (query) => (query.state.data?.state === 'running' || isUnderWay(query.state.data?.lastRun) ? 1000 : 10_000),
})

export const runsQuery = queryOptions({
  queryKey: [...everything, 'runs'],
  queryFn: ({ signal }) => api.get<{ items: SyncRun[] }>(`${path}/runs`, { signal }),
  select: (page) => page.items,
})

/** Lists follow what the status says; it alone is asked for again and again. */
export function refreshLists(client: QueryClient): void {
  for (const list of ['runs', 'outbox', 'conflicts']) void client.invalidateQueries({ queryKey: [...everything, list] })
}

/** Pages that show records are out of date once a run has changed some. */
export function refreshRecords(client: QueryClient): void {
  for (const key of ['records', 'pipeline', 'workspace', 'values', 'users', 'custom-fields']) void client.invalidateQueries({ queryKey: [key] })
}

export function useStartRun() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (request: { mode: RunMode; confirmDeletions?: boolean }) => api.post<{ runId: string }>(path, request),
    onSettled: () => void client.invalidateQueries({ queryKey: everything }),
  })
}

/** Holds the present run, lets it go on, or ends it; what has landed stays. */
export function useSteerRun() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: 'pause' | 'resume' | 'cancel') => api.post<SyncStatus>(`${path}/${action}`),
    onSuccess: (status) => client.setQueryData(syncQuery.queryKey, status),
    onSettled: () => void client.invalidateQueries({ queryKey: everything }),
  })
}

/** Asks Insightly whose key it is and how much there is; nothing is kept. */
export function useTestConnection() {
  return useMutation({ mutationFn: (input: InsightlyAccess) => api.post<InsightlyTrial>(`${path}/test`, input, { carriesSecret: true }) })
}

export function useConnect() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: InsightlyAccess) => api.post<{ runId: string }>(`${path}/connect`, input, { carriesSecret: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: everything }),
  })
}

/** Ends the mirroring; every record stays. */
export function useLeave() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<SyncStatus>(`${path}/leave`, {}),
    // Not waited for: the dialog that asked has something to say before it goes.
    onSuccess: () => void client.invalidateQueries({ queryKey: everything }),
  })
}
