import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { migrate } from './migrate.ts'

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

  it('refuses a migration that was changed after it ran, and a database of a newer version', async () => {
    await run()
    await writeFile(join(folder, '0001_workspaces.sql'), 'create table workspaces (id uuid primary key, name text);')
    await expect(run()).rejects.toThrow(/0001_workspaces\.sql was changed after it ran/)
    await rm(join(folder, '0001_workspaces.sql'))
    await expect(run()).rejects.toThrow(/newer ChatSG/)
  })
})
