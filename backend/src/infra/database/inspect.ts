import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { findUnsuited, type KnownMigration } from './newer-schema.ts'

export interface DatabaseInspection {
  /** As the server names itself, such as `18.4`. */
  version: string
  /** Migrations of this ChatSG that have not run. */
  pending: string[]
  /** Migrations that ran and that this ChatSG does not know. */
  unknown: string[]
  /** One of those that took away what this ChatSG needs; it refuses to start. */
  unsuited: string | undefined
  /** How far the database's clock is ahead of ours, in milliseconds. */
  clockAheadMs: number
  /** ChatSG servers that hold a data folder through this database. */
  servers: number
}

/**
 * Looks at a database without changing it.
 * @throws Error when it cannot be reached
 */
export async function inspectDatabase(adminUrl: string, options: { timeoutMs: number }): Promise<DatabaseInspection> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: 'chatsg doctor',
    connectionTimeoutMillis: options.timeoutMs,
    query_timeout: options.timeoutMs,
  })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const askedAt = Date.now()
    const { rows } = await client.query<{ version: string; now: string; migrated: boolean; servers: number }>(`
      select current_setting('server_version') as version, extract(epoch from clock_timestamp()) * 1000 as now,
        to_regclass('chatsg.schema_migrations') is not null as migrated,
        (select count(*)::int from pg_stat_activity where application_name = 'chatsg server lock') as servers`)
    const answeredAt = Date.now()
    const [row] = rows
    if (row === undefined) throw new Error('The database answers nothing.')
    // Databases of older releases do not have the column.
    const statement = `select name, to_jsonb(m) ->> 'needs' as needs from chatsg.schema_migrations m order by name`
    const ran = row.migrated ? (await client.query<KnownMigration>(statement)).rows : []
    const applied = ran.map(({ name }) => name)
    const known = (await readdir(fileURLToPath(new URL('../../../migrations/', import.meta.url)))).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
    return {
      version: row.version,
      pending: known.filter((name) => !applied.includes(name)),
      unknown: applied.filter((name) => !known.includes(name)),
      unsuited: findUnsuited(ran, known)?.name,
      clockAheadMs: Math.round(Number(row.now) - (askedAt + answeredAt) / 2),
      servers: row.servers,
    }
  } finally {
    await client.end()
  }
}
