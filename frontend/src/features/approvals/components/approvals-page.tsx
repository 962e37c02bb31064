import { Tabs } from 'radix-ui'
import { PageHeader } from '@/components/page-header.tsx'
import type { CurrentSession } from '@/lib/session.ts'
import { type ApprovalsSearch, type ApprovalView, approvalViews } from '../approvals-search.ts'
import { HistoryView } from './history-view.tsx'
import { PoliciesView } from './policies-view.tsx'
import { WaitingView } from './waiting-view.tsx'

const names: Readonly<Record<ApprovalView, string>> = { waiting: 'Waiting', history: 'History', policies: 'Policies' }
const tabClass =
  'h-9 border-b-2 border-transparent text-sm text-faint hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text'

/** What agents want changed, what became of it, and what is decided without asking. */
export function ApprovalsPage({ session, search, onSearch }: { session: CurrentSession; search: ApprovalsSearch; onSearch: (next: ApprovalsSearch) => void }) {
  const view = search.view ?? 'waiting'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Approvals" />
      <Tabs.Root
        value={view}
        onValueChange={(next) => onSearch({ view: next === 'waiting' ? undefined : (next as ApprovalView) })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <Tabs.List aria-label="Approvals" className="flex shrink-0 gap-5 border-b px-4">
          {approvalViews.map((one) => (
            <Tabs.Trigger key={one} value={one} className={tabClass}>
              {names[one]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Tabs.Content value="waiting" className="mx-auto max-w-[860px] px-5 py-5 outline-none max-md:px-3">
            <WaitingView onHistory={() => onSearch({ view: 'history' })} />
          </Tabs.Content>
          <Tabs.Content value="history" className="max-w-[1180px] px-5 py-5 outline-none max-md:px-3">
            <HistoryView search={search} onSearch={onSearch} />
          </Tabs.Content>
          <Tabs.Content value="policies" className="max-w-[960px] px-5 py-5 outline-none max-md:px-3">
            <PoliciesView role={session.user.role} />
          </Tabs.Content>
        </div>
      </Tabs.Root>
    </div>
  )
}
