import { formatNumber } from '@/lib/format.ts'

interface Props {
  created: number
  updated: number
  skipped: number
  errors: number
}

/** What became, or would become, of the rows. */
export function Counts({ created, updated, skipped, errors }: Props) {
  const figures = [
    { label: 'New', value: created, tone: '' },
    { label: 'Updated', value: updated, tone: '' },
    { label: 'Unchanged', value: skipped, tone: '' },
    { label: 'With errors', value: errors, tone: errors > 0 ? 'text-danger' : '' },
  ]
  return (
    <dl className="grid grid-cols-4 divide-x rounded-panel border max-md:grid-cols-2 max-md:divide-x-0">
      {figures.map(({ label, value, tone }) => (
        <div key={label} className="px-3 py-2.5">
          <dt className="text-xs text-faint">{label}</dt>
          <dd className={`figures text-title font-semibold ${tone}`}>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Rows with errors, as every row is exactly one of created, updated, skipped or in error. */
export const rowsInError = (result: { total: number; created: number; updated: number; skipped: number }): number =>
  Math.max(0, result.total - result.created - result.updated - result.skipped)
