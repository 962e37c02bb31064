import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/page-header.tsx'
import { type CurrentSession, isAdministrator } from '@/lib/session.ts'
import { type AutomationsSearch, type AutomationView, automationViews } from '../automations-search.ts'
import { SchedulesView } from './schedules-view.tsx'
import { WebhooksView } from './webhooks-view.tsx'
import { WorkflowsView } from './workflows-view.tsx'

const names: Readonly<Record<AutomationView, string>> = { schedules: 'Schedules', workflows: 'Workflows', webhooks: 'Webhooks' }
const tabClass =
  'h-9 border-b-2 border-transparent text-sm text-faint hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text'

/** Questions that are asked by themselves, work of several agents, and what other programs are told. */
export function AutomationsPage({
  session,
  search,
  onSearch,
}: {
  session: CurrentSession
  search: AutomationsSearch
  onSearch: (next: AutomationsSearch) => void
}) {
  const views = automationViews.filter((view) => view !== 'webhooks' || isAdministrator(session))
  const view = views.find((one) => one === search.view) ?? 'schedules'
  const contents: Readonly<Record<AutomationView, () => ReactNode>> = {
    schedules: () => <SchedulesView />,
    workflows: () => <WorkflowsView session={session} search={search} />,
    webhooks: () => <WebhooksView />,
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Automations" />
      <Tabs.Root
        value={view}
        onValueChange={(next) => onSearch(next === 'schedules' ? {} : { view: next as AutomationView })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <Tabs.List aria-label="Automations" className="flex shrink-0 gap-5 border-b px-4">
          {views.map((one) => (
            <Tabs.Trigger key={one} value={one} className={tabClass}>
              {names[one]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {views.map((one) => (
            <Tabs.Content key={one} value={one} className="max-w-[960px] px-5 py-5 outline-none max-md:px-3">
              {contents[one]()}
            </Tabs.Content>
          ))}
        </div>
      </Tabs.Root>
    </div>
  )
}
