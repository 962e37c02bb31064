import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { type Database, openDatabase, sql } from '#backend/infra/database/database.ts'
import { migrate } from '#backend/infra/database/migrate.ts'
import { createAuditFile } from '#backend/infra/logger/audit-output.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { runInRequest } from '#backend/kernel/request-context.ts'
import { type Audit, type AuditDependencies, createAudit } from './audit.service.ts'
import type { NewAuditEntry } from './audit-trail.ts'

// A database of its own: the chain is one for a whole database, and these tests break it.
const name = `audit_${newId().replaceAll('-', '')}`
const clock = createClock('2026-11-20T15:00:00.000Z')
const { secrecy } = createLogs({ level: 'fatal', file: undefined, auditFile: undefined, debug: undefined }, { secrets: ['configured-secret'] })
const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
let server: pg.Client
let admin: pg.Client
let database: Database
let ours: Extract<Actor, { type: 'user' }>
let theirs: Extract<Actor, { type: 'user' }>
let folder: string
const opened: Audit[] = []

const zeros = '0'.repeat(64)
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const read = (query?: unknown): NewAuditEntry => ({ event: 'CRM_ACCESS', operation: 'contacts.get', outcome: 'ok', query })

function open(more: Partial<AuditDependencies> = {}): Audit {
  const audit = createAudit({ database, clock, logger, secrecy, ...more })
  opened.push(audit)
  return audit
}

async function owner(workspace: string): Promise<Extract<Actor, { type: 'user' }>> {
  const workspaceId = newId()
  await admin.query('insert into workspaces (id, name) values ($1, $2)', [workspaceId, workspace])
  return { type: 'user', workspaceId, userId: newId(), name: `Owner of ${workspace}`, role: 'owner', via: 'session' }
}

