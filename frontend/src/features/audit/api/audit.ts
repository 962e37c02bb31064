import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import type { AuditEntryView, AuditVerification, Person } from '#contracts/security.ts'
import { api, type Page } from '@/lib/api.ts'
import type { AuditSearch } from '../audit-search.ts'

const dayMs = 86_400_000

/** The reader's day as instants: from its first moment to the first of the next. */
const startOf = (day: string | undefined): string | undefined => (day === undefined ? undefined : new Date(`${day}T00:00:00`).toISOString())
const endOf = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : new Date(new Date(`${day}T00:00:00`).getTime() + dayMs).toISOString()

export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AuditEntryView>>('/api/audit', {
        query: {
          limit: 50,
          cursor: pageParam,
          event: search.event,
          operation: search.operation,
          userId: search.userId,
          from: startOf(search.from),
          to: endOf(search.to),
        },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    select: ({ pages }) => ({ entries: pages.flatMap((page) => page.items), total: pages[0]?.total ?? null }),
  })

/** Whose entries can be asked for. */
export const auditPeopleQuery = queryOptions({
  queryKey: ['people', 'list'],
  queryFn: ({ signal }) => api.get<{ items: Person[] }>('/api/people', { signal }),
  select: (page) => page.items,
})

/** Recomputes every hash of the trail on the server. */
export function useVerifyAudit() {
  return useMutation({ mutationFn: () => api.get<AuditVerification>('/api/audit/verify') })
}
