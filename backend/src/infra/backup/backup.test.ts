import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrate } from '#backend/infra/database/migrate.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createBackup, drillBackup, restoreBackup } from './index.ts'
import { listTables } from './tables.ts'

const encryptionKey = 'a key of more than thirty-two characters'
const marker = 'Zanzibarmarker'
const now = new Date('2026-11-20T15:00:00.000Z')

let folder: string
let server: pg.Client
const made: string[] = []

/** A migrated database with a workspace in it, and the folder of its transcripts. */
async function createPlace(rows: number): Promise<{ adminUrl: string; dataDir: string; client: pg.Client; workspaceId: string }> {
  const name = `backup_${newId().replaceAll('-', '')}`
  made.push(name)
  await server.query(`create database ${name} template template0 encoding 'UTF8'`)
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${name}`
  const adminUrl = url.toString()
  await migrate({ adminUrl, applicationPassword: 'test-only-password' })
  const client = new pg.Client({ connectionString: adminUrl, options: '-c search_path=chatsg' })
  client.on('error', () => undefined)
  await client.connect()
  const workspaceId = newId()
  await client.query('insert into workspaces (id, name) values ($1, $2)', [workspaceId, 'Backed up'])
  await addContacts(client, workspaceId, rows)
  const dataDir = join(folder, name)
  await mkdir(join(dataDir, 'sessions'), { recursive: true })
  return { adminUrl, dataDir, client, workspaceId }
}

async function addContacts(client: pg.Client, workspaceId: string, rows: number): Promise<void> {
  await client.query(
    `insert into contacts (workspace_id, id, first_name, last_name, created_at, updated_at)
     select $1, gen_random_uuid(), $2 || n, E'tab\\tback\\\\slash ünï\\n' || n, now(), now() from generate_series(1, $3::int) n`,
    [workspaceId, marker, rows],
  )
}

/** Every row of every table, whatever its order. */
async function contentOf(adminUrl: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const content: Record<string, string> = {}
  for (const { name, sql } of await listTables(client)) {
    if (name === 'chatsg.data_versions') continue
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${sql} t order by 1`)
    content[name] = `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`
  }
  await client.end()
  return content
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatsg-backup-'))
  server = new pg.Client({ connectionString: inject('adminUrl') })
  await server.connect()
})
afterAll(async () => {
  for (const name of made) await server.query(`drop database if exists ${name} with (force)`)
  await server.end()
  await rm(folder, { recursive: true, force: true })
})

