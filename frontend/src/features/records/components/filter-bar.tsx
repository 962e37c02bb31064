import { ListFilter, X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Filter } from '#contracts/query.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import { filterOfParts, partsOf, partWords } from '../list-filter.ts'
import type { RecordField } from '../record-fields.ts'
import { ConditionForm } from './condition-form.tsx'

interface Props {
  entity: PageEntity
  fields: readonly RecordField[]
  filter: Filter | undefined
  onFilter: (filter: Filter | undefined) => void
}

/** The conditions of a list, each to be taken away, and a way to add one. */
export function FilterBar({ entity, fields, filter, onFilter }: Props) {
  const [adding, setAdding] = useState(false)
  const parts = partsOf(filter)
  const adder = useRef<HTMLButtonElement>(null)
  /** Its own button goes with a condition; the keyboard stays in the bar. */
  const take = (left: Filter | undefined) => {
    adder.current?.focus()
    onFilter(left)
  }
  return (
    <section aria-label="Filters" className="flex flex-wrap items-center gap-1.5 border-b px-4 py-1.5">
      {parts.map((part, index) => {
        const words = partWords(part, fields)
        return (
          <span key={JSON.stringify(part)} className="inline-flex h-7 max-w-full items-center gap-1 rounded-control border pr-0.5 pl-2 text-sm">
            <span className="truncate">{words}</span>
            <button
              type="button"
              aria-label={`Remove filter: ${words}`}
              className="rounded p-1 text-faint hover:text-text"
              onClick={() => take(filterOfParts(parts.filter((_, other) => other !== index)))}
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </span>
        )
      })}
      <Button ref={adder} small look="quiet" onClick={() => setAdding(true)}>
        <ListFilter aria-hidden className="size-3.5" />
        {parts.length === 0 ? 'Filter' : 'Add'}
      </Button>
      {parts.length > 1 && (
        <Button small look="quiet" onClick={() => take(undefined)}>
          Clear
        </Button>
      )}
      <Dialog open={adding} onOpenChange={setAdding} title="Add a filter" description="Shown are the records that meet every filter.">
        <ConditionForm
          entity={entity}
          fields={fields}
          onCancel={() => setAdding(false)}
          onAdd={(condition) => {
            setAdding(false)
            onFilter(filterOfParts([...parts, condition]))
          }}
        />
      </Dialog>
    </section>
  )
}
