import { infiniteQueryOptions, type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Decision, Proposal } from '#contracts/approvals.ts'
import { api, type Page } from './api.ts'
import { useMayWrite } from './session.ts'

const path = '/api/approvals'
const everything = ['approvals'] as const

export interface ProposalBatch {
  batchId: string
  proposals: Proposal[]
}

const inOrder = (proposals: readonly Proposal[]): Proposal[] => proposals.toSorted((a, b) => a.position - b.position)

export const isPending = (proposal: Proposal): boolean => proposal.status === 'pending'

/** A batch as it stands now. */
export const batchQuery = (batchId: string) =>
  queryOptions({
    queryKey: [...everything, 'batch', batchId],
    queryFn: ({ signal }) => api.get<Page<Proposal>>(path, { query: { batchId, limit: 200 }, signal }),
    select: (page) => inOrder(page.items),
  })

export const proposalQuery = (id: string) =>
  queryOptions({ queryKey: [...everything, 'one', id], queryFn: ({ signal }) => api.get<Proposal>(`${path}/${id}`, { signal }) })

export interface ProposalFilter {
  status?: Proposal['status'] | undefined
}

export const proposalsQuery = ({ status }: ProposalFilter) =>
  infiniteQueryOptions({
    queryKey: [...everything, 'list', status ?? 'all'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => api.get<Page<Proposal>>(path, { query: { status, limit: 30, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({ items: data.pages.flatMap((page) => page.items), total: data.pages[0]?.total ?? null }),
  })

const waitingQuery = queryOptions({
  queryKey: [...everything, 'waiting'],
  queryFn: ({ signal }) => api.get<Page<Proposal>>(path, { query: { status: 'pending', limit: 1 }, signal }),
  select: (page) => page.total ?? page.items.length,
  refetchInterval: 30_000,
})

/** How many changes wait for a decision of whoever is signed in: none for those who may not decide. */
export function useWaitingCount(): number {
  const count = useQuery(waitingQuery).data ?? 0
  return useMayWrite() ? count : 0
}

/** Reads lists and open cards again when the number that waits is another: it alone is asked for again and again. */
export function useFollowApprovals(): void {
  const client = useQueryClient()
  const { data } = useQuery(waitingQuery)
  const known = useRef(data)
  useEffect(() => {
    if (data === known.current) return
    const isFirst = known.current === undefined
    known.current = data
    if (isFirst) return
    void client.invalidateQueries({ queryKey: [...everything, 'list'] })
    void client.invalidateQueries({
      queryKey: [...everything, 'batch'],
      predicate: (query) => (query.state.data as Page<Proposal> | undefined)?.items.some(isPending) ?? true,
    })
  }, [client, data])
}

/** A decision changes records, mails and whatever else pages show; nobody waits for those. */
function refresh(client: QueryClient, batchId: string): void {
  for (const key of ['records', 'pipeline', 'workspace', 'email', 'imports', 'automations']) void client.invalidateQueries({ queryKey: [key] })
  for (const key of ['list', 'waiting']) void client.invalidateQueries({ queryKey: [...everything, key] })
  void client.prefetchQuery({ ...batchQuery(batchId), staleTime: 0 })
}

interface OfBatch {
  batchId: string
}

export function useDecide() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, batchId: _, ...decision }: Decision & OfBatch & { id: string }) => api.post<Proposal>(`${path}/${id}`, decision),
    onSettled: (_, _error, { batchId }) => refresh(client, batchId),
  })
}

/** All that waits of a batch: all of it or nothing. */
export function useDecideBatch() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ batchId, ...decision }: Omit<Decision, 'input'> & OfBatch) => api.post<ProposalBatch>(`${path}/batches/${batchId}`, decision),
    onSettled: (_, _error, { batchId }) => refresh(client, batchId),
  })
}

export function useUndo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: OfBatch & { id: string }) => api.post<Proposal>(`${path}/${id}/undo`),
    onSettled: (_, _error, { batchId }) => refresh(client, batchId),
  })
}

export function useUndoBatch() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (batchId: string) => api.post<ProposalBatch>(`${path}/batches/${batchId}/undo`),
    onSettled: (_, _error, batchId) => refresh(client, batchId),
  })
}

/** What an answer or a list tells of proposals, batch by batch, in the order of the list. */
export function batchesOf(proposals: readonly Proposal[]): ProposalBatch[] {
  const batches = new Map<string, Proposal[]>()
  for (const proposal of proposals) batches.set(proposal.batchId, [...(batches.get(proposal.batchId) ?? []), proposal])
  return [...batches].map(([batchId, items]) => ({ batchId, proposals: inOrder(items) }))
}
