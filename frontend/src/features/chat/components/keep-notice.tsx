import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/button.tsx'
import { announceError } from '@/components/toast.tsx'
import { consentQuery, useChangeConsent } from '../api/questions.ts'

/** Asks once whether questions without a right answer may be kept; silent as soon as the person has decided. */
export function KeepNotice() {
  const { data } = useQuery(consentQuery)
  const change = useChangeConsent()
  if (data?.consents !== null) return null
  const decide = (consents: boolean) => change.mutate(consents, { onError: announceError })
  return (
    <p className="mb-1.5 flex flex-wrap group-has-data-asks-consent/conversation:hidden items-center gap-x-1.5 text-xs text-faint">
      <span>May questions without a right answer be kept on this server, to improve the answers?</span>
      <Button small look="quiet" disabled={change.isPending} onClick={() => decide(true)}>
        Allow
      </Button>
      <Button small look="quiet" disabled={change.isPending} onClick={() => decide(false)}>
        No
      </Button>
    </p>
  )
}
