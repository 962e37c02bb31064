import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ChangeSession, ChatMessage, ChatSession, SessionHit } from '#contracts/chat.ts'
import { api, type Page } from '@/lib/api.ts'

export const sessionsQuery = (status: ChatSession['status']) =>
  infiniteQueryOptions({
    queryKey: ['sessions', 'list', status],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => api.get<Page<ChatSession>>('/api/sessions', { query: { status, limit: 40, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
    // Asked again here, so that a server that lists every status shows the right ones.
    select: (data) => data.pages.flatMap((page) => page.items).filter((session) => session.status === status),
  })

export const sessionSearchQuery = (words: string) =>
  queryOptions({
    queryKey: ['sessions', 'search', words],
    enabled: words.trim().length > 1,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<{ items: SessionHit[] }>('/api/sessions/search', { query: { q: words.trim() }, signal }),
    select: (page) => page.items,
  })

export const chatSessionQuery = (id: string) =>
  queryOptions({ queryKey: ['sessions', 'one', id], queryFn: ({ signal }) => api.get<ChatSession>(`/api/sessions/${id}`, { signal }) })

/** A session's messages, oldest first. */
export const messagesQuery = (sessionId: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', sessionId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => api.get<Page<ChatMessage>>(`/api/sessions/${sessionId}/messages`, { query: { limit: 50, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => inOrder(data.pages.flatMap((page) => page.items)),
  })

function inOrder(messages: readonly ChatMessage[]): ChatMessage[] {
  const rank = (message: ChatMessage) => (message.role === 'user' ? 0 : 1)
  return messages.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || rank(a) - rank(b))
}

export function useChangeSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...change }: ChangeSession & { id: string }) => api.patch<ChatSession>(`/api/sessions/${id}`, change),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
}

/** Shows the branch that a message stands on. */
export function useShowBranch(sessionId: string | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (leafId: string) => api.patch<ChatSession>(`/api/sessions/${sessionId}`, { leafId }),
    onSuccess: () => client.resetQueries({ queryKey: ['messages', sessionId] }),
  })
}

export function useDeleteSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/sessions/${id}`),
    onSuccess: (_, id) => client.removeQueries({ queryKey: ['messages', id] }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
}

export const exportPath = (id: string, format: 'jsonl' | 'md'): string => `/api/sessions/${id}/export?format=${format}`
