import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react'
import { cn } from '@/lib/class-names.ts'
import type { PartStatus } from '../api/health.ts'
import { statusWords } from '../health-words.ts'

const looks = {
  healthy: { icon: CircleCheck, tone: 'text-success' },
  degraded: { icon: TriangleAlert, tone: 'text-warning' },
  unhealthy: { icon: CircleX, tone: 'text-danger' },
  not_configured: { icon: CircleDashed, tone: 'text-faint' },
} as const

/** A state in words with its icon. */
export function PartStatusWord({ status }: { status: PartStatus }) {
  const { icon: Icon, tone } = looks[status]
  return (
    <span className={cn('inline-flex items-center gap-1.5 align-bottom whitespace-nowrap', status === 'not_configured' && 'text-faint')}>
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {statusWords[status]}
    </span>
  )
}
