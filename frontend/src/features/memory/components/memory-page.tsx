import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Brain, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { SearchInput } from '@/components/input.tsx'
import { PageHeader } from '@/components/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { formatNumber } from '@/lib/format.ts'
import { type CurrentSession, isAdministrator } from '@/lib/session.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { memoriesQuery, memorySettingsQuery } from '../api/memory.ts'
import { ForgetEverything } from './forget-everything.tsx'
import { MemoryEntry } from './memory-entry.tsx'
import { MemorySwitch } from './memory-switch.tsx'
import { RememberDialog } from './remember-dialog.tsx'

/** What is remembered about how one works, and the say over it. */
export function MemoryPage({ session }: { session: CurrentSession }) {
  const [words, setWords] = useState('')
  const [history, setHistory] = useState(false)
  const [adding, setAdding] = useState(false)
  const q = useDebounced(words.trim(), 150)
  const memories = useInfiniteQuery(memoriesQuery(q, history))
  const settings = useQuery(memorySettingsQuery)
  const mayWriteShared = isAdministrator(session)
  const list = memories.data?.items ?? []
  const own = list.filter((memory) => memory.scope === 'person')
  const shared = list.filter((memory) => memory.scope === 'workspace')
  const isOff = settings.data !== undefined && (!settings.data.enabled || !settings.data.available)
  const entries = (title: string, items: typeof list, editable: boolean) =>
    items.length > 0 && (
      <section aria-label={title}>
        <h2 className="mb-1.5 text-sm text-faint">{title}</h2>
        <ul className="divide-y divide-line rounded-panel border">
          {items.map((memory) => (
            <li key={memory.id}>
              <MemoryEntry memory={memory} newer={list.find(({ id }) => id === memory.supersededBy)} editable={editable} />
            </li>
          ))}
        </ul>
      </section>
    )
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Memory" note={memories.data === undefined ? undefined : formatNumber(memories.data.total)}>
        <Button disabled={isOff} onClick={() => setAdding(true)}>
          <Plus aria-hidden className="size-3.5" /> Remember something
        </Button>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-[860px] flex-col gap-5 px-5 py-5 max-md:px-3">
          <MemorySwitch />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <SearchInput label="Search memory" value={words} onValue={setWords} className="w-72 max-md:w-full" />
            <Checkbox label="With history" checked={history} onChange={(event) => setHistory(event.target.checked)} />
          </div>
          {memories.isPending ? (
            <SkeletonRows rows={5} className="rounded-panel border py-2" />
          ) : memories.isError ? (
            <ErrorState compact error={memories.error} onRetry={() => memories.refetch()} />
          ) : list.length === 0 ? (
            <EmptyState icon={Brain} title={q === '' ? 'Nothing is remembered' : 'Nothing fits these words'}>
              {q === '' ? 'Write in a conversation, for example, “remember that my quarter starts in April” or “always show amounts in EUR”.' : undefined}
            </EmptyState>
          ) : (
            <>
              {entries('About you', own, true)}
              {entries('For everybody here', shared, mayWriteShared)}
            </>
          )}
          {memories.hasNextPage && (
            <Button className="self-center" disabled={memories.isFetchingNextPage} onClick={() => void memories.fetchNextPage()}>
              {memories.isFetchingNextPage ? 'Loading…' : 'Show more'}
            </Button>
          )}
          <ForgetEverything disabled={q === '' && own.length === 0} />
        </div>
      </div>
      {adding && <RememberDialog mayShare={mayWriteShared} onClose={() => setAdding(false)} />}
    </div>
  )
}
