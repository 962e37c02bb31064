import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '@/lib/api.ts'

export interface SearchItem {
  entity: string
  id: string
  label: string
  detail: string
  score: number
}

/** Records of every kind that fit the words. */
export function useRecordSearch(words: string, limit = 8) {
  const q = words.trim()
  return useQuery({
    queryKey: ['search', q, limit],
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<{ items: SearchItem[] }>('/api/crm/search', { query: { q, limit }, signal }),
    select: (page) => page.items,
  })
}
