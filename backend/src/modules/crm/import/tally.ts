import { type ImportRowError, maxImportErrors } from '#contracts/import.ts'
import type { BatchOutcome } from './batch.ts'
import type { Counts, Progress } from './imports.repository.ts'
import { createPace } from './pace.ts'

export const noCounts: Counts = { processed: 0, created: 0, updated: 0, skipped: 0, errorCount: 0, errors: [] }

/** Adds up what became of an import's rows. */
export interface Tally {
  /** The progress as it would stand with this outcome added; nothing is kept until `add`. */
  with(outcome: BatchOutcome): Progress
  add(outcome: BatchOutcome): void
  progress(): Progress
  /** Rows a second of this process; null when unknown. */
  pace(): number | null
}

/**
 * @param estimate rows of the whole file, as far as that can be told
 * @param before what became of rows in earlier processes
 */
export function createTally(estimate: () => number, before: Counts): Tally {
  const pace = createPace()
  const { errors: earlier, ...sums } = before
  const errors: ImportRowError[] = [...earlier]
  const counts = { ...sums }
  const sum = (outcome: BatchOutcome) => ({
    processed: counts.processed + outcome.created + outcome.updated + outcome.skipped + outcome.failed,
    created: counts.created + outcome.created,
    updated: counts.updated + outcome.updated,
    skipped: counts.skipped + outcome.skipped,
    errorCount: counts.errorCount + outcome.errors.length,
  })
  const describe = (now: typeof counts, kept: ImportRowError[]): Progress => {
    pace.note(now.processed - before.processed)
    const rowsPerSecond = pace.recent()
    const total = Math.max(now.processed, estimate())
    const secondsLeft = rowsPerSecond === null || rowsPerSecond === 0 ? null : Math.round((total - now.processed) / rowsPerSecond)
    return { ...now, total, errors: kept, rowsPerSecond, secondsLeft }
  }
  return {
    with: (outcome) => describe(sum(outcome), outcome.errors.length === 0 ? errors : firstErrors([...errors, ...outcome.errors])),
    add(outcome) {
      Object.assign(counts, sum(outcome))
      if (outcome.errors.length > 0) errors.splice(0, errors.length, ...firstErrors([...errors, ...outcome.errors]))
    },
    progress: () => describe(counts, errors),
    pace: () => pace.overall(),
  }
}

function firstErrors(errors: ImportRowError[]): ImportRowError[] {
  return errors.sort((a, b) => a.row - b.row).slice(0, maxImportErrors)
}
