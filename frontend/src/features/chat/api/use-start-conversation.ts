import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { ask, releaseNewConversation } from './conversations.ts'

/** Opens a new conversation with this question and moves to its address once it has one. */
export function useStartConversation(): (message: string) => void {
  const navigate = useNavigate()
  const router = useRouter()
  return useCallback(
    (message) => {
      ask(null, message, (sessionId) => {
        const stillThere = router.latestLocation.pathname === '/chat'
        const moved = stillThere ? navigate({ to: '/chat/{-$sessionId}', params: { sessionId }, replace: true }) : Promise.resolve()
        void moved.then(releaseNewConversation)
      })
      void navigate({ to: '/chat/{-$sessionId}', params: { sessionId: undefined } })
    },
    [navigate, router],
  )
}
