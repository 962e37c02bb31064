import { queryOptions } from '@tanstack/react-query'
import { type CustomFieldDefinition, customFieldEntities, type EntityName } from '#contracts/entities.ts'
import type { QueryResult, TypedQueryInput } from '#contracts/query.ts'
import { api, type Page } from '@/lib/api.ts'
import type { PageEntity } from '@/lib/record-links.ts'

export interface User {
  id: string
  name: string
  email: string | null
  active: boolean | null
}

export const usersQuery = queryOptions({
  queryKey: ['users'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api.get<Page<User>>('/api/crm/users', { query: { limit: 200, sort: 'name' }, signal }),
  select: (page) => page.items,
})

export const customFieldsQuery = (entity: PageEntity) =>
  queryOptions({
    queryKey: ['custom-fields', entity],
    staleTime: 60_000,
    enabled: customFieldEntities.includes(entity),
    queryFn: ({ signal }) => api.get<{ items: CustomFieldDefinition[] }>('/api/crm/custom-fields', { query: { entity }, signal }),
    select: (page) => page.items,
  })

/** The values a field has in this workspace, the frequent ones first. */
export const valuesQuery = (entity: PageEntity, field: string) =>
  queryOptions({
    queryKey: ['values', entity, field],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<string[]> => {
      const query: TypedQueryInput = {
        entity,
        groupBy: [{ field }],
        measures: [{ fn: 'count', as: 'records' }],
        sort: [{ by: 'records', direction: 'desc' }],
        limit: 50,
      }
      const result = await api.post<QueryResult>('/api/crm/query', query, { signal })
      const key = result.columns[0]?.key ?? field
      return result.rows.map((row) => row[key]).filter((value): value is string => typeof value === 'string' && value !== '')
    },
  })

export interface ReferenceHit {
  entity: string
  id: string
  label: string
  detail: string
}

/** Records that a reference may point to. */
export const referenceQuery = (entity: 'organisation' | 'contact', words: string) =>
  queryOptions({
    queryKey: ['search', entity, words],
    enabled: words.trim().length > 0,
    queryFn: ({ signal }) => api.get<{ items: ReferenceHit[] }>('/api/crm/search', { query: { q: words.trim(), entity: `${entity}s`, limit: 7 }, signal }),
    select: (page) => page.items,
  })

/** What a reference points to, of whatever kind. */
export const referencedQuery = (entity: EntityName, id: string) =>
  queryOptions({
    queryKey: ['referenced', entity, id],
    staleTime: 60_000,
    retry: false,
    queryFn: ({ signal }) => api.get<{ name?: string | null; email?: string | null }>(`/api/crm/${entity}/${id}`, { signal }),
  })
