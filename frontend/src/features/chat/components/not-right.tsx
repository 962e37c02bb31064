import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ThumbsDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { announceError } from '@/components/toast.tsx'
import { consentQuery, useChangeConsent, useKeepQuestion } from '../api/questions.ts'

/** Says that an answer is not right; its question is kept when the person allows that. */
export function NotRight({ messageId }: { messageId: string }) {
  const { data } = useQuery(consentQuery)
  const change = useChangeConsent()
  const keep = useKeepQuestion()
  const [asking, setAsking] = useState(false)
  const send = () => keep.mutate(messageId, { onError: announceError, onSuccess: () => setAsking(false) })
  const allow = () => change.mutate(true, { onError: announceError, onSuccess: send })
  if (keep.isSuccess)
    return (
      <span role="status" className="px-2 text-sm text-faint">
        Kept, with{' '}
        <Link to="/settings/questions" className="underline underline-offset-2">
          your questions
        </Link>
        . Say what you meant to get another answer.
      </span>
    )
  if (asking && data?.consents !== true)
    return (
      <span data-asks-consent className="inline-flex flex-wrap items-center gap-x-1 px-2 text-sm text-faint">
        Keep this question on this server, to improve the answers?
        <Button autoFocus small look="quiet" disabled={change.isPending || keep.isPending} onClick={allow}>
          Allow
        </Button>
        <Button small look="quiet" onClick={() => setAsking(false)}>
          No
        </Button>
      </span>
    )
  return (
    <Button small look="quiet" disabled={keep.isPending || data === undefined} onClick={() => (data?.consents === true ? send() : setAsking(true))}>
      <ThumbsDown aria-hidden className="size-3.5" /> Not right?
    </Button>
  )
}
