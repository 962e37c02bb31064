import { Download } from 'lucide-react'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { ImportRowError } from '#contracts/import.ts'
import { Button } from '@/components/button.tsx'
import { toCsv } from '@/lib/csv.ts'
import { downloadText } from '@/lib/download.ts'
import { countOf, formatNumber } from '@/lib/format.ts'

const shownAtFirst = 100
const columns = [
  { key: 'row', label: 'Row' },
  { key: 'field', label: 'Field' },
  { key: 'message', label: 'What is wrong and how to mend it' },
]

interface Props {
  entity: EntityName
  errors: readonly ImportRowError[]
  count: number
  fileName: string
}

/** Rows that cannot be taken, with row, field and mend. */
export function RowErrors({ entity, errors, count, fileName }: Props) {
  if (errors.length === 0) return null
  const download = () =>
    downloadText(
      `${fileName.replace(/\.[^.]+$/, '')}-errors.csv`,
      toCsv(
        columns,
        errors.map((error) => ({ ...error })),
      ),
    )
  return (
    <section aria-label="Rows with errors" className="overflow-hidden rounded-panel border">
      <header className="flex items-center gap-2 border-b py-1.5 pr-1.5 pl-3 text-sm">
        <h3 className="flex-1 font-medium">{countOf(count, 'error')}</h3>
        <Button small look="quiet" onClick={download}>
          <Download aria-hidden className="size-3.5" /> Download errors
        </Button>
      </header>
      <div className="max-h-72 overflow-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">Rows with errors</caption>
          <thead className="sticky top-0 bg-page text-left text-faint">
            <tr>
              <th scope="col" className="h-7 w-16 px-3 text-right font-normal">
                Row
              </th>
              <th scope="col" className="h-7 w-36 px-3 font-normal">
                Field
              </th>
              <th scope="col" className="h-7 px-3 font-normal">
                What is wrong
              </th>
            </tr>
          </thead>
          <tbody>
            {errors.slice(0, shownAtFirst).map((error) => (
              <tr key={`${error.row}${error.field}${error.message}`} className="border-t align-top">
                <td className="px-3 py-1.5 text-right">{formatNumber(error.row)}</td>
                <td className="px-3 py-1.5">{entities[entity].fields[error.field]?.label ?? error.field.replace(/^custom\./, '')}</td>
                <td className="px-3 py-1.5 wrap-anywhere">{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > shownAtFirst && (
        <p className="border-t px-3 py-1.5 text-xs text-faint">
          The first {shownAtFirst} are shown
          {count > errors.length ? `; the download holds the first ${formatNumber(errors.length)}` : '; the download holds all'}.
        </p>
      )}
    </section>
  )
}
