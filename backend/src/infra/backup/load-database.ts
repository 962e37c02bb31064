import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { readArchive } from './archive-reader.ts'
import type { Manifest } from './manifest.ts'
import { columnList, listTables, quote, schemas } from './tables.ts'

/** Of the process that builds an index; more than there are processors only share the memory that makes it quick. */
const helpers = Math.max(1, Math.min(4, availableParallelism() - 1))
const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

export interface LoadOptions {
  adminUrl: string
  path: string
  secrets: readonly string[]
  manifest: Manifest
  onProgress?: (step: string) => void
  /** Called once everything is loaded, before it becomes visible. */
  beforeCommit?: () => Promise<void>
}

/**
 * Puts the archive's database in the place of what is there, in one transaction: either all of it is there afterwards, or nothing has changed.
 * @throws Error when the archive is of a newer ChatSG, or of a migration that was changed since
 */
export async function loadDatabase({ adminUrl, path, secrets, manifest, onProgress, beforeCommit }: LoadOptions): Promise<void> {
  const files = (await readdir(migrationsFolder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(`${migrationsFolder}/${file}`, 'utf8')] as const)))
  for (const { name, checksum } of manifest.migrations) {
    const text = texts.get(name)
    if (text === undefined) throw new Error(`This backup was made by a newer ChatSG (it has ${name}); install that version first. Nothing was changed.`)
    if (createHash('sha256').update(text).digest('hex') !== checksum)
      throw new Error(`The migration ${name} is not the one this backup was made with; install the version that made it. Nothing was changed.`)
  }
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg restore' })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    for (const setting of [
      'statement_timeout = 0',
      'synchronous_commit = off',
      "maintenance_work_mem = '512MB'",
      `max_parallel_maintenance_workers = ${helpers}`,
    ])
      await client.query(`set local ${setting}`)
    await client.query("set local lock_timeout = '15s'")
    for (const schema of schemas) await client.query(`drop schema if exists ${schema} cascade`)
    for (const schema of schemas) await client.query(`create schema ${schema}`)
    await client.query('set local search_path = chatsg')
    for (const { name } of manifest.migrations) await client.query(texts.get(name) as string)
    onProgress?.('tables made')
    const rebuild = await takeApart(client)
    await loadTables(client, { path, secrets, manifest, ...(onProgress === undefined ? {} : { onProgress }) })
    onProgress?.('rows loaded')
    for (const statement of rebuild) await client.query(statement)
    onProgress?.('indexes built')
    for (const { name, value, isCalled } of manifest.sequences) await client.query('select setval($1::regclass, $2::bigint, $3)', [name, value, isCalled])
    await client.query('create table schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())')
    for (const { name, checksum, appliedAt } of manifest.migrations)
      await client.query('insert into schema_migrations (name, checksum, applied_at) values ($1, $2, $3)', [name, checksum, appliedAt])
    // What was computed from the records that were here is not right any more, even where the numbers agree.
    await client.query('update data_versions set version = version + 1000000')
    await beforeCommit?.()
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}

/**
 * Takes from empty tables what makes loading slow or would act on each row.
 * @returns the statements that put it back
 */
async function takeApart(client: pg.Client): Promise<string[]> {
  const place = `join pg_class t on t.oid = x.tableoid join pg_namespace n on n.oid = t.relnamespace where n.nspname = any($1)`
  const foreign = await client.query<{ table: string; name: string; definition: string }>(
    `select format('%I.%I', n.nspname, t.relname) as table, x.conname as name, pg_get_constraintdef(x.oid) as definition
     from (select oid, conname, conrelid as tableoid, contype from pg_constraint) x ${place} and x.contype = 'f' order by 1, 2`,
    [schemas],
  )
  const indexes = await client.query<{ name: string; definition: string }>(
    `select format('%I.%I', n.nspname, i.relname) as name, pg_get_indexdef(i.oid) as definition
     from (select indexrelid, indrelid as tableoid from pg_index) x join pg_class i on i.oid = x.indexrelid ${place}
       and not exists (select from pg_constraint c where c.conindid = x.indexrelid) order by 1`,
    [schemas],
  )
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select format('%I.%I', n.nspname, t.relname) as table, x.conname as name, pg_get_constraintdef(x.oid) as definition
     from (select oid, conname, conrelid as tableoid, contype from pg_constraint) x ${place} and x.contype in ('p', 'u') order by 1, 2`,
    [schemas],
  )
  const triggers = await client.query<{ table: string }>(
    `select distinct format('%I.%I', n.nspname, t.relname) as table from (select tgrelid as tableoid, tgisinternal from pg_trigger) x ${place} and not x.tgisinternal`,
    [schemas],
  )
  for (const { table, name } of foreign.rows) await client.query(`alter table ${table} drop constraint ${quote(name)}`)
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`)
  for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${quote(name)}`)
  for (const { table } of triggers.rows) await client.query(`alter table ${table} disable trigger user`)
  const add = ({ table, name, definition }: { table: string; name: string; definition: string }) =>
    `alter table ${table} add constraint ${quote(name)} ${definition}`
  return [
    ...keys.rows.map(add),
    ...indexes.rows.map(({ definition }) => definition),
    ...foreign.rows.map(add),
    ...triggers.rows.map(({ table }) => `alter table ${table} enable trigger user`),
  ]
}

async function loadTables(client: pg.Client, { path, secrets, manifest, onProgress }: Omit<LoadOptions, 'adminUrl' | 'beforeCommit'>): Promise<void> {
  const tables = new Map((await listTables(client)).map((table) => [table.name, table]))
  // Migrations may have put rows into their tables; the archive has those as well.
  await client.query(`truncate ${[...tables.values()].map(({ sql }) => sql).join(', ')}`)
  const streams = new Map(manifest.streams.map((stream) => [stream.name, stream]))
  await readArchive(path, secrets, async (name, content) => {
    const table = name.startsWith('database/') ? tables.get(name.slice('database/'.length)) : undefined
    if (table === undefined) {
      // Everything else has been read before; here it is only passed by.
      for await (const _ of content);
      return
    }
    onProgress?.(table.name)
    const columns = streams.get(name)?.columns ?? table.columns
    // Nobody sees the table before its transaction ends, so its rows need no second look later.
    await pipeline(content, client.query(copyFrom(`copy ${table.sql} (${columnList(columns)}) from stdin with (freeze)`)))
  })
}
