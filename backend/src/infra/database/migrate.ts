import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { advisoryLocks } from './advisory-locks.ts'
import { DatabaseAway } from './database-away.ts'
import { type KnownMigration, neededMigration, refuseUnsuited } from './newer-schema.ts'

const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

export interface MigrationResult {
  applied: string[]
  /** Connection string of the login role that row-level security binds. */
  applicationUrl: string
  /** Connection string of the login role that reads accounts and nothing else. */
  accountsUrl: string
}

export interface MigrateOptions {
  /** Connection string of a role that may create tables, and preferably roles. */
  adminUrl: string
  /** Password for the application's login role, kept by the caller. */
  applicationPassword: string
  folder?: string
  /** Asked first, and throws where this process may not work on the database. */
  admit?: (client: pg.Client) => Promise<void>
}

/**
 * Brings the schema up to date under an advisory lock, each migration in one transaction, and makes the application's login role.
 * A failed migration leaves the database as it was. A database that a newer release migrated is taken as it is, where that release left room for ours.
 * @throws Error naming the migration that failed, or saying that row-level security cannot be enforced
 */
export async function migrate(options: MigrateOptions): Promise<MigrationResult> {
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'chatsg migrate' })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect().catch((error: Error & { code?: string }) => {
    throw new DatabaseAway(describeConnectionFailure(error, options.adminUrl), { cause: error })
  })
  try {
    const { rows } = await client.query('select current_setting($1)::int as version', ['server_version_num'])
    if (rows[0].version < 150_000) throw new Error(`PostgreSQL 15 or newer is needed; this one is ${Math.trunc(rows[0].version / 10_000)}.`)
    await client.query('select pg_advisory_lock($1)', [advisoryLocks.migration])
    await options.admit?.(client)
    for (const group of groupRoles) await ensureGroupRole(client, group)
    await client.query('create schema if not exists chatsg')
    await client.query('create schema if not exists chatsg_accounts')
    await client.query('set search_path = chatsg')
    const { applied, isNewer } = await applyPending(client, options.folder ?? migrationsFolder)
    // Ours would give away what a newer release keeps from members in tables that we do not know.
    if (!isNewer) await client.query(await readFile(`${migrationsFolder}/rights.sql`, 'utf8'))
    return {
      applied,
      applicationUrl: await ensureLoginRole(client, options, {
        prefix: 'chatsg',
        schema: 'chatsg',
        groups: ['chatsg_app', 'chatsg_member'],
        password: options.applicationPassword,
      }),
      accountsUrl: await ensureLoginRole(client, options, {
        prefix: 'chatsg_accounts',
        schema: 'chatsg_accounts',
        groups: ['chatsg_accounts'],
        inherits: true,
        password: createHash('sha256').update(`accounts:${options.applicationPassword}`).digest('hex'),
      }),
    }
  } finally {
    await client.end()
  }
}

function describeConnectionFailure(error: Error & { code?: string }, url: string): string {
  const { host, pathname } = new URL(url)
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'this host is not known',
    ETIMEDOUT: 'it does not answer',
    '28P01': 'it refuses the password',
    '28000': 'it refuses this user',
    '3D000': 'this database does not exist',
  }
  return `the database ${host}${pathname} cannot be reached: ${reasons[error.code ?? ''] ?? error.message}. Check DATABASE_URL.`
}

interface Applied {
  applied: string[]
  /** The database is of a newer release, which has stated the rights of what it made. */
  isNewer: boolean
}

