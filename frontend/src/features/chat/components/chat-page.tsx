import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { PanelLeft, SquarePen, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '@/components/button.tsx'
import { Sheet } from '@/components/dialog.tsx'
import { ApiError } from '@/lib/api-error.ts'
import { useNarrow, useWide } from '@/lib/use-media.ts'
import { chatSessionQuery } from '../api/sessions.ts'
import type { ShownMessage } from '../api/shown-message.ts'
import { useConversation } from '../api/use-conversation.ts'
import { Conversation } from './conversation.tsx'
import { Explanation } from './explanation.tsx'
import { SessionList } from './session-list.tsx'

function ContextPanel({ message, onClose }: { message: ShownMessage; onClose: () => void }) {
  return (
    <aside aria-label="Context" className="flex w-90 shrink-0 animate-slide flex-col border-l">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="flex-1 font-semibold">How this was found</h2>
        <IconButton label="Close" onClick={onClose}>
          <X className="size-4" />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Explanation message={message} />
      </div>
    </aside>
  )
}

/** Threads on the left, the conversation, and what is behind an answer on the right. */
export function ChatPage({ sessionId, welcome }: { sessionId: string | null; welcome: ReactNode }) {
  const navigate = useNavigate()
  const narrow = useNarrow()
  const wide = useWide()
  const [listOpen, setListOpen] = useState(false)
  const [explainedId, setExplainedId] = useState<string | null>(null)
  const session = useQuery({ ...chatSessionQuery(sessionId ?? ''), enabled: sessionId !== null })
  const conversation = useConversation(sessionId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation closes the panel
  useEffect(() => setExplainedId(null), [sessionId])
  const explained = conversation.messages.find((message) => message.id === explainedId)
  const close = () => setExplainedId(null)
  const title = session.data?.title || (conversation.messages[0]?.text ?? 'New conversation')
  const missing = session.error instanceof ApiError && session.error.code === 'NOT_FOUND' && conversation.messages.length === 0
  return (
    <div className="flex min-h-0 flex-1">
      {wide && (
        <aside aria-label="Conversations" className="w-60 shrink-0 border-r">
          <SessionList currentId={sessionId} />
        </aside>
      )}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <header className="flex h-12 shrink-0 items-center gap-1.5 border-b px-3">
          {!wide && (
            <IconButton label="Conversations" onClick={() => setListOpen(true)}>
              <PanelLeft className="size-4" />
            </IconButton>
          )}
          <h1 className="min-w-0 flex-1 truncate px-1 text-base font-semibold">{missing ? 'Conversation not found' : title}</h1>
          {!wide && (
            <IconButton label="New conversation" onClick={() => navigate({ to: '/chat/{-$sessionId}', params: { sessionId: undefined } })}>
              <SquarePen className="size-4" />
            </IconButton>
          )}
        </header>
        <Conversation
          conversation={missing ? { ...conversation, error: null } : conversation}
          explainedId={explainedId}
          onExplain={(message) => setExplainedId(message.id === explainedId ? null : message.id)}
          welcome={missing ? <p className="py-10 text-center text-soft">This conversation was deleted or belongs to somebody else.</p> : welcome}
        />
      </div>
      {explained !== undefined && !narrow && <ContextPanel message={explained} onClose={close} />}
      {narrow && (
        <Sheet open={explained !== undefined} onOpenChange={close} title="Context" side="bottom" landmark>
          {explained !== undefined && <Explanation message={explained} />}
        </Sheet>
      )}
      <Sheet open={listOpen && !wide} onOpenChange={setListOpen} title="Conversations" side="left">
        <SessionList currentId={sessionId} onOpen={() => setListOpen(false)} />
      </Sheet>
    </div>
  )
}
