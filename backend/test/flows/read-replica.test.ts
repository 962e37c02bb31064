import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '#backend/app.ts'
import { type Config, parseConfig } from '#backend/config/index.ts'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type OpenedDatabase, openConfiguredDatabase } from '#backend/infra/database/open.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type ExternalPostgres, startExternalPostgres } from '../external-postgres.ts'
import { type ReplicaPostgres, startReplica } from '../replica-postgres.ts'
import { requireProgram } from '../requirements.ts'
import { adminKey } from '../server-process.ts'

const suite = 'A read replica'
const binaries = requireProgram('postgresql', suite)

describe.skipIf(binaries === undefined)(suite, { timeout: 60_000 }, () => {
  let primary: ExternalPostgres
  let replica: ReplicaPostgres
  let dataDir: string
  let config: Config
  let superuser: pg.Client
  /** Two processes, as far as the database can tell. */
  let opened: OpenedDatabase
  let other: OpenedDatabase
  let actor: Extract<Actor, { type: 'user' }>
  const troubles: string[] = []

  beforeAll(async () => {
    primary = await startExternalPostgres(binaries as string)
    dataDir = await mkdtemp(join(tmpdir(), 'chatsg-replicated-'))
    replica = await startReplica(binaries as string, primary.superuserUrl, { max_standby_streaming_delay: '0' })
    const env = { DATABASE_URL: primary.superuserUrl, DATABASE_READ_URL: replica.superuserUrl, DATABASE_READ_MAX_LAG: '1000', DATA_DIR: dataDir }
    config = parseConfig({ ...env, ENCRYPTION_KEY: 'e'.repeat(40), ADMIN_API_KEY: adminKey, LOG_LEVEL: 'fatal' })
    opened = await openConfiguredDatabase(config, (error) => troubles.push(error.message))
    other = await openConfiguredDatabase(config, () => undefined)
    const { workspaceId, userId, name } = opened.workspace
    actor = { type: 'user', workspaceId, userId, name, role: 'owner', via: 'cli' }
    superuser = new pg.Client({ connectionString: primary.superuserUrl })
    await superuser.connect()
    await superuser.query('create database elsewhere')
    await untilState('used')
  }, 120_000)
  afterAll(async () => {
    await superuser?.end()
    await other?.close()
    await opened?.close()
    await replica?.stop()
    await primary?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const state = (of = opened) => of.database.replica?.()?.state
  async function untilState(wanted: string): Promise<void> {
    while (state() !== wanted || state(other) !== wanted) await sleep(20)
  }
  const isStandby = sql`select pg_is_in_recovery() as standby`
  /** Reads as a person does, and tells where. */
  const read = async <R extends object>(statement = sql`select 1 as one`, { as = actor, from = opened }: { as?: Actor; from?: OpenedDatabase } = {}) =>
    await from.database.transaction(
      as,
      async (tx) => {
        const rows = await tx.query<R>(statement)
        const [where] = await tx.query<{ standby: boolean }>(isStandby)
        return { rows, standby: where?.standby }
      },
      { readOnly: true },
    )
  /** The same on the replica: now and then that is not quick enough, and the primary answers. */
  const readThere: typeof read = async (...given) => {
    for (;;) {
      const found = await read<never>(...given)
      if (found.standby === true) return found
      await sleep(20)
    }
  }
  const addTag = (name: string, to = opened) =>
    to.database.transaction(actor, (tx) => tx.query(sql`insert into tags (workspace_id, id, name) values (${tx.workspaceId}, ${newId()}, ${name})`))
  const tagNamed = (name: string) => sql`select name from tags where name = ${name}`
  const system: Actor = { type: 'system', workspaceId: newId(), job: 'test' }

  it('answers what people read, and nothing that writes or belongs to a job', async () => {
    expect((await readThere()).standby).toBe(true)
    const where = (as: Actor, options: { readOnly?: boolean }) => opened.database.transaction(as, (tx) => tx.query(isStandby), options)
    expect(await where(actor, {})).toEqual([{ standby: false }])
    expect(await where(system, { readOnly: true })).toEqual([{ standby: false }])
  })

  it('is bound by row-level security there as on the primary', async () => {
    await addTag('vip')
    expect(await readThere(tagNamed('vip'))).toEqual({ rows: [{ name: 'vip' }], standby: true })
    expect(await readThere(tagNamed('vip'), { as: { ...actor, workspaceId: newId() } })).toEqual({ rows: [], standby: true })
    const role = sql`select session_user <> 'postgres' as own, current_user as role, rolsuper or rolbypassrls as free from pg_roles where rolname = session_user`
    expect(await readThere(role, { as: { ...actor, role: 'rep' } })).toEqual({ rows: [{ own: true, role: 'chatsg_member', free: false }], standby: true })
    const theft = (tx: Transaction) => tx.query(sql`insert into tags (workspace_id, id, name) values (${tx.workspaceId}, ${newId()}, 'theft')`)
    await expect(opened.database.transaction(actor, theft, { readOnly: true })).rejects.toMatchObject({ code: '25006' })
  })

  it('never tells less than was committed before, whichever process committed it', async () => {
    const missed: number[] = []
    let there = 0
    for (let n = 0; n < 150; n += 1) {
      await addTag(`tag ${n}`, n % 2 === 0 ? opened : other)
      const { rows, standby } = await read(tagNamed(`tag ${n}`), { from: n % 3 === 0 ? opened : other })
      if (rows.length !== 1) missed.push(n)
      if (standby === true) there += 1
    }
    expect(missed).toEqual([])
    // Else nothing was shown.
    expect(there).toBeGreaterThan(20)
  })

  it('leaves to the primary what has not arrived yet, says so when that lasts, and comes back', async () => {
    await readThere()
    await replica.run('select pg_wal_replay_pause()')
    await addTag('late')
    expect(await read(tagNamed('late'))).toEqual({ rows: [{ name: 'late' }], standby: false })
    expect(await read(tagNamed('late'), { from: other })).toEqual({ rows: [{ name: 'late' }], standby: false })
    await untilState('behind')
    expect(opened.database.replica?.()?.lagSeconds).toBeGreaterThan(1)
    expect((await read(tagNamed('late'))).standby).toBe(false)
    await replica.run('select pg_wal_replay_resume()')
    await untilState('used')
    expect(await readThere(tagNamed('late'))).toEqual({ rows: [{ name: 'late' }], standby: true })
  })

  const slowOnStandby = sql`select 'whole' as answer, pg_sleep(case when pg_is_in_recovery() then 30 else 0 end)::text as slept`
  /** A question that is being answered by the replica. */
  const beginThere = async <R extends object>(statement = slowOnStandby) => {
    const underWay = `select 1 from pg_stat_activity where query like '%as slept%' and query not like '%pg_stat_activity%'`
    for (;;) {
      await readThere()
      let isOver = false
      const found = read<R>(statement).finally(() => {
        isOver = true
      })
      while (!isOver) if ((await replica.run(underWay)).length > 0) return { found }
    }
  }

  it('hands over to the primary what it cancels, because the primary has cleaned up what is read', async () => {
    await superuser.query('create table chatsg.rubbish as select n from generate_series(1, 1000) n')
    await superuser.query('grant select on chatsg.rubbish to chatsg_app')
    const slow = sql`select count(*) as count, max(slept) as slept from rubbish, (select pg_sleep(case when pg_is_in_recovery() then 30 else 0 end)::text as slept) s`
    const reading = await beginThere<{ count: number }>(slow)
    await superuser.query('delete from chatsg.rubbish where n > 500')
    await superuser.query('vacuum chatsg.rubbish')
    expect(await reading.found).toMatchObject({ rows: [{ count: 500 }], standby: false })
  })

  it('is done without at once when it crashes, also by questions under way, and comes back by itself', async () => {
    const reading = await beginThere()
    await replica.crash()
    expect(await reading.found).toMatchObject({ rows: [{ answer: 'whole' }], standby: false })
    expect(await Promise.all(Array.from({ length: 20 }, async () => (await read()).standby))).toEqual(Array(20).fill(false))
    expect(state()).toBe('unreachable')
    expect(opened.database.replica?.()?.lagSeconds).toBeUndefined()
    expect(troubles.at(-1)).toMatch(/^The read replica \(DATABASE_READ_URL\) is not used: it does not answer .*Reading goes to the primary\.$/)
    await addTag('while it was away')
    await replica.start()
    await untilState('used')
    expect(await readThere(tagNamed('while it was away'))).toEqual({ rows: [{ name: 'while it was away' }], standby: true })
  })

  it('is done without when it takes questions and answers none', async () => {
    const reading = await beginThere()
    await replica.freeze()
    expect(await read(tagNamed('vip'))).toEqual({ rows: [{ name: 'vip' }], standby: false })
    expect(await reading.found).toMatchObject({ rows: [{ answer: 'whole' }], standby: false })
    await replica.thaw()
    await untilState('used')
    expect((await readThere()).standby).toBe(true)
  })

  it('is seen in health and metrics, and no part of readiness', async () => {
    const { workspace, database, accountsUrl } = opened
    const app = await createApp(config, {
      database,
      accountsUrl,
      owner: workspace,
      logs: createLogs(config.logging),
      webFolder: join(dataDir, 'no-web'),
      version: '0.0.0-test',
    })
    const get = (url: string, headers: Record<string, string> = {}) => app.server.inject({ method: 'GET', url, headers })
    const part = async (headers = { authorization: `Bearer ${adminKey}` }) =>
      (await get('/api/health?check=detailed', headers)).json().services.find(({ name }: { name: string }) => name === 'replica')
    try {
      expect(await part()).toMatchObject({ status: 'healthy', lagSeconds: expect.any(Number), latencyMs: expect.any(Number) })
      expect(await part({} as never)).toEqual({ name: 'replica', status: 'healthy' })
      expect((await get('/metrics')).body).toMatch(/^database_replica_lag_seconds \d/m)
      await replica.crash()
      await untilState('unreachable')
      expect(await part()).toEqual({ name: 'replica', status: 'degraded', latencyMs: null })
      expect((await get('/metrics')).body).not.toMatch(/^database_replica_lag_seconds \d/m)
      expect((await get('/api/health?check=readiness')).statusCode).toBe(200)
    } finally {
      await app.close()
      await replica.start()
      await untilState('used')
    }
  })

  it('is refused when it is another database, or takes changes itself', async () => {
    const elsewhere = new URL(replica.superuserUrl)
    elsewhere.pathname = '/elsewhere'
    const reasons: string[] = []
    const opening = parseConfig({
      DATABASE_URL: primary.superuserUrl,
      DATABASE_READ_URL: elsewhere.toString(),
      DATA_DIR: dataDir,
      ENCRYPTION_KEY: 'e'.repeat(40),
    })
    await superuser.query('grant connect on database elsewhere to public')
    const wrong = await openConfiguredDatabase(opening, (error) => reasons.push(error.message))
    while (state(wrong) !== 'refused') await sleep(20)
    expect((await read(undefined, { from: wrong })).standby).toBe(false)
    await wrong.close()
    expect(reasons).toEqual([expect.stringContaining('it is another database than that of DATABASE_URL')])
    await replica.run('select pg_promote()')
    await untilState('refused')
    await replica.run(`delete from chatsg.tags`)
    expect(await read(tagNamed('vip'))).toEqual({ rows: [{ name: 'vip' }], standby: false })
    expect(troubles.at(-1)).toContain('it is no replica any more: it takes changes itself')
  })
})
