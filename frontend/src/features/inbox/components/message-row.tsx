import { Link } from '@tanstack/react-router'
import { ArrowUpRight } from 'lucide-react'
import type { EmailMessage } from '#contracts/email.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { cn } from '@/lib/class-names.ts'
import type { InboxSearch } from '../inbox-search.ts'
import { addressesOf, messageStatusNames } from '../mail-words.ts'

/** A mail in the list: who, when, about what. */
export function MessageRow({ message, current, search }: { message: EmailMessage; current: boolean; search: InboxSearch }) {
  const { id, from, to, subject, text, sentAt, createdAt, direction, status, contact } = message
  const isOurs = direction === 'outbound'
  return (
    <Link
      to="/inbox/{-$id}"
      params={{ id }}
      search={search}
      aria-current={current ? 'true' : undefined}
      className={cn('flex flex-col gap-0.5 px-3.5 py-2 hover:bg-hover', current && 'bg-active!')}
    >
      <span className="flex items-baseline gap-2 text-sm">
        {isOurs && <ArrowUpRight aria-label="Sent by us to" className="size-3.5 shrink-0 self-center text-faint" />}
        <span className="min-w-0 flex-1 truncate font-medium">{contact?.label ?? (isOurs ? addressesOf(to) : from)}</span>
        <RelativeTime at={sentAt ?? createdAt} className="shrink-0 text-xs text-faint" />
      </span>
      <span className="flex items-baseline gap-2 text-sm">
        <span className="min-w-0 flex-1 truncate">{subject ?? <span className="text-faint">without a subject</span>}</span>
        {status !== 'pending' && <span className="shrink-0 text-xs text-faint">{messageStatusNames[status]}</span>}
      </span>
      <span className="truncate text-xs text-faint">{text?.slice(0, 140)}</span>
    </Link>
  )
}
