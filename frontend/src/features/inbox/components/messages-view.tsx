import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useEffect, useState } from 'react'
import { messageStatuses } from '#contracts/email.ts'
import { Button, buttonClass } from '@/components/button.tsx'
import { SearchInput, Select } from '@/components/input.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { messagesQuery } from '../api/mail.ts'
import type { InboxSearch } from '../inbox-search.ts'
import { messageStatusNames } from '../mail-words.ts'
import { MessageRow } from './message-row.tsx'
import { MessageView } from './message-view.tsx'

interface Props {
  id: string | null
  search: InboxSearch
  onSearch: (next: InboxSearch) => void
  onOpen: (id: string | null) => void
}

/** The list of mails beside the one that is open; one after the other on a phone. */
export function MessagesView({ id, search, onSearch, onOpen }: Props) {
  const narrow = useNarrow()
  const [words, setWords] = useState(search.q ?? '')
  const q = useDebounced(words.trim(), 200) || undefined
  const messages = useInfiniteQuery(messagesQuery({ q, status: search.status }))
  useEffect(() => {
    if (q !== search.q) onSearch({ ...search, q })
  }, [q, search, onSearch])
  const filtered = q !== undefined || search.status !== undefined
  if (narrow && id !== null) return <MessageView key={id} id={id} onBack={() => onOpen(null)} />
  return (
    <>
      <div className={cn('flex min-h-0 flex-col', narrow ? 'min-w-0 flex-1' : 'w-[400px] shrink-0 border-r')}>
        <div className="flex gap-1.5 border-b p-2">
          <SearchInput label="Search mail" value={words} onValue={setWords} className="min-w-0 flex-1" />
          <Select
            aria-label="Status"
            className="w-36"
            value={search.status ?? ''}
            onChange={(event) => onSearch({ ...search, status: messageStatuses.find((one) => one === event.target.value) })}
          >
            <option value="">All states</option>
            {messageStatuses.map((status) => (
              <option key={status} value={status}>
                {messageStatusNames[status]}
              </option>
            ))}
          </Select>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {messages.isPending ? (
            <SkeletonRows rows={8} className="py-2" />
          ) : messages.isError ? (
            <div className="p-3">
              <ErrorState compact error={messages.error} onRetry={() => messages.refetch()} />
            </div>
          ) : messages.data.items.length === 0 ? (
            <EmptyState
              icon={Inbox}
              title={filtered ? 'No mail fits' : 'There are no e-mails yet'}
              action={
                filtered ? undefined : (
                  <Link to="/import" search={{ entity: 'emails' }} className={buttonClass('plain')}>
                    Import e-mails
                  </Link>
                )
              }
            >
              {filtered ? undefined : 'Bring some in as a CSV, .eml or mbox file.'}
            </EmptyState>
          ) : (
            <ul aria-label="E-mails" className="divide-y divide-line">
              {messages.data.items.map((message) => (
                <li key={message.id}>
                  <MessageRow message={message} current={message.id === id} search={search} />
                </li>
              ))}
            </ul>
          )}
          {messages.hasNextPage && (
            <Button look="quiet" className="mx-auto my-2 flex" disabled={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
              {messages.isFetchingNextPage ? 'Loading…' : 'Earlier e-mails'}
            </Button>
          )}
        </div>
      </div>
      {!narrow &&
        (id === null ? (
          <p className="flex-1 self-center text-center text-sm text-faint">Choose an e-mail to read it.</p>
        ) : (
          <MessageView key={id} id={id} onBack={undefined} />
        ))}
    </>
  )
}
