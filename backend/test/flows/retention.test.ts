import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type App, createApp } from '#backend/app.ts'
import { parseConfig } from '#backend/config/index.ts'
import { sql } from '#backend/infra/database/database.ts'
import { type OpenedDatabase, openConfiguredDatabase } from '#backend/infra/database/open.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createRetention } from '#backend/modules/monitoring/index.ts'
import { adminKey, repositoryRoot } from '../server-process.ts'

const firstDay = Date.parse('2026-01-05T12:00:00Z')
const dayMs = 86_400_000

/** A database of its own: the run looks into every workspace there is. */
describe('retention', { timeout: 60_000 }, () => {
  const name = `retention_${newId().replaceAll('-', '')}`
  let owner: pg.Client
  let opened: OpenedDatabase
  let app: App
  let dataDir: string
  let env: Record<string, string>
  let actor: Extract<Actor, { type: 'user' }>
  let today = 0
  const clock = { now: () => new Date(firstDay + today * dayMs) }
  const at = (day: number) => new Date(firstDay + day * dayMs).toISOString()

  beforeAll(async () => {
    const admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    await admin.query(`create database ${name}`)
    await admin.end()
    const url = Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).toString()
    dataDir = await mkdtemp(join(tmpdir(), 'chatsg-retention-'))
    env = { DATABASE_URL: url, DATA_DIR: dataDir, ENCRYPTION_KEY: 'e'.repeat(40), ADMIN_API_KEY: adminKey, LOG_LEVEL: 'fatal' }
    const config = parseConfig(env)
    opened = await openConfiguredDatabase(config, () => undefined)
    owner = new pg.Client({ connectionString: url, options: '-c search_path=chatsg -c timezone=UTC' })
    await owner.connect()
    const { workspaceId, userId, name: ownerName } = opened.workspace
    actor = { type: 'user', workspaceId, userId, name: ownerName, role: 'owner', via: 'session' }
    app = await createApp(config, {
      ...opened,
      owner: opened.workspace,
      logs: createLogs(config.logging),
      webFolder: join(dataDir, 'no-web'),
      version: '0.0.0-test',
      clock,
    })
  })
  afterAll(async () => {
    await app?.close()
    await opened?.close()
    await owner?.end()
    const admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await rm(dataDir, { recursive: true, force: true })
  })

  const count = async (table: string, condition = 'true') => Number((await owner.query(`select count(*) from ${table} where ${condition}`)).rows[0].count)
  const ask = async (message: string, sessionId?: string) =>
    (await app.services.chat.ask(actor, { message, ...(sessionId === undefined ? {} : { sessionId }) }, { requestId: 'retention' })).sessionId
  const transcript = (sessionId: string) => join(dataDir, 'sessions', `${sessionId}.jsonl`)
  const changeCity = async (id: string, city: string) => {
    const { proposals } = await app.services.proposals.propose(actor, {
      calls: [{ tool: 'records.update', input: { entity: 'contacts', id, values: { city } } }],
      source: { kind: 'sentence', text: 'Move them' },
      untrusted: false,
    })
    const proposal = proposals[0]?.id as string
    await app.services.proposals.decide(actor, proposal, { decision: 'approve' })
    return proposal
  }
  const cityOf = async (id: string) => (await owner.query('select city from contacts where id = $1', [id])).rows[0]?.city
  const run = (options?: { again?: boolean }) => app.services.retention.run(options)

  let contact: string
  let forgotten: string
  let goneOnWith: string
  let oldProposal: string
  let oldImport: string

  it('removes conversations with their transcripts, and what was learned from them stays', async () => {
    contact = (await app.services.records.createRecord(actor, 'contacts', { first_name: 'Ada', last_name: 'Lovelace', external_id: 'c1', city: 'London' })).id
    forgotten = await ask('How many contacts are there?')
    goneOnWith = await ask('Contacts in London')
    oldProposal = await changeCity(contact, 'Paris')
    const imported = await app.services.imports.importFile(actor, Readable.from([Buffer.from('external_id,title\nc1,Countess\n')]), {
      entity: 'contacts',
    } as never)
    oldImport = imported.importId as string
    await owner.query(
      `with m as (insert into memories (workspace_id, id, actor_id, kind, subject, key, value, text, confidence, created_at, updated_at)
          values ($1, gen_random_uuid(), $2, 'fact', 's', 'k', 'v', 'Prefers tea', 1, now(), now()) returning id)
       insert into memory_sources (workspace_id, id, memory_id, actor_id, session_id, at) select $1, gen_random_uuid(), id, $2, $3, now() from m`,
      [actor.workspaceId, actor.userId, forgotten],
    )
    today = 60
    await ask('And in Paris?', goneOnWith)
    today = 89
    expect(await run()).toMatchObject({ removed: expect.not.objectContaining({ sessions: 1 }) })
    expect(existsSync(transcript(forgotten))).toBe(true)
    today = 100
    expect((await run())?.removed).toMatchObject({ sessions: 1 })
    expect(await count('chat_sessions')).toBe(1)
    expect(await count('chat_messages', `session_id = '${forgotten}'`)).toBe(0)
    expect([existsSync(transcript(forgotten)), existsSync(transcript(goneOnWith))]).toEqual([false, true])
    expect(await count('memories')).toBe(1)
    expect(await app.services.chat.sessions.messages(actor, goneOnWith, { limit: 10 })).toMatchObject({ total: 4 })
  })

  it('ends undo before it removes what undo needs, and says so', async () => {
    const recent = await changeCity(contact, 'Rome')
    await expect(app.services.proposals.undo(actor, oldProposal)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('too long ago') })
    await expect(app.services.imports.undo(actor, oldImport)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('too long ago') })
    // Whoever was undoing when it ended still has the rows.
    expect([await count('change_rows', `change_id = '${oldProposal}'`), await count('import_changes')]).toEqual([1, 1])
    today = 102
    expect((await run())?.removed).toMatchObject({ changeRows: 1, importChanges: 1 })
    expect(await count('change_rows', `change_id = '${oldProposal}'`)).toBe(0)
    expect(await cityOf(contact)).toBe('Rome')
    await app.services.proposals.undo(actor, recent)
    expect(await cityOf(contact)).toBe('Paris')
    expect(await app.services.proposals.get(actor, oldProposal)).toMatchObject({ status: 'approved' })
  })

  it('removes of each kind what is older and nothing that is younger or still needed, in every workspace', async () => {
    // Entries are chained a moment later; one that comes behind a younger one stays with it.
    await app.services.audit.flush()
    today = 400
    const other = newId()
    await owner.query(`insert into workspaces (id, name) values ($1, 'Other')`, [other])
    const schedule = newId()
    const webhook = newId()
    await owner.query(
      `insert into schedules (workspace_id, id, user_id, question, "when", cron, time_zone, deliver, enabled, created_at, updated_at)
       values ($1, $2, $3, 'q', 'daily', '0 8 * * *', 'UTC', 'chat', false, now(), now())`,
      [actor.workspaceId, schedule, actor.userId],
    )
    await owner.query(
      `insert into webhooks (workspace_id, id, url, events, enabled, created_by, created_at, updated_at) values ($1, $2, 'https://a.example', '{}', false, 'x', now(), now())`,
      [actor.workspaceId, webhook],
    )
    /** By kind: its table, and a row of a day; \`$1\` workspace, \`$2\` id, \`$3\` time. */
    const kinds: Record<string, { table: string; insert: string; days: number; everywhere?: boolean }> = {
      securityEvents: {
        table: 'security_events',
        insert: `(workspace_id, id, type, severity, details, at) values ($1, $2, 'threat', 'low', '{"made":"here"}', $3)`,
        days: 365,
        everywhere: true,
      },
      keptQuestions: {
        table: 'kept_questions',
        insert: `(workspace_id, id, actor_id, text, outcome, at) values ($1, $2, 'a', 'q', 'declined', $3)`,
        days: 365,
        everywhere: true,
      },
      webhookEvents: {
        table: 'webhook_events',
        insert: `(workspace_id, id, type, data, at) values ($1, $2, 'record.created', '{}', $3)`,
        days: 30,
        everywhere: true,
      },
      scheduleRuns: {
        table: 'schedule_runs',
        insert: `(workspace_id, id, schedule_id, user_id, due_at, reason, state, finished_at) values ($1, $2, '${schedule}', '${actor.userId}', $3, 'asked', 'done', $3)`,
        days: 365,
      },
      workflows: {
        table: 'agent_workflows',
        insert: `(workspace_id, id, name, status, source, user_id, due_at, created_at, ended_at) values ($1, $2, 'n', 'done', '{}', $2, $3, $3, $3)`,
        days: 90,
        everywhere: true,
      },
      modelCalls: {
        table: 'model_calls',
        insert: `(workspace_id, id, at, agent, purpose, provider, model, is_fallback, attempts, input_tokens, cached_tokens, output_tokens, is_estimated, total_ms, outcome) values ($1, $2, $3, 'crm', 'p', 'openai', 'm', false, 1, 1, 0, 1, false, 1, 'done')`,
        days: 365,
        everywhere: true,
      },
      modelDays: {
        table: 'model_days',
        insert: `(workspace_id, user_id, day, cost_usd) values ($1, $2, $3::timestamptz::date, 1)`,
        days: 365,
        everywhere: true,
      },
      modelExchanges: { table: 'model_exchanges', insert: `(workspace_id, id, at, content) values ($1, $2, $3, 'sealed')`, days: 30, everywhere: true },
      alerts: {
        table: 'alerts',
        insert: `(workspace_id, id, name, severity, value, threshold, message, raised_at, resolved_at) values ($1, $2, 'past', 'warning', 1, 1, 'm', $3, $3)`,
        days: 365,
      },
      selfTestRuns: {
        table: 'self_test_runs',
        insert: `(workspace_id, id, name, status, started_by, started_at, until) values ($1, $2, 'n', 'passed', 'x', $3, $3)`,
        days: 90,
      },
    }
    const made: Record<string, { old: string[]; young: string }> = {}
    for (const [kind, { table, insert, days, everywhere }] of Object.entries(kinds)) {
      const add = async (workspaceId: string, day: number) => {
        const id = newId()
        await owner.query(`insert into ${table} ${insert}`, [workspaceId, id, at(day)])
        return id
      }
      const old = [await add(actor.workspaceId, today - days - 2), ...(everywhere === true ? [await add(other, today - days - 2)] : [])]
      made[kind] = { old, young: await add(actor.workspaceId, today - days + 2) }
    }
    // Still needed, whatever its age.
    const open = newId()
    await owner.query(
      `insert into alerts (workspace_id, id, name, severity, value, threshold, message, raised_at) values ($1, $2, 'open', 'warning', 1, 1, 'm', $3)`,
      [actor.workspaceId, open, at(0)],
    )
    const queued = newId()
    await owner.query(`insert into webhook_events (workspace_id, id, type, data, at) values ($1, $2, 'record.created', '{}', $3)`, [
      actor.workspaceId,
      queued,
      at(0),
    ])
    await owner.query(
      `insert into webhook_deliveries (workspace_id, id, webhook_id, event_id, next_at, created_at) values ($1, gen_random_uuid(), $2, $3, $4, $4)`,
      [actor.workspaceId, webhook, queued, at(0)],
    )
    await owner.query(`insert into chat_sessions (workspace_id, id, actor_id, created_at, updated_at) values ($1, gen_random_uuid(), 'a', $2, $2)`, [
      other,
      at(0),
    ])

    const done = await run()
    for (const [kind, { table, days }] of Object.entries(kinds)) {
      const key = kind === 'modelDays' ? 'user_id' : 'id'
      const rows = (await owner.query(`select ${key} as id from ${table} where ${key} = any($1)`, [[...(made[kind]?.old ?? []), made[kind]?.young]])).rows
      expect(rows, `${kind} after ${days} days`).toEqual([{ id: made[kind]?.young }])
      expect(done?.removed[kind], kind).toBeGreaterThanOrEqual(made[kind]?.old.length ?? 0)
    }
    expect(await count('alerts', `id = '${open}'`)).toBe(1)
    expect(await count('webhook_events', `id = '${queued}'`)).toBe(1)
    expect(await count('chat_sessions', `workspace_id = '${other}'`)).toBe(0)
    await app.services.audit.flush()
    expect(await count('proposals')).toBe(1)
    // A year on, the proposal that cannot be undone is history no more; its batch and the records' own history are another matter.
    today = 500
    expect((await run())?.removed).toMatchObject({ proposals: 1 })
    expect([await count('proposals'), await count('proposal_batches'), await count('change_rows')]).toEqual([0, 0, 0])
    expect(await count('field_history')).toBeGreaterThan(0)
  })

  it('leaves an audit trail that can be verified', async () => {
    const before = await app.services.audit.verify(actor)
    expect(before).toMatchObject({ valid: true })
    expect(before.retired).toBeGreaterThan(0)
    expect(await owner.query(`select count(*)::int as n from audit_entries where at < $1`, [at(500 - 365)])).toMatchObject({ rows: [{ n: 0 }] })
  })

  it('leaves a workspace in which a person can be erased', async () => {
    const person = await app.services.records.createRecord(actor, 'contacts', { first_name: 'Grace', last_name: 'Hopper', email: 'grace@example.com' })
    await changeCity(person.id, 'Arlington')
    const erased = await app.server.inject({
      method: 'POST',
      url: '/api/privacy/erase',
      headers: { authorization: `Bearer ${adminKey}` },
      payload: { recordId: person.id },
    })
    expect(erased.statusCode, erased.body).toBeLessThan(300)
    expect(await count('change_rows', `before::text like '%Hopper%' or after::text like '%Hopper%'`)).toBe(0)
  })

  it('is done once a night by one of all processes', async () => {
    today = 510
    const again = createApp(parseConfig(env), {
      ...opened,
      owner: opened.workspace,
      logs: createLogs({ ...parseConfig(env).logging }),
      webFolder: join(dataDir, 'no-web'),
      version: '0.0.0-test',
      clock,
    })
    const second = await again
    const results = await Promise.all([run(), second.services.retention.run(), run()])
    expect(results.filter((result) => result !== undefined)).toHaveLength(1)
    expect(await second.services.retention.run()).toBeUndefined()
    await second.close()
    expect((await run({ again: true }))?.dueOn).toBe(at(510).slice(0, 10))
    expect((await app.services.retention.list(1))[0]).toMatchObject({ dueOn: at(510).slice(0, 10), finishedAt: at(510), error: null })
    expect(await app.services.metrics.text()).toMatch(/^jobs_total\{queue="retention",outcome="done"\} [1-9]/m)
  })

  it('is taken over when its process is gone, and not before', async () => {
    today = 511
    const claim = `insert into maintenance_runs (workspace_id, due_on, holder, held_until, started_at) values ($1, $2, gen_random_uuid(), clock_timestamp() + interval '1 minute', $3)`
    await owner.query(claim, [actor.workspaceId, at(511).slice(0, 10), at(511)])
    expect(await run()).toBeUndefined()
    expect(await run({ again: true })).toBeUndefined()
    await owner.query(`update maintenance_runs set held_until = clock_timestamp() - interval '1 second' where finished_at is null`)
    expect(await run()).toMatchObject({ dueOn: at(511).slice(0, 10) })
  })

  it('keeps what it did when it fails, says why, and tries again within the hour', async () => {
    today = 700
    const [old, older] = [newId(), newId()]
    for (const id of [old, older])
      await owner.query(`insert into chat_sessions (workspace_id, id, actor_id, created_at, updated_at) values ($1, $2, 'a', $3, $3)`, [
        actor.workspaceId,
        id,
        at(600),
      ])
    const outcomes: string[] = []
    const failing = createRetention({
      operations: app.services.operations,
      clock,
      homeWorkspaceId: actor.workspaceId,
      days: { session: 90, undo: 90, audit: 365, exchange: 30 },
      retireAudit: () => Promise.reject(new Error('no audit today')),
      transcripts: { remove: async () => undefined, async *listOld() {} },
      observe: (outcome) => outcomes.push(outcome),
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined } as never,
      batch: 1,
    })
    await expect(failing.run()).rejects.toThrow('no audit today')
    expect(outcomes).toEqual(['failed'])
    expect((await failing.list(1))[0]).toMatchObject({ finishedAt: null, error: 'Error: no audit today', removed: { sessions: expect.any(Number) } })
    expect(await run()).toBeUndefined()
    await owner.query(`update maintenance_runs set held_until = clock_timestamp() where finished_at is null`)
    expect(await run()).toMatchObject({ dueOn: at(700).slice(0, 10) })
    const [last] = await app.services.retention.list(1)
    expect(last).toMatchObject({ error: null, finishedAt: at(700) })
    // What the attempt before removed is in the sum.
    expect(last?.removed.sessions).toBeGreaterThanOrEqual(2)
  })

  it('removes the transcripts of conversations that another machine removed, and none that a restored database does not know yet', async () => {
    today = 701
    const [gone, unknown] = [newId(), newId()]
    for (const id of [gone, unknown]) await writeFile(transcript(id), '{}\n')
    await utimes(transcript(gone), new Date(at(600)), new Date(at(600)))
    await utimes(transcript(unknown), new Date(at(690)), new Date(at(690)))
    expect((await run())?.removed).toMatchObject({ transcripts: 1 })
    expect([existsSync(transcript(gone)), existsSync(transcript(unknown))]).toEqual([false, true])
  })

  it('forgets which conversations were deleted when no server can have their files any more', async () => {
    today = 702
    const other = newId()
    await owner.query(`insert into workspaces (id, name) values ($1, 'Third')`, [other])
    const [old, older, young] = [newId(), newId(), newId()]
    for (const [workspaceId, id, day] of [
      [actor.workspaceId, old, 611],
      [other, older, 500],
      [actor.workspaceId, young, 613],
    ] as const)
      await owner.query(`insert into deleted_sessions (workspace_id, session_id, deleted_at) values ($1, $2, $3)`, [workspaceId, id, at(day)])
    expect((await run())?.removed.deletedSessions).toBeGreaterThanOrEqual(2)
    expect((await owner.query(`select session_id from deleted_sessions where session_id = any($1)`, [[old, older, young]])).rows).toEqual([
      { session_id: young },
    ])
  })

  it('is nothing that a person can do by SQL', async () => {
    const attempt = (as: Actor) =>
      opened.database.transaction(as, (tx) => tx.query(sql`select chatsg.retire_rows('securityEvents', ${at(9999)}, ${at(0)}, 10)`))
    await expect(attempt(actor)).rejects.toMatchObject({ code: '42501' })
    await expect(attempt({ ...actor, role: 'rep' })).rejects.toMatchObject({ code: '42501' })
  })

  it('is a command', async () => {
    const command = (...args: string[]) =>
      promisify(execFile)(process.execPath, [join(repositoryRoot, 'backend/cli.js'), 'maintenance', ...args, '--json'], {
        env: { PATH: process.env.PATH ?? '', ...env, CHATSG_NOW: at(800) },
      })
    expect(JSON.parse((await command('run')).stdout)).toMatchObject({ dueOn: at(800).slice(0, 10), removed: expect.any(Object) })
    expect((await app.services.retention.list(1))[0]).toMatchObject({ dueOn: at(800).slice(0, 10), finishedAt: at(800), error: null })
  })
})
