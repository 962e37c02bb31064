import { Download, TriangleAlert } from 'lucide-react'
import type { SyncStatus } from '#contracts/sync.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { pathWithQuery } from '@/lib/api.ts'
import { countOf, timeZone } from '@/lib/format.ts'
import { pageEntities } from '@/lib/record-links.ts'
import { useLeave } from '../api/sync.ts'
import { kindLabel } from '../words.ts'

/** What leaving keeps and what it ends, before it is done. */
export function LeaveDialog({ status, onClose }: { status: SyncStatus; onClose: () => void }) {
  const leave = useLeave()
  const unsent = status.outbox.pending + status.outbox.failed
  const act = () =>
    leave.mutate(undefined, {
      onSuccess: () => {
        onClose()
        announce('Insightly is left. Every record is kept here.')
      },
    })
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title="Leave Insightly?" description="Nothing is deleted, neither here nor there.">
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4 text-sm">
        <ul className="flex list-disc flex-col gap-1 pl-5 text-soft">
          <li>Kept here: every record with its history, its links and its number in Insightly.</li>
          <li>Ended: changes there are no longer fetched, and changes here no longer sent.</li>
          <li>
            {status.connection?.keySource === 'environment'
              ? 'The key stays in the server’s environment but is no longer used; whoever runs the server can take it out.'
              : 'Forgotten: the API key. Delete it in Insightly too if nothing else uses it.'}
          </li>
        </ul>
        {(unsent > 0 || status.conflicts > 0) && (
          <p className="flex items-start gap-2 rounded-panel bg-warning-soft px-3 py-2.5">
            <TriangleAlert aria-hidden className="mt-px size-4 shrink-0 text-warning" />
            <span>
              {[
                unsent > 0 ? `${countOf(unsent, 'change')} made here ${unsent === 1 ? 'has' : 'have'} not reached Insightly and will not.` : '',
                status.conflicts > 0 ? `${countOf(status.conflicts, 'conflict')} ${status.conflicts === 1 ? 'is' : 'are'} not decided; our version stays.` : '',
              ]
                .filter(Boolean)
                .join(' ')}
            </span>
          </p>
        )}
        <div>
          <p className="mb-1.5">To have a copy of your own, export first:</p>
          <ul aria-label="Exports" className="flex flex-wrap gap-1.5">
            {pageEntities.map((entity) => (
              <li key={entity}>
                <a
                  href={pathWithQuery('/api/crm/export', { entity, format: 'csv', timeZone: timeZone() })}
                  download
                  className="inline-flex h-7 items-center gap-1.5 rounded-control border px-2 hover:bg-hover"
                >
                  <Download aria-hidden className="size-3.5 text-faint" /> {kindLabel(entity)}
                </a>
              </li>
            ))}
          </ul>
        </div>
        {leave.isError && <ErrorState compact error={leave.error} />}
      </div>
      <footer className="flex justify-end gap-2 border-t px-4 py-3">
        <Button onClick={onClose}>Stay</Button>
        <Button look="danger" className="border border-line" disabled={leave.isPending} onClick={act}>
          {leave.isPending ? 'Leaving…' : 'Leave Insightly'}
        </Button>
      </footer>
    </Dialog>
  )
}
