import { CircleAlert, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { Severity } from '#contracts/security.ts'
import { cn } from '@/lib/class-names.ts'
import { severityNames } from '../event-words.ts'

const looks = {
  low: { icon: Info, tone: 'text-faint' },
  medium: { icon: CircleAlert, tone: 'text-info' },
  high: { icon: TriangleAlert, tone: 'text-warning' },
  critical: { icon: OctagonAlert, tone: 'text-danger' },
} as const

export function SeverityWord({ severity }: { severity: Severity }) {
  const { icon: Icon, tone } = looks[severity]
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} />
      {severityNames[severity]}
    </span>
  )
}
