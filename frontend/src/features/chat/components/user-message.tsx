import { Pencil } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { maxMessageLength } from '#contracts/chat.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Textarea } from '@/components/input.tsx'
import type { ShownMessage } from '../api/shown-message.ts'
import { BranchSwitch } from './branch-switch.tsx'

interface Props {
  message: ShownMessage
  busy: boolean
  /** Asks it in other words; undefined where that cannot be. */
  onEdit: ((text: string) => void) | undefined
  onShowBranch: (messageId: string) => void
}

function QuestionForm({ text: first, onSend, onCancel }: { text: string; onSend: (text: string) => void; onCancel: () => void }) {
  const [text, setText] = useState(first)
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === '') return
    onSend(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form onSubmit={send} className="flex w-[min(560px,100%)] flex-col items-end gap-1.5">
      <Textarea
        autoFocus
        aria-label="Your question"
        maxLength={maxMessageLength}
        rows={Math.min(8, text.split('\n').length + 1)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="min-h-16"
      />
      <div className="flex gap-1.5">
        <Button small onClick={onCancel}>
          Cancel
        </Button>
        <Button small look="primary" type="submit" disabled={text.trim() === ''}>
          Ask
        </Button>
      </div>
    </form>
  )
}

/** A question, which may be asked in other words. */
export function UserMessage({ message, busy, onEdit, onShowBranch }: Props) {
  const [editing, setEditing] = useState(false)
  return (
    <article aria-label="You" className="group flex flex-col items-end gap-1">
      {editing && onEdit !== undefined ? (
        <QuestionForm
          text={message.text}
          onCancel={() => setEditing(false)}
          onSend={(text) => {
            setEditing(false)
            onEdit(text)
          }}
        />
      ) : (
        <div className="flex w-full items-center justify-end gap-1">
          {onEdit !== undefined && (
            <IconButton
              small
              label="Edit the question"
              className="opacity-0 transition-opacity group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100"
              onClick={() => setEditing(true)}
            >
              <Pencil className="size-3.5" />
            </IconButton>
          )}
          <div className="max-w-[85%] rounded-[10px] bg-active px-3 py-1.5 whitespace-pre-wrap wrap-anywhere">{message.text}</div>
        </div>
      )}
      <BranchSwitch message={message} disabled={busy} onShow={onShowBranch} />
    </article>
  )
}
