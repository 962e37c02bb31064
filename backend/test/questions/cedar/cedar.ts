import type { EntityName } from '#contracts/entities.ts'
import { leadRows, makeAccounts, makeContacts } from './accounts.ts'
import { makeActivities } from './activities.ts'
import { makeDeals, orderRows, productRows } from './sales.ts'

export interface CedarFile {
  entity: EntityName
  csv: string
}

/** The third world as CSV files under the canonical import columns, in the order in which they can be loaded; always the same bytes. */
export function generateCedar(): CedarFile[] {
  const accounts = makeAccounts()
  const contacts = makeContacts(accounts)
  const deals = makeDeals(contacts)
  const { tasks, events, notes, emails } = makeActivities(contacts, deals)
  const files: [EntityName, Record<string, unknown>[]][] = [
    ['organisations', accounts.map(({ row }) => row)],
    ['contacts', contacts.map(({ row }) => row)],
    ['leads', leadRows()],
    ['opportunities', deals.map(({ row }) => row)],
    ['products', productRows()],
    ['orders', orderRows(accounts, contacts)],
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
