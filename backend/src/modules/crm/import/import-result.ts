import type { ImportResult } from '#contracts/import.ts'
import type { Counts } from './imports.repository.ts'
import type { ImportPlan } from './plan-import.ts'

/** What is answered about an import that has ended; without an id it was a dry run. */
export function toResult(importId: string | null, plan: ImportPlan, counts: Counts, status: ImportResult['status']): ImportResult {
  const { processed, created, updated, skipped, errorCount, errors } = counts
  return {
    importId,
    dryRun: importId === null,
    status,
    total: processed,
    created,
    updated,
    skipped,
    errorCount,
    errors: [...errors],
    ignored: plan.ignored,
    mapping: plan.mapping,
    customFields: plan.newFields.map(({ key, label, type }) => ({ key, label, type })),
  }
}
