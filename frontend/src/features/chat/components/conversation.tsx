import { type ReactNode, useRef } from 'react'
import { Button } from '@/components/button.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { useNarrow } from '@/lib/use-media.ts'
import type { ShownMessage } from '../api/shown-message.ts'
import type { ConversationState } from '../api/use-conversation.ts'
import { Composer, type ComposerHandle } from './composer.tsx'
import { FollowUps } from './follow-ups.tsx'
import { KeepNotice } from './keep-notice.tsx'
import { AssistantMessage } from './message-view.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'
import { UserMessage } from './user-message.tsx'

interface Props {
  conversation: ConversationState
  explainedId: string | null
  onExplain: (message: ShownMessage) => void
  /** Shown where a conversation has not begun. */
  welcome: ReactNode
}

function Loading() {
  return (
    <div role="status" aria-label="Loading conversation" className="flex flex-col gap-6">
      <Skeleton className="h-8 w-56 self-end" />
      <Skeleton className="w-3/4" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
}

export function Conversation({ conversation, explainedId, onExplain, welcome }: Props) {
  const { messages, busy, loading, error } = conversation
  const { box, onScroll, follow } = useStickToEnd(messages, messages.length > 0)
  const { edit, regenerate } = conversation
  const following = (act: () => void) => {
    follow()
    act()
  }
  const send = (message: string) => following(() => conversation.send(message))
  // On a phone the keyboard would cover the conversation.
  const narrow = useNarrow()
  const last = messages.at(-1)
  const composer = useRef<ComposerHandle>(null)
  /** What was chosen goes away with its button; the keyboard goes where the next message is written. */
  const choose = (message: string) => {
    send(message)
    if (!narrow) composer.current?.focus()
  }
  const retryOf = (index: number) => {
    const question = messages.slice(0, index).findLast((message) => message.role === 'user')
    return question === undefined || busy ? undefined : () => send(question.text)
  }
  return (
    <div className="group/conversation flex min-h-0 min-w-0 flex-1 flex-col">
      <div ref={box} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto">
        <div
          role="log"
          aria-label="Conversation"
          aria-live="polite"
          aria-busy={busy}
          className="mx-auto flex max-w-[920px] flex-col gap-6 px-5 py-6 max-md:px-4"
        >
          {conversation.loadEarlier !== undefined && (
            <Button small look="quiet" className="self-center" onClick={conversation.loadEarlier}>
              Show earlier messages
            </Button>
          )}
          {loading && error === null && <Loading />}
          {error !== null && <ErrorState error={error} onRetry={conversation.reload} />}
          {messages.length === 0 && !loading && error === null && welcome}
          {messages.map((message, index) =>
            message.role === 'user' ? (
              <UserMessage
                key={message.id}
                message={message}
                busy={busy}
                onEdit={edit === undefined || message.parentId === undefined ? undefined : (text) => following(() => edit(message, text))}
                onShowBranch={conversation.showBranch}
              />
            ) : (
              <AssistantMessage
                key={message.id}
                message={message}
                answered={index < messages.length - 1}
                explained={explainedId === message.id}
                onAsk={choose}
                onRetry={retryOf(index)}
                busy={busy}
                onRegenerate={regenerate === undefined || message.parentId === undefined ? undefined : () => following(() => regenerate(message))}
                onShowBranch={conversation.showBranch}
                onExplain={() => onExplain(message)}
              />
            ),
          )}
          {!busy && last?.role === 'assistant' && <FollowUps message={last} onAsk={choose} />}
        </div>
      </div>
      <div className="mx-auto w-full max-w-[920px] px-5 pb-4 max-md:px-3 max-md:pb-3">
        {messages.length > 0 && <KeepNotice />}
        <Composer
          ref={composer}
          autoFocus={!narrow}
          onSend={send}
          busy={busy}
          onStop={conversation.stop}
          placeholder={messages.length > 0 ? 'Ask a follow-up…' : undefined}
        />
      </div>
    </div>
  )
}
