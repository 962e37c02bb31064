import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '#backend/config/index.ts'
import { ensureFirstWorkspace, type FirstWorkspace } from './bootstrap.ts'
import { type Database, openDatabase } from './database.ts'
import { openEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'

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

/** Opens the configured PostgreSQL or the embedded one, migrates it and makes sure there is a workspace. */
export async function openConfiguredDatabase(config: Config, onError: (error: Error) => void): Promise<OpenedDatabase> {
  const { database: settings, application } = config
  const embedded =
    settings.url === undefined
      ? await openEmbeddedPostgres({
          folder: join(application.dataDir, 'postgres'),
          password: settings.ownerPassword,
          maxConnections: settings.maxConnections * 2 + 30,
          onTrouble: onError,
        })
      : undefined
  const adminUrl = settings.url ?? (embedded?.adminUrl as string)
  let lock: pg.Client | undefined
  try {
    const { applied, applicationUrl, accountsUrl } = await migrate({ adminUrl, applicationPassword: settings.applicationPassword })
    const workspace = await ensureFirstWorkspace(adminUrl)
    const database = openDatabase({
      connectionString: applicationUrl,
      maxConnections: settings.maxConnections,
      connectionTimeoutMs: settings.connectionTimeoutMs,
      onError,
    })
    return {
      database,
      workspace,
      adminUrl,
      accountsUrl,
      applied,
      async claimFolder() {
        lock = await claim(adminUrl, application.dataDir, onError)
      },
      async close() {
        await database.close()
        await lock?.end()
        await embedded?.release()
      },
    }
  } catch (error) {
    await lock?.end()
    await embedded?.release()
    throw error
  }
}

/** A session-level lock, so that it ends with its process however that ends. */
async function claim(adminUrl: string, dataDir: string, onError: (error: Error) => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg server lock', keepAlive: true })
  client.on('error', onError)
  await client.connect()
  const key = createHash('sha256')
    .update(`${hostname()}:${realpathSync(dataDir)}`)
    .digest()
    .readBigInt64BE(0)
  const { rows } = await client.query('select pg_try_advisory_lock($1) as locked', [key.toString()])
  if (rows[0].locked) return client
  await client.end()
  throw new Error(`Another ChatSG server already uses the data folder ${dataDir}; stop it first, or set DATA_DIR to another folder.`)
}
