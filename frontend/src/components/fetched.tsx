import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError, messageOf } from '@/lib/api-error.ts'
import { ErrorState, SkeletonRows } from './states.tsx'

interface Fetched<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

/** What was asked for, or that it is on its way, that it failed, or that it is not for this person. */
export function Fetched<T>({ query, rows = 4, children }: { query: Fetched<T>; rows?: number; children: (data: T) => ReactNode }) {
  const { data, error } = query
  if (data !== undefined) {
    return (
      <>
        {error !== null && <ErrorState compact error={error} onRetry={() => void query.refetch()} />}
        {children(data)}
      </>
    )
  }
  if (query.isPending) return <SkeletonRows rows={rows} className="rounded-panel border py-1" />
  if (error instanceof ApiError && error.code === 'FORBIDDEN') {
    return (
      <p className="flex items-start gap-2 rounded-panel border border-dashed px-3.5 py-4 text-sm text-soft">
        <Lock aria-hidden className="mt-px size-4 shrink-0 text-faint" /> {messageOf(error)}
      </p>
    )
  }
  return <ErrorState compact error={error} onRetry={() => void query.refetch()} />
}
