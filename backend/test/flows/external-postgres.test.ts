import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '#backend/config/index.ts'
import { sql } from '#backend/infra/database/database.ts'
import { type OpenedDatabase, openConfiguredDatabase } from '#backend/infra/database/open.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type ExternalPostgres, startExternalPostgres } from '../external-postgres.ts'
import { requireProgram } from '../requirements.ts'

const suite = 'A PostgreSQL of your own'
const binaries = requireProgram('postgresql', suite)

describe.skipIf(binaries === undefined)(suite, () => {
  let server: ExternalPostgres
  let superuser: pg.Client
  let dataDir: string

  beforeAll(async () => {
    server = await startExternalPostgres(binaries as string)
    superuser = new pg.Client({ connectionString: server.superuserUrl })
    await superuser.connect()
    dataDir = await mkdtemp(join(tmpdir(), 'chatsg-data-'))
  })
  afterAll(async () => {
    await superuser?.end()
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** The connection string of a database of its own, as a hosting company hands it out. */
  const createDatabase = async (name: string, rights: string): Promise<string> => {
    await superuser.query(`create role ${name}_owner login password 'owner-password' ${rights}`)
    await superuser.query(`create database ${name} owner ${name}_owner`)
    const url = new URL(server.superuserUrl)
    url.username = `${name}_owner`
    url.password = 'owner-password'
    url.pathname = `/${name}`
    return url.toString()
  }
  const configFor = (url: string) => parseConfig({ DATABASE_URL: url, DATA_DIR: dataDir, ENCRYPTION_KEY: 'e'.repeat(40) })
  const ignore = () => undefined

  const tryOut = async ({ database, workspace }: OpenedDatabase) => {
    const actor = { type: 'user', workspaceId: workspace.workspaceId, userId: workspace.userId, name: workspace.name, role: 'owner', via: 'cli' } as const
    await database.transaction(actor, (tx) => tx.query(sql`insert into tags (workspace_id, id, name) values (${tx.workspaceId}, ${newId()}, 'vip')`))
    const mine = await database.transaction(actor, (tx) => tx.query(sql`select name from tags`))
    const theirs = await database.transaction({ ...actor, workspaceId: newId() }, (tx) => tx.query(sql`select name from tags`))
    const [role] = await database.transaction(actor, (tx) => tx.query(sql`select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user`))
    return { mine, theirs, role }
  }

  it('serves with a user that may create roles, and binds the application by row-level security', async () => {
    const url = await createDatabase('hosted', 'createrole')
    const first = await openConfiguredDatabase(configFor(url), ignore)
    expect(first.applied.length).toBeGreaterThan(0)
    expect(await tryOut(first)).toEqual({ mine: [{ name: 'vip' }], theirs: [], role: { free: false } })
    // A replica, or an operator command, with a configuration of its own.
    const second = await openConfiguredDatabase(configFor(url), ignore)
    expect(second.applied).toEqual([])
    expect(second.workspace.workspaceId).toBe(first.workspace.workspaceId)
    await second.close()
    await first.database.ping()
    await first.close()
  })

  it('is not fooled by a superuser', async () => {
    await superuser.query('create database plain')
    const url = new URL(server.superuserUrl)
    url.pathname = '/plain'
    const opened = await openConfiguredDatabase(configFor(url.toString()), ignore)
    expect(await tryOut(opened)).toEqual({ mine: [{ name: 'vip' }], theirs: [], role: { free: false } })
    await opened.close()
  })

  it('says what is missing when the user may not create roles', async () => {
    const url = await createDatabase('poor', 'nocreaterole')
    await expect(openConfiguredDatabase(configFor(url), ignore)).rejects.toThrow(/may not create roles .* Grant it CREATEROLE\./)
  })
})
