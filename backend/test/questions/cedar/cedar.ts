import { toFiles, type WorldFile } from '../world-files.ts'
import { leadRows, makeAccounts, makeContacts } from './accounts.ts'
import { makeActivities } from './activities.ts'
import { makeDeals, orderRows, productRows } from './sales.ts'

/** The third world as CSV files under the canonical import columns, in the order in which they can be loaded; always the same bytes. */
export function generateCedar(): WorldFile[] {
  const accounts = makeAccounts()
  const contacts = makeContacts(accounts)
  const deals = makeDeals(contacts)
  const { tasks, events, notes, emails } = makeActivities(contacts, deals)
  return toFiles([
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
  ])
}
