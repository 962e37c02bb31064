import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ImportResult } from '#contracts/import.ts'
import { Button } from '@/components/button.tsx'
import { ErrorState } from '@/components/states.tsx'
import { countOf, formatNumber } from '@/lib/format.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { importNoun } from '../import-noun.ts'
import { Counts, rowsInError } from './counts.tsx'
import { RowErrors } from './row-errors.tsx'

interface Props {
  entity: PageEntity
  fileName: string
  result: ImportResult
  busy: boolean
  error: unknown
  onBack: () => void
  onImport: () => void
}

/** What would happen; nothing has been written yet. */
export function CheckStep({ entity, fileName, result, busy, error, onBack, onImport }: Props) {
  const bad = rowsInError(result)
  const good = result.total - bad
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="flex items-center gap-2 text-sm">
        {bad === 0 ? <CircleCheck aria-hidden className="size-4 text-success" /> : <CircleAlert aria-hidden className="size-4 text-warning" />}
        {bad === 0
          ? `All ${countOf(result.total, 'row')} can be imported.`
          : `${formatNumber(good)} of ${countOf(result.total, 'row')} can be imported. ${bad === 1 ? 'One has an error and is' : `${formatNumber(bad)} have errors and are`} left out.`}
      </p>
      <Counts created={result.created} updated={result.updated} skipped={result.skipped} errors={bad} />
      {result.ignored.length > 0 && <p className="text-sm text-soft">Left out: {result.ignored.join(', ')}.</p>}
      {result.customFields.length > 0 && (
        <p className="text-sm text-soft">New fields: {result.customFields.map((field) => `${field.label} (${field.type})`).join(', ')}.</p>
      )}
      <RowErrors entity={entity} errors={result.errors} count={result.errorCount} fileName={fileName} />
      {error !== null && <ErrorState compact error={error} />}
      <div className="flex justify-between gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button look="primary" disabled={busy || good === 0} onClick={onImport}>
          {busy ? 'Sending…' : `Import ${formatNumber(good)} ${importNoun(entity, good)}`}
        </Button>
      </div>
    </div>
  )
}
