import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { Button } from '@/components/button.tsx'
import { Facts } from '@/components/facts.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { formatInstant } from '@/lib/format.ts'
import { pathOfRecord } from '@/lib/record-links.ts'
import { messageQuery } from '../api/mail.ts'
import { messageStatusNames } from '../mail-words.ts'
import { LeadFromMail } from './lead-from-mail.tsx'

const linkClass = 'underline underline-offset-2'

/** One mail as it was written; its words are shown and nothing in them is followed. */
export function MessageView({ id, onBack }: { id: string; onBack: (() => void) | undefined }) {
  const message = useQuery(messageQuery(id))
  return (
    <article aria-label="E-mail" className="min-h-0 min-w-0 flex-1 overflow-y-auto">
      <div className="flex max-w-[760px] flex-col gap-4 px-6 py-5 max-md:px-4">
        {onBack !== undefined && (
          <Button small look="quiet" className="-ml-2 self-start" onClick={onBack}>
            <ChevronLeft aria-hidden className="size-4" /> All e-mails
          </Button>
        )}
        {message.isPending ? (
          <SkeletonRows rows={5} className="-mx-4" />
        ) : message.isError ? (
          <ErrorState compact error={message.error} onRetry={() => message.refetch()} />
        ) : (
          <>
            <h2 className="text-title font-semibold tracking-tight wrap-anywhere">{message.data.subject ?? 'Without a subject'}</h2>
            <Facts
              facts={[
                ['From', message.data.from],
                ['To', message.data.to.join(', ')],
                ['Time', message.data.sentAt === null ? null : formatInstant(message.data.sentAt)],
                ['Status', messageStatusNames[message.data.status]],
                [
                  'Contact',
                  message.data.contact === null ? null : (
                    <Link key="contact" to={pathOfRecord('contacts', message.data.contact.id)} className={linkClass}>
                      {message.data.contact.label}
                    </Link>
                  ),
                ],
                [
                  'Record',
                  <Link key="record" to={pathOfRecord('emails', id)} className={linkClass}>
                    Fields and history
                  </Link>,
                ],
              ]}
            />
            {message.data.contact === null && message.data.direction !== 'outbound' && <LeadFromMail emailId={id} />}
            <div className="border-t pt-4 whitespace-pre-wrap wrap-anywhere">
              {message.data.text ?? <span className="text-faint">This mail has no text.</span>}
            </div>
          </>
        )}
      </div>
    </article>
  )
}