beforeAll(async () => {
  server = new pg.Client({ connectionString: inject('adminUrl') })
  await server.connect()
  await server.query(`create database ${name}`)
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${name}`
  const { applicationUrl } = await migrate({ adminUrl: url.toString(), applicationPassword: 'test-only-password' })
  admin = new pg.Client({ connectionString: url.toString(), options: '-c search_path=chatsg -c timezone=UTC' })
  await admin.connect()
  database = openDatabase({ connectionString: applicationUrl, maxConnections: 5, connectionTimeoutMs: 5000, onError: () => undefined })
})
beforeEach(async () => {
  await admin.query(`truncate audit_pending, audit_entries, audit_checkpoints; update audit_head set sequence = 0, hash = repeat('0', 64)`)
  ours = await owner('Ours')
  theirs = await owner('Theirs')
  folder = mkdtempSync(join(tmpdir(), 'chatsg-audit-'))
  vi.clearAllMocks()
})
afterEach(async () => {
  for (const audit of opened.splice(0)) await audit.close()
  rmSync(folder, { recursive: true, force: true })
})
afterAll(async () => {
  await database.close()
  await admin.end()
  await server.query(`drop database ${name} with (force)`)
  await server.end()
})

/** Six entries of two workspaces. */
async function fill(audit: Audit): Promise<void> {
  for (let index = 0; index < 6; index++) {
    audit.note(index % 2 === 0 ? ours : theirs, read({ id: `record-${index}` }))
    await audit.flush()
  }
}

describe('the audit trail', () => {
  it('keeps a change exactly when its transaction is kept, and a read without one, in a chain that can be recomputed', async () => {
    const audit = open()
    await runInRequest({ requestId: 'r-1', sessionId: 's-1', ip: '192.0.2.7', userAgent: 'Browser/1' }, () =>
      database.transaction(ours, (tx) => audit.append(tx, { event: 'CRM_ACCESS', operation: 'contacts.update', outcome: 'ok', query: { id: '7' } })),
    )
    await expect(
      database.transaction(ours, async (tx) => {
        await audit.append(tx, { event: 'CRM_ACCESS', operation: 'contacts.delete', outcome: 'ok' })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    audit.note(ours, read())
    const { items, nextCursor, total } = await audit.list(ours, { limit: 1 })
    expect({ nextCursor, total }).toEqual({ nextCursor: '2', total: 2 })
    expect(items).toMatchObject([{ sequence: 2, operation: 'contacts.get', query: null, ip: null, requestId: null }])
    const rest = await audit.list(ours, { limit: 1, cursor: '2' })
    expect(rest).toMatchObject({
      nextCursor: null,
      items: [
        {
          sequence: 1,
          time: '2026-11-20T15:00:00.000Z',
          event: 'CRM_ACCESS',
          operation: 'contacts.update',
          outcome: 'ok',
          userId: ours.userId,
          userName: 'Owner of Ours',
          sessionId: 's-1',
          query: { id: '7' },
          ip: '192.0.2.7',
          userAgent: 'Browser/1',
          requestId: 'r-1',
          previousHash: zeros,
        },
      ],
    })
    const { rows } = await admin.query<{ line: string; hash: string }>('select line, hash from audit_entries order by sequence')
    let previous = zeros
    for (const { line, hash } of rows) {
      expect(JSON.parse(line)).toMatchObject({ level: 'info', msg: 'CRM_ACCESS', workspaceId: ours.workspaceId, previousHash: previous })
      expect(hash).toBe(sha256(line))
      previous = hash
    }
    expect(await audit.verify(ours)).toEqual({ valid: true, entries: 2, retired: 0, head: previous, firstBroken: null, verifiedAt: '2026-11-20T15:00:00.000Z' })
  })

  it('shows a workspace its own entries alone, filtered, and only to those who administer it', async () => {
    const audit = open()
    await fill(audit)
    audit.note(ours, { event: 'SIGN_IN', operation: 'auth.signIn', outcome: 'denied' })
    expect((await audit.list(ours, { limit: 50 })).items.map(({ sequence }) => sequence)).toEqual([7, 5, 3, 1])
    expect((await audit.list(ours, { limit: 50, event: 'SIGN_IN' })).items.map(({ outcome }) => outcome)).toEqual(['denied'])
    expect((await audit.list(ours, { limit: 50, userId: theirs.userId })).items).toEqual([])
    expect((await audit.list(ours, { limit: 50, operation: 'contacts.get', from: '2026-11-20T15:00:00Z', to: '2026-11-20T15:00:01Z' })).total).toBe(3)
    expect((await audit.list(ours, { limit: 50, from: '2026-11-20T15:00:01Z' })).total).toBe(0)
    await expect(audit.list({ ...ours, role: 'manager' }, { limit: 5 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(audit.verify({ ...ours, role: 'manager' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(audit.list(ours, { limit: 5, cursor: 'x' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('keeps no secret, nothing endless and nothing that breaks a line', async () => {
    const audit = open()
    const query = {
      password: 'hunter2',
      nested: { apiKey: 'hunter2', cookie: 'a=hunter2' },
      url: 'postgres://me:hunter2@host/x?token=hunter2',
      known: 'configured-secret',
      long: 'x'.repeat(5000),
      list: Array.from({ length: 500 }, (_, index) => `item ${index}`),
      odd: 'a\0b\u2028c\ud800d\u001b[31m\n"}',
      deep: { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } },
      when: new Date('2026-01-01T00:00:00Z'),
    }
    runInRequest({ requestId: 'r', userAgent: `Bearer ${'hunter2'.repeat(3)} \u202e${'y'.repeat(900)}` }, () => audit.note(ours, read(query)))
    audit.note(ours, read(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field${index}`, 'z'.repeat(190)]))))
    await audit.flush()
    const { rows } = await admin.query<{ line: string }>('select line from audit_entries order by sequence')
    expect(rows).toHaveLength(2)
    for (const { line } of rows) {
      expect(line).not.toMatch(/hunter2|configured-secret|\p{Cc}|\p{Cf}|\p{Zl}/u)
      expect(line.length).toBeLessThan(4000)
    }
    const [first, second] = rows.map(({ line }) => JSON.parse(line))
    expect(first.query).toMatchObject({ password: '[redacted]', nested: { apiKey: '[redacted]', cookie: '[redacted]' }, when: '2026-01-01T00:00:00.000Z' })
    expect(first.query.list).toHaveLength(21)
    expect(second.query.cut).toHaveLength(2000)
    expect(await audit.verify(ours)).toMatchObject({ valid: true, entries: 2 })
  })

  it('waits while the database does not answer, and says what it had to drop', async () => {
    let isDown = true
    const flaky: Database = {
      ...database,
      transaction: (actor, work, options) => (isDown ? Promise.reject(new AppError('UNAVAILABLE', 'gone')) : database.transaction(actor, work, options)),
    }
    const audit = open({ database: flaky })
    for (let index = 0; index < 20_003; index++) audit.note(index % 2 === 0 ? ours : theirs, read(index))
    await expect(audit.flush()).rejects.toThrow('gone')
    isDown = false
    await audit.flush()
    const { rows } = await admin.query(
      'select event, count(*)::int as n, sum((line::json #>> $1)::int)::int as lost from audit_entries group by 1 order by 1',
      [['query', 'lost']],
    )
    expect(rows).toEqual([
      { event: 'AUDIT_GAP', n: 2, lost: 3 },
      { event: 'CRM_ACCESS', n: 20_000, lost: null },
    ])
    expect(logger.error).toHaveBeenCalledWith(expect.objectContaining({ count: 2 }), expect.stringContaining('lost'))
    expect(await audit.verify(ours)).toMatchObject({ valid: true, entries: 20_002 })
  })
})

