import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Mark } from '@/components/mark.tsx'
import { ErrorState } from '@/components/states.tsx'
import { sessionQuery } from '@/features/sign-in/api/session.ts'
import { SignInPage } from '@/features/sign-in/components/sign-in-page.tsx'
import { forgetCsrfToken, whenSignedOut } from '@/lib/api.ts'
import { Shell } from './shell.tsx'

/** Lets the signed-in through and shows everybody else the way in. */
export function Gate() {
  const client = useQueryClient()
  const session = useQuery(sessionQuery)
  useEffect(() => {
    whenSignedOut(() => {
      forgetCsrfToken()
      client.setQueryData(sessionQuery.queryKey, null)
    })
  }, [client])
  if (session.isError) {
    return (
      <main className="p-4">
        <ErrorState error={session.error} onRetry={() => session.refetch()} />
      </main>
    )
  }
  if (session.data === undefined) {
    return (
      <main className="grid h-full place-items-center" aria-busy="true">
        <Mark className="size-8 animate-pulse" />
      </main>
    )
  }
  return session.data === null ? <SignInPage /> : <Shell session={session.data} />
}
