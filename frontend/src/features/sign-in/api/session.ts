import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, forgetCsrfToken } from '@/lib/api.ts'
import { ApiError } from '@/lib/api-error.ts'

export interface CurrentSession {
  user: { id: string; name: string; email: string | null; role: string }
  workspace: { id: string; name: string; currency: string; timeZone: string }
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<CurrentSession | null> => {
    try {
      return await api.get<CurrentSession>('/api/auth/session', { signal })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return null
      throw error
    }
  },
})

function useSignedIn() {
  const client = useQueryClient()
  return async () => {
    forgetCsrfToken()
    await client.resetQueries({ queryKey: ['session'] })
  }
}

/** Exchanges a one-time link's token for a session cookie. */
export function useLinkSignIn() {
  const onSuccess = useSignedIn()
  return useMutation({ mutationFn: (token: string) => api.post('/api/auth/sign-in/link', { token }, { anonymous: true }), onSuccess })
}

export function usePasswordSignIn() {
  const onSuccess = useSignedIn()
  return useMutation({ mutationFn: (input: { email: string; password: string }) => api.post('/api/auth/sign-in/email', input, { anonymous: true }), onSuccess })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post('/api/auth/sign-out'),
    onSuccess: () => {
      forgetCsrfToken()
      client.setQueryData(sessionQuery.queryKey, null)
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    },
  })
}
