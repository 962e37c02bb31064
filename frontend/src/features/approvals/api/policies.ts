import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApprovalPolicy, NewApprovalPolicy } from '#contracts/approvals.ts'
import { api } from '@/lib/api.ts'

const path = '/api/approvals/policies'

export const policiesQuery = queryOptions({
  queryKey: ['approval-policies'],
  queryFn: ({ signal }) => api.get<{ items: ApprovalPolicy[] }>(path, { signal }),
  select: (page) => page.items,
})

export function useMakePolicy() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (policy: NewApprovalPolicy) => api.post<ApprovalPolicy>(path, policy),
    onSuccess: () => client.invalidateQueries({ queryKey: policiesQuery.queryKey }),
  })
}

export function useRevokePolicy() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`${path}/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: policiesQuery.queryKey }),
  })
}
