import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { entities } from '#contracts/entities.ts'
import { FieldValue } from '@/components/field-value.tsx'
import { keepScroll, keptScroll } from '@/lib/kept-scroll.ts'
import { type PageEntity, pathOfRecord } from '@/lib/record-links.ts'
import { type CrmRecord, labelOf } from '@/lib/records.ts'
import { fieldValueOf, linkColumnOf, type RecordField } from '../record-fields.ts'

const rowHeight = 58
const detailCount = 2
const addresses = new Set(['email', 'phone'])
/** Their values say nothing without the name of the field. */
const bare = new Set(['integer', 'number', 'percent', 'days', 'boolean'])

interface Props {
  entity: PageEntity
  fields: readonly RecordField[]
  records: readonly CrmRecord[]
  onEnd: () => void
  visible: readonly string[]
}

/** The records on a phone: what each is called, and its first chosen fields beneath. */
export function RecordList({ entity, fields, records, onEnd, visible }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: records.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialOffset: keptScroll,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (records.length > 0 && lastIndex >= records.length - 20) onEnd()
  }, [lastIndex, records.length, onEnd])
  const linkKey = linkColumnOf(entity)
  const shown = fields.filter((field) => visible.includes(field.key) && field.key !== linkKey)
  const figure = shown.find((field) => field.type === 'money')
  // What tells people apart comes before how to reach them, and before all of it when something is due.
  const rank = (field: RecordField) => (field.key === 'due_at' ? 0 : addresses.has(field.type) ? 2 : 1)
  const details = shown.filter((field) => field !== figure).sort((a, b) => rank(a) - rank(b))
  const shownValueOf = (record: CrmRecord, field: RecordField): ReactNode => {
    const value = fieldValueOf(record, field.key)
    const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    // Addresses are not links here: the whole row leads to the record.
    const type = addresses.has(field.type) ? 'text' : field.type
    return empty ? null : (
      <FieldValue field={{ key: type === 'choice' || type === 'datetime' ? field.key : '', type }} value={value} currency={record.currency as string | null} />
    )
  }
  return (
    <div ref={box} onScroll={(event) => keepScroll(event.currentTarget.scrollTop)} className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label={entities[entity].labelPlural} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const record = records[item.index]
          if (record === undefined) return null
          const label = labelOf(entity, record)
          // What is the heading already is not said twice.
          const parts = details
            .filter((field) => fieldValueOf(record, field.key) !== label)
            .map((field) => ({ key: field.key, field, value: shownValueOf(record, field) }))
            .filter((part) => part.value !== null)
          return (
            <li key={record.id} className="absolute inset-x-0 border-b" style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}>
              <Link to={pathOfRecord(entity, record.id)} className="flex h-full flex-col justify-center gap-0.5 px-4 active:bg-hover">
                <span className="flex items-baseline gap-3">
                  <span className="min-w-0 flex-1 truncate font-medium">{label}</span>
                  {figure !== undefined && <span className="figures shrink-0 text-sm">{shownValueOf(record, figure)}</span>}
                </span>
                <span className="flex min-w-0 gap-3 text-sm text-faint">
                  {parts.slice(0, detailCount).map((part) => (
                    // A time that is cut tells no time.
                    <span key={part.key} className={part.field.type === 'datetime' ? 'shrink-0' : 'min-w-0 truncate'}>
                      {bare.has(part.field.type) && `${part.field.label}: `}
                      {part.value}
                    </span>
                  ))}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
