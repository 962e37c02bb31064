import { queryOptions, useMutation } from '@tanstack/react-query'
import type { SignInWays } from '#contracts/security.ts'
import { api } from '@/lib/api.ts'
import { useSignedIn } from '@/lib/session.ts'

/** What this installation lets people sign in with. */
export const waysQuery = queryOptions({
  queryKey: ['sign-in', 'ways'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api.get<SignInWays>('/api/auth/ways', { signal }),
})

/** Exchanges a one-time link's token for a session cookie. */
export function useLinkSignIn() {
  const onSuccess = useSignedIn()
  return useMutation({ mutationFn: (token: string) => api.post('/api/auth/sign-in/link', { token }, { anonymous: true }), onSuccess })
}

/** Answers whether a second factor is still to come; without one the person is signed in. */
export function usePasswordSignIn() {
  const signedIn = useSignedIn()
  return useMutation({
    mutationFn: async (input: { email: string; password: string }): Promise<'done' | 'code'> => {
      const answer = await api.post<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', input, { anonymous: true })
      if (answer.twoFactorRedirect === true) return 'code'
      await signedIn()
      return 'done'
    },
  })
}

/** Six digits are a code of the authenticator app; anything else is a backup code. */
export function useCodeSignIn() {
  const onSuccess = useSignedIn()
  return useMutation({
    mutationFn: ({ code, trustDevice }: { code: string; trustDevice: boolean }) =>
      /^\d{6}$/.test(code)
        ? api.post('/api/auth/two-factor/verify-totp', { code, trustDevice }, { anonymous: true })
        : api.post('/api/auth/two-factor/verify-backup-code', { code, trustDevice }, { anonymous: true }),
    onSuccess,
  })
}

/** Leaves for the provider's own page. */
export function useProviderSignIn() {
  return useMutation({
    mutationFn: async (id: string) => {
      const back = { callbackURL: '/', errorCallbackURL: '/sign-in' }
      const { url } =
        id === 'microsoft'
          ? await api.post<{ url: string }>('/api/auth/sign-in/social', { provider: id, ...back }, { anonymous: true })
          : await api.post<{ url: string }>('/api/auth/sign-in/oauth2', { providerId: id, ...back }, { anonymous: true })
      location.assign(url)
    },
  })
}

export function useRequestReset() {
  return useMutation({
    mutationFn: (email: string) => api.post('/api/auth/request-password-reset', { email, redirectTo: '/reset-password' }, { anonymous: true }),
  })
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (input: { newPassword: string; token: string }) => api.post('/api/auth/reset-password', input, { anonymous: true }),
  })
}
