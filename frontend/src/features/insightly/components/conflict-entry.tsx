import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SyncConflict } from '#contracts/outbox.ts'
import { Button } from '@/components/button.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { authorQuery } from '../api/author.ts'
import { useResolveConflict } from '../api/outbox.ts'
import { fieldLabel, oneLabel } from '../words.ts'
import { ConflictValue } from './conflict-value.tsx'
import { RecordLink } from './record-link.tsx'

function Version({ title, detail, children, action }: { title: string; detail: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="text-xs text-faint">
        <span className="text-soft">{title}</span> {detail}
      </p>
      <div className="min-h-5 flex-1 text-sm wrap-anywhere">{children}</div>
      {action !== undefined && <div className="mt-1">{action}</div>}
    </div>
  )
}

/** One field with both of its values, and a button for either. */
export function ConflictEntry({ conflict }: { conflict: SyncConflict }) {
  const { id, entity, recordId, label, field, base, local, remote, detectedAt } = conflict
  const author = useQuery(authorQuery(conflict))
  const resolve = useResolveConflict()
  const name = `${fieldLabel(entity, field)} of ${label ?? oneLabel(entity)}`
  // The list is told of the decision too, and the entry may be gone before the answer comes: a promise outlives it.
  const keep = (side: 'local' | 'remote') =>
    resolve
      .mutateAsync({ id, keep: side })
      .then(() => announce(side === 'local' ? `${name}: ours is kept and sent to Insightly.` : `${name}: Insightly’s is kept and written here.`), announceError)
  return (
    <li className="border-b px-3 py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <RecordLink entity={entity} id={recordId} label={label} className="font-medium" />
        <span className="text-soft">{fieldLabel(entity, field)}</span>
        <span className="ml-auto text-xs text-faint max-md:ml-0">
          found <RelativeTime at={detectedAt} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are two buttons */}
      <div role="group" aria-label={name} className="mt-2.5 grid grid-cols-3 gap-x-6 gap-y-4 max-md:grid-cols-1">
        <Version
          title="Here"
          detail={
            author.data ? (
              <>
                by {author.data.name}, <RelativeTime at={author.data.at} />
              </>
            ) : null
          }
          action={
            <Button small disabled={resolve.isPending} onClick={() => keep('local')}>
              Keep ours
            </Button>
          }
        >
          <ConflictValue entity={entity} field={field} value={local} />
        </Version>
        <Version
          title="In Insightly"
          detail={null}
          action={
            <Button small disabled={resolve.isPending} onClick={() => keep('remote')}>
              Keep Insightly’s
            </Button>
          }
        >
          <ConflictValue entity={entity} field={field} value={remote} />
        </Version>
        <Version title="Before" detail={null}>
          <span className="text-soft">
            <ConflictValue entity={entity} field={field} value={base} />
          </span>
        </Version>
      </div>
    </li>
  )
}
