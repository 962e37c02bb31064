import { useQuery } from '@tanstack/react-query'
import type { SyncConflict } from '#contracts/outbox.ts'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { conflictsQuery } from '../api/outbox.ts'
import { ConflictEntry } from './conflict-entry.tsx'
import { DecidedConflicts } from './decided-conflicts.tsx'
import { MoreLine } from './more-line.tsx'

/** Those of one record beside each other; deciding one moves no other. */
const byRecord = (conflicts: readonly SyncConflict[]): SyncConflict[] =>
  [...conflicts].sort((a, b) => (a.label ?? '').localeCompare(b.label ?? '') || a.recordId.localeCompare(b.recordId) || a.field.localeCompare(b.field))

/** Fields that were changed on both sides before either knew of the other. */
export function ConflictsSection() {
  const conflicts = useQuery(conflictsQuery)
  return (
    <Section
      title="Conflicts"
      description="Changed here and in Insightly at the same time. Nothing is overwritten until you choose; the other version can be read below."
    >
      {conflicts.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : conflicts.isError ? (
        <ErrorState compact error={conflicts.error} onRetry={() => conflicts.refetch()} />
      ) : conflicts.data.items.length === 0 ? (
        <EmptyLine>There is nothing to decide.</EmptyLine>
      ) : (
        <>
          <ul aria-label="Conflicts" className="rounded-panel border">
            {byRecord(conflicts.data.items).map((conflict) => (
              <ConflictEntry key={conflict.id} conflict={conflict} />
            ))}
          </ul>
          <MoreLine shown={conflicts.data.items.length} total={conflicts.data.total} />
        </>
      )}
      {conflicts.isSuccess && <DecidedConflicts />}
    </Section>
  )
}
