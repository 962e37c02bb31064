import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button, IconButton } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import type { CrmRecord } from '@/lib/records.ts'
import { valuesQuery } from '../api/choices.ts'
import { useUpdateRecord } from '../api/records.ts'

/** What is written of a line; its amount follows. */
export const lineKeys = ['sku', 'description', 'quantity', 'unit_price'] as const
type Line = Record<(typeof lineKeys)[number], string> & { key: number }

const labels: Readonly<Record<(typeof lineKeys)[number], string>> = { sku: 'SKU', description: 'Description', quantity: 'Quantity', unit_price: 'Unit price' }
const columns = 'grid grid-cols-[1fr_2fr_72px_96px_28px] gap-1.5 max-md:grid-cols-2'

const isEmpty = (line: Line) => line.sku.trim() === '' && line.description.trim() === '' && line.unit_price.trim() === ''

/** Writes the lines of an order down: all of them are kept together, and the total follows. */
export function OrderLinesDialog({ record, lines, onClose }: { record: CrmRecord; lines: readonly Record<string, unknown>[]; onClose: () => void }) {
  const next = useRef(lines.length)
  const [rows, setRows] = useState<readonly Line[]>(() => {
    const written = lines.map((line, key) => ({ ...(Object.fromEntries(lineKeys.map((name) => [name, String(line[name] ?? '')])) as Omit<Line, 'key'>), key }))
    return written.length > 0 ? written : [{ sku: '', description: '', quantity: '1', unit_price: '', key: next.current++ }]
  })
  const skuList = useId()
  const { data: skus } = useQuery(valuesQuery('products', 'sku'))
  const update = useUpdateRecord('orders')
  const change = (key: number, part: Partial<Line>) => setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const kept = rows
      .filter((row) => !isEmpty(row))
      .map((row) => ({
        sku: row.sku.trim() || null,
        description: row.description.trim() || null,
        quantity: row.quantity.trim(),
        unit_price: row.unit_price.trim(),
      }))
    update.mutate(
      { id: record.id, change: { lines: kept } },
      {
        onSuccess: () => {
          announce('The lines are saved.')
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Order lines"
      description={`Prices are in ${String(record.currency ?? 'the currency of the order')}. A return has a negative quantity.`}
      className="w-[min(720px,calc(100vw-24px))]"
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="flex min-h-0 flex-col gap-2 overflow-y-auto p-4">
          <div aria-hidden className={`${columns} text-xs text-faint max-md:hidden`}>
            {lineKeys.map((name) => (
              <span key={name}>{labels[name]}</span>
            ))}
          </div>
          {rows.map((row, index) => (
            <div key={row.key} className={`${columns} max-md:border-b max-md:pb-2`}>
              {lineKeys.map((name) => (
                <Input
                  key={name}
                  aria-label={`${labels[name]} of line ${index + 1}`}
                  placeholder={labels[name]}
                  inputMode={name === 'quantity' || name === 'unit_price' ? 'decimal' : undefined}
                  list={name === 'sku' ? skuList : undefined}
                  className={name === 'quantity' || name === 'unit_price' ? 'figures text-right' : undefined}
                  value={row[name]}
                  onChange={(event) => change(row.key, { [name]: event.target.value })}
                />
              ))}
              <IconButton small label={`Remove line ${index + 1}`} onClick={() => setRows(rows.filter((other) => other.key !== row.key))}>
                <X className="size-3.5" />
              </IconButton>
            </div>
          ))}
          <datalist id={skuList}>
            {skus?.map((sku) => (
              <option key={sku} value={sku} />
            ))}
          </datalist>
          <Button
            small
            look="quiet"
            className="-ml-2 self-start"
            onClick={() => setRows([...rows, { sku: '', description: '', quantity: '1', unit_price: '', key: next.current++ }])}
          >
            <Plus aria-hidden className="size-3.5" /> Add line
          </Button>
          {update.isError && <ErrorState compact error={update.error} />}
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={update.isPending}>
            {update.isPending ? 'Saving…' : 'Save lines'}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
