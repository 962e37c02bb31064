import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SyncConflict } from '#contracts/outbox.ts'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { decidedQuery } from '../api/outbox.ts'
import { fieldLabel } from '../words.ts'
import { ConflictValue } from './conflict-value.tsx'
import { RecordLink } from './record-link.tsx'

function Side({ conflict, side }: { conflict: SyncConflict; side: 'local' | 'remote' }) {
  const { entity, field, keep } = conflict
  return (
    <span className={keep === side ? undefined : 'text-faint'}>
      <ConflictValue entity={entity} field={field} value={conflict[side]} />
    </span>
  )
}

const columns: readonly ListColumn<SyncConflict>[] = [
  {
    key: 'record',
    label: 'Record',
    phone: 'heading',
    className: 'max-w-52 truncate',
    cell: ({ entity, recordId, label }) => <RecordLink entity={entity} id={recordId} label={label} />,
  },
  { key: 'field', label: 'Field', className: 'whitespace-nowrap', cell: ({ entity, field }) => fieldLabel(entity, field) },
  { key: 'local', label: 'Here', className: 'max-w-52', cell: (conflict) => <Side conflict={conflict} side="local" /> },
  { key: 'remote', label: 'In Insightly', className: 'max-w-52', cell: (conflict) => <Side conflict={conflict} side="remote" /> },
  { key: 'keep', label: 'Kept', className: 'whitespace-nowrap', cell: ({ keep }) => (keep === 'local' ? 'Ours' : 'Insightly’s') },
  { key: 'by', label: 'By', className: 'max-w-36 truncate', cell: ({ resolvedBy }) => resolvedBy ?? '' },
  {
    key: 'at',
    label: 'Decided',
    className: 'whitespace-nowrap',
    cell: ({ resolvedAt }) => (resolvedAt === null ? '' : <RelativeTime at={resolvedAt} />),
  },
]

/** Both versions of what was decided, so that neither is lost. */
export function DecidedConflicts() {
  const [open, setOpen] = useState(false)
  const decided = useQuery({ ...decidedQuery, enabled: open })
  return (
    <details className="mt-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-control text-sm text-soft hover:text-text">Decided lately</summary>
      <div className="mt-2">
        {decided.isError ? (
          <ErrorState compact error={decided.error} onRetry={() => decided.refetch()} />
        ) : decided.data === undefined ? (
          <SkeletonRows rows={2} className="rounded-panel border" />
        ) : decided.data.items.length === 0 ? (
          <EmptyLine>Nothing has been decided yet.</EmptyLine>
        ) : (
          <ListTable caption="Decided lately" columns={columns} rows={decided.data.items} rowKey={({ id }) => id} />
        )}
      </div>
    </details>
  )
}
