import { formatExact, formatRelative } from '@/lib/format.ts'

/** A time as people say it; the exact one on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} title={formatExact(at)} className={className}>
      {formatRelative(at)}
    </time>
  )
}
