import { useQuery } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { AccountSession } from '#contracts/security.ts'
import { Badge } from '@/components/badge.tsx'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { formatDay } from '@/lib/format.ts'
import { sessionsQuery, useRevokeOtherSessions, useRevokeSession } from '../api/account.ts'
import { deviceOf, isPhone } from '../device.ts'

function SessionRow({ session }: { session: AccountSession }) {
  const revoke = useRevokeSession()
  const device = deviceOf(session.userAgent)
  const Icon = isPhone(session.userAgent) ? Smartphone : Monitor
  const end = () => revoke.mutateAsync(session.id).then(() => announce(`${device} is signed out.`), announceError)
  return (
    <li className="flex items-center gap-3 border-b px-3 py-2.5 last:border-b-0">
      <Icon aria-hidden className="size-4.5 shrink-0 text-faint" strokeWidth={1.5} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm" title={session.userAgent ?? undefined}>
          {device}
          {session.current && <Badge className="border-transparent bg-accent-soft text-accent-text">This one</Badge>}
        </p>
        <p className="text-xs text-faint">
          <span className="figures">{session.ip ?? 'Unknown address'}</span> · last seen <RelativeTime at={session.lastSeenAt} /> · since{' '}
          {formatDay(session.createdAt)}
        </p>
      </div>
      {!session.current && (
        <Button small look="quiet" disabled={revoke.isPending} aria-label={`Sign out ${device}`} onClick={end}>
          Sign out
        </Button>
      )}
    </li>
  )
}

/** Where one is signed in. */
export function SessionsSection() {
  const sessions = useQuery(sessionsQuery)
  const revokeOthers = useRevokeOtherSessions()
  const [asking, setAsking] = useState(false)
  const others = sessions.data?.filter((session) => !session.current).length ?? 0
  return (
    <Section
      title="Sessions"
      description="Where you are signed in. A session ends by itself after 14 days without use."
      action={
        others > 0 && (
          <Button small disabled={revokeOthers.isPending} onClick={() => setAsking(true)}>
            Sign out all others
          </Button>
        )
      }
    >
      {sessions.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : sessions.isError ? (
        <ErrorState compact error={sessions.error} onRetry={() => sessions.refetch()} />
      ) : (
        <ul aria-label="Sessions" className="rounded-panel border">
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere else?"
        action="Sign out all others"
        onConfirm={() => revokeOthers.mutateAsync(undefined).then(() => announce('Every other session has ended.'), announceError)}
      >
        {others === 1 ? 'One other session ends' : `${others} other sessions end`} at once. This one stays.
      </Confirm>
    </Section>
  )
}
