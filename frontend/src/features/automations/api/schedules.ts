import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ChangeSchedule, NewSchedule, Schedule, SchedulePreview, ScheduleRun } from '#contracts/automations.ts'
import { api, type Page } from '@/lib/api.ts'

const path = '/api/automations/schedules'
/** Approving a change may make a schedule; `lib/approvals.ts` has this key read again. */
const everything = ['automations', 'schedules'] as const

export const isUnderWay = (run: ScheduleRun | null): boolean => run?.state === 'queued' || run?.state === 'running'

export const schedulesQuery = queryOptions({
  queryKey: [...everything, 'list'],
  queryFn: ({ signal }) => api.get<Page<Schedule>>(path, { signal }),
  select: (page) => page.items,
  refetchInterval: (query) => (query.state.data?.items.some(({ lastRun }) => isUnderWay(lastRun)) === true ? 1500 : 30_000),
})

export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, 'runs', id],
    queryFn: ({ signal }) => api.get<Page<ScheduleRun>>(`${path}/${id}/runs`, { query: { limit: 20 }, signal }),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) === true ? 1500 : false),
  })

/** The next times of what is being written. */
export const previewQuery = (when: string, timeZone: string) =>
  queryOptions({
    queryKey: [...everything, 'preview', when, timeZone],
    enabled: when.trim().length > 2,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<SchedulePreview>(`${path}/preview`, { query: { when: when.trim(), timeZone }, signal }),
  })

const refresh = (client: QueryClient) => void client.invalidateQueries({ queryKey: everything })

export function useSaveSchedule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...schedule }: NewSchedule & { id?: string | undefined }) =>
      id === undefined ? api.post<Schedule>(path, schedule) : api.patch<Schedule>(`${path}/${id}`, schedule),
    onSuccess: () => refresh(client),
  })
}

export function useChangeSchedule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...change }: ChangeSchedule & { id: string }) => api.patch<Schedule>(`${path}/${id}`, change),
    onSettled: () => refresh(client),
  })
}

export function useDeleteSchedule() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: string) => api.delete<unknown>(`${path}/${id}`), onSettled: () => refresh(client) })
}

export function useRunSchedule() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: string) => api.post<ScheduleRun>(`${path}/${id}/run`), onSettled: () => refresh(client) })
}
