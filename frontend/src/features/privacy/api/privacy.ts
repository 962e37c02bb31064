import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ErasureCertificate } from '#contracts/security.ts'
import { api } from '@/lib/api.ts'

export interface Subject {
  email?: string
  recordId?: string
}

/** Everything the workspace holds about the person, as the server hands it over. */
export function useExportPerson() {
  return useMutation({ mutationFn: (subject: Subject) => api.post<Record<string, unknown>>('/api/privacy/export', subject) })
}

export const certificatesQuery = queryOptions({
  queryKey: ['privacy', 'certificates'],
  queryFn: ({ signal }) => api.get<{ items: ErasureCertificate[] }>('/api/privacy/certificates', { signal }),
  select: (page) => page.items,
})

/** Records of every page may be gone afterwards, so all that was read is read again. */
export function useErasePerson() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (subject: Subject) => api.post<ErasureCertificate>('/api/privacy/erase', subject),
    onSuccess: () => client.invalidateQueries(),
  })
}
