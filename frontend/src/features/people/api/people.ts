import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CustomFieldDefinition } from '#contracts/entities.ts'
import type { Invitation, invitationInputSchema, Person, personChangeSchema, Team } from '#contracts/security.ts'
import { api } from '@/lib/api.ts'
import { sessionQuery } from '@/lib/session.ts'

export type PersonChange = z.infer<typeof personChangeSchema>
export type InvitationInput = z.infer<typeof invitationInputSchema>

const listQuery = <T>(key: string, path: string) =>
  queryOptions({
    queryKey: ['people', key],
    queryFn: ({ signal }) => api.get<{ items: T[] }>(path, { signal }),
    select: (page: { items: T[] }) => page.items,
  })

export const peopleQuery = listQuery<Person>('list', '/api/people')
export const invitationsQuery = listQuery<Invitation>('invitations', '/api/people/invitations')
export const teamsQuery = listQuery<Team>('teams', '/api/teams')

/** The workspace's own fields of every kind of record. */
export const customFieldsOfAllQuery = queryOptions({
  queryKey: ['custom-fields'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api.get<{ items: CustomFieldDefinition[] }>('/api/crm/custom-fields', { signal }),
  select: (page) => page.items,
})

/** People, teams and invitations name each other, so all are read again. */
function useRefreshPeople() {
  const client = useQueryClient()
  return () => Promise.all([['people'], ['users'], sessionQuery.queryKey].map((queryKey) => client.invalidateQueries({ queryKey })))
}

export function useUpdatePerson() {
  const onSuccess = useRefreshPeople()
  return useMutation({ mutationFn: ({ id, change }: { id: string; change: PersonChange }) => api.patch<Person>(`/api/people/${id}`, change), onSuccess })
}

/** A one-time link with which the person chooses a new password. */
export function useResetLink() {
  return useMutation({ mutationFn: (id: string) => api.post<{ link: string; expiresAt?: string }>(`/api/people/${id}/reset-link`) })
}

export function useInvite() {
  const onSuccess = useRefreshPeople()
  return useMutation({ mutationFn: (input: InvitationInput) => api.post<Invitation>('/api/people/invitations', input), onSuccess })
}

export function useRevokeInvitation() {
  const onSuccess = useRefreshPeople()
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/people/invitations/${id}`), onSuccess })
}

export function useCreateTeam() {
  const onSuccess = useRefreshPeople()
  return useMutation({ mutationFn: (name: string) => api.post<Team>('/api/teams', { name }), onSuccess })
}

export function useRenameTeam() {
  const onSuccess = useRefreshPeople()
  return useMutation({ mutationFn: ({ id, name }: { id: string; name: string }) => api.patch<Team>(`/api/teams/${id}`, { name }), onSuccess })
}

export function useDeleteTeam() {
  const onSuccess = useRefreshPeople()
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/teams/${id}`), onSuccess })
}
