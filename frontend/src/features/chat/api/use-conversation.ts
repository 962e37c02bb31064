import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { announceError } from '@/components/toast.tsx'
import { ask, branch, dismissTurn, isBusy, newConversation, onSettled, resume, stop, useLiveTurn } from './conversations.ts'
import { messagesQuery, useShowBranch } from './sessions.ts'
import { type ShownMessage, shownMessages } from './shown-message.ts'
import { useStartConversation } from './use-start-conversation.ts'

export interface ConversationState {
  messages: readonly ShownMessage[]
  busy: boolean
  loading: boolean
  error: Error | null
  reload: () => void
  /** Loads the page before; undefined when there is none. */
  loadEarlier: (() => void) | undefined
  send: (message: string) => void
  /** Asks a question of the history in other words; undefined where it cannot be. */
  edit: ((question: ShownMessage, message: string) => void) | undefined
  /** Has a question of the history answered once more. */
  regenerate: ((answer: ShownMessage) => void) | undefined
  /** Shows the branch on which a message stands. */
  showBranch: (messageId: string) => void
  stop: () => void
}

interface StoredMessages {
  pages: { items: { id: string; status: string }[] }[]
}

/** A conversation's history and the turn on its way, as one list. */
export function useConversation(sessionId: string | null): ConversationState {
  const client = useQueryClient()
  const start = useStartConversation()
  const key = sessionId ?? newConversation
  const turn = useLiveTurn(key)
  const history = useInfiniteQuery({ ...messagesQuery(sessionId ?? ''), enabled: sessionId !== null })

  useEffect(
    () =>
      onSettled((settledId) => {
        void client.invalidateQueries({ queryKey: ['sessions'] })
        // The answer may have proposed something.
        void client.invalidateQueries({ queryKey: ['approvals', 'waiting'] })
        void client.refetchQueries({ queryKey: ['messages', settledId] }).then(() => {
          const stored = client.getQueryData<StoredMessages>(['messages', settledId])?.pages[0]?.items ?? []
          dismissTurn(settledId, (answerId) => stored.some((message) => message.id === answerId && message.status !== 'running'))
        })
      }),
    [client],
  )
  const show = useShowBranch(sessionId)
  const busy = isBusy(turn)
  const last = history.data?.at(-1)
  const running = last?.role === 'assistant' && last.status === 'running' && turn === undefined
  const { refetch } = history
  useEffect(() => {
    if (!running || sessionId === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    resume(sessionId).then((found) => {
      // It ended between the two calls, or another process is still writing it down.
      if (!found) timer = setTimeout(() => void refetch(), 600)
    }, announceError)
    return () => clearTimeout(timer)
  }, [running, sessionId, refetch])

  return {
    messages: shownMessages(sessionId === null ? [] : (history.data ?? []), turn),
    busy,
    loading: sessionId !== null && history.isPending && turn === undefined,
    error: turn === undefined ? history.error : null,
    reload: () => void history.refetch(),
    loadEarlier: history.hasNextPage && !history.isFetchingNextPage ? () => void history.fetchNextPage() : undefined,
    send: (message) => (sessionId === null ? start(message) : ask(sessionId, message)),
    edit: sessionId === null || busy ? undefined : ({ parentId = null }, message) => branch(sessionId, { parentId, message }),
    regenerate: sessionId === null || busy ? undefined : ({ id, parentId }) => branch(sessionId, { regenerate: id, questionId: parentId ?? null }),
    showBranch: (messageId) => show.mutate(messageId, { onError: announceError }),
    stop: () => void stop(key).catch(announceError),
  }
}
