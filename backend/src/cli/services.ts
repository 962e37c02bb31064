import { createServices, type Services } from '#backend/app.ts'
import type { OpenContext } from './context.ts'

/** The same services the server uses, for the command's actor. */
export function servicesOf({ config, database, actor, logs, clock }: OpenContext): Services {
  return createServices(config, {
    database,
    owner: { workspaceId: actor.workspaceId, userId: actor.userId, name: actor.name },
    logs,
    clock,
    webFolder: '',
    version: '',
  })
}
