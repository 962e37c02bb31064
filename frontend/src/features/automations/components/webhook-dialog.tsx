import { type FormEvent, useState } from 'react'
import { newWebhookSchema, type Webhook, webhookEventTypes } from '#contracts/automations.ts'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useMakeWebhook } from '../api/webhooks.ts'
import { eventNames } from '../automation-words.ts'

/** Makes a webhook; its secret is shown when it is made. */
export function WebhookDialog({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const make = useMakeWebhook()
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [events, setEvents] = useState<Webhook['events']>([])
  const [problem, setProblem] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const webhook = newWebhookSchema.safeParse({ url: url.trim(), events, description })
    setProblem(webhook.error?.issues[0]?.message)
    if (webhook.success) make.mutate(webhook.data, { onSuccess: ({ secret }) => onMade(secret) })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="New webhook">
      <form onSubmit={submit} className="flex flex-col gap-3.5 overflow-y-auto p-4">
        <Labelled label="Address" htmlFor="webhook-url">
          <Input
            id="webhook-url"
            autoFocus
            inputMode="url"
            placeholder="https://example.com/hook"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Labelled>
        <Labelled label="What it is for" htmlFor="webhook-description">
          <Input id="webhook-description" maxLength={200} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Labelled>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm text-soft">It is told when</legend>
          <div className="grid grid-cols-2 gap-x-4 gap-y-2 max-md:grid-cols-1">
            {webhookEventTypes.map((type) => (
              <Checkbox
                key={type}
                label={eventNames[type]}
                checked={events.includes(type)}
                onChange={(event) => setEvents(event.target.checked ? [...events, type] : events.filter((one) => one !== type))}
              />
            ))}
          </div>
        </fieldset>
        {problem !== undefined && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        {make.isError && <ErrorState compact error={make.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={make.isPending}>
            Make the webhook
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
