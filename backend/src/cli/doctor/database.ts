import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#backend/config/index.ts'
import { openEmbeddedPostgres } from '#backend/infra/database/embedded-postgres.ts'
import { type DatabaseInspection, inspectDatabase } from '#backend/infra/database/inspect.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const largestSkewMs = 2000
const timeoutMs = 5000

/** Whether the database answers, is migrated, and agrees with this machine on the time; nothing in it is changed. */
export async function checkDatabase({ database, application }: Config): Promise<Finding[]> {
  if (database.url !== undefined) {
    try {
      return describe('PostgreSQL', await inspectDatabase(database.url, { timeoutMs }))
    } catch (error) {
      return [problem('database', `does not answer (${reasonOf(error)})`, 'Start it, and check DATABASE_URL: host, port, name, user, password and TLS.')]
    }
  }
  const folder = join(application.dataDir, 'postgres')
  if (!existsSync(join(folder, 'data', 'PG_VERSION'))) return [ok('database', 'the embedded PostgreSQL is made at the first start')]
  try {
    const postgres = await openEmbeddedPostgres({ folder, password: database.ownerPassword, maxConnections: database.maxConnections * 2 + 30 })
    try {
      return describe('embedded PostgreSQL', await inspectDatabase(postgres.adminUrl, { timeoutMs }))
    } finally {
      await postgres.release()
    }
  } catch (error) {
    return [problem('database', `the embedded PostgreSQL does not start (${reasonOf(error)})`, `Read ${join(folder, 'postgres.log')}, or restore a backup.`)]
  }
}

function describe(name: string, { version, pending, unknown, unsuited, clockAheadMs, servers }: DatabaseInspection): Finding[] {
  const used = servers === 0 ? 'no server uses it' : `${servers} running ${servers === 1 ? 'server uses' : 'servers use'} it`
  const migrations =
    unsuited !== undefined
      ? problem(
          'migrations',
          `the database was migrated by a newer ChatSG (${unsuited}), which left no room for this one`,
          'Install that version, or restore a backup.',
        )
      : unknown.length > 0
        ? ok('migrations', `the database was migrated by a newer ChatSG (${unknown.at(-1)}); this one works with it`)
        : ok('migrations', pending.length === 0 ? 'all have run' : `${pending.length} will run at the next start (${pending.join(', ')})`)
  const seconds = (Math.abs(clockAheadMs) / 1000).toFixed(1)
  const clock =
    Math.abs(clockAheadMs) > largestSkewMs
      ? warning('clock', `the database's clock is ${seconds} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} this machine's`, 'Let both follow a time server.')
      : ok('clock', 'this machine and the database agree')
  return [ok('database', `${name} ${version} answers, ${used}`), migrations, clock]
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return (message !== undefined && message !== '' ? message : (code ?? 'no reason was given')).replace(/\.$/, '')
}
