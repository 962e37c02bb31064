import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Memory, MemoryErasure, MemoryList, MemorySettings, NewMemoryInput } from '#contracts/memory.ts'
import { api } from '@/lib/api.ts'

const path = '/api/memory'
const everything = ['memory'] as const

export const memoriesQuery = (q: string, history: boolean) =>
  infiniteQueryOptions({
    queryKey: [...everything, 'list', q, history],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => api.get<MemoryList>(path, { query: { q, history: history || undefined, limit: 50, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({ items: data.pages.flatMap((page) => page.items), total: data.pages[0]?.total ?? 0 }),
  })

export const memorySettingsQuery = queryOptions({
  queryKey: [...everything, 'settings'],
  queryFn: ({ signal }) => api.get<MemorySettings>(`${path}/settings`, { signal }),
})

const refresh = (client: QueryClient) => void client.invalidateQueries({ queryKey: everything })

export function useRemember() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (memory: NewMemoryInput) => api.post<Memory>(path, memory), onSuccess: () => refresh(client) })
}

export function useChangeMemory() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) => api.patch<Memory>(`${path}/${id}`, { text }),
    onSettled: () => refresh(client),
  })
}

export function useDeleteMemory() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: string) => api.delete<unknown>(`${path}/${id}`), onSettled: () => refresh(client) })
}

/** Deletes all that is the person's own, and answers with the proof. */
export function useForgetEverything() {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => api.delete<MemoryErasure>(path), onSettled: () => refresh(client) })
}

export function useSwitchMemory() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (enabled: boolean) => api.patch<MemorySettings>(`${path}/settings`, { enabled }),
    onSuccess: (settings) => client.setQueryData(memorySettingsQuery.queryKey, settings),
  })
}
