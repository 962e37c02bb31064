import { useQuery } from '@tanstack/react-query'
import { ArrowRight, History } from 'lucide-react'
import type { EntityName } from '#contracts/entities.ts'
import { FieldValue } from '@/components/field-value.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import { referencedQuery } from '../api/choices.ts'
import { historyQuery } from '../api/records.ts'
import type { RecordField } from '../record-fields.ts'

const operations = { create: 'Created', update: 'Changed', delete: 'Deleted', restore: 'Restored' } as const

function Value({ field, value }: { field: RecordField | undefined; value: unknown }) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className="text-faint">empty</span>
  if (field?.reference !== undefined && typeof value === 'string') return <ReferenceName entity={field.reference.entity} id={value} />
  if (field === undefined) return <span className="wrap-anywhere">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
  return (
    <span className="line-clamp-2 inline-flex max-w-full min-w-0 wrap-anywhere">
      <FieldValue field={field} value={value} />
    </span>
  )
}

/** History keeps what a reference pointed to, not what it was called. */
function ReferenceName({ entity, id }: { entity: EntityName; id: string }) {
  const { data, isError } = useQuery(referencedQuery(entity, id))
  if (isError) return <span className="text-faint">deleted</span>
  return <span className="wrap-anywhere">{data?.name ?? data?.email ?? '…'}</span>
}

/** Who changed which field from what to what. */
export function RecordHistory({ entity, id, fields }: { entity: PageEntity; id: string; fields: readonly RecordField[] }) {
  const history = useQuery(historyQuery(entity, id))
  const fieldOf = (key: string | null) => fields.find((field) => field.key === key || field.reference?.idKey === key)
  if (history.isPending) return <SkeletonRows rows={6} />
  if (history.isError) return <ErrorState compact error={history.error} onRetry={() => history.refetch()} />
  if (history.data.length === 0) return <EmptyState icon={History} title="No changes recorded" />
  return (
    <ol className="flex flex-col">
      {history.data.map((item) => (
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
                <Value field={fieldOf(item.field)} value={item.oldValue} />
                <ArrowRight aria-label="became" className="size-3 shrink-0 self-center text-faint" />
                <Value field={fieldOf(item.field)} value={item.newValue} />
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
