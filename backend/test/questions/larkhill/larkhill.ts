import { toFiles, type WorldFile } from '../world-files.ts'
import { makeActivities } from './activities.ts'
import { leadRows, makeContacts, makeOrganisations } from './people.ts'
import { makeDeals, orderRows, productRows } from './sales.ts'

/** The tenth world as CSV files under the canonical import columns. */
export function generateLarkhill(): WorldFile[] {
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
    ['orders', orderRows(organisations)],
    ['tasks', tasks],
    ['events', events],
    ['notes', notes],
    ['emails', emails],
  ])
}
