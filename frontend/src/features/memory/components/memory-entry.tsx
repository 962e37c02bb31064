import { Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import type { Memory } from '#contracts/memory.ts'
import { Badge } from '@/components/badge.tsx'
import { Button, IconButton } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Input } from '@/components/input.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { useKeyboardBack } from '@/components/return-focus.ts'
import { announce, announceError } from '@/components/toast.tsx'
import { messageOf } from '@/lib/api-error.ts'
import { cn } from '@/lib/class-names.ts'
import { formatPercent } from '@/lib/format.ts'
import { useChangeMemory, useDeleteMemory } from '../api/memory.ts'

function Editor({ memory, onClose }: { memory: Memory; onClose: () => void }) {
  const id = useId()
  const change = useChangeMemory()
  const [text, setText] = useState(memory.text)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === memory.text) return onClose()
    change.mutate({ id: memory.id, text: text.trim() }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-1.5" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <div className="flex gap-1.5">
        <Input
          id={id}
          autoFocus
          aria-label="What to remember"
          aria-invalid={change.isError}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={change.isPending || text.trim() === ''}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
      {change.isError && (
        <p role="alert" className="text-xs text-danger">
          {messageOf(change.error)}
        </p>
      )}
    </form>
  )
}

/** Where it comes from: the conversation, or a person's own hand. */
function Source({ memory: { source, sources, confidence, createdAt, lastUsedAt } }: { memory: Memory }) {
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-faint">
      {source?.sessionId != null ? (
        <span>
          said in a{' '}
          <Link
            to="/chat/{-$sessionId}"
            params={{ sessionId: source.sessionId }}
            className="underline underline-offset-2 hover:text-text"
            title={source.excerpt ?? undefined}
          >
            conversation
          </Link>{' '}
          <RelativeTime at={source.at} />
        </span>
      ) : (
        <span>
          written by hand <RelativeTime at={source?.at ?? createdAt} />
        </span>
      )}
      {sources > 1 && <span>said {sources} times</span>}
      {confidence < 1 && <span>{formatPercent(confidence)} sure</span>}
      {lastUsedAt !== null && (
        <span>
          last used <RelativeTime at={lastUsedAt} />
        </span>
      )}
    </p>
  )
}

/** One thing that is remembered, or was until something newer took its place. */
export function MemoryEntry({ memory, newer, editable }: { memory: Memory; newer: Memory | undefined; editable: boolean }) {
  const [editing, setEditing] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const pencil = useKeyboardBack<HTMLButtonElement>(editing)
  const remove = useDeleteMemory()
  const isPast = memory.supersededAt !== null
  return (
    <div className="flex items-start gap-2 px-3.5 py-2.5">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {editing ? (
          <Editor memory={memory} onClose={() => setEditing(false)} />
        ) : (
          <p className={cn('flex flex-wrap items-center gap-x-2 gap-y-1 wrap-anywhere', isPast && 'text-faint')}>
            <span className="min-w-0">{memory.text}</span>
            {memory.kind === 'preference' && !isPast && <Badge>preference</Badge>}
            {isPast && <Badge>history</Badge>}
          </p>
        )}
        {memory.supersededAt !== null && (
          <p className="text-xs text-faint">
            held until <RelativeTime at={memory.supersededAt} />
            {newer !== undefined && <>, when “{newer.text}” took its place</>}
          </p>
        )}
        <Source memory={memory} />
      </div>
      {editable && !editing && (
        <div className="flex shrink-0">
          {!isPast && (
            <IconButton ref={pencil} small label={`Edit: ${memory.text}`} onClick={() => setEditing(true)}>
              <Pencil className="size-3.5" />
            </IconButton>
          )}
          <IconButton small label={`Delete: ${memory.text}`} disabled={remove.isPending} onClick={() => setDeleting(true)}>
            <Trash2 className="size-3.5" />
          </IconButton>
        </div>
      )}
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title="Delete this memory?"
        action="Delete"
        onConfirm={() => remove.mutate(memory.id, { onError: announceError, onSuccess: () => announce('It is forgotten.') })}
      >
        “{memory.text}” and what it had replaced are deleted for good.
      </Confirm>
    </div>
  )
}
