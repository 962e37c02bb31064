import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntityName } from '#contracts/entities.ts'
import type { HiddenFields } from '#contracts/hidden-fields.ts'
import { api } from './api.ts'
import { sessionQuery } from './session.ts'

const path = '/api/settings/hidden-fields'

/** Which fields which roles do not see; members are told what is hidden from them. */
export const hiddenFieldsQuery = queryOptions({
  queryKey: ['hidden-fields'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api.get<HiddenFields>(path, { signal }),
})

export function useChangeHiddenFields() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: HiddenFields) => api.put<HiddenFields>(path, settings),
    onSuccess: (settings) => client.setQueryData(hiddenFieldsQuery.queryKey, settings),
  })
}

/** Whether a field is hidden from whoever is signed in; undefined until that is known. The server keeps it back whatever a page believes. */
export function useIsHidden(): ((entity: EntityName, field: string) => boolean) | undefined {
  const { data: session } = useQuery(sessionQuery)
  const { data, isError } = useQuery(hiddenFieldsQuery)
  if (isError) return () => false
  if (data === undefined || session == null) return undefined
  const { role } = session.user
  return (entity, field) => data.fields.some((one) => one.entity === entity && one.field === field && one.roles.some((from) => from === role))
}