describe('a backup', { timeout: 120_000 }, () => {
  let place: Awaited<ReturnType<typeof createPlace>>
  let backupDir: string
  let path: string
  const secret = `value of a setting ${marker}`

  beforeAll(async () => {
    place = await createPlace(3000)
    backupDir = join(folder, 'out')
    await writeFile(join(place.dataDir, 'sessions', 'a.jsonl'), `{"content":"${marker}"}\n`)
    await writeFile(join(folder, '.env'), `OPENAI_API_KEY=${secret}\n`)
    const backup = await createBackup({
      ...place,
      backupDir,
      encryptionKey,
      configurationFiles: { 'backend/.env': join(folder, '.env'), 'backend/.env.none': join(folder, 'none') },
      version: '1.2.3',
      now,
    })
    path = backup.path
    expect(backup).toMatchObject({ sessions: 1, version: '1.2.3', createdAt: now.toISOString() })
  }, 120_000)
  afterAll(() => place.client.end())

  const restoreTo = (target: { adminUrl: string; dataDir: string }, file = path, secrets = [encryptionKey]) =>
    restoreBackup({ path: file, adminUrl: target.adminUrl, dataDir: target.dataDir, secrets, now })

  it('holds nothing in clear', async () => {
    expect(path).toBe(join(backupDir, 'chatsg-20261120-150000.tar.gz'))
    const bytes = await readFile(path)
    expect(bytes.includes(marker)).toBe(false)
    expect(bytes.includes('OPENAI')).toBe(false)
    expect((await readdir(backupDir)).filter((name) => name.endsWith('.partial'))).toEqual([])
  })

  it('brings everything back, in the place of what is there', async () => {
    const target = await createPlace(7)
    await writeFile(join(target.dataDir, 'sessions', 'old.jsonl'), 'old\n')
    const restored = await restoreTo(target)
    expect(restored).toMatchObject({ sessions: 1, version: '1.2.3' })
    expect(await contentOf(target.adminUrl)).toEqual(await contentOf(place.adminUrl))
    expect(await readdir(join(target.dataDir, 'sessions'))).toEqual(['a.jsonl'])
    expect(await readFile(join(restored.sessionsBefore as string, 'old.jsonl'), 'utf8')).toBe('old\n')
    expect(await readFile(join(restored.configuration as string, 'backend/.env'), 'utf8')).toContain(secret)
    // Indexes, constraints and triggers are back as well.
    const shapeOf = async (client: pg.Client) =>
      (
        await client.query(
          `select 'index' as kind, indexdef as text from pg_indexes where schemaname like 'chatsg%'
           union all select 'constraint', concat(conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) from pg_constraint where connamespace::regnamespace::text like 'chatsg%'
           union all select 'trigger', concat(tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal order by 1, 2`,
        )
      ).rows
    expect(await shapeOf(target.client)).toEqual(await shapeOf(place.client))
    expect((await migrate({ adminUrl: target.adminUrl, applicationPassword: 'test-only-password' })).applied).toEqual([])
    await target.client.end()
  })

  it('is refused with another key, and by any damage, before anything is touched', async () => {
    const target = await createPlace(5)
    const before = await contentOf(target.adminUrl)
    await expect(restoreTo(target, path, ['another key of more than thirty-two characters'])).rejects.toThrow(/another ENCRYPTION_KEY/)
    const whole = await readFile(path)
    const damaged = join(folder, 'damaged.tar.gz')
    await expect(restoreTo(target, join(folder, 'nothing.tar.gz'))).rejects.toMatchObject({ code: 'ENOENT', path: join(folder, 'nothing.tar.gz') })
    await expect(restoreTo(target, folder)).rejects.toMatchObject({ code: 'EISDIR' })
    const attempt = async (bytes: Buffer, what: string) => {
      await writeFile(damaged, bytes)
      await expect(restoreTo(target, damaged), what).rejects.toThrow(/damaged|another ENCRYPTION_KEY/)
    }
    for (let place_ = 0; place_ < 60; place_ += 1) {
      const bytes = Buffer.from(whole)
      const at = Math.floor((place_ / 60) * whole.length)
      bytes[at] = (bytes[at] as number) ^ (1 << (place_ % 8))
      // A few bits of the outer form, such as a time stamp, mean nothing.
      await writeFile(damaged, bytes)
      const outcome = await restoreTo({ adminUrl: 'postgres://127.0.0.1:1/none', dataDir: target.dataDir }, damaged).catch((error: Error) => error.message)
      expect(outcome, `bit ${place_ % 8} of byte ${at}`).toMatch(/damaged|another ENCRYPTION_KEY|ECONNREFUSED/)
    }
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) await attempt(whole.subarray(0, Math.floor(whole.length * share)), `cut at ${share}`)
    await attempt(whole.subarray(0, -1), 'without its last byte')
    expect(await contentOf(target.adminUrl)).toEqual(before)
    expect(await readdir(target.dataDir)).toEqual(['sessions'])
    await target.client.end()
  })

  it('is of one moment, while people go on writing', async () => {
    const busy = await createPlace(2000)
    let writing = true
    const writer = (async () => {
      while (writing) {
        await busy.client.query('begin')
        await addContacts(busy.client, busy.workspaceId, 10)
        await busy.client.query(
          `insert into notes (workspace_id, id, body, created_at, updated_at) select $1, gen_random_uuid(), 'n', now(), now() from generate_series(1, 10)`,
          [busy.workspaceId],
        )
        await busy.client.query('commit')
      }
    })()
    const backup = await createBackup({ ...busy, backupDir: join(folder, 'busy'), encryptionKey, configurationFiles: {}, version: '1', now })
    writing = false
    await writer
    const target = await createPlace(0)
    await restoreTo(target, backup.path)
    const { rows } = await target.client.query(`select (select count(*) from contacts)::int - 2000 as contacts, (select count(*) from notes)::int as notes`)
    // Ten of each were always written together.
    expect(rows[0].contacts).toBe(rows[0].notes)
    await Promise.all([busy.client.end(), target.client.end()])
  })

  it('is made by one at a time, and those too old are removed', async () => {
    const options = { ...place, backupDir: join(folder, 'kept'), encryptionKey, configurationFiles: {}, version: '1', retentionDays: 30 }
    const old = await createBackup({ ...options, now: new Date('2026-10-01T00:00:00Z') })
    const young = await createBackup({ ...options, now: new Date('2026-11-01T00:00:00Z') })
    expect(young.removed).toEqual(['chatsg-20261001-000000.tar.gz'])
    expect(await readdir(options.backupDir)).toEqual(['chatsg-20261101-000000.tar.gz'])
    expect(old.path).not.toBe(young.path)
    const attempts = await Promise.allSettled([1, 2, 3].map(() => createBackup({ ...options, now })))
    expect(attempts.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    for (const attempt of attempts) if (attempt.status === 'rejected') expect(String(attempt.reason)).toContain('Another backup is being made')
  })

  it('neither waits for the audit chain nor holds it up', async () => {
    const options = { ...place, backupDir: join(folder, 'audited'), encryptionKey, configurationFiles: {}, version: '1', now }
    const auditing = new pg.Client({ connectionString: place.adminUrl, options: '-c search_path=chatsg -c lock_timeout=5s' })
    await auditing.connect()
    await auditing.query('begin')
    await auditing.query('select * from audit_chain(100)')
    await expect(createBackup(options)).resolves.toMatchObject({ removed: [] })
    await auditing.query('rollback')

    await place.client.query('begin')
    await place.client.query('lock table contacts in access exclusive mode')
    const waiting = createBackup(options)
    const isWaiting = async () =>
      (await server.query(`select 1 from pg_stat_activity where application_name = 'chatsg backup' and wait_event_type = 'Lock'`)).rowCount
    await expect.poll(isWaiting, { timeout: 20_000 }).toBe(1)
    await auditing.query('select * from audit_chain(100)')
    await place.client.query('rollback')
    await waiting
    await auditing.end()
  })

  it('passes a drill that leaves nothing behind', async () => {
    const count = async () => (await server.query('select count(*)::int as n from pg_database')).rows[0].n
    const before = await count()
    const drill = await drillBackup({ path, adminUrl: place.adminUrl, secrets: [encryptionKey], now })
    expect(drill.rows).toBeGreaterThan(3000)
    expect(await count()).toBe(before)
  })
})
