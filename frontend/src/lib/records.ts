import { queryOptions } from '@tanstack/react-query'
import { entities } from '#contracts/entities.ts'
import { api } from './api.ts'
import type { PageEntity } from './record-links.ts'

export type CrmRecord = Record<string, unknown> & { id: string }

export const recordQuery = (entity: PageEntity, id: string) =>
  queryOptions({ queryKey: ['records', entity, 'one', id], queryFn: ({ signal }) => api.get<CrmRecord>(`/api/crm/${entity}/${id}`, { signal }) })

/** What names a record to a person. */
export function labelOf(entity: PageEntity, record: CrmRecord): string {
  for (const key of [entities[entity].labelField, 'name', 'email', 'title', 'subject', 'body', 'sku', 'order_id', 'from']) {
    const value = record[key]
    if (typeof value === 'string' && value.trim() !== '') return value.length > 90 ? `${value.slice(0, 90)}…` : value
  }
  return `${entities[entity].label} without a name`
}
