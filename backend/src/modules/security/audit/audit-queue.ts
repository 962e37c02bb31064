import type { PendingEntry } from './pending-entry.ts'

export interface AuditQueue {
  add(entry: PendingEntry): void
  readonly length: number
  /** Takes everything out, by workspace. */
  take(): Map<string, PendingEntry[]>
  /** Puts back what could not be stored, before what has come since. */
  putBack(entries: readonly PendingEntry[]): void
  /** How many were refused since it was asked last, because the queue was full. */
  takeRefused(): Map<string, number>
}

/** Entries that wait in memory for the next batch; full, it refuses and counts. */
export function createAuditQueue(most: number): AuditQueue {
  let waiting: PendingEntry[] = []
  let refused = new Map<string, number>()
  return {
    add(entry) {
      if (waiting.length < most) waiting.push(entry)
      else refused.set(entry.workspaceId, (refused.get(entry.workspaceId) ?? 0) + 1)
    },
    get length() {
      return waiting.length
    },
    take() {
      const taken = Map.groupBy(waiting, ({ workspaceId }) => workspaceId)
      waiting = []
      return taken
    },
    putBack(entries) {
      waiting = [...entries, ...waiting]
    },
    takeRefused() {
      const taken = refused
      refused = new Map()
      return taken
    },
  }
}
