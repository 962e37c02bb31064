import { queryOptions } from '@tanstack/react-query'
import type { SyncConflict } from '#contracts/outbox.ts'
import { api } from '@/lib/api.ts'

interface HistoryItem {
  at: string
  field: string | null
  actor: { type: string; name: string }
}

/** Who last changed the field here, by the record's own history; the mirror's entries do not count. */
export const authorQuery = ({ entity, recordId, field }: SyncConflict) =>
  queryOptions({
    queryKey: ['records', entity, 'authors', recordId],
    queryFn: ({ signal }) => api.get<{ items: HistoryItem[] }>(`/api/crm/${entity}/${recordId}/history`, { query: { limit: 200 }, signal }),
    select: ({ items }) => {
      const item = items.find((one) => one.field === field && one.actor.type !== 'system')
      return item === undefined ? null : { name: item.actor.name, at: item.at }
    },
  })

/** What a record that is referred to is called. */
export const referenceQuery = (entity: string, id: string) =>
  queryOptions({
    queryKey: ['records', entity, 'name', id],
    staleTime: 60_000,
    queryFn: ({ signal }) => api.get<{ name?: string | null; email?: string | null }>(`/api/crm/${entity}/${id}`, { signal }),
    select: ({ name, email }) => name ?? email ?? id,
  })
