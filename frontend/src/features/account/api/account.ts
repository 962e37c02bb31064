import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { AccountSession } from '#contracts/security.ts'
import { api, forgetCsrfToken } from '@/lib/api.ts'
import { sessionQuery } from '@/lib/session.ts'

function useRefreshed(...keys: (readonly unknown[])[]) {
  const client = useQueryClient()
  return () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
}

const secret = { carriesSecret: true } as const

export interface AccountChange {
  name?: string
  email?: string
  /** Needed for another address, once there is a password. */
  password?: string
}

export function useUpdateAccount() {
  const onSuccess = useRefreshed(sessionQuery.queryKey, ['people'], ['users'])
  return useMutation({ mutationFn: (change: AccountChange) => api.patch('/api/account', change, secret), onSuccess })
}

/** A session may be replaced by the change, and its CSRF token with it. */
function useSessionReplaced() {
  const refresh = useRefreshed(sessionQuery.queryKey, sessionsQuery.queryKey)
  return () => {
    forgetCsrfToken()
    return refresh()
  }
}

export function useChangePassword() {
  const onSuccess = useSessionReplaced()
  return useMutation({
    mutationFn: (input: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) => api.post('/api/auth/change-password', input, secret),
    onSuccess,
  })
}

/** The first password of somebody who came by a link or a provider. */
export function useSetPassword() {
  const onSuccess = useSessionReplaced()
  return useMutation({ mutationFn: (password: string) => api.post('/api/account/password', { password }, secret), onSuccess })
}

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) => api.get<{ items: AccountSession[] }>('/api/account/sessions', { signal }),
  select: (page) => page.items,
})

export function useRevokeSession() {
  const onSuccess = useRefreshed(sessionsQuery.queryKey)
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/account/sessions/${id}`), onSuccess })
}

export function useRevokeOtherSessions() {
  const onSuccess = useRefreshed(sessionsQuery.queryKey)
  return useMutation({ mutationFn: () => api.post('/api/account/sessions/revoke-others'), onSuccess })
}

/** Begins; it is on once a code was verified. */
export function useEnableTwoFactor() {
  return useMutation({
    mutationFn: (password: string) => api.post<{ totpURI: string; backupCodes: string[] }>('/api/auth/two-factor/enable', { password }, secret),
  })
}

export function useVerifyTwoFactor() {
  return useMutation({ mutationFn: (code: string) => api.post('/api/auth/two-factor/verify-totp', { code }, secret) })
}

export function useDisableTwoFactor() {
  const onSuccess = useSessionReplaced()
  return useMutation({ mutationFn: (password: string) => api.post('/api/auth/two-factor/disable', { password }, secret), onSuccess })
}

export function useNewBackupCodes() {
  return useMutation({
    mutationFn: (password: string) => api.post<{ backupCodes: string[] }>('/api/auth/two-factor/generate-backup-codes', { password }, secret),
  })
}

/** Whoever is done with a dialog about the account sees its new state. */
export const useRefreshAccount = () => useSessionReplaced()
