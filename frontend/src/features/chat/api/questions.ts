import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Grammar, KeptQuestion } from '#contracts/questions.ts'
import { api, type Page, request } from '@/lib/api.ts'
import { downloadBlob } from '@/lib/download.ts'

const path = '/api/chat/kept-questions'

/** What can be asked here. */
export const grammarQuery = queryOptions({
  queryKey: ['grammar'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => api.get<Grammar>('/api/chat/grammar', { query: { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }, signal }),
})

/** Whether questions may be kept; null until the person was asked. */
export const consentQuery = queryOptions({
  queryKey: ['kept-questions', 'consent'],
  queryFn: ({ signal }) => api.get<{ consents: boolean | null }>(`${path}/consent`, { signal }),
})

export function useChangeConsent() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (consents: boolean) => api.patch<{ consents: boolean }>(`${path}/consent`, { consents }),
    onSuccess: (answer) => client.setQueryData(consentQuery.queryKey, answer),
  })
}

export const keptQuestionsQuery = infiniteQueryOptions({
  queryKey: ['kept-questions', 'list'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => api.get<Page<KeptQuestion>>(path, { query: { limit: 50, cursor: pageParam }, signal }),
  getNextPageParam: (page) => page.nextCursor,
  select: (data) => ({ items: data.pages.flatMap((page) => page.items), total: data.pages[0]?.total ?? 0 }),
})

/** Says that an answer is not right. */
export function useKeepQuestion() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (messageId: string) => api.post<void>(path, { messageId }),
    onSuccess: () => client.invalidateQueries({ queryKey: keptQuestionsQuery.queryKey }),
  })
}

/** Deletes one kept question, or all that one sees. */
export function useDeleteKeptQuestions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string | undefined) => api.delete<unknown>(id === undefined ? path : `${path}/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keptQuestionsQuery.queryKey }),
  })
}

export async function downloadKeptQuestions(): Promise<void> {
  downloadBlob('kept-questions.jsonl', await (await request('GET', `${path}/export`)).blob())
}
