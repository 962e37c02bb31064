import { toFiles, type WorldFile } from '../world-files.ts'
import { makeActivities } from './activities.ts'
import { makeOrganisations } from './organisations.ts'
import { leadRows, makeContacts } from './people.ts'
import { makeDeals, orderRows, productRows, quoteRows } from './sales.ts'

/** The seventh world as CSV files under the canonical import columns. */
export function generateSolway(): WorldFile[] {
  const organisations = makeOrganisations()
  const contacts = makeContacts(organisations)
  const deals = makeDeals(contacts)
  const { tasks, events, notes, emails } = makeActivities(contacts, deals)
  return toFiles([
    ['organisations', organisations.map(({ row }) => row)],
    ['contacts', contacts.map(({ row }) => row)],
    ['leads', leadRows()],
    ['opportunities', deals.map(({ row }) => row)],
    ['products', productRows()],
    ['quotes', quoteRows(deals)],
    ['orders', orderRows(organisations, contacts)],
    ['tasks', tasks],
    ['events', events],
    ['notes', notes],
    ['emails', emails],
  ])
}
