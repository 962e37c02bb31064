import type { EntityName } from '#contracts/entities.ts'
import { makeActivities } from './activities.ts'
import { makeDeals } from './deals.ts'
import { orderRows } from './orders.ts'
import { makeOrganisations } from './organisations.ts'
import { leadRows, makeContacts } from './people.ts'
import { productCsvRows } from './products.ts'

export interface HarbourFile {
  entity: EntityName
  csv: string
}

/** The second world as CSV files under the canonical import columns, in the order in which they can be loaded; always the same bytes. */
export function generateHarbour(): HarbourFile[] {
  const organisations = makeOrganisations()
  const contacts = makeContacts(organisations)
  const deals = makeDeals(contacts)
  const { tasks, events, notes, emails } = makeActivities(contacts, deals)
  const files: [EntityName, Record<string, unknown>[]][] = [
    ['organisations', organisations.map(({ row }) => row)],
    ['contacts', contacts.map(({ row }) => row)],
    ['leads', leadRows()],
    ['opportunities', deals.map(({ row }) => row)],
    ['products', productCsvRows()],
    ['orders', orderRows(organisations, contacts)],
    ['tasks', tasks],
    ['events', events],
    ['notes', notes],
    ['emails', emails],
  ]
  return files.map(([entity, rows]) => ({ entity, csv: toCsv(rows) }))
}

function toCsv(rows: readonly Record<string, unknown>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const cell = (value: unknown) => {
    const text = String(value ?? '')
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `${[columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => line.map(cell).join(',')).join('\n')}\n`
}
