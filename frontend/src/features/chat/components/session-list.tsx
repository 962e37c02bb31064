import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Archive, MessagesSquare, SquarePen } from 'lucide-react'
import { useState } from 'react'
import type { ChatSession, SessionHit } from '#contracts/chat.ts'
import { Button, buttonClass } from '@/components/button.tsx'
import { SearchInput } from '@/components/input.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { sessionSearchQuery, sessionsQuery } from '../api/sessions.ts'
import { SessionRow } from './session-row.tsx'

const dayMs = 86_400_000

/** Today, yesterday, this week, earlier: people look for a conversation by when it was. */
function groupOf(session: ChatSession): string {
  const midnight = new Date().setHours(0, 0, 0, 0)
  const at = Date.parse(session.updatedAt)
  if (at >= midnight) return 'Today'
  if (at >= midnight - dayMs) return 'Yesterday'
  if (at >= midnight - 7 * dayMs) return 'Last 7 days'
  return 'Earlier'
}

/** All conversations, newest first, with search and archive. */
export function SessionList({ currentId, onOpen }: { currentId: string | null; onOpen?: () => void }) {
  const [words, setWords] = useState('')
  const [status, setStatus] = useState<ChatSession['status']>('active')
  const sessions = useInfiniteQuery(sessionsQuery(status))
  const rested = useDebounced(words, 150)
  const search = useQuery(sessionSearchQuery(rested))
  const searching = words.trim().length > 1
  const rows: readonly (ChatSession | SessionHit)[] = (searching ? search.data : sessions.data) ?? []
  const loading = searching ? search.isPending : sessions.isPending
  const failure = searching ? search.error : sessions.error
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-2.5">
        <Link to="/chat/{-$sessionId}" params={{ sessionId: undefined }} onClick={onOpen} className={cn(buttonClass('plain'), 'justify-start')}>
          <SquarePen aria-hidden className="size-3.5 text-faint" /> New conversation
        </Link>
        <SearchInput label="Search conversations" value={words} onValue={setWords} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-3">
        {failure !== null && <ErrorState compact error={failure} onRetry={() => (searching ? search.refetch() : sessions.refetch())} />}
        {loading && failure === null && (
          <div role="status" aria-label="Loading conversations" className="flex flex-col gap-4 p-2.5">
            <Skeleton className="w-4/5" />
            <Skeleton className="w-3/5" />
            <Skeleton className="w-2/3" />
          </div>
        )}
        {!loading && failure === null && rows.length === 0 && (
          <p className="flex flex-col items-center gap-2 px-3 py-10 text-center text-sm text-faint">
            <MessagesSquare aria-hidden className="size-5" strokeWidth={1.5} />
            {searching ? 'No conversation holds these words.' : status === 'archived' ? 'Nothing is archived.' : 'Your conversations will be listed here.'}
          </p>
        )}
        <ul>
          {rows.map((session, index) => {
            const group = searching ? null : groupOf(session)
            const before = rows[index - 1]
            return (
              <li key={session.id}>
                {group !== null && (before === undefined || groupOf(before) !== group) && (
                  <p className="px-2.5 pt-2.5 pb-1 text-xs text-faint first:pt-0">{group}</p>
                )}
                <SessionRow session={session} excerpt={'excerpt' in session ? session.excerpt : undefined} current={session.id === currentId} onOpen={onOpen} />
              </li>
            )
          })}
        </ul>
        {!searching && sessions.hasNextPage && (
          <Button small look="quiet" className="mt-1 w-full" disabled={sessions.isFetchingNextPage} onClick={() => sessions.fetchNextPage()}>
            Show older
          </Button>
        )}
      </div>
      <div className="border-t p-1.5">
        <Button
          small
          look="quiet"
          aria-pressed={status === 'archived'}
          className="w-full justify-start"
          onClick={() => setStatus(status === 'active' ? 'archived' : 'active')}
        >
          <Archive aria-hidden className="size-3.5" /> {status === 'active' ? 'Archived' : 'Back to current conversations'}
        </Button>
      </div>
    </div>
  )
}
