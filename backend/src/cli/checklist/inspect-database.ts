import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#backend/config/index.ts'
import { openEmbeddedPostgres } from '#backend/infra/database/embedded-postgres.ts'
import { type DatabaseInspection, inspectDatabase } from '#backend/infra/database/inspect.ts'

const timeoutMs = 5000

/**
 * Looks at the configured database without changing it.
 * @returns undefined where the embedded one has not been made yet
 * @throws Error when it cannot be reached
 */
export async function inspectConfiguredDatabase({ database, application }: Config): Promise<DatabaseInspection | undefined> {
  if (database.url !== undefined) return await inspectDatabase(database.url, { timeoutMs })
  const folder = join(application.dataDir, 'postgres')
  if (!existsSync(join(folder, 'data', 'PG_VERSION'))) return undefined
  const postgres = await openEmbeddedPostgres({ folder, password: database.ownerPassword, maxConnections: database.maxConnections * 2 + 30 })
  try {
    return await inspectDatabase(postgres.adminUrl, { timeoutMs })
  } finally {
    await postgres.release()
  }
}
