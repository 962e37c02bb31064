import { useQuery } from '@tanstack/react-query'
import { type CurrentSession, isAdministrator } from '@/lib/session.ts'
import { syncQuery } from './api/sync.ts'

/** How many things of the mirror wait for a person's decision; 0 for those who may not decide. */
export function useInsightlyAttention(session: CurrentSession): number {
  const { data } = useQuery({ ...syncQuery, enabled: isAdministrator(session), refetchInterval: 60_000 })
  return data === undefined ? 0 : data.conflicts + data.outbox.failed
}
