import { CircleCheck, CircleSlash, CircleX, LoaderCircle } from 'lucide-react'
import type { SelfTestRun } from '#contracts/self-test.ts'
import { cn } from '@/lib/class-names.ts'
import { runStatusWords } from '../run-words.ts'

const looks = {
  running: { icon: LoaderCircle, tone: 'text-info animate-spin' },
  passed: { icon: CircleCheck, tone: 'text-success' },
  failed: { icon: CircleX, tone: 'text-danger' },
  broken: { icon: CircleSlash, tone: 'text-warning' },
} as const

/** How a run or a test went, in words with its icon. */
export function RunStatus({ status, words }: { status: SelfTestRun['status']; words?: string }) {
  const { icon: Icon, tone } = looks[status]
  return (
    <span className="inline-flex items-center gap-1.5 align-bottom whitespace-nowrap">
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone)} /> {words ?? runStatusWords[status]}
    </span>
  )
}
