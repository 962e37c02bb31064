import { CircleCheck, CirclePause, EllipsisVertical, KeyRound, Pause, Play, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Webhook } from '#contracts/automations.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '@/components/menu.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { countOf } from '@/lib/format.ts'
import { useChangeWebhook, useDeleteWebhook } from '../api/webhooks.ts'
import { eventNames } from '../automation-words.ts'
import { Deliveries } from './deliveries.tsx'

function State({ webhook: { enabled, disabledReason, failingSince, pending } }: { webhook: Webhook }) {
  const look = !enabled
    ? { icon: CirclePause, tone: 'text-faint', words: disabledReason ?? 'Paused' }
    : failingSince !== null
      ? { icon: TriangleAlert, tone: 'text-warning', words: 'Failing' }
      : { icon: CircleCheck, tone: 'text-success', words: 'On' }
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 text-soft">
      <look.icon aria-hidden className={`size-3.5 shrink-0 ${look.tone}`} />
      {look.words}
      {enabled && failingSince !== null && (
        <span>
          since <RelativeTime at={failingSince} />
        </span>
      )}
      {pending > 0 && <span className="text-faint">{countOf(pending, 'delivery waits', 'deliveries wait')}</span>}
    </span>
  )
}

/** One webhook: what it is told, how it goes, and its deliveries. */
export function WebhookEntry({ webhook, onSecret }: { webhook: Webhook; onSecret: (secret: string) => void }) {
  const { id, url, events, description, enabled } = webhook
  const [shows, setShows] = useState(false)
  const [asking, setAsking] = useState<'delete' | 'secret' | null>(null)
  const change = useChangeWebhook()
  const remove = useDeleteWebhook()
  const close = () => setAsking(null)
  return (
    <div className="flex flex-col gap-1.5 px-3.5 py-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h3 className="font-mono text-sm wrap-anywhere">{url}</h3>
          {description !== '' && <p className="text-sm text-soft">{description}</p>}
          <p className="text-xs text-faint">{events.map((event) => eventNames[event]).join(' · ')}</p>
        </div>
        <Menu
          trigger={
            <IconButton small label={`More about ${url}`}>
              <EllipsisVertical className="size-4" />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => change.mutate({ id, enabled: !enabled }, { onError: announceError })}>
            {enabled ? <Pause /> : <Play />} {enabled ? 'Pause' : 'Turn on'}
          </MenuItem>
          <MenuItem onSelect={() => setAsking('secret')}>
            <KeyRound /> New secret
          </MenuItem>
          <MenuLine />
          <MenuItem danger onSelect={() => setAsking('delete')}>
            <Trash2 /> Delete
          </MenuItem>
        </Menu>
      </div>
      <div className="flex flex-wrap items-center gap-x-2 text-sm">
        <State webhook={webhook} />
        <Button small look="quiet" aria-expanded={shows} onClick={() => setShows(!shows)}>
          {shows ? 'Hide deliveries' : 'Deliveries'}
        </Button>
      </div>
      {shows && <Deliveries webhookId={id} />}
      <Confirm
        open={asking === 'delete'}
        onOpenChange={close}
        title="Delete this webhook?"
        action="Delete"
        onConfirm={() => remove.mutate(id, { onError: announceError, onSuccess: () => announce('The webhook is deleted.') })}
      >
        {url} is told nothing any more. Deliveries that wait are not sent.
      </Confirm>
      <Confirm
        open={asking === 'secret'}
        onOpenChange={close}
        title="Make another secret?"
        action="Make another"
        onConfirm={() =>
          change.mutate(
            { id, newSecret: true },
            { onError: announceError, onSuccess: ({ secret }) => (secret === undefined ? announce('The secret is another one.') : onSecret(secret)) },
          )
        }
      >
        Deliveries are signed with the new one at once; the receiving program refuses them until it has it.
      </Confirm>
    </div>
  )
}
