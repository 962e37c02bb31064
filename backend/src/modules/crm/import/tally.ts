import { type ImportRowError, maxImportErrors } from '#contracts/import.ts'
import type { BatchOutcome } from './batch.ts'
import type { Progress } from './imports.repository.ts'

/** Adds up what became of an import's rows. */
export interface Tally {
  /** The progress as it would stand with this outcome added; nothing is kept until `add`. */
  with(outcome: BatchOutcome): Progress
  add(outcome: BatchOutcome): void
  progress(): Progress
}

/** @param readShare part of the file read so far, 0-1 */
export function createTally(readShare: () => number): Tally {
  const started = performance.now()
  const errors: ImportRowError[] = []
  const counts = { processed: 0, created: 0, updated: 0, skipped: 0, errorCount: 0 }
  const sum = (outcome: BatchOutcome) => ({
    processed: counts.processed + outcome.created + outcome.updated + outcome.skipped + outcome.failed,
    created: counts.created + outcome.created,
    updated: counts.updated + outcome.updated,
    skipped: counts.skipped + outcome.skipped,
    errorCount: counts.errorCount + outcome.errors.length,
  })
  const describe = (sums: typeof counts, kept: ImportRowError[]): Progress => {
    const seconds = (performance.now() - started) / 1000
    const share = readShare()
    return {
      ...sums,
      total: Math.max(sums.processed, share > 0 ? Math.round(sums.processed / share) : 0),
      errors: kept,
      rowsPerSecond: seconds > 0.05 ? Math.round(sums.processed / seconds) : null,
    }
  }
  return {
    with: (outcome) => describe(sum(outcome), outcome.errors.length === 0 ? errors : firstErrors([...errors, ...outcome.errors])),
    add(outcome) {
      Object.assign(counts, sum(outcome))
      if (outcome.errors.length > 0) errors.splice(0, errors.length, ...firstErrors([...errors, ...outcome.errors]))
    },
    progress: () => describe(counts, errors),
  }
}

function firstErrors(errors: ImportRowError[]): ImportRowError[] {
  return errors.sort((a, b) => a.row - b.row).slice(0, maxImportErrors)
}
