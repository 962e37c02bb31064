import type { ErrorDetail } from '#backend/kernel/errors.ts'
import type { RecordValues } from './parse-record.ts'
import type { WordKeeper } from './search-words.ts'

/** A parsed record on its way into the database; problems found on the way are added to `errors`. */
export interface PendingRecord {
  values: RecordValues
  errors: ErrorDetail[]
}

export interface ResolveOptions {
  /** Unknown organisations, contacts and customers are created instead of reported. */
  createMissing: boolean
  now: Date
  importId?: string | undefined
  keeper?: WordKeeper | undefined
}

/** Distinct non-empty texts of a field among records without an error. */
export function distinctTexts(records: readonly PendingRecord[], field: string): string[] {
  const texts = new Set<string>()
  for (const { values } of records) if (typeof values[field] === 'string' && values[field] !== '') texts.add(values[field] as string)
  return [...texts]
}
