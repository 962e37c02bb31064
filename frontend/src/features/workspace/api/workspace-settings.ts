import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { WorkspaceSettings, WorkspaceSettingsChange } from '#contracts/workspace.ts'
import { api } from '@/lib/api.ts'
import { sessionQuery } from '@/lib/session.ts'

const path = '/api/workspace/settings'

export const workspaceSettingsQuery = queryOptions({
  queryKey: ['workspace-settings'],
  queryFn: ({ signal }) => api.get<WorkspaceSettings>(path, { signal }),
})

export function useChangeWorkspaceSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: WorkspaceSettingsChange) => api.patch<WorkspaceSettings>(path, change),
    onSuccess: (settings) => {
      client.setQueryData(workspaceSettingsQuery.queryKey, settings)
      // Reports count by them.
      void client.invalidateQueries({ queryKey: ['pipeline'] })
      // The name stands above the navigation.
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
}
