import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { Mark } from '@/components/mark.tsx'
import { ErrorState } from '@/components/states.tsx'
import { SignInPage } from '@/features/sign-in/components/sign-in-page.tsx'
import { forgetCsrfToken, whenSignedOut } from '@/lib/api.ts'
import { type CurrentSession, sessionQuery } from '@/lib/session.ts'
import { Shell } from './shell.tsx'

function useGate(): { session: CurrentSession | null } | { instead: ReactNode } {
  const client = useQueryClient()
  const session = useQuery(sessionQuery)
  useEffect(() => {
    whenSignedOut(() => {
      forgetCsrfToken()
      client.setQueryData(sessionQuery.queryKey, null)
    })
  }, [client])
  if (session.isError) {
    return {
      instead: (
        <main className="p-4">
          <ErrorState error={session.error} onRetry={() => session.refetch()} />
        </main>
      ),
    }
  }
  if (session.data === undefined) {
    return {
      instead: (
        <main className="grid h-full place-items-center" aria-busy="true">
          <Mark className="size-8 animate-pulse" />
        </main>
      ),
    }
  }
  return { session: session.data }
}

/** Lets the signed-in through and shows everybody else the way in. */
export function Gate() {
  const gate = useGate()
  if ('instead' in gate) return gate.instead
  return gate.session === null ? <SignInPage /> : <Shell session={gate.session} />
}

/** The sign-in page under its own address; whoever is signed in has no business there. */
export function SignInGate({ refusal }: { refusal: string | undefined }) {
  const gate = useGate()
  if ('instead' in gate) return gate.instead
  return gate.session === null ? <SignInPage refusal={refusal} /> : <Navigate to="/" replace />
}
