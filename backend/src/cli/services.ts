import { createServices, type Services } from '#backend/app.ts'
import type { OpenContext } from './context.ts'

/** The same services the server uses, for the command's actor; what they note is kept before the context closes. */
export function servicesOf(opened: OpenContext): Services {
  const { config, database, accountsUrl, actor, logs, clock, close } = opened
  const services = createServices(config, {
    database,
    accountsUrl,
    owner: { workspaceId: actor.workspaceId, userId: actor.userId, name: actor.name },
    logs,
    clock,
    webFolder: '',
    version: '',
  })
  opened.close = async () => {
    await services.modelServices.close()
    await services.security.close()
    await close()
  }
  return services
}
