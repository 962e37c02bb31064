import { toFiles, type WorldFile } from '../world-files.ts'
import { makeActivities } from './activities.ts'
import { makeOrganisations } from './organisations.ts'
import { leadRows, makeContacts } from './people.ts'
import { makeDeals, orderRows, productRows } from './sales.ts'
export function generateCalder(): WorldFile[] {
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
    ['orders', orderRows(organisations, contacts)],
    ['tasks', tasks],
    ['events', events],
    ['notes', notes],
    ['emails', emails],
  ])
}
