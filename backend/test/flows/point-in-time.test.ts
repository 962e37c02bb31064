import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPlainUser, type ExternalPostgres, startExternalPostgres } from '../external-postgres.ts'
import { requireProgram } from '../requirements.ts'
import { removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'
import { type Ledger, startWriting } from './recovery-ledger.ts'

const suite = 'Back to a moment in between'
const binaries = requireProgram('postgresql', suite)
const pgbackrest = requireProgram('pgbackrest', suite)
const acknowledgedBefore = 40
/** A backup ends in a whole second as pgBackRest counts, and only what is later can be gone back to. */
const leastMs = 1500

/** With what docs/OPERATIONS.md says: its configuration and its commands, in the folders of this test. */
describe.skipIf(binaries === undefined || pgbackrest === undefined)(suite, { timeout: 120_000 }, () => {
  let folder: string
  let database: ExternalPostgres
  let variables: NodeJS.ProcessEnv
  let commands: string[]
  let server: ServerProcess | undefined

  const start = async () => {
    server = await startServer(join(folder, 'data'), {
      DATABASE_URL: database.superuserUrl,
      ENCRYPTION_KEY: 'e'.repeat(40),
      SESSION_SECRET: 's'.repeat(40),
      CSRF_SECRET: 'c'.repeat(40),
      DEMO_DATA: 'none',
    })
    return server
  }
  const run = (command = '', target = '') =>
    promisify(execFile)(...asPlainUser('sh', ['-c', command.replace('2026-01-01 12:00:00+00', target)]), { env: variables })
  /** Makes, renames and deletes records until so many changes were acknowledged. */
  const write = async (name: string, changes: number): Promise<Ledger> => {
    let over = (): boolean => false
    const { ledger, ended } = startWriting((server as ServerProcess).fetch, name, () => over())
    const beganAt = performance.now()
    over = () => ledger.acknowledged() >= changes && performance.now() - beganAt > leastMs
    await ended
    return ledger
  }

  beforeAll(async () => {
    folder = await scratchFolder()
    const page = await readFile(join(repositoryRoot, 'docs/OPERATIONS.md'), 'utf8')
    const blocks = [...page.matchAll(/^```ini\n([\s\S]*?)^```/gm)].map(([, text = '']) => text)
    const settings = blocks.find((text) => text.includes('archive_mode')) ?? ''
    const configuration = blocks.find((text) => text.includes('pg1-path')) ?? ''
    commands = page.split('\n').filter((line) => line.startsWith('pgbackrest '))
    const config = join(folder, 'pgbackrest.conf')
    for (const name of ['repository', 'log', 'lock', 'spool', 'socket']) await mkdir(join(folder, name))
    // What the page leaves to the places that the package has made.
    variables = {
      PATH: process.env.PATH,
      PGBACKREST_CONFIG: config,
      PGBACKREST_LOG_PATH: join(folder, 'log'),
      PGBACKREST_LOCK_PATH: join(folder, 'lock'),
      PGBACKREST_SPOOL_PATH: join(folder, 'spool'),
      PGBACKREST_PG1_SOCKET_PATH: join(folder, 'socket'),
      PGBACKREST_PG1_USER: 'postgres',
    }
    database = await startExternalPostgres(binaries as string, { settings, socketFolder: join(folder, 'socket'), env: variables as Record<string, string> })
    variables.PGBACKREST_PG1_PORT = String(database.port)
    await writeFile(config, configuration.replace('/backup/pgbackrest', join(folder, 'repository')).replace(/pg1-path=.*/, `pg1-path=${database.data}`))
  }, 60_000)
  afterAll(async () => {
    if (server?.child.exitCode === null) await server.stop('SIGKILL')
    await database?.stop()
    await removeFolder(folder)
  })

  it('brings back exactly what was acknowledged before it, and ChatSG goes on from there', async () => {
    const [create, check, backup, restore] = commands
    expect(commands).toHaveLength(4)
    await start()
    const early = await write('Early', acknowledgedBefore)
    for (const command of [create, check, backup]) await run(command)
    const later = await write('Later', acknowledgedBefore)
    const superuser = new pg.Client({ connectionString: database.superuserUrl })
    await superuser.connect()
    const { rows } = await superuser.query<{ moment: string }>('select clock_timestamp()::text as moment')
    const undone = await write('Undone', acknowledgedBefore)
    // The mistake: somebody deletes everything there is.
    const { rowCount } = await superuser.query('delete from chatsg.organisations')
    expect(rowCount).toBeGreaterThan(acknowledgedBefore)
    await superuser.end()
    expect((await early.compare((server as ServerProcess).fetch)).length).toBeGreaterThan(0)
    expect(await (server as ServerProcess).stop()).toBe(0)
    await database.halt()

    await run(restore, rows[0]?.moment)
    await database.resume()
    const { fetch } = await start()
    expect(await early.compare(fetch)).toEqual([])
    expect(await later.compare(fetch)).toEqual([])
    expect([early, later, undone].map((ledger) => ledger.acknowledged() >= acknowledgedBefore)).toEqual([true, true, true])
    // Of what came after the moment there is nothing; what is written now is kept.
    expect(await undone.names(fetch)).toEqual([])
    expect(await (await write('Afterwards', 10)).compare(fetch)).toEqual([])
  })
})
