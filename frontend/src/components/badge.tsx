import { Ban, CircleCheck, CircleDashed, CircleDot, CirclePause, CircleX, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/class-names.ts'

export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cn('inline-flex h-5 max-w-full items-center gap-1 truncate rounded border px-1.5 text-xs text-soft', className)}>{children}</span>
}

const states: Record<string, { icon: LucideIcon; tone: string }> = {
  open: { icon: CircleDot, tone: 'text-info' },
  won: { icon: CircleCheck, tone: 'text-success' },
  lost: { icon: CircleX, tone: 'text-danger' },
  abandoned: { icon: Ban, tone: 'text-faint' },
  suspended: { icon: CirclePause, tone: 'text-warning' },
  completed: { icon: CircleCheck, tone: 'text-success' },
  done: { icon: CircleCheck, tone: 'text-success' },
}

/** A status in words with the icon that belongs to it. */
export function StatusWord({ value }: { value: string }) {
  const state = states[value.toLowerCase()] ?? { icon: CircleDashed, tone: 'text-faint' }
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <state.icon aria-hidden className={cn('size-3.5 shrink-0', state.tone)} />
      <span className="truncate">{value}</span>
    </span>
  )
}
