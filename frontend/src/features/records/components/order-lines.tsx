import { ReceiptText } from 'lucide-react'
import { ResultTable } from '@/components/result-table.tsx'
import { EmptyState } from '@/components/states.tsx'
import type { CrmRecord } from '../api/records.ts'

/** What was ordered. */
export function OrderLines({ record }: { record: CrmRecord }) {
  const lines = Array.isArray(record.lines) ? (record.lines as Record<string, unknown>[]) : []
  if (lines.length === 0) return <EmptyState icon={ReceiptText} title="This order has no lines" />
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
