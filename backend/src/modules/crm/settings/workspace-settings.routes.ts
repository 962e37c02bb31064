import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { workspaceSettingsChangeSchema, workspaceSettingsSchema } from '#contracts/workspace.ts'
import type { WorkspaceSettingsService } from './workspace-settings.service.ts'

const path = '/api/workspace/settings'

/** `/api/workspace/settings`: what the workspace is called, and how it counts. */
export function workspaceSettingsRoutes({ workspaceSettings }: { workspaceSettings: WorkspaceSettingsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const tags = ['Workspace']
    const response = { 200: workspaceSettingsSchema }
    app.get(
      path,
      { config: { access: 'crm:read' }, schema: { tags, summary: 'Name, currency, time zone, fiscal year and stalled deals of the workspace', response } },
      (request) => workspaceSettings.getSettings(request.actor),
    )
    app.patch(
      path,
      {
        config: { access: 'workspace:admin' },
        schema: { tags, summary: 'Change what the workspace is called, or how it counts', body: workspaceSettingsChangeSchema, response },
      },
      (request) => workspaceSettings.updateSettings(request.actor, request.body),
    )
  }
}
