import { Download } from 'lucide-react'
import { IconButton } from '@/components/button.tsx'
import { Menu, MenuItem, MenuLabel } from '@/components/menu.tsx'
import { pathWithQuery } from '@/lib/api.ts'
import { timeZone } from '@/lib/format.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import type { ListOptions } from '../api/records.ts'

const formats = [
  ['xlsx', 'Excel (XLSX)'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['vcf', 'Contact cards (vCard)'],
] as const

/** Saves everything the list shows, in its order, not only the rows in sight. */
export function ExportMenu({ entity, view }: { entity: PageEntity; view: Pick<ListOptions, 'q' | 'sort' | 'filter'> }) {
  const isView = view.q !== undefined || view.sort !== undefined || view.filter !== undefined
  const parameters = { q: view.q, sort: view.sort, filter: view.filter === undefined ? undefined : JSON.stringify(view.filter) }
  return (
    <Menu
      trigger={
        <IconButton label="Export" className="border border-line">
          <Download className="size-4" />
        </IconButton>
      }
    >
      <MenuLabel>{isView ? 'Export what is listed' : 'Export all'}</MenuLabel>
      {formats
        .filter(([format]) => format !== 'vcf' || entity === 'contacts')
        .map(([format, label]) => (
          <MenuItem key={format} asChild>
            <a href={pathWithQuery('/api/crm/export', { entity, format, ...parameters, timeZone: timeZone() })} download>
              {label}
            </a>
          </MenuItem>
        ))}
    </Menu>
  )
}