describe('whoever runs SQL as the application', () => {
  const refused = [
    `insert into audit_entries (workspace_id, sequence, at, event, operation, outcome, line, hash) select current_setting('app.workspace')::uuid, 99, now(), 'X', 'x', 'ok', '{}', ''`,
    `update audit_entries set line = 'x'`,
    'delete from audit_entries',
    'truncate audit_entries',
    'select * from audit_pending',
    'delete from audit_pending',
    'select * from audit_head',
    `update audit_head set hash = 'x'`,
    'select * from audit_checkpoints',
    `insert into audit_checkpoints values (1, 'x', 1, now(), 'me')`,
    'select * from audit_chain(10)',
    'select * from audit_lines(0, 10)',
    'select audit_head_sequence()',
    `select * from audit_retire(now(), now(), 'me')`,
  ]

  it.each(refused)('may not: %s', async (statement) => {
    await fill(open())
    await expect(database.transaction(ours, (tx) => tx.client.query(statement))).rejects.toMatchObject({ code: '42501' })
  })

  it('reads no line of another workspace, adds none to it, and below an administrator none at all', async () => {
    await fill(open())
    expect(await database.transaction(ours, (tx) => tx.query(sql`select distinct workspace_id as id from audit_entries`))).toEqual([{ id: ours.workspaceId }])
    await expect(database.transaction({ ...ours, role: 'rep' }, (tx) => tx.query(sql`select 1 from audit_entries`))).rejects.toMatchObject({ code: '42501' })
    const forged = (workspaceId: string, rest: string) =>
      database.transaction({ ...ours, role: 'rep' }, (tx) =>
        tx.query(
          sql`insert into audit_pending (workspace_id, at, event, operation, outcome, rest) values (${workspaceId}, now(), 'CRM_ACCESS', 'x', 'ok', ${rest}::json)`,
        ),
      )
    await expect(forged(theirs.workspaceId, '{"a":1}')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    for (const rest of ['{}', '[1]', '{"a":1\n}', ' {"a":1}', '{"a":1} ', `{"a":"${'x'.repeat(20_000)}"}`])
      await expect(forged(ours.workspaceId, rest)).rejects.toMatchObject({ code: '23514' })
    await forged(ours.workspaceId, '{"sequence":1,"previousHash":"x","workspaceId":"other"}')
    expect(await open().verify(ours)).toMatchObject({ valid: true, entries: 7 })
  })
})

describe('verification finds', () => {
  const breaks: { what: string; statement: string; sequence: number; reason: RegExp }[] = [
    {
      what: 'an altered line',
      statement: `update audit_entries set line = replace(line, 'record-2', 'record-9') where sequence = 3`,
      sequence: 3,
      reason: /altered/,
    },
    { what: 'a removed entry', statement: 'delete from audit_entries where sequence = 3', sequence: 3, reason: /missing/ },
    { what: 'a removed beginning', statement: 'delete from audit_entries where sequence < 3', sequence: 1, reason: /missing/ },
    { what: 'a removed end', statement: 'delete from audit_entries where sequence > 4', sequence: 5, reason: /end are missing/ },
    { what: 'everything removed', statement: 'delete from audit_entries', sequence: 1, reason: /end are missing/ },
    {
      what: 'two entries in another order',
      statement: `update audit_entries a set line = b.line, hash = b.hash from audit_entries b where (a.sequence, b.sequence) in ((3, 4), (4, 3))`,
      sequence: 3,
      reason: /does not continue/,
    },
    {
      what: 'a line forged together with its hash',
      statement: `update audit_entries set line = replace(line, 'record-2', 'record-9'), hash = encode(sha256(convert_to(replace(line, 'record-2', 'record-9'), 'UTF8')), 'hex') where sequence = 3`,
      sequence: 4,
      reason: /does not continue/,
    },
    {
      what: 'a newest line forged together with its hash',
      statement: `update audit_entries set line = replace(line, 'record-5', 'record-9'), hash = encode(sha256(convert_to(replace(line, 'record-5', 'record-9'), 'UTF8')), 'hex') where sequence = 6`,
      sequence: 6,
      reason: /not the entry that the chain ended with/,
    },
    {
      what: 'an entry listed under another person',
      statement: 'update audit_entries set user_id = null where sequence = 2',
      sequence: 2,
      reason: /listed under/,
    },
    {
      what: 'an entry moved to another workspace',
      statement: 'update audit_entries set workspace_id = (select workspace_id from audit_entries where sequence = 1) where sequence = 2',
      sequence: 2,
      reason: /listed under/,
    },
    {
      what: 'a line that is none',
      statement: `update audit_entries set line = 'x', hash = encode(sha256('x'), 'hex') where sequence = 2`,
      sequence: 2,
      reason: /does not continue/,
    },
    { what: 'a lost head', statement: 'delete from audit_head', sequence: 7, reason: /end are missing/ },
  ]

  it.each(breaks)('$what', async ({ statement, sequence, reason }) => {
    const audit = open()
    await fill(audit)
    expect(await audit.verify(ours)).toMatchObject({ valid: true, entries: 6 })
    await admin.query('begin')
    await admin.query(statement)
    await admin.query('commit')
    try {
      const found = await database.transaction(ours, (tx) => tx.query<{ broken: number }>(sql`select broken from audit_verify()`))
      expect(found).toEqual([{ broken: sequence }])
      if (statement !== 'delete from audit_head')
        expect(await audit.verify(ours)).toMatchObject({ valid: false, firstBroken: { sequence, reason: expect.stringMatching(reason) } })
    } finally {
      await admin.query(`insert into audit_head values (true, 0, '') on conflict do nothing`)
    }
  })
})

describe('retention', () => {
  it('removes a beginning, leaves what proves the rest, and says so itself', async () => {
    await fill(open({ clock: createClock('2024-01-01T00:00:00Z') }))
    const audit = open({ retention: { days: 365, workspaceId: ours.workspaceId } })
    audit.note(ours, read('young'))
    await fill(open({ clock: createClock('2024-01-02T00:00:00Z') }))
    await audit.flush()
    expect(await audit.retire(new Date('2024-01-01T12:00:00Z'))).toEqual({ removed: 6 })
    expect(await audit.retire(new Date('2024-01-01T12:00:00Z'))).toEqual({ removed: 0 })
    expect(await audit.verify(ours)).toMatchObject({ valid: true, entries: 8, retired: 6 })
    const { items } = await audit.list(ours, { limit: 5, event: 'AUDIT_RETENTION' })
    expect(items).toMatchObject([{ userId: null, userName: 'system: audit retention', query: { removed: 6, sequence: 6, before: '2024-01-01T12:00:00.000Z' } }])
    await admin.query(`update audit_checkpoints set hash = repeat('f', 64)`)
    expect(await audit.verify(ours)).toMatchObject({ valid: false, firstBroken: { sequence: 7 } })
  })

  it('never removes the last day, whatever it is asked', async () => {
    await fill(open({ clock: createClock() }))
    expect(await open().retire(new Date('2100-01-01T00:00:00Z'))).toEqual({ removed: 0 })
  })
})

describe('the audit log file', () => {
  let path: string
  const lines = (file = path) => readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const table = async () => (await admin.query<{ line: string }>('select line from audit_entries order by sequence')).rows.map(({ line }) => line)
  const started = (): Audit => {
    const audit = open({ output: createAuditFile(path) })
    audit.start()
    return audit
  }
  beforeEach(() => {
    path = join(folder, 'audit.log')
  })

  it('holds the lines of the table to the letter, written by itself a moment later', async () => {
    const audit = started()
    audit.note(ours, read('soon “ünïcode” 🙂'))
    await vi.waitFor(() => expect(lines()).toHaveLength(1), { timeout: 10_000 })
    await fill(audit)
    expect(lines()).toEqual(await table())
    expect(await audit.verifyFile(ours, path)).toEqual({ path, valid: true, lines: 7, first: 1, last: 7, firstBroken: null })
  })

  it('gains what was chained before a kill, once, and loses what a kill left half written', async () => {
    await fill(started())
    for (const audit of opened.splice(0)) await audit.close()
    await fill(open())
    expect(lines()).toHaveLength(6)
    appendFileSync(path, '{"time":"2026-11-20T15:00:00.000Z","level":"in')
    await started().flush()
    expect(lines()).toEqual(await table())
    expect(lines()).toHaveLength(12)
  })

  it('is written in order and once by processes that share it', async () => {
    const all = [started(), started(), started()]
    for (let round = 0; round < 10; round++) {
      for (const audit of all) for (let index = 0; index < 20; index++) audit.note(ours, read(index))
      await Promise.all(all.map((audit) => audit.flush()))
    }
    expect(lines()).toHaveLength(600)
    expect(lines()).toEqual(await table())
  })

  it('goes on in a new file when it was moved aside, also after a restart', async () => {
    const audit = started()
    await fill(audit)
    renameSync(path, `${path}.1`)
    await fill(audit)
    expect([lines(`${path}.1`).length, lines().length]).toEqual([6, 6])
    expect(await audit.verifyFile(ours, path)).toMatchObject({ valid: true, first: 7, last: 12 })
    for (const other of opened.splice(0)) await other.close()
    renameSync(path, `${path}.2`)
    const again = started()
    await fill(again)
    expect(await again.verifyFile(ours, path)).toMatchObject({ valid: true, first: 13, last: 18 })
    expect(await again.verifyFile(ours, `${path}.1`)).toMatchObject({ valid: true, first: 1, last: 6 })
  })

  it('of another database makes way', async () => {
    await fill(started())
    for (const audit of opened.splice(0)) await audit.close()
    await admin.query(`truncate audit_entries; update audit_head set sequence = 0, hash = repeat('0', 64)`)
    const audit = open({ output: createAuditFile(path) })
    audit.start()
    audit.note(ours, read())
    await audit.flush()
    expect(lines()).toEqual(await table())
    expect(logger.warn).toHaveBeenCalledWith(expect.objectContaining({ file: path }), expect.stringContaining('another database'))
  })

  const breaks: { what: string; change: (all: string[]) => string[]; line: number; reason: RegExp }[] = [
    { what: 'an altered line', change: (all) => all.map((line) => line.replace('record-2', 'record-9')), line: 3, reason: /altered/ },
    { what: 'an altered last line', change: (all) => all.map((line) => line.replace('record-5', 'record-9')), line: 6, reason: /written anew/ },
    { what: 'a removed line', change: (all) => all.toSpliced(2, 1), line: 3, reason: /removed/ },
    {
      what: 'two lines in another order',
      change: (all) => [...all.slice(0, 2), ...all.slice(2, 4).reverse(), ...all.slice(4)],
      line: 3,
      reason: /another order/,
    },
    { what: 'a line that is none', change: (all) => all.toSpliced(2, 0, 'hello'), line: 3, reason: /not a whole line/ },
    {
      what: 'a file written anew from a line on',
      change(all) {
        let previous: string | undefined
        return all.map((line) => {
          let changed = line.replace('record-2', 'record-9')
          if (previous !== undefined) changed = changed.replace(/"previousHash":"\w+"\}$/, `"previousHash":"${sha256(previous)}"}`)
          previous = changed
          return changed
        })
      },
      line: 6,
      reason: /written anew/,
    },
    {
      what: 'a beginning that continues something else',
      change: (all) => all.slice(3).map((line) => line.replace(/"previousHash":"\w+"\}$/, `"previousHash":"${zeros}"}`)),
      line: 1,
      reason: /before it/,
    },
  ]
  it.each(breaks)('is proven wrong by $what', async ({ change, line, reason }) => {
    const audit = started()
    await fill(audit)
    writeFileSync(path, `${change(lines()).join('\n')}\n`)
    expect(await open().verifyFile(ours, path)).toMatchObject({ valid: false, firstBroken: { line, reason: expect.stringMatching(reason) } })
    expect(await audit.verify(ours)).toMatchObject({ valid: true })
  })

  it('that is not there is said so', async () => {
    await expect(open().verifyFile(ours, path)).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining(path) })
  })
})
