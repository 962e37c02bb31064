import type { Actor } from '#backend/kernel/actor.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { WorkspaceSettings, WorkspaceSettingsChange } from '#contracts/workspace.ts'
import { getWorkspaceSettings, updateWorkspaceSettings } from './workspace-settings.repository.ts'

export type WorkspaceSettingsService = ReturnType<typeof createWorkspaceSettingsService>

/** What a workspace is called, and how it counts. */
export function createWorkspaceSettingsService({ operations }: { operations: Operations }) {
  return {
    async getSettings(actor: Actor): Promise<WorkspaceSettings> {
      // How the workspace counts is no record; every page looks.
      return operations.run(actor, { name: 'workspace.settings', scope: 'crm:read', event: null, readOnly: true }, getWorkspaceSettings)
    },

    /** @throws AppError FORBIDDEN to all but owners and admins */
    async updateSettings(actor: Actor, change: WorkspaceSettingsChange): Promise<WorkspaceSettings> {
      return operations.run(actor, { name: 'workspace.settings.update', scope: 'workspace:admin', query: { ...change } }, async (tx) => {
        await updateWorkspaceSettings(tx, change)
        return getWorkspaceSettings(tx)
      })
    },
  }
}
