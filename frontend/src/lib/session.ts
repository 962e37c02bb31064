import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Who } from '#contracts/security.ts'
import { api, forgetCsrfToken } from './api.ts'
import { ApiError } from './api-error.ts'

/** Who is signed in, and where. */
export type CurrentSession = Who
export type Role = Who['user']['role']

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

/** Owners and admins look after the workspace: people, security, audit and privacy. */
export const isAdministrator = (session: CurrentSession): boolean => session.user.role === 'owner' || session.user.role === 'admin'

/** Viewers read; everybody else may change records. */
export const mayWrite = (session: CurrentSession): boolean => session.user.role !== 'viewer'

/** Whether to offer changes to whoever is signed in; the server refuses them whatever a page believes. */
export function useMayWrite(): boolean {
  const { data } = useQuery(sessionQuery)
  return data != null && mayWrite(data)
}

export const roleNames: Readonly<Record<Role, string>> = { owner: 'Owner', admin: 'Admin', manager: 'Manager', rep: 'Rep', viewer: 'Viewer' }

/** Called after each way of signing in. */
export function useSignedIn() {
  const client = useQueryClient()
  return async () => {
    forgetCsrfToken()
    await client.resetQueries({ queryKey: sessionQuery.queryKey })
  }
}

/** The page is loaded anew, so that nothing of the one who left stays in memory. */
export function useSignOut() {
  return useMutation({ mutationFn: () => api.post('/api/auth/sign-out'), onSuccess: () => location.assign('/sign-in') })
}

/** The page is loaded anew, so that nothing of the other workspace stays on it. */
export function useSwitchWorkspace() {
  return useMutation({
    mutationFn: (workspaceId: string) => api.post('/api/auth/workspace', { workspaceId }),
    onSuccess: () => location.assign('/'),
  })
}
