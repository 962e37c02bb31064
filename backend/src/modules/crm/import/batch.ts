import type { Transaction } from '#backend/infra/database/database.ts'
import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import type { ImportRowError } from '#contracts/import.ts'
import type { WordKeeper } from '../records/search-words.ts'
import type { RawRow } from './row-converter.ts'

/** What every batch of one import shares. */
export interface ImportContext {
  entity: EntityName
  customFields: readonly CustomFieldDefinition[]
  /** Zone of times without one. */
  timeZone: string
  createMissing: boolean
  /** The workspace's currency. */
  currency: string
  now: Date
  /** Undefined in a dry run. */
  importId: string | undefined
  /** Takes the words of new records, see there. */
  keeper?: WordKeeper | undefined
}

/** What became of a batch's rows; every row is one of created, updated, skipped or in error. */
export interface BatchOutcome {
  created: number
  updated: number
  skipped: number
  errors: ImportRowError[]
  /** Rows in error; one row may have several errors. */
  failed: number
}

export type BatchImporter = (tx: Transaction, rows: readonly RawRow[], context: ImportContext) => Promise<BatchOutcome>

export function emptyOutcome(): BatchOutcome {
  return { created: 0, updated: 0, skipped: 0, errors: [], failed: 0 }
}

/** Rows that cannot be read at all, reported; the others. */
export function splitUnreadable(rows: readonly RawRow[], outcome: BatchOutcome): RawRow[] {
  return rows.filter(({ row, problem }) => {
    if (problem === undefined) return true
    outcome.errors.push({ row, field: '', message: `This row ${problem}.` })
    outcome.failed++
    return false
  })
}
