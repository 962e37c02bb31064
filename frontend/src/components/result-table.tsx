import { createSortedRowModel, rowSortingFeature, type SortFn, tableFeatures, useTable } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, Download } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { DataTable } from '#contracts/chat.ts'
import type { Column, Row } from '#contracts/query.ts'
import { cn } from '@/lib/class-names.ts'
import { toCsv, toTsv } from '@/lib/csv.ts'
import { downloadText, fileNameOf } from '@/lib/download.ts'
import { formatNumber } from '@/lib/format.ts'
import { Button, IconButton } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { FieldValue, isNumeric } from './field-value.tsx'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
const shownAtFirst = 12

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** Empty values last, figures as figures, texts as the reader's language orders them. */
const byValue: SortFn<typeof features, Row> = (a, b, columnId) => {
  const left = a.getValue(columnId)
  const right = b.getValue(columnId)
  if (left === right) return 0
  if (isEmpty(left)) return 1
  if (isEmpty(right)) return -1
  const figures = [Number(left), Number(right)] as const
  if (Number.isFinite(figures[0]) && Number.isFinite(figures[1])) return figures[0] - figures[1]
  return String(left).localeCompare(String(right), undefined, { sensitivity: 'base', numeric: true })
}

interface Props {
  table: DataTable
  /** Page of the record that a row's cell names, if it names one. */
  hrefOf?: (row: Row, column: Column) => string | undefined
  /** The column that the question was about: it stands second, where it is seen without scrolling. */
  lead?: string | undefined
  /** How the table is saved, instead of as a CSV of the rows that came. */
  actions?: ReactNode
}

/** An answer's rows: sortable, copied as they are seen, saved as CSV. */
export function ResultTable({ table: { title, columns, rows, total }, hrefOf, lead, actions }: Props) {
  const exported = useMemo(() => columns.filter((column) => column.type !== 'id' && column.key !== 'id'), [columns])
  // An amount is shown with its currency's sign, so a column of its own would say it twice.
  const shown = useMemo(() => {
    const told = exported.some((column) => column.type === 'money') ? exported.filter((column) => column.type !== 'currency') : exported
    const place = told.findIndex((column) => column.key === lead)
    return place < 2 ? told : [...told.slice(0, 1), ...told.slice(place, place + 1), ...told.slice(1, place), ...told.slice(place + 1)]
  }, [exported, lead])
  const definitions = useMemo(
    () => shown.map((column) => ({ id: column.key, accessorFn: (row: Row) => row[column.key], sortFn: byValue, sortDescFirst: isNumeric(column.type) })),
    [shown],
  )
  const table = useTable({ features, columns: definitions, data: rows, getRowId: (_row: Row, index: number) => String(index) })
  const [all, setAll] = useState(false)
  const sorted = table.getRowModel().rows
  const visible = all ? sorted : sorted.slice(0, shownAtFirst)
  const exportRows = () => sorted.map((row) => row.original)
  return (
    <figure className="overflow-hidden rounded-panel border">
      <figcaption className="flex items-center gap-1 border-b py-1 pr-1 pl-3 text-sm">
        <span className="min-w-0 flex-1 truncate font-medium" title={title}>
          {title}
        </span>
        <span className="figures pr-1 text-xs text-faint">
          {rows.length < total ? `${formatNumber(rows.length)} of ${formatNumber(total)}` : formatNumber(total)}
        </span>
        <CopyButton label="Copy table" text={() => toTsv(exported, exportRows())} />
        {actions ?? (
          <IconButton label="Download CSV" small onClick={() => downloadText(fileNameOf(title, 'csv'), toCsv(exported, exportRows()))}>
            <Download className="size-3.5" />
          </IconButton>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard */}
      <section className="edge-shade overflow-x-auto" tabIndex={0} aria-label={title}>
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              {table.getFlatHeaders().map((header, index) => {
                const column = shown[index]
                if (column === undefined) return null
                const direction = header.column.getIsSorted()
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={direction === false ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
                    className={cn(
                      'h-8 border-b px-2.5 text-left first:pl-3 font-normal whitespace-nowrap text-faint',
                      isNumeric(column.type) && 'figures text-right',
                    )}
                  >
                    <button type="button" onClick={header.column.getToggleSortingHandler()} className="inline-flex items-center gap-1 rounded hover:text-text">
                      {column.label}
                      {direction === 'asc' && <ArrowUp aria-hidden className="size-3" />}
                      {direction === 'desc' && <ArrowDown aria-hidden className="size-3" />}
                    </button>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {visible.map((row) => (
              <tr key={row.id} className="border-b last:border-b-0 hover:bg-hover">
                {shown.map((column) => (
                  <td
                    key={column.key}
                    className={cn('h-8 max-w-54 truncate px-2.5 whitespace-nowrap first:pl-3', isNumeric(column.type) && 'figures text-right')}
                  >
                    {column.empty !== undefined && isEmpty(row.original[column.key]) ? (
                      <span className="text-faint">{column.empty}</span>
                    ) : (
                      <FieldValue
                        field={column}
                        value={row.original[column.key]}
                        currency={row.original.currency as string | null}
                        href={hrefOf?.(row.original, column)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sorted.length > shownAtFirst && (
        <div className="border-t p-1">
          <Button small look="quiet" className="w-full" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${formatNumber(sorted.length)} rows`}
          </Button>
        </div>
      )}
    </figure>
  )
}
