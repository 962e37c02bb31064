import type { ReactNode } from 'react'
import { cn } from '@/lib/class-names.ts'
import { useNarrow } from '@/lib/use-media.ts'

export interface ListColumn<T> {
  key: string
  label: string
  cell: (row: T) => ReactNode
  className?: string
  /** Where it stands in a phone's entry: the heading, a line below it, a sentence without its label, or the right-hand side. */
  phone?: 'heading' | 'line' | 'sentence' | 'side' | 'none'
}

interface Props<T> {
  caption: string
  columns: readonly ListColumn<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  /** Opens the row; the keyboard needs a button or link in one of its cells as well. */
  onOpen?: (row: T) => void
  /** What is no longer in force is written fainter. */
  isFaint?: (row: T) => boolean
}

function PhoneList<T>({ caption, columns, rows, rowKey, onOpen, isFaint }: Props<T>) {
  const at = (place: ListColumn<T>['phone']) => columns.filter((column) => (column.phone ?? 'line') === place)
  return (
    <ul aria-label={caption} className="rounded-panel border text-sm">
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: a cell holds the button for the keyboard
        <li
          key={rowKey(row)}
          className={cn(
            'flex items-start gap-2 border-b px-3 py-2.5 last:border-b-0',
            onOpen !== undefined && 'active:bg-hover',
            isFaint?.(row) && 'text-faint',
          )}
          onClick={onOpen === undefined ? undefined : (event) => !(event.target as Element).closest('a, button, select') && onOpen(row)}
        >
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            {at('heading').map((column) => (
              <div key={column.key} className="min-w-0 wrap-anywhere">
                {column.cell(row)}
              </div>
            ))}
            <dl className="flex flex-wrap gap-x-3.5 gap-y-0.5 text-xs text-soft empty:hidden">
              {at('line').map((column) => {
                const value = column.cell(row)
                if (value === null || value === undefined || value === '' || value === false) return null
                return (
                  <div key={column.key} className="flex min-w-0 gap-1">
                    <dt className="shrink-0 text-faint">{column.label}</dt>
                    <dd className="min-w-0 wrap-anywhere">{value}</dd>
                  </div>
                )
              })}
            </dl>
            {at('sentence').map((column) => (
              <div key={column.key} className="text-xs text-soft wrap-anywhere">
                {column.cell(row)}
              </div>
            ))}
          </div>
          {at('side').map((column) => (
            <div key={column.key} className="shrink-0 text-xs text-faint">
              {column.cell(row)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** A short list as a table, or entry by entry on a phone. */
export function ListTable<T>(props: Props<T>) {
  const narrow = useNarrow()
  if (narrow) return <PhoneList {...props} />
  const { caption, columns, rows, rowKey, onOpen, isFaint } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section aria-label={caption} tabIndex={0} className="edge-shade overflow-x-auto rounded-panel border">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className="h-8 border-b px-3 text-left font-normal whitespace-nowrap text-faint">
                {column.label === 'Actions' ? <span className="sr-only">Actions</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={cn('border-b last:border-b-0 hover:bg-hover', isFaint?.(row) && 'text-faint')}
              onClick={onOpen === undefined ? undefined : (event) => !(event.target as Element).closest('a, button, select') && onOpen(row)}
            >
              {columns.map((column) => (
                <td key={column.key} className={cn('h-9 px-3 py-1', column.className)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
