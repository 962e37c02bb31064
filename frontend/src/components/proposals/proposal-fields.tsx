import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Proposal } from '#contracts/approvals.ts'
import { AboutRecord } from '@/components/about-record.tsx'
import { FieldValue } from '@/components/field-value.tsx'
import { cn } from '@/lib/class-names.ts'
import { formatInstant } from '@/lib/format.ts'
import { type ChangedField, changedFields, isEmpty } from '@/lib/proposal-fields.ts'

/** As many as a person takes in at a glance; the others are behind a button. */
const shownAtOnce = 8

function Value({ field, value, record }: { field: ChangedField; value: unknown; record: Record<string, unknown> | null }): ReactNode {
  if (isEmpty(value)) return <span className="text-faint">empty</span>
  if (field.key === 'related_id') return <AboutRecord type={record?.related_type} id={String(value)} />
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (field.type === 'datetime') return formatInstant(String(value))
  if (field.type === 'longText') return <span className="whitespace-pre-wrap">{String(value)}</span>
  if (Array.isArray(value) && field.type !== 'tags' && field.type !== 'multiChoice')
    return value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')
  if (typeof value === 'object') return <span className="font-mono text-xs">{JSON.stringify(value)}</span>
  return <FieldValue field={{ key: field.key, type: field.type }} value={value} currency={typeof record?.currency === 'string' ? record.currency : undefined} />
}

function FieldLine({ field, proposal: { before, after } }: { field: ChangedField; proposal: Proposal }) {
  const isLong = field.type === 'longText'
  return (
    <div className={cn('grid grid-cols-[116px_minmax(0,1fr)] gap-x-3 max-md:grid-cols-1', isLong && 'items-start')}>
      <dt className="text-faint">{field.label}</dt>
      <dd className={cn('flex min-w-0 wrap-anywhere', isLong && before !== null && after !== null ? 'flex-col gap-1' : 'flex-wrap items-baseline gap-x-2')}>
        {before !== null && (
          <del className={cn('min-w-0', after === null ? 'no-underline' : 'text-faint decoration-line-strong', isEmpty(field.before) && 'no-underline')}>
            <span className="sr-only">Before: </span>
            <Value field={field} value={field.before} record={before} />
          </del>
        )}
        {before !== null && after !== null && <ArrowRight aria-hidden className={cn('size-3.5 shrink-0 self-center text-faint', isLong && 'hidden')} />}
        {after !== null && (
          <ins className="min-w-0 no-underline">
            {before !== null && <span className="sr-only">After: </span>}
            <Value field={field} value={field.after} record={after} />
          </ins>
        )}
      </dd>
    </div>
  )
}

/** What would be different, field by field; of a deletion, what would go. */
export function ProposalFields({ proposal, all = false }: { proposal: Proposal; all?: boolean }) {
  const fields = changedFields(proposal)
  if (fields.length === 0) return null
  const isDeletion = proposal.after === null
  const first = all ? fields : fields.slice(0, isDeletion ? 0 : shownAtOnce)
  const rest = fields.slice(first.length)
  const lines = (some: readonly ChangedField[]) => (
    <dl className="flex flex-col gap-1.5 text-sm">
      {some.map((field) => (
        <FieldLine key={field.key} field={field} proposal={proposal} />
      ))}
    </dl>
  )
  return (
    <>
      {first.length > 0 && lines(first)}
      {rest.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit text-soft select-none hover:text-text">
            {isDeletion ? 'What would go' : rest.length === 1 ? 'One more field' : `${rest.length} more fields`}
          </summary>
          <div className="mt-2">{lines(rest)}</div>
        </details>
      )}
    </>
  )
}
