import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '@/components/relative-time.tsx'
import { sessionsQuery } from '../api/sessions.ts'

/** The last few conversations. */
export function RecentSessions({ count = 5 }: { count?: number }) {
  const { data } = useInfiniteQuery(sessionsQuery('active'))
  if (data === undefined || data.length === 0) return null
  return (
    <section aria-label="Recent conversations">
      <h2 className="mb-1 text-xs text-faint">Recent conversations</h2>
      <ul>
        {data.slice(0, count).map((session) => (
          <li key={session.id}>
            <Link
              to="/chat/{-$sessionId}"
              params={{ sessionId: session.id }}
              className="-mx-2 flex h-8 items-center gap-4 rounded-control px-2 text-sm hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{session.title || 'New conversation'}</span>
              <RelativeTime at={session.updatedAt} className="shrink-0 text-xs text-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
