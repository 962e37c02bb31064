import { ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { ResultTable } from '@/components/result-table.tsx'
import { EmptyState } from '@/components/states.tsx'
import { useIsHidden } from '@/lib/hidden-fields.ts'
import type { CrmRecord } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { lineKeys, OrderLinesDialog } from './order-lines-dialog.tsx'

/** What was ordered. */
export function OrderLines({ record }: { record: CrmRecord }) {
  const [editing, setEditing] = useState(false)
  const isHidden = useIsHidden()
  const lines = Array.isArray(record.lines) ? (record.lines as Record<string, unknown>[]) : []
  // Lines are kept together, so nobody writes them who does not see all of them.
  const mayEdit = useMayWrite() && isHidden !== undefined && !lineKeys.some((key) => isHidden('order_lines', key))
  return (
    <div className="flex flex-col items-start gap-3">
      {lines.length === 0 ? (
        <EmptyState
          icon={ReceiptText}
          title="This order has no lines"
          action={
            mayEdit && (
              <Button look="primary" onClick={() => setEditing(true)}>
                Add lines
              </Button>
            )
          }
        />
      ) : (
        <>
          <div className="w-full">
            <Lines lines={lines} />
          </div>
          {mayEdit && <Button onClick={() => setEditing(true)}>Edit lines</Button>}
        </>
      )}
      {editing && <OrderLinesDialog record={record} lines={lines} onClose={() => setEditing(false)} />}
    </div>
  )
}

function Lines({ lines }: { lines: Record<string, unknown>[] }) {
  return (
    <ResultTable
      table={{
        title: 'Order lines',
        columns: [
          { key: 'sku', label: 'SKU', type: 'text' } as const,
          { key: 'description', label: 'Description', type: 'text' } as const,
          { key: 'quantity', label: 'Quantity', type: 'number' } as const,
          { key: 'unit_price', label: 'Unit price', type: 'money' } as const,
          { key: 'amount', label: 'Amount', type: 'money' } as const,
          // What is hidden from whoever looks is not in the lines.
        ].filter(({ key }) => lines.some((line) => key in line)),
        rows: lines,
        total: lines.length,
      }}
    />
  )
}
