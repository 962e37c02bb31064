import type { SyncHistory, SyncMode } from './sync-runs.repository.ts'

/** What was deleted there is looked for once a day. */
const reconcileEveryMs = 86_400_000

/** What is to be done next without being asked; undefined when nothing is due. */
export function dueMode(history: SyncHistory, intervalMs: number): SyncMode | undefined {
  const since = (instant: string | null) => (instant === null ? Number.POSITIVE_INFINITY : Date.parse(history.now) - Date.parse(instant))
  // A run that failed is not repeated at once.
  if (!history.hasFullCopy) return history.fullIsWanted && (history.triedAt === null || since(history.triedAt) >= intervalMs) ? 'full' : undefined
  if (since(history.triedAt) < intervalMs) return undefined
  return since(history.reconciledAt) >= reconcileEveryMs ? 'reconcile' : 'incremental'
}

/** When that will be. */
export function nextRunAt(history: SyncHistory, intervalMs: number): string | null {
  if (!history.hasFullCopy && !history.fullIsWanted) return null
  return history.triedAt === null ? null : new Date(Date.parse(history.triedAt) + intervalMs).toISOString()
}
