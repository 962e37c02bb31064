import { cn } from '@/lib/class-names.ts'

/** How much of something is used, 0 to 1; above `warnAt` it is amber. The words stand beside it. */
export function Meter({ label, value, warnAt = 0.85, className }: { label: string; value: number; warnAt?: number; className?: string }) {
  const share = Math.min(1, Math.max(0, value))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element takes its colours from the browser
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className={cn('h-1.5 overflow-hidden rounded-full bg-active', className)}
    >
      <div
        className={cn('h-full rounded-full transition-[width] duration-150', value > warnAt ? 'bg-warning' : 'bg-accent')}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  )
}
