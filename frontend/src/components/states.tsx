import { CircleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError, messageOf } from '@/lib/api-error.ts'
import { cn } from '@/lib/class-names.ts'
import { Button } from './button.tsx'

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action }: { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-1 px-6 py-16 text-center">
      <Icon aria-hidden className="mb-2 size-6 text-faint" strokeWidth={1.5} />
      <h2 className="font-medium">{title}</h2>
      {children !== undefined && <p className="text-sm text-soft">{children}</p>}
      {action !== undefined && <div className="mt-4 flex gap-2">{action}</div>}
    </div>
  )
}

/** Refusals that explain themselves: nobody needs to look for them in the server's log. */
const plain = new Set<string>(['VALIDATION', 'UNAUTHENTICATED', 'CONFLICT', 'RATE_LIMITED', 'OFFLINE'])

/** What happened, what was kept, what to do. */
export function ErrorState({ error, onRetry, compact = false }: { error: unknown; onRetry?: (() => void) | undefined; compact?: boolean }) {
  const requestId = error instanceof ApiError && !plain.has(error.code) ? error.requestId : undefined
  return (
    <div role="alert" className={cn('flex items-center gap-2.5 rounded-panel bg-danger-soft px-3 py-2.5 text-sm', !compact && 'mx-auto my-10 max-w-md')}>
      <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p>{messageOf(error)}</p>
        {requestId !== undefined && <p className="mt-0.5 truncate font-mono text-xs text-faint">Request {requestId}</p>}
      </div>
      {onRetry !== undefined && (
        <Button small onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('skeleton h-3', className)} />
}

/** Lines in the shape of a list that is on its way. */
export function SkeletonRows({ rows, className }: { rows: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={className}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={index} className="flex h-9 items-center gap-6 px-4">
          <Skeleton className="w-[22%]" />
          <Skeleton className="w-[30%]" />
          <Skeleton className="w-[14%]" />
          <Skeleton className="w-[10%]" />
        </div>
      ))}
    </div>
  )
}
