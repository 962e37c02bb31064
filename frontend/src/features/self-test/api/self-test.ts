import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { SelfTestRun, SelfTestRunDetail, SelfTestRuns } from '#contracts/self-test.ts'
import { api } from '@/lib/api.ts'

const path = '/api/test'
const everything = ['self-test'] as const

/** What can be run: every suite, one of them, or one of the two that are no suites. */
export type Runnable = { kind: 'all' } | { kind: 'suite'; suite: string } | { kind: 'validate_system' } | { kind: 'benchmark' }

/** @param isStarting a run was asked for here, and is not in the list yet */
export const runsQuery = (isStarting: boolean) =>
  queryOptions({
    queryKey: [...everything, 'runs'],
    queryFn: ({ signal }) => api.get<SelfTestRuns>(`${path}/runs`, { signal }),
    refetchInterval: (query) => (isStarting || query.state.data?.items.some(({ status }) => status === 'running') === true ? 700 : 30_000),
  })

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, 'run', id],
    queryFn: ({ signal }) => api.get<SelfTestRunDetail>(`${path}/runs/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 700 : false),
  })

const start = (what: Runnable): Promise<unknown> => {
  if (what.kind === 'all') return api.get(path)
  return api.post(path, what.kind === 'suite' ? { action: 'run_suite', suite: what.suite } : { action: what.kind })
}

/** Runs to its end, which may take two minutes. @returns the newest run, which is this one */
export function useSelfTest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (what: Runnable): Promise<SelfTestRun | undefined> => {
      await start(what)
      const { items } = await client.fetchQuery({ ...runsQuery(false), staleTime: 0 })
      return items[0]
    },
    onSettled: () => void client.invalidateQueries({ queryKey: everything }),
  })
}
