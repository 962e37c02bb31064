import { Link, useNavigate } from '@tanstack/react-router'
import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { entities } from '#contracts/entities.ts'
import { FieldValue, isNumeric } from '@/components/field-value.tsx'
import { Skeleton } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { keepScroll, keptScroll } from '@/lib/kept-scroll.ts'
import { isPageEntity, type PageEntity, pathOfRecord } from '@/lib/record-links.ts'
import { type CrmRecord, labelOf } from '@/lib/records.ts'
import { fieldValueOf, linkColumnOf, type RecordField } from '../record-fields.ts'
import { isSortable, widthOf } from './record-columns.ts'

const rowHeight = 36
const features = tableFeatures({ columnVisibilityFeature })

interface Props {
  entity: PageEntity
  fields: readonly RecordField[]
  records: readonly CrmRecord[]
  total: number | null
  sort: string | undefined
  onSort: (sort: string | undefined) => void
  onEnd: () => void
  loadingMore: boolean
  visible: readonly string[]
}

function nextSort(key: string, sort: string | undefined): string | undefined {
  if (sort === key) return `-${key}`
  return sort === `-${key}` ? undefined : key
}

/** The table of a kind of record: only the rows in sight exist, more are fetched before the end is reached. */
export function RecordTable({ entity, fields, records, total, sort, onSort, onEnd, loadingMore, visible }: Props) {
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => fields.map((field) => ({ id: field.key, accessorFn: (record: CrmRecord) => fieldValueOf(record, field.key) })), [fields])
  const columnVisibility = useMemo(() => Object.fromEntries(fields.map((field) => [field.key, visible.includes(field.key)])), [fields, visible])
  const data = useMemo(() => [...records], [records])
  const table = useTable({ features, columns, data, getRowId: (record: CrmRecord) => record.id, state: { columnVisibility } })
  const byKey = useMemo(() => new Map(fields.map((field) => [field.key, field])), [fields])
  const shown = table.getVisibleLeafColumns().flatMap((column) => byKey.get(column.id) ?? [])
  const rows = table.getRowModel().rows
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: keptScroll,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - 30) onEnd()
  }, [lastIndex, rows.length, onEnd])
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const linkKey = linkColumnOf(entity)
  const width = shown.reduce((sum, field) => sum + widthOf(entity, field), 0)

  const cell = (record: CrmRecord, field: RecordField) => {
    const value = fieldValueOf(record, field.key)
    if (field.key === linkKey || (field === shown[0] && !shown.some((other) => other.key === linkKey))) {
      return (
        <Link to={pathOfRecord(entity, record.id)} className="truncate font-medium hover:underline" onClick={(event) => event.stopPropagation()}>
          {typeof value === 'string' && value !== '' ? value : labelOf(entity, record)}
        </Link>
      )
    }
    const reference = field.reference
    const id = reference === undefined ? undefined : record[reference.idKey]
    const href = reference !== undefined && typeof id === 'string' && isPageEntity(reference.entity) ? pathOfRecord(reference.entity, id) : undefined
    return <FieldValue field={field} value={value} currency={record.currency as string | null} href={href} />
  }

  return (
    <section
      ref={box}
      aria-label={entities[entity].labelPlural}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the table is scrolled by keyboard
      tabIndex={0}
      onScroll={(event) => keepScroll(event.currentTarget.scrollTop)}
      className="min-h-0 flex-1 overflow-auto outline-none"
    >
      <table className="w-full table-fixed border-separate border-spacing-0 text-sm" style={{ minWidth: width }} aria-rowcount={total ?? -1}>
        <caption className="sr-only">{entities[entity].labelPlural}</caption>
        <colgroup>
          {shown.map((field) => (
            <col key={field.key} style={{ width: widthOf(entity, field) }} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-page">
          <tr>
            {shown.map((field) => {
              const direction = sort === field.key ? 'ascending' : sort === `-${field.key}` ? 'descending' : 'none'
              return (
                <th
                  key={field.key}
                  scope="col"
                  aria-sort={direction}
                  className={cn('h-8 truncate border-b px-3 text-left font-normal text-faint first:pl-4', isNumeric(field.type) && 'figures text-right')}
                >
                  {isSortable(field) ? (
                    <button
                      type="button"
                      className="inline-flex max-w-full items-center gap-1 rounded hover:text-text"
                      onClick={() => onSort(nextSort(field.key, sort))}
                    >
                      <span className="truncate">{field.label}</span>
                      {direction === 'ascending' && <ArrowUp aria-hidden className="size-3 shrink-0" />}
                      {direction === 'descending' && <ArrowDown aria-hidden className="size-3 shrink-0" />}
                    </button>
                  ) : (
                    field.label
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden style={{ height: before }}>
              <td colSpan={shown.length} />
            </tr>
          )}
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                className="cursor-default hover:bg-hover"
                style={{ height: rowHeight }}
                onClick={() => navigate({ to: pathOfRecord(entity, row.id) })}
              >
                {shown.map((field) => (
                  <td key={field.key} className={cn('truncate border-b px-3 first:pl-4', isNumeric(field.type) && 'figures text-right')}>
                    {cell(row.original, field)}
                  </td>
                ))}
              </tr>
            )
          })}
          {after > 0 && (
            <tr aria-hidden style={{ height: after }}>
              <td colSpan={shown.length} />
            </tr>
          )}
          {loadingMore && (
            <tr style={{ height: rowHeight }}>
              {shown.map((field) => (
                <td key={field.key} className="px-3 first:pl-4">
                  <Skeleton className="w-2/3" />
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