async function applyPending(client: pg.Client, folder: string): Promise<Applied> {
  await makeMigrationsTable(client)
  const { rows } = await client.query<KnownMigration & { checksum: string }>('select name, checksum, needs from schema_migrations order by name')
  const known = new Map(rows.map((row) => [row.name, row]))
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
  const isNewer = refuseUnsuited(rows, files)
  const applied: string[] = []
  for (const file of files) {
    const text = await readFile(`${folder}/${file}`, 'utf8')
    const checksum = createHash('sha256').update(text).digest('hex')
    const needs = neededMigration(text)
    const row = known.get(file)
    if (row !== undefined) {
      if (row.checksum !== checksum) throw new Error(`Migration ${file} was changed after it ran; restore the file, and put the change into a new migration.`)
      // A restored backup has not kept it.
      if (row.needs !== needs) await client.query('update schema_migrations set needs = $2 where name = $1', [file, needs])
      continue
    }
    try {
      await client.query('begin')
      await client.query(text)
      await client.query('insert into schema_migrations (name, checksum, needs) values ($1, $2, $3)', [file, checksum, needs])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`Migration ${file} failed and was rolled back: ${(error as Error).message}`, { cause: error })
    }
    applied.push(file)
  }
  return { applied, isNewer }
}

async function makeMigrationsTable(client: pg.Client): Promise<void> {
  await client.query(
    'create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now(), needs text)',
  )
  // Looked up first: to alter a table waits for whoever reads it, such as a backup.
  const { rows } = await client.query(`select 1 from pg_attribute where attrelid = 'schema_migrations'::regclass and attname = 'needs'`)
  if (rows.length === 0) await client.query('alter table schema_migrations add column needs text')
}

function mayNotCreateRoles(cause: { message: string }): Error {
  return new Error(`The database user may not create roles (${cause.message}); row-level security needs a login role of its own. Grant it CREATEROLE.`, {
    cause,
  })
}

/** Whoever sees a whole workspace, whoever sees what its visibility allows, and the accounts: made once for the whole server, shared by its databases. */
const groupRoles = ['chatsg_app', 'chatsg_member', 'chatsg_accounts'] as const

async function ensureGroupRole(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role])
  if (rows.length > 0) return
  await client.query(`create role ${role} nologin nosuperuser nobypassrls`).catch((error: { code?: string; message: string }) => {
    // Another database of this server may have made it in the same moment.
    if (error.code === '42710' || error.code === '23505') return
    throw mayNotCreateRoles(error)
  })
}

interface LoginRole {
  prefix: string
  schema: string
  groups: readonly (typeof groupRoles)[number][]
  /** Whether it has its groups' rights at all times, or must take those of one of them in each transaction. */
  inherits?: boolean
  password: string
}

async function ensureLoginRole(client: pg.Client, options: MigrateOptions, { prefix, schema, groups, inherits = false, password }: LoginRole): Promise<string> {
  const { rows } = await client.query<{ database: string; version: number }>(
    `select current_database() as database, current_setting('server_version_num')::int as version`,
  )
  const { database, version } = rows[0] as { database: string; version: number }
  const role = `${prefix}_${createHash('sha256').update(database).digest('hex').slice(0, 12)}`
  const secret = client.escapeLiteral(password)
  await client.query('begin')
  const { rows: existing } = await client.query<{ free: boolean }>('select rolsuper or rolbypassrls as free from pg_roles where rolname = $1', [role])
  if (existing[0]?.free === true) throw new Error(`The role ${role} may bypass row-level security; take that right from it, or drop it.`)
  const inheritance = inherits ? 'inherit' : 'noinherit'
  // Whoever may make roles may not name those attributes of one that exists.
  if (existing.length > 0) await client.query(`alter role ${role} login ${inheritance} password ${secret}`)
  else
    await client.query(`create role ${role} login ${inheritance} nosuperuser nobypassrls nocreatedb nocreaterole password ${secret}`).catch((error: Error) => {
      throw mayNotCreateRoles(error)
    })
  // From 16 on the grant itself says whether it is inherited.
  const manner = version >= 160_000 ? ` with inherit ${inherits}, set true` : ''
  for (const group of groups) await client.query(`grant ${group} to ${role}${manner}`)
  const name = client.escapeIdentifier(database)
  await client.query(`alter role ${role} in database ${name} set search_path = ${schema}`)
  await client.query(`alter role ${role} in database ${name} set timezone = 'UTC'`)
  await client.query(`grant connect on database ${name} to ${role}`)
  await client.query('commit')
  const url = new URL(options.adminUrl)
  url.username = role
  url.password = password
  return url.toString()
}
