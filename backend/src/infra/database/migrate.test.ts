import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { migrate } from './migrate.ts'
import { neededMigration } from './newer-schema.ts'

let folder: string
let database: string
let adminUrl: string
let admin: pg.Client

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatsg-migrate-'))
  database = `migrate_${newId().replaceAll('-', '')}`
  admin = new pg.Client({ connectionString: inject('adminUrl') })
  await admin.connect()
  await admin.query(`create database ${database}`)
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${database}`
  adminUrl = url.toString()
  // What every set of migrations here has to have: the grants name it.
  await writeFile(join(folder, '0001_workspaces.sql'), 'create table workspaces (id uuid primary key);')
})
afterEach(async () => {
  await admin.query(`drop database ${database} with (force)`)
  await admin.end()
  await rm(folder, { recursive: true, force: true })
})

const run = () => migrate({ adminUrl, applicationPassword: 'test-only-password', folder })

async function tables(): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'chatsg' order by 1`)
  await client.end()
  return rows.map(({ name }) => name)
}

describe('migrate', () => {
  it('applies each migration once, whoever starts at the same moment', async () => {
    const results = await Promise.all([run(), run(), run()])
    expect(results.flatMap(({ applied }) => applied)).toEqual(['0001_workspaces.sql'])
    expect((await run()).applied).toEqual([])
  })

  it('leaves the database as it was when a migration fails, and names it', async () => {
    await run()
    await writeFile(join(folder, '0002_broken.sql'), 'create table half (id int); select no_such_function();')
    await expect(run()).rejects.toThrow(/0002_broken\.sql failed and was rolled back: .*no_such_function/)
    expect(await tables()).toEqual(['schema_migrations', 'workspaces'])
    await writeFile(join(folder, '0002_broken.sql'), 'create table whole (id int);')
    expect((await run()).applied).toEqual(['0002_broken.sql'])
  })

  it('refuses a migration that was changed after it ran', async () => {
    await run()
    await writeFile(join(folder, '0001_workspaces.sql'), 'create table workspaces (id uuid primary key, name text);')
    await expect(run()).rejects.toThrow(/0001_workspaces\.sql was changed after it ran/)
  })

  describe('of an older release, on a database that a newer one migrated', () => {
    const add = (name: string, text: string) => writeFile(join(folder, name), text)
    const remove = (...names: string[]) => Promise.all(names.map((name) => rm(join(folder, name))))

    it('takes it as it is where only things were added, and gives nothing away of them', async () => {
      await run()
      await add('0002_more.sql', 'create table more (workspace_id uuid, id uuid);')
      await run()
      const statement = `select has_table_privilege('chatsg_member', 'chatsg.more', 'select') as may`
      const client = new pg.Client({ connectionString: adminUrl })
      await client.connect()
      await client.query('revoke all on chatsg.more from chatsg_member')
      await remove('0002_more.sql')
      expect((await run()).applied).toEqual([])
      expect((await client.query(statement)).rows).toEqual([{ may: false }])
      // The newer one states rights anew, as every release does on a database that it knows.
      await add('0002_more.sql', 'create table more (workspace_id uuid, id uuid);')
      await run()
      expect((await client.query(statement)).rows).toEqual([{ may: true }])
      await client.end()
    })

    it('refuses one from which was taken away what it needs, and no other', async () => {
      await add('0002_two_names.sql', 'alter table workspaces add column name text, add column title text;')
      await run()
      const contracting = '-- contracts 0002: workspaces.name is gone, which title took the place of\nalter table workspaces drop column name;'
      await add('0003_one_name.sql', contracting)
      await run()
      // The release before knows of both names; the one before that does not.
      await remove('0003_one_name.sql')
      expect((await run()).applied).toEqual([])
      await remove('0002_two_names.sql')
      await expect(run()).rejects.toThrow(
        /newer ChatSG \(0003_one_name\.sql\), and this one cannot work with what that took away; install that version or restore/,
      )
      expect(await tables()).toEqual(['schema_migrations', 'workspaces'])
    })

    it('refuses one that a release of another line migrated', async () => {
      await add('0003_theirs.sql', 'create table theirs (id int);')
      await run()
      await remove('0003_theirs.sql')
      await add('0002_ours.sql', 'create table ours (id int);')
      await expect(run()).rejects.toThrow(/newer ChatSG \(0003_theirs\.sql\) that does not have 0002_ours\.sql of this one/)
      expect(await tables()).toEqual(['schema_migrations', 'theirs', 'workspaces'])
    })

    it('knows what a migration needs after a restore too, which does not keep it', async () => {
      await add('0002_gone.sql', '-- contracts 0002: nothing before works with it\nselect 1;')
      await run()
      const client = new pg.Client({ connectionString: adminUrl })
      await client.connect()
      await client.query('alter table chatsg.schema_migrations drop column needs')
      await run()
      expect((await client.query('select name, needs from chatsg.schema_migrations order by name')).rows).toEqual([
        { name: '0001_workspaces.sql', needs: null },
        { name: '0002_gone.sql', needs: '0002' },
      ])
      await client.end()
      await remove('0002_gone.sql')
      await expect(run()).rejects.toThrow(/newer ChatSG/)
    })
  })
})

describe('the migrations of this release', () => {
  it('say so where they take something away that the release before used', async () => {
    const migrations = fileURLToPath(new URL('../../../migrations/', import.meta.url))
    const takesAway =
      /\bdrop\s+(table|column|function|view|type|not null)\b|\brename\b|\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b|\bset\s+not\s+null\b|\badd\s+constraint\b/i
    const silent: string[] = []
    // Before 0030 there was no release that could have been left behind.
    for (const name of (await readdir(migrations)).filter((file) => /^\d{4}_.+\.sql$/.test(file) && file >= '0030')) {
      const text = await readFile(join(migrations, name), 'utf8')
      if (takesAway.test(text.replace(/--.*$/gm, '')) && neededMigration(text) === null) silent.push(name)
    }
    expect(silent).toEqual([])
    for (const text of [
      'alter table tasks drop column status',
      'alter table a rename to b',
      'alter table a alter b type text',
      'alter table a alter column b set not null',
    ])
      expect(text).toMatch(takesAway)
  })
})
