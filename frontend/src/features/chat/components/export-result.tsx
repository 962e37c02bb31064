import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { TypedQueryInput } from '#contracts/query.ts'
import { IconButton } from '@/components/button.tsx'
import { Menu, MenuItem, MenuLabel } from '@/components/menu.tsx'
import { announceError } from '@/components/toast.tsx'
import { request } from '@/lib/api.ts'
import { downloadBlob, fileNameOf } from '@/lib/download.ts'
import { countOf } from '@/lib/format.ts'

const formats = [
  ['xlsx', 'Excel (XLSX)'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
] as const

/** Saves the whole result of an answer's query, asked anew, not only the rows that are shown. */
export function ExportResult({ plan, title, total }: { plan: TypedQueryInput; title: string; total: number }) {
  const save = useMutation({
    mutationFn: async (format: (typeof formats)[number][0]) => {
      const response = await request('POST', '/api/crm/query/export', {
        body: JSON.stringify({ query: plan, format, bom: format === 'csv' }),
        headers: { 'Content-Type': 'application/json' },
      })
      downloadBlob(fileNameOf(title, format), await response.blob())
    },
    onError: announceError,
  })
  return (
    <Menu
      trigger={
        <IconButton label="Export all rows" small disabled={save.isPending}>
          <Download className="size-3.5" />
        </IconButton>
      }
    >
      <MenuLabel>Export {total === 1 ? 'the row' : `all ${countOf(total, 'row')}`}</MenuLabel>
      {formats.map(([format, label]) => (
        <MenuItem key={format} onSelect={() => save.mutate(format)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}
