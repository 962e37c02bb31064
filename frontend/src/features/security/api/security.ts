import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { PostureCheck, SecurityEvent } from '#contracts/security.ts'
import { api } from '@/lib/api.ts'
import type { SecuritySearch } from '../security-search.ts'

interface Answer<T> {
  success: boolean
  data: T
}

export interface BlockedAddress {
  ip: string
  reason: string
  expiresAt: string
  automatic?: boolean
  /** Which automatic block of this address in 30 days it is. */
  times?: number
  createdAt?: string
}
export interface AllowedNetwork {
  network: string
  note: string
  createdAt: string
}
export interface EncryptionTest {
  match: boolean
  algorithm?: string
  keyId?: string
  tagBits?: number
  tamperRefused?: boolean
}

const pageSize = 50

export const eventsQuery = ({ type, severity }: SecuritySearch) =>
  infiniteQueryOptions({
    queryKey: ['security', 'events', type, severity],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Answer<{ events: SecurityEvent[]; total: number }>>('/api/security', {
        query: { action: 'events', limit: pageSize, type, severity, before: pageParam },
        signal,
      }),
    getNextPageParam: (last) => (last.data.events.length < pageSize ? undefined : last.data.events.at(-1)?.id),
    select: ({ pages }) => ({ events: pages.flatMap((page) => page.data.events), total: pages[0]?.data.total ?? 0 }),
  })

export const blockedQuery = queryOptions({
  queryKey: ['security', 'blocked'],
  queryFn: ({ signal }) => api.get<Answer<{ blocked_ips: BlockedAddress[] }>>('/api/security', { query: { action: 'blocked_ips', limit: 1000 }, signal }),
  select: (answer) => answer.data.blocked_ips,
})

export const allowListQuery = queryOptions({
  queryKey: ['security', 'allow-list'],
  queryFn: ({ signal }) => api.get<{ items: AllowedNetwork[] }>('/api/security/allow-list', { signal }),
  select: (answer) => answer.items,
})

export const postureQuery = queryOptions({
  queryKey: ['security', 'posture'],
  queryFn: ({ signal }) => api.get<{ checks: PostureCheck[] }>('/api/security/posture', { signal }),
  select: (answer) => answer.checks,
})

function useSecurityAction<Data, Result>(action: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (data: Data) => api.post<Answer<Result>>('/api/security', { action, data }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['security'] }),
  })
}

export const useBlock = () => useSecurityAction<{ ip: string; minutes: number; reason: string }, unknown>('block_ip')
export const useUnblock = () => useSecurityAction<{ ip: string }, unknown>('unblock_ip')
export const useClearEvents = () => useSecurityAction<Record<string, never>, unknown>('clear_events')

export function useTestEncryption() {
  return useMutation({ mutationFn: (text: string) => api.post<Answer<EncryptionTest>>('/api/security', { action: 'test_encryption', data: { text } }) })
}

function useAllowListChange<T>(change: (input: T) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: ['security'] }) })
}

export const useAllow = () => useAllowListChange((input: { network: string; note: string }) => api.post('/api/security/allow-list', input))
export const useDisallow = () => useAllowListChange((network: string) => api.delete('/api/security/allow-list', { query: { network } }))
