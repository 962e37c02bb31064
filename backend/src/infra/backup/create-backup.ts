import { createReadStream } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { makeFolder } from '#backend/config/index.ts'
import { advisoryLocks } from '#backend/infra/database/advisory-locks.ts'
import { newId } from '#backend/kernel/ids.ts'
import { archiveKey, newSalt } from './archive-key.ts'
import { type ArchiveWriter, createArchiveWriter } from './archive-writer.ts'
import { type ArchiveHeader, type ArchiveSummary, archiveFormat, type Manifest } from './manifest.ts'
import { columnList, listTables, schemas } from './tables.ts'

export interface BackupOptions {
  adminUrl: string
  dataDir: string
  backupDir: string
  /** `ENCRYPTION_KEY` */
  encryptionKey: string
  /** Files of the configuration, by the name they get in the archive; those that are not there are left out. */
  configurationFiles: Readonly<Record<string, string>>
  version: string
  now: Date
  /** Older archives in the folder are removed once the new one is there. */
  retentionDays?: number
  onProgress?: (stream: string) => void
}

export interface CreatedBackup extends ArchiveSummary {
  path: string
  removed: string[]
}

const archiveName = /^chatsg-\d{8}-\d{6}\.tar\.gz$/
const dayMs = 86_400_000

/**
 * Writes one archive of the database in one snapshot, of the transcripts and of the sealed configuration, while people go on working.
 * @throws Error when another backup is being made, or the disk is full; nothing half-written is left
 */
export async function createBackup(options: BackupOptions): Promise<CreatedBackup> {
  const { adminUrl, backupDir, encryptionKey, version, now } = options
  makeFolder(backupDir, 0o700)
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg backup' })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [advisoryLocks.backup])
    if (rows[0]?.free !== true) throw new Error('Another backup is being made right now; wait for it.')
    const salt = newSalt()
    const key = archiveKey(encryptionKey, salt)
    const header: ArchiveHeader = { format: archiveFormat, version, createdAt: now.toISOString(), id: newId(), salt, keyId: key.id }
    const path = await freePath(backupDir, now)
    const writer = createArchiveWriter(path, header, key)
    const summary: ArchiveSummary = { createdAt: header.createdAt, version, tables: 0, rows: 0, sessions: 0, bytes: 0 }
    try {
      const manifest = await addDatabase(client, writer, summary, options)
      summary.sessions = await addSessions(writer, options)
      for (const [name, file] of Object.entries(options.configurationFiles)) {
        const content = await readFile(file).catch(absent)
        if (content !== undefined) await writer.add(`configuration/${name}`, Readable.from([content]))
      }
      await writer.finish(manifest)
    } catch (error) {
      await writer.discard()
      throw error
    }
    summary.bytes = (await stat(path)).size
    return { ...summary, path, removed: await removeOld(options) }
  } finally {
    await client.end()
  }
}

async function addDatabase(
  client: pg.Client,
  writer: ArchiveWriter,
  summary: ArchiveSummary,
  { onProgress }: Pick<BackupOptions, 'onProgress'>,
): Promise<Omit<Manifest, 'streams'>> {
  await client.query('begin isolation level repeatable read read only')
  await client.query('set local statement_timeout = 0')
  const tables = await listTables(client)
  for (const { name, sql, columns } of tables) {
    onProgress?.(name)
    const rows = client.query(copyTo(`copy ${sql} (${columnList(columns)}) to stdout`))
    const stream = await writer.add(`database/${name}`, rows)
    // How many there were is told after the last row, now and then in a packet of its own; the next statement waits for it.
    await client.query('select')
    stream.rows = rows.rowCount
    stream.columns = [...columns]
    summary.tables += 1
    summary.rows += rows.rowCount
  }
  const migrations = await client.query<Manifest['migrations'][number]>(
    `select name, checksum, to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "appliedAt" from chatsg.schema_migrations order by name`,
  )
  const sequences = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and c.relkind = 'S' order by 1, 2`,
    [schemas],
  )
  const values: Manifest['sequences'] = []
  for (const { schema, name } of sequences.rows) {
    const { rows } = await client.query<{ value: string; isCalled: boolean }>(
      `select last_value::text as value, is_called as "isCalled" from "${schema}"."${name}"`,
    )
    if (rows[0] !== undefined) values.push({ name: `${schema}.${name}`, ...rows[0] })
  }
  await client.query('commit')
  return { migrations: migrations.rows, sequences: values }
}

/** Transcripts are only ever added to: what is copied is a whole conversation up to some line, and the database has the rest. */
async function addSessions(writer: ArchiveWriter, { dataDir, onProgress }: BackupOptions): Promise<number> {
  const folder = join(dataDir, 'sessions')
  const files = (await readdir(folder).catch(absent)) ?? []
  let sessions = 0
  for (const file of files.filter((name) => name.endsWith('.jsonl')).sort()) {
    onProgress?.(`sessions/${file}`)
    // Between the look and the read it may be deleted with its conversation.
    const { size } = (await stat(join(folder, file)).catch(absent)) ?? {}
    if (size === undefined || size === 0) continue
    await writer.add(`sessions/${file}`, createReadStream(join(folder, file), { end: size - 1 }))
    sessions += 1
  }
  return sessions
}

async function freePath(folder: string, now: Date): Promise<string> {
  for (let offset = 0; ; offset += 1000) {
    const stamp = new Date(now.getTime() + offset).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
    const path = join(folder, `chatsg-${stamp}.tar.gz`)
    if ((await stat(path).catch(absent)) === undefined) return path
  }
}

async function removeOld({ backupDir, retentionDays, now }: BackupOptions): Promise<string[]> {
  if (retentionDays === undefined) return []
  const removed: string[] = []
  for (const name of await readdir(backupDir)) {
    if (!archiveName.test(name)) continue
    const made = Date.parse(name.replace(/^chatsg-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6Z'))
    if (now.getTime() - made <= retentionDays * dayMs) continue
    await rm(join(backupDir, name))
    removed.push(name)
  }
  return removed
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
