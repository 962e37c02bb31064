import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { Button } from '@/components/button.tsx'
import { announceError } from '@/components/toast.tsx'
import { mayWrite, sessionQuery } from '@/lib/session.ts'
import { useStartWorkflow } from '@/lib/workflows.ts'

/** Has agents look who writes and what about, and propose a lead; for a mail it was done for already, shows that. */
export function LeadFromMail({ emailId }: { emailId: string }) {
  const navigate = useNavigate()
  const { data: session } = useQuery(sessionQuery)
  const start = useStartWorkflow()
  if (session == null || !mayWrite(session)) return null
  return (
    <Button
      small
      className="self-start"
      title="Agents look who writes and what about, and propose a lead with a task to answer. You decide."
      disabled={start.isPending}
      onClick={() =>
        start
          .mutateAsync({ name: 'new_lead_mail', emailId })
          .then((run) => navigate({ to: '/automations', search: { view: 'workflows', run: run.id } }), announceError)
      }
    >
      <Waypoints aria-hidden className="size-3.5" /> Make a lead of it
    </Button>
  )
}
