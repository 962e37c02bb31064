import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { KeptQuestion } from '#contracts/questions.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { SavedCheckbox } from '@/components/checkbox.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { consentQuery, downloadKeptQuestions, keptQuestionsQuery, useChangeConsent, useDeleteKeptQuestions } from '../api/questions.ts'

const outcomes: Record<KeptQuestion['outcome'], string> = { declined: 'Not answered', clarified: 'Asked back', corrected: 'Not right' }

function ConsentSection() {
  const { data } = useQuery(consentQuery)
  const change = useChangeConsent()
  return (
    <Section title="Keep questions" description="They stay on this server, and nothing is sent elsewhere. Owners and admins of your workspace can read them.">
      <SavedCheckbox
        label="Keep my questions that were not answered right"
        hint="Those that were declined, asked back, corrected by my next message, or that I call not right"
        checked={data?.consents === true}
        disabled={data === undefined}
        onSave={(next) => change.mutateAsync(next).catch(announceError)}
      />
    </Section>
  )
}

function Row({ question, showsPerson, onDelete }: { question: KeptQuestion; showsPerson: boolean; onDelete: () => void }) {
  return (
    <li className="flex items-start gap-3 border-t py-2 text-sm last:border-b">
      <div className="min-w-0 flex-1">
        {question.askedBefore.length > 0 && <p className="truncate text-xs text-faint">{question.askedBefore.join(' → ')}</p>}
        <p className="wrap-anywhere">{question.text}</p>
        {question.correction !== null && <p className="text-soft wrap-anywhere">Then: {question.correction}</p>}
        <p className="text-xs text-faint">
          {outcomes[question.outcome]}
          {showsPerson && question.person !== null && ` · ${question.person}`} · <RelativeTime at={question.at} />
        </p>
      </div>
      <IconButton label={`Delete: ${question.text}`} small onClick={onDelete}>
        <Trash2 className="size-3.5" />
      </IconButton>
    </li>
  )
}

/** Whether questions are kept, and those that are. */
export function KeptQuestionsPage({ seesAll }: { seesAll: boolean }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(keptQuestionsQuery)
  const remove = useDeleteKeptQuestions()
  const [confirming, setConfirming] = useState(false)
  const [deleting, setDeleting] = useState<KeptQuestion | null>(null)
  const done = (text: string) => ({ onSuccess: () => announce(text), onError: announceError })
  const some = data !== undefined && data.items.length > 0
  return (
    <>
      <ConsentSection />
      <Section
        title="Kept questions"
        description={seesAll ? 'Of everybody in the workspace who allows it.' : 'Yours alone.'}
        action={
          some && (
            <>
              <Button small onClick={() => void downloadKeptQuestions().catch(announceError)}>
                <Download aria-hidden className="size-3.5" /> Export
              </Button>
              <Button small look="danger" onClick={() => setConfirming(true)}>
                Delete all
              </Button>
            </>
          )
        }
      >
        {isPending && <SkeletonRows rows={3} className="rounded-panel border" />}
        {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
        {data !== undefined && !some && <EmptyLine>No question is kept.</EmptyLine>}
        {some && (
          <ul>
            {data.items.map((question) => (
              <Row key={question.id} question={question} showsPerson={seesAll} onDelete={() => setDeleting(question)} />
            ))}
          </ul>
        )}
        {hasNextPage && (
          <Button small className="mt-3" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        )}
      </Section>
      <Confirm
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title="Delete this kept question?"
        action="Delete"
        onConfirm={() => deleting !== null && remove.mutate(deleting.id, done('The question is deleted.'))}
      >
        “{deleting?.text}” is deleted from this list for good. Its conversation stays as it is.
      </Confirm>
      <Confirm
        open={confirming}
        onOpenChange={setConfirming}
        title="Delete all kept questions?"
        action="Delete all"
        onConfirm={() => remove.mutate(undefined, done('All kept questions are deleted.'))}
      >
        {seesAll ? 'Those of everybody in the workspace go' : 'All of yours go'}, for good. Conversations stay as they are.
      </Confirm>
    </>
  )
}
