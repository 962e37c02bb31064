import { join } from 'node:path'
import type { Config } from '#backend/config/index.ts'
import { ensureFirstWorkspace, type FirstWorkspace } from './bootstrap.ts'
import { type Database, openDatabase } from './database.ts'
import { openEmbeddedPostgres } from './embedded-postgres.ts'
import { claimFolder, type FolderClaim } from './folder-claim.ts'
import { migrate } from './migrate.ts'
import { refuseOtherKey, sharedSecretsOf } from './shared-secrets.ts'

export interface OpenedDatabase {
  database: Database
  workspace: FirstWorkspace
  adminUrl: string
  /** Connection string of the login role that reads accounts and nothing else. */
  accountsUrl: string
  /** Migrations applied just now. */
  applied: string[]
  /** Claims the data folder for one server. @throws Error when another server holds it */
  claimFolder(): Promise<void>
  close(): Promise<void>
}

/** Connections of a process for limits, accounts, COPY and its claim, beside its pool. */
const besidesPool = 12
const forCommands = 20

/**
 * What is loaded into new tables need not stand in the log of changes as well: the files themselves are safe on the disk before the end of
 * their transaction is.
 */
const forLoading = { wal_level: 'minimal', max_wal_senders: '0' }

export interface OpenOptions {
  /** The embedded database is started for a restore: nobody else is served. */
  loads?: boolean
}

/** Opens the configured PostgreSQL or the embedded one, migrates it and makes sure there is a workspace. */
export async function openConfiguredDatabase(config: Config, onError: (error: Error) => void, { loads = false }: OpenOptions = {}): Promise<OpenedDatabase> {
  const { database: settings, application } = config
  const embedded =
    settings.url === undefined
      ? await openEmbeddedPostgres({
          folder: join(application.dataDir, 'postgres'),
          password: settings.ownerPassword,
          // While workers are replaced there are as many on their way out, and one that comes.
          maxConnections: (2 * application.workers + 2) * (settings.maxConnections + besidesPool) + forCommands,
          onTrouble: onError,
          ...(loads ? { settings: forLoading } : {}),
        })
      : undefined
  const adminUrl = settings.url ?? (embedded?.adminUrl as string)
  const secrets = sharedSecretsOf(config)
  let claim: FolderClaim | undefined
  try {
    const { applied, applicationUrl, accountsUrl } = await migrate({
      adminUrl,
      applicationPassword: settings.applicationPassword,
      ...(secrets === undefined ? {} : { admit: (client) => refuseOtherKey(client, secrets) }),
    })
    const workspace = await ensureFirstWorkspace(adminUrl)
    const database = openDatabase({
      connectionString: applicationUrl,
      maxConnections: settings.maxConnections,
      connectionTimeoutMs: settings.connectionTimeoutMs,
      caches: config.performance.cacheEnabled,
      onError,
      ...(settings.readUrl === undefined
        ? {}
        : { replica: { connectionString: asLoginRole(settings.readUrl, applicationUrl), maxLagMs: settings.readMaxLagMs } }),
    })
    return {
      database,
      workspace,
      adminUrl,
      accountsUrl,
      applied,
      async claimFolder() {
        claim = await claimFolder(adminUrl, config, onError)
      },
      async close() {
        await database.close()
        await claim?.release()
        await embedded?.release()
      },
    }
  } catch (error) {
    await claim?.release()
    await embedded?.release()
    throw error
  }
}

/** The replica's address with the login role that row-level security binds, which a replica has from its primary. */
function asLoginRole(readUrl: string, applicationUrl: string): string {
  const url = new URL(readUrl)
  const { username, password } = new URL(applicationUrl)
  url.username = username
  url.password = password
  return url.toString()
}
