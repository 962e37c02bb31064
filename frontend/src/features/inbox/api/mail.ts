import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { EmailMessage, OutboxMail } from '#contracts/email.ts'
import { api, type Page } from '@/lib/api.ts'

const path = '/api/email'
/** Approving and undoing change mails; `lib/approvals.ts` has this key read again. */
const everything = ['email'] as const

function paged<T>(key: readonly unknown[], address: string, query: Record<string, string | undefined>) {
  return infiniteQueryOptions({
    queryKey: [...everything, ...key],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(address, { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({ items: data.pages.flatMap((page) => page.items), total: data.pages[0]?.total ?? null }),
  })
}

export const messagesQuery = (filter: { q?: string | undefined; status?: EmailMessage['status'] | undefined }) =>
  paged<EmailMessage>(['messages', filter], `${path}/messages`, filter)

export const messageQuery = (id: string) =>
  queryOptions({ queryKey: [...everything, 'message', id], queryFn: ({ signal }) => api.get<EmailMessage>(`${path}/messages/${id}`, { signal }) })

export const outboxQuery = (status: OutboxMail['status'] | undefined) => paged<OutboxMail>(['outbox', status ?? 'all'], `${path}/outbox`, { status })
