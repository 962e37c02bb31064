import { Tabs } from 'radix-ui'
import { type SecuritySearch, type SecurityView, securityViews } from '../security-search.ts'
import { AddressesView } from './addresses-view.tsx'
import { ChecksView } from './checks-view.tsx'
import { EventsView } from './events-view.tsx'

const names: Readonly<Record<SecurityView, string>> = { events: 'Events', addresses: 'Addresses', checks: 'Checks' }
const tabClass =
  'h-9 border-b-2 border-transparent text-sm text-faint hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text'

/** What happened, who is kept out, and how well the installation is set up. */
export function SecurityPage({ search, onSearch }: { search: SecuritySearch; onSearch: (next: SecuritySearch) => void }) {
  const view = search.view ?? 'events'
  return (
    <Tabs.Root value={view} onValueChange={(next) => onSearch({ ...search, view: next as SecurityView })} className="-mt-4">
      <Tabs.List aria-label="Security" className="mb-5 flex gap-5 border-b">
        {securityViews.map((one) => (
          <Tabs.Trigger key={one} value={one} className={tabClass}>
            {names[one]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="events">
        <EventsView search={search} onSearch={onSearch} />
      </Tabs.Content>
      <Tabs.Content value="addresses">
        <AddressesView />
      </Tabs.Content>
      <Tabs.Content value="checks">
        <ChecksView />
      </Tabs.Content>
    </Tabs.Root>
  )
}
