import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Filter } from '#contracts/query.ts'
import type { TimelineItem } from '#contracts/records.ts'
import { api, type Page } from '@/lib/api.ts'
import { timeZone } from '@/lib/format.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { type CrmRecord, recordQuery } from '@/lib/records.ts'

export interface ListOptions {
  q?: string | undefined
  /** A field; a leading - means descending. */
  sort?: string | undefined
  filter?: Filter | undefined
  limit?: number
}

export interface HistoryItem {
  at: string
  operation: 'create' | 'update' | 'delete' | 'restore'
  field: string | null
  oldValue: unknown
  newValue: unknown
  actor: { type: string; id: string | null; name: string }
  changeId: string
}

const listQueryParameters = ({ q, sort, filter, limit = 100 }: ListOptions) => ({
  q,
  sort,
  limit,
  filter: filter === undefined ? undefined : JSON.stringify(filter),
  // Whose day it is when a filter speaks of today.
  timeZone: filter === undefined ? undefined : timeZone(),
})

export const recordsQuery = (entity: PageEntity, options: ListOptions) =>
  infiniteQueryOptions({
    queryKey: ['records', entity, 'list', options],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CrmRecord>>(`/api/crm/${entity}`, { query: { ...listQueryParameters(options), cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
  })

/** The first rows of a list and how many there are in all. */
export const recordsTopQuery = (entity: PageEntity, options: ListOptions) =>
  queryOptions({
    queryKey: ['records', entity, 'top', options],
    queryFn: ({ signal }) => api.get<Page<CrmRecord>>(`/api/crm/${entity}`, { query: listQueryParameters(options), signal }),
  })

/** Most entries of a timeline or history. */
export const storyLimit = 200

export const timelineQuery = (entity: PageEntity, id: string) =>
  queryOptions({
    queryKey: ['records', entity, 'timeline', id],
    queryFn: ({ signal }) => api.get<{ items: TimelineItem[] }>(`/api/crm/${entity}/${id}/timeline`, { query: { limit: storyLimit }, signal }),
    select: (page) => page.items,
  })

export const historyQuery = (entity: PageEntity, id: string) =>
  queryOptions({
    queryKey: ['records', entity, 'history', id],
    queryFn: ({ signal }) => api.get<{ items: HistoryItem[] }>(`/api/crm/${entity}/${id}/history`, { query: { limit: storyLimit }, signal }),
    select: (page) => page.items,
  })

/** Everything that shows records is asked again after one has changed; nobody waits for that. */
function useRefreshRecords() {
  const client = useQueryClient()
  return () => {
    for (const key of ['records', 'pipeline', 'workspace']) void client.invalidateQueries({ queryKey: [key] })
  }
}

export function useUpdateRecord(entity: PageEntity) {
  const client = useQueryClient()
  const refresh = useRefreshRecords()
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: Record<string, unknown> }) => api.patch<CrmRecord>(`/api/crm/${entity}/${id}`, change),
    onSuccess: (record) => client.setQueryData(recordQuery(entity, record.id).queryKey, record),
    onSettled: refresh,
  })
}

export function useCreateRecord(entity: PageEntity) {
  const refresh = useRefreshRecords()
  return useMutation({ mutationFn: (values: Record<string, unknown>) => api.post<CrmRecord>(`/api/crm/${entity}`, values), onSuccess: refresh })
}

export function useRestoreRecord(entity: PageEntity) {
  const refresh = useRefreshRecords()
  return useMutation({ mutationFn: (id: string) => api.post<CrmRecord>(`/api/crm/${entity}/${id}/restore`), onSuccess: refresh })
}

export function useDeleteRecord(entity: PageEntity) {
  const client = useQueryClient()
  const refresh = useRefreshRecords()
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/crm/${entity}/${id}`),
    onSuccess: (_, id) => {
      for (const kind of ['one', 'timeline', 'history']) client.removeQueries({ queryKey: ['records', entity, kind, id] })
      refresh()
    },
  })
}
