import { useQuery } from '@tanstack/react-query'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { webhooksQuery } from '../api/webhooks.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'
import { WebhookEntry } from './webhook-entry.tsx'

/** Addresses of other programs that are told what happens here. */
export function WebhooksView() {
  const webhooks = useQuery(webhooksQuery)
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Section
      title="Webhooks"
      description="Other programs are told when something happens here. Each delivery is signed, tried again for a day when it fails, and can be sent again."
      action={
        <Button onClick={() => setMaking(true)}>
          <Plus aria-hidden className="size-3.5" /> New webhook
        </Button>
      }
    >
      {webhooks.isPending ? (
        <SkeletonRows rows={3} className="rounded-panel border" />
      ) : webhooks.isError ? (
        <ErrorState compact error={webhooks.error} onRetry={() => webhooks.refetch()} />
      ) : webhooks.data.length === 0 ? (
        <EmptyState icon={WebhookIcon} title="No other program is told anything" />
      ) : (
        <ul aria-label="Webhooks" className="divide-y divide-line rounded-panel border">
          {webhooks.data.map((webhook) => (
            <li key={webhook.id}>
              <WebhookEntry webhook={webhook} onSecret={setSecret} />
            </li>
          ))}
        </ul>
      )}
      {making && (
        <WebhookDialog
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false)
            setSecret(made)
          }}
        />
      )}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Section>
  )
}
