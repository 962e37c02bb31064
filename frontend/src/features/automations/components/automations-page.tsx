import { Tabs } from 'radix-ui'
import { PageHeader } from '@/components/page-header.tsx'
import { type CurrentSession, isAdministrator } from '@/lib/session.ts'
import type { AutomationsSearch } from '../automations-search.ts'
import { SchedulesView } from './schedules-view.tsx'
import { WebhooksView } from './webhooks-view.tsx'

const tabClass =
  'h-9 border-b-2 border-transparent text-sm text-faint hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text'

/** Questions that are asked by themselves, and what other programs are told. */
export function AutomationsPage({
  session,
  search,
  onSearch,
}: {
  session: CurrentSession
  search: AutomationsSearch
  onSearch: (next: AutomationsSearch) => void
}) {
  const mayHook = isAdministrator(session)
  const view = mayHook ? (search.view ?? 'schedules') : 'schedules'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Automations" />
      <Tabs.Root value={view} onValueChange={(next) => onSearch(next === 'webhooks' ? { view: 'webhooks' } : {})} className="flex min-h-0 flex-1 flex-col">
        {mayHook && (
          <Tabs.List aria-label="Automations" className="flex shrink-0 gap-5 border-b px-4">
            <Tabs.Trigger value="schedules" className={tabClass}>
              Schedules
            </Tabs.Trigger>
            <Tabs.Trigger value="webhooks" className={tabClass}>
              Webhooks
            </Tabs.Trigger>
          </Tabs.List>
        )}
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Tabs.Content value="schedules" className="max-w-[960px] px-5 py-5 outline-none max-md:px-3">
            <SchedulesView />
          </Tabs.Content>
          {mayHook && (
            <Tabs.Content value="webhooks" className="max-w-[960px] px-5 py-5 outline-none max-md:px-3">
              <WebhooksView />
            </Tabs.Content>
          )}
        </div>
      </Tabs.Root>
    </div>
  )
}
