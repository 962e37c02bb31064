import { useQuery } from '@tanstack/react-query'
import { ArrowRight, History } from 'lucide-react'
import type { EntityName } from '#contracts/entities.ts'
import { FieldValue } from '@/components/field-value.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import type { CrmRecord } from '@/lib/records.ts'
import { referencedQuery } from '../api/choices.ts'
import { type HistoryItem, historyQuery } from '../api/records.ts'
import type { RecordField } from '../record-fields.ts'

const operations = { create: 'Created', update: 'Changed', delete: 'Deleted', restore: 'Restored' } as const

function Value({ field, value, currency }: { field: RecordField | undefined; value: unknown; currency: string | null }) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className="text-faint">empty</span>
  if (field?.reference !== undefined && typeof value === 'string') return <ReferenceName entity={field.reference.entity} id={value} />
  if (field === undefined) return <span className="wrap-anywhere">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
  return (
    <span className="line-clamp-2 inline-flex max-w-full min-w-0 wrap-anywhere">
      <FieldValue field={field} value={value} currency={currency} />
    </span>
  )
}

/** History keeps what a reference pointed to, not what it was called. */
function ReferenceName({ entity, id }: { entity: EntityName; id: string }) {
  const { data, isError } = useQuery(referencedQuery(entity, id))
  if (isError) return <span className="text-faint">deleted</span>
  return <span className="wrap-anywhere">{data?.name ?? data?.email ?? '…'}</span>
}

/** The currency an amount was in: today's, unless a later change made it that. */
function currencyThen(history: readonly HistoryItem[], index: number, now: unknown, side: 'oldValue' | 'newValue'): string | null {
  const at = history[index]
  const turned = history.slice(0, index + 1).findLast((item) => item.field === 'currency' && item.changeId !== at?.changeId)
  const same = history.find((item) => item.field === 'currency' && item.changeId === at?.changeId)
  const currency = same !== undefined ? same[side] : turned === undefined ? now : turned.oldValue
  return typeof currency === 'string' ? currency : null
}

/** Who changed which field from what to what. */
export function RecordHistory({ entity, record, fields }: { entity: PageEntity; record: CrmRecord; fields: readonly RecordField[] }) {
  const history = useQuery(historyQuery(entity, record.id))
  const fieldOf = (key: string | null) => fields.find((field) => field.key === key || field.reference?.idKey === key)
  if (history.isPending) return <SkeletonRows rows={6} />
  if (history.isError) return <ErrorState compact error={history.error} onRetry={() => history.refetch()} />
  if (history.data.length === 0) return <EmptyState icon={History} title="No changes recorded" />
  return (
    <ol className="flex flex-col">
      {history.data.map((item, index) => (
        <li
          key={`${item.changeId}${item.field ?? ''}${item.operation}`}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b py-2 text-sm last:border-b-0"
        >
          <div className="min-w-0">
            {item.field === null ? (
              <p>{operations[item.operation]}</p>
            ) : (
              <p className="flex flex-wrap items-baseline gap-x-1.5">
                <span className="text-soft">{fieldOf(item.field)?.label ?? item.field.replaceAll('_', ' ')}</span>
                <Value field={fieldOf(item.field)} value={item.oldValue} currency={currencyThen(history.data, index, record.currency, 'oldValue')} />
                <ArrowRight aria-label="became" className="size-3 shrink-0 self-center text-faint" />
                <Value field={fieldOf(item.field)} value={item.newValue} currency={currencyThen(history.data, index, record.currency, 'newValue')} />
              </p>
            )}
            <p className="text-xs text-faint">{item.actor.name}</p>
          </div>
          <RelativeTime at={item.at} className="text-xs text-faint" />
        </li>
      ))}
    </ol>
  )
}
