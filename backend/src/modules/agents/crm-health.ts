import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { AgentHealth } from '#contracts/chat.ts'

/** What is known of the CRM behind the records, without calling it. @throws AppError UNAVAILABLE when the database does not answer */
export type CrmHealth = () => Promise<AgentHealth['crm'] & { lastError: string | null }>

/** The CRM is the database here: it is there when that answers. */
export function createBuiltinCrmHealth({ database, logger }: { database: Pick<Database, 'ping'>; logger: Pick<Logger, 'error'> }): CrmHealth {
  return async () => {
    const standing = { mode: 'builtin', rateLimit: { limit: null, remaining: null }, lastSync: null } as const
    try {
      await database.ping()
      return { ...standing, reachable: true, lastError: null }
    } catch (error) {
      logger.error({ err: error }, 'The CRM database did not answer a health check')
      return { ...standing, reachable: false, lastError: 'The database does not answer.' }
    }
  }
}
