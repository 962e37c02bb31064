import { Tabs } from 'radix-ui'
import { PageHeader } from '@/components/page-header.tsx'
import type { InboxSearch } from '../inbox-search.ts'
import { MessagesView } from './messages-view.tsx'
import { OutboxView } from './outbox-view.tsx'

const tabClass =
  'h-9 border-b-2 border-transparent text-sm text-faint hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text'

interface Props {
  /** The message that is open. */
  id: string | null
  search: InboxSearch
  onSearch: (next: InboxSearch) => void
  onOpen: (id: string | null) => void
}

/** E-mails that are here, and those that were approved to be sent. */
export function InboxPage({ id, search, onSearch, onOpen }: Props) {
  const view = search.view ?? 'messages'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Inbox" />
      <Tabs.Root value={view} onValueChange={(next) => onSearch(next === 'outbox' ? { view: 'outbox' } : {})} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List aria-label="Inbox" className="flex shrink-0 gap-5 border-b px-4">
          <Tabs.Trigger value="messages" className={tabClass}>
            Messages
          </Tabs.Trigger>
          <Tabs.Trigger value="outbox" className={tabClass}>
            Outbox
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="messages" className="flex min-h-0 flex-1 outline-none">
          <MessagesView id={id} search={search} onSearch={onSearch} onOpen={onOpen} />
        </Tabs.Content>
        <Tabs.Content value="outbox" className="min-h-0 flex-1 overflow-y-auto outline-none">
          <OutboxView search={search} onSearch={onSearch} />
        </Tabs.Content>
      </Tabs.Root>
    </div>
  )
}
