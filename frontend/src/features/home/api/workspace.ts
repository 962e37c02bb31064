import { queryOptions } from '@tanstack/react-query'
import type { EntityName } from '#contracts/entities.ts'
import type { QueryResult, TypedQueryInput } from '#contracts/query.ts'
import { api, type Page } from '@/lib/api.ts'

/** What a workspace holds, as far as example questions need it. */
export interface WorkspaceGlance {
  counts: Partial<Record<EntityName, number>>
  city: string | null
  owner: string | null
  organisation: string | null
}

const counted = ['contacts', 'organisations', 'leads', 'opportunities', 'orders', 'tasks', 'events'] as const

async function topValue(entity: EntityName, field: string, signal: AbortSignal): Promise<string | null> {
  const query: TypedQueryInput = {
    entity,
    filter: { field, op: 'isNotEmpty' },
    groupBy: [{ field }],
    measures: [{ fn: 'count', as: 'records' }],
    sort: [{ by: 'records', direction: 'desc' }],
    limit: 1,
  }
  const result = await api.post<QueryResult>('/api/crm/query', query, { signal })
  const value = Object.values(result.rows[0] ?? {}).find((one) => typeof one === 'string' && Number.isNaN(Number(one)))
  return typeof value === 'string' ? value : null
}

export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<WorkspaceGlance> => {
    const totals = await Promise.all(counted.map((entity) => api.get<Page<unknown>>(`/api/crm/${entity}`, { query: { limit: 1 }, signal })))
    const counts = Object.fromEntries(
      counted.map((entity, index) => [entity, totals[index]?.total ?? totals[index]?.items.length ?? 0]),
    ) as WorkspaceGlance['counts']
    const [city, owner, organisation] = await Promise.all([
      counts.contacts ? topValue('contacts', 'city', signal) : null,
      counts.opportunities ? topValue('opportunities', 'owner', signal) : null,
      counts.opportunities ? topValue('opportunities', 'organisation', signal) : null,
    ])
    return { counts, city, owner, organisation }
  },
})
