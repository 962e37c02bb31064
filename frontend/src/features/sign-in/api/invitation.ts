import { queryOptions, useMutation } from '@tanstack/react-query'
import type { InvitationView } from '#contracts/security.ts'
import { api } from '@/lib/api.ts'
import { useSignedIn } from '@/lib/session.ts'

/** Who invites whom, and to what. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['sign-in', 'invitation', token],
    retry: false,
    queryFn: ({ signal }) => api.get<InvitationView>('/api/auth/invitation', { query: { token }, signal }),
  })

export function useAcceptInvitation() {
  const onSuccess = useSignedIn()
  return useMutation({
    mutationFn: (input: { token: string; name: string; password: string }) => api.post('/api/auth/invitation/accept', input, { carriesSecret: true }),
    onSuccess,
  })
}
