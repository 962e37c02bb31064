import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'
import type { SavedView } from '#contracts/views.ts'
import { api } from '@/lib/api.ts'
import type { PageEntity } from '@/lib/record-links.ts'

/** What a list shows: its conditions and order. */
export interface ListQuery {
  filter: Filter | undefined
  /** A field; a leading - means descending. */
  sort: string | undefined
}

export const viewsQuery = (entity: PageEntity) =>
  queryOptions({
    queryKey: ['views', entity],
    queryFn: ({ signal }) => api.get<{ items: SavedView[] }>('/api/crm/views', { query: { entity }, signal }),
    select: (page) => page.items,
  })

function toQuery(entity: PageEntity, { filter, sort }: ListQuery): TypedQueryInput {
  const order = sort === undefined ? {} : { sort: [{ by: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? ('desc' as const) : ('asc' as const) }] }
  return { entity, ...(filter === undefined ? {} : { filter }), ...order }
}

/** The list that a view was saved from. */
export function listOfView({ query }: SavedView): ListQuery {
  const [order] = query.sort ?? []
  return { filter: query.filter, sort: order && `${order.direction === 'desc' ? '-' : ''}${order.by}` }
}

export function useSaveView(entity: PageEntity) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ name, list, shared }: { name: string; list: ListQuery; shared: boolean }) =>
      api.post<SavedView>('/api/crm/views', { name, query: toQuery(entity, list), shared }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views', entity] }),
  })
}

export function useChangeView(entity: PageEntity) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, list, ...change }: { id: string; name?: string; shared?: boolean; list?: ListQuery }) =>
      api.patch<SavedView>(`/api/crm/views/${id}`, { ...change, ...(list === undefined ? {} : { query: toQuery(entity, list) }) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['views', entity] }),
  })
}

export function useDeleteView(entity: PageEntity) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/crm/views/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['views', entity] }),
  })
}
