import type { SyncRunJson } from '#contracts/sync.ts'
import type { SyncRun } from './sync-runs.repository.ts'

/** A run as people and programs see it. @param now the database's time */
export function toRunJson(run: SyncRun, now: string): SyncRunJson {
  const { progress, error, mayDeleteMost: _may, requestedAt: _requestedAt, remoteStartedAt: _remote, ...shown } = run
  const portions = Object.values(progress)
  const done = portions.reduce((sum, portion) => sum + portion.done, 0)
  const total = portions.some((portion) => portion.total === null) ? null : portions.reduce((sum, portion) => sum + (portion.total ?? 0), 0)
  const seconds = run.startedAt === null ? 0 : (Date.parse(run.finishedAt ?? now) - Date.parse(run.startedAt)) / 1000
  const rowsPerSecond = seconds > 0 && done > 0 ? done / seconds : null
  const isGoing = run.state === 'running' && total !== null && rowsPerSecond !== null
  return {
    ...shown,
    progress: {
      done,
      total,
      byEntity: progress as Record<string, { done: number; total: number | null }>,
      rowsPerSecond: rowsPerSecond === null ? null : Math.round(rowsPerSecond * 10) / 10,
      secondsLeft: isGoing ? Math.ceil(Math.max(0, total - done) / rowsPerSecond) : null,
    },
    ...(error === null ? {} : { error }),
  }
}
