import { Ban, CircleAlert, CircleCheck } from 'lucide-react'
import type { AuditEntryView } from '#contracts/security.ts'

const outcomes = {
  ok: { icon: CircleCheck, tone: 'text-success', word: 'Done' },
  denied: { icon: Ban, tone: 'text-warning', word: 'Refused' },
  error: { icon: CircleAlert, tone: 'text-danger', word: 'Failed' },
} as const

export function OutcomeWord({ outcome }: { outcome: AuditEntryView['outcome'] }) {
  const { icon: Icon, tone, word } = outcomes[outcome]
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-3.5 ${tone}`} />
      {word}
    </span>
  )
}
