import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations, type TestOperations } from '../../../../test/operations.ts'
import { createImportService, type ImportOptions, type ImportService } from './import.service.ts'

let workspace: TestWorkspace
let imports: ImportService
let folder: string
let tested: TestOperations

const load = (text: string | Buffer, options: ImportOptions) => imports.importFile(workspace.actor, Readable.from([Buffer.from(text)]), options)

const newService = (at?: string) =>
  createImportService({ database: workspace.database, operations: tested.operations, clock: createClock(at), folder, logger: { error: () => undefined } })

/** A file of so many people, each with an external id. */
const people = (key: string, count: number) =>
  `last_name,external_id\n${Array.from({ length: count }, (_, index) => `Person${index},${key}${index}`).join('\n')}\n`

beforeAll(async () => {
  workspace = await createTestWorkspace({ currency: 'EUR' })
  folder = await mkdtemp(join(tmpdir(), 'chatsg-import-'))
  tested = createTestOperations(workspace.database)
  imports = newService('2025-06-01T12:00:00Z')
})

describe('importing contacts', () => {
  it('lands good rows and names row, field and mend of the others', async () => {
    const result = await load(
      'first_name,last_name,email,external_id,date_of_birth,tags,custom.region,organisation,owner\nAda,Lovelace,ada@example.com,c1,1815-12-10,math;first,North,Analytical Ltd,sam.w@x.org\nBob,Nomail,not-an-address,c2,,,,,\n,,,c3,,,,,\nCid,Later,cid@example.com,c4,1990-13-45,,South,,\n',
      { entity: 'contacts', createMissing: true },
    )
    expect(result).toMatchObject({ total: 4, created: 1, updated: 0, skipped: 0, errorCount: 3, ignored: [] })
    expect(result.errors.map(({ row, field }) => [row, field])).toEqual([
      [3, 'email'],
      [4, 'last_name'],
      [5, 'date_of_birth'],
    ])
    expect(result.errors[0]?.message).toContain('name@example.com')
    const [ada] = await workspace.gold(
      'select c.name, c.email, c.date_of_birth::text, c.tags, c.custom, o.name as organisation, u.name as owner, u.active from contacts c join organisations o on o.id = c.organisation_id join users u on u.id = c.owner_id where c.workspace_id = $1',
    )
    expect(ada).toMatchObject({
      name: 'Ada Lovelace',
      date_of_birth: '1815-12-10',
      tags: ['math', 'first'],
      custom: { region: 'North' },
      organisation: 'Analytical Ltd',
      owner: 'Sam W',
      active: false,
    })
  })

  it('tells the planner of the database about a few hundred rows, so that the first question is planned well', async () => {
    const analysed = async () =>
      (
        await workspace.gold<{ n: string }>(`select sum(analyze_count) as n from pg_stat_user_tables where schemaname = 'chatsg' and relname = 'products'`, [])
      )[0]?.n
    const before = Number(await analysed())
    await load(`sku,name\n${Array.from({ length: 150 }, (_, index) => `told-${index},Told ${index}`).join('\n')}\n`, {
      entity: 'products',
      createMissing: false,
    })
    await expect.poll(async () => Number(await analysed()), { timeout: 20_000 }).toBeGreaterThan(before)
  })

  it('matches by external id, then e-mail; empty cells leave values alone; unchanged rows are skipped', async () => {
    const result = await load(
      'external_id,email,phone,last_name\nc1,,+44 20 7946 0000,\n,ADA@example.com,,Byron\nc1,ADA@example.com,,Byron\nc9,ada@example.com,,Twin\n',
      { entity: 'contacts' },
    )
    expect(result).toMatchObject({ total: 4, created: 1, updated: 2, skipped: 1, errorCount: 0 })
    const rows = await workspace.gold('select external_id, first_name, last_name, email, phone from contacts where workspace_id = $1 order by external_id')
    expect(rows).toEqual([
      { external_id: 'c1', first_name: 'Ada', last_name: 'Byron', email: 'ADA@example.com', phone: '+44 20 7946 0000' },
      { external_id: 'c9', first_name: null, last_name: 'Twin', email: 'ada@example.com', phone: null },
    ])
  })

  it('keeps nothing of a dry run', async () => {
    const before = await workspace.gold('select count(*)::int as n from contacts where workspace_id = $1')
    const result = await load('last_name,custom.dry\nGhost,1\nGhost,2\n', { entity: 'contacts', dryRun: true })
    expect(result).toMatchObject({ importId: null, dryRun: true, total: 2, created: 2 })
    expect(await workspace.gold('select count(*)::int as n from contacts where workspace_id = $1')).toEqual(before)
    expect(await workspace.gold("select * from custom_fields where workspace_id = $1 and key = 'dry'")).toEqual([])
  })

  it('undoes a whole import, but not what somebody has changed since', async () => {
    const first = await load('external_id,last_name,city\nu1,One,Bonn\nu2,Two,Bonn\n', { entity: 'contacts' })
    const second = await load('external_id,last_name,city,organisation\nu1,One,Paris,New Co\nu2,Deux,Paris,\nu3,Three,Rome,\nu4,Four,Rome,\n', {
      entity: 'contacts',
      createMissing: true,
    })
    expect(second).toMatchObject({ created: 2, updated: 2 })
    await workspace.gold("update contacts set city = 'Lyon' where workspace_id = $1 and external_id = 'u2'")
    await workspace.gold(
      `insert into field_history (workspace_id, entity, record_id, operation, field, old_value, new_value, actor_type, actor_name, at, change_id)
       select workspace_id, 'contacts', id, 'update', 'city', '"Rome"', '"Nice"', 'user', 'x', now(), id from contacts where workspace_id = $1 and external_id = 'u4'`,
    )
    const undone = await imports.undo(workspace.actor, second.importId as string)
    expect(undone).toMatchObject({ removed: 2, restored: 2, keptCount: 2 })
    expect(
      await workspace.gold(
        "select external_id, last_name, city, organisation_id from contacts where workspace_id = $1 and external_id like 'u%' and deleted_at is null order by external_id",
      ),
    ).toEqual([
      { external_id: 'u1', last_name: 'One', city: 'Bonn', organisation_id: null },
      { external_id: 'u2', last_name: 'Two', city: 'Lyon', organisation_id: null },
      { external_id: 'u4', last_name: 'Four', city: 'Rome', organisation_id: null },
    ])
    expect(await imports.undo(workspace.actor, second.importId as string)).toMatchObject({ removed: 0, restored: 0, keptCount: 0 })
    expect((await imports.getImport(workspace.actor, second.importId as string)).status).toBe('undone')
    expect(await imports.undo(workspace.actor, first.importId as string)).toMatchObject({ removed: 1, keptCount: 1 })
  })

  it('reads semicolons, quotes, CRLF, a byte order mark and Windows-1252', async () => {
    const latin = Buffer.from('Vorname;Nachname;E-Mail;Firma\r\nJ\xfcrgen;"M\xfcller; Dr.";jm@example.de;"Gro\xdf ""&"" Co"\r\n', 'latin1')
    expect(await load(latin, { entity: 'contacts', createMissing: true })).toMatchObject({
      created: 1,
      errorCount: 0,
      mapping: { Vorname: 'first_name', Firma: 'organisation' },
    })
    expect(await load('sep=;\r\nlast_name;city\r\n"Semi, Colon";Ulm\r\n\r\n;;\r\nBroken;"never closed\r\n', { entity: 'contacts' })).toMatchObject({
      total: 2,
      created: 1,
      errors: [{ row: 6 }],
    })
    const bom = Buffer.from('\ufefffirst_name\tlast_name\nZoë\tÅngström\n')
    expect(await load(bom, { entity: 'contacts' })).toMatchObject({ created: 1, errorCount: 0 })
    expect(
      await workspace.gold(
        "select c.name, o.name as organisation from contacts c left join organisations o on o.id = c.organisation_id where c.workspace_id = $1 and (c.email = 'jm@example.de' or c.first_name = 'Zoë') order by c.name",
      ),
    ).toEqual([
      { name: 'Jürgen Müller; Dr.', organisation: 'Groß "&" Co' },
      { name: 'Zoë Ångström', organisation: null },
    ])
  })

  it.each([
    ['', 'empty'],
    ['   \n \n', 'blanks'],
    ['<!doctype html><html><body>Sign in</body></html>', 'web page'],
    [Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), 'damaged'],
    [Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251)), 'binary'],
    ['alpha,beta\n1,2\n', 'last_name'],
    ['{"items":[1,2]}', 'JSON'],
  ])('says in one sentence what is wrong with garbage %#', async (text, word) => {
    await expect(load(text, { entity: 'contacts' })).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringContaining(word) })
  })

  it('asks when dates can be read two ways, and reads them as told', async () => {
    const file = 'last_name,email,last_contacted_at\nAmbi,ambi@example.com,03/04/2025 8:45\n'
    await expect(load(file, { entity: 'contacts' })).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('dateOrder') })
    await load(file, { entity: 'contacts', dateOrder: 'dmy', timeZone: 'Europe/Paris' })
    expect(
      await workspace.gold("select last_contacted_at at time zone 'UTC' as at from contacts where workspace_id = $1 and email = 'ambi@example.com'"),
    ).toEqual([{ at: new Date('2025-04-03T06:45:00') }])
  })
})

describe('importing orders', () => {
  const file =
    'order_id,customer,ordered_at,sku,description,quantity,unit_price\nO1,ada@example.com,2025-01-02T10:00:00Z,S1,Lamp ,2,10.00\nO2,nobody@example.com,2025-01-03,S2,Chair,1,5\nO1,ada@example.com,2025-01-02T10:00:00Z,S2,Chair,-1,"1,200.50"\nO3,,2025-01-03,S2,Chair,1,5\n'
  it('joins the lines of one order wherever they stand, and replaces them on the next import', async () => {
    expect(await load(file, { entity: 'orders' })).toMatchObject({ total: 4, created: 2, errorCount: 2 })
    const again = await load(file, { entity: 'orders', createMissing: true })
    expect(again).toMatchObject({ total: 4, created: 1, skipped: 2, errorCount: 1 })
    const changed = await load(file.replace('S1,Lamp ,2', 'S1,Lamp ,3'), { entity: 'orders', createMissing: true })
    expect(changed).toMatchObject({ updated: 2, skipped: 1, errorCount: 1 })
    const gold = () =>
      workspace.gold(
        'select order_number, total::text, line_count, (select count(*)::int from order_lines l where l.order_ref = o.id) as lines from orders o where workspace_id = $1 and deleted_at is null order by 1',
      )
    expect(await gold()).toEqual([
      { order_number: 'O1', total: '-1170.5', line_count: 2, lines: 2 },
      { order_number: 'O2', total: '5', line_count: 1, lines: 1 },
    ])
    expect(await imports.undo(workspace.actor, changed.importId as string)).toMatchObject({ restored: 1, keptCount: 0 })
    expect((await gold())[0]).toMatchObject({ total: '-1180.5', lines: 2 })
  })
})

describe('uploads', () => {
  it('writes nothing when the sender breaks off, and leaves no scratch file', async () => {
    async function* broken() {
      yield Buffer.from('last_name,city\n')
      for (let index = 0; index < 60; index++) yield Buffer.from(`Broken${index},Nowhere and somewhere\n`.repeat(1000))
      throw new Error('aborted')
    }
    await expect(imports.importFile(workspace.actor, broken(), { entity: 'contacts' })).rejects.toThrow('aborted')
    expect(await workspace.gold("select count(*)::int as n from contacts where workspace_id = $1 and city = 'Nowhere and somewhere'")).toEqual([{ n: 0 }])
    expect(await readdir(folder)).toEqual([])
  })

  it('stops a small one that somebody waits for at a shutdown, with what has landed counted, to be undone or sent again', async () => {
    const own = newService()
    const file = people('stop', 9000)
    const waiting = own.importFile(workspace.actor, Readable.from([Buffer.from(file)]), { entity: 'contacts' }).catch((error: Error) => error)
    const id = await vi.waitFor(async () => {
      const [run] = (await imports.listImports(workspace.actor, { limit: 1 })).items
      expect(run).toMatchObject({ status: 'running', processed: expect.any(Number) })
      return run?.id as string
    })
    await own.close()
    expect(await waiting).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(id) })
    const run = await imports.getImport(workspace.actor, id)
    expect(run).toMatchObject({ status: 'failed', failure: expect.stringContaining('shutting down') })
    expect(await workspace.gold("select count(*)::int as n from contacts where workspace_id = $1 and external_id like 'stop%'")).toEqual([{ n: run.created }])
    expect(await load(file, { entity: 'contacts' })).toMatchObject({ total: 9000, created: 9000 - run.created, skipped: run.created, errorCount: 0 })
    expect(await imports.undo(workspace.actor, id)).toMatchObject({ removed: run.created, keptCount: 0 })
  })

  it('shows an import whose process died as failed', async () => {
    await workspace.gold(
      "insert into imports (workspace_id, id, entity, format, status, options, actor_name, started_at) values ($1, '0199aaaa-0000-7000-8000-000000000001', 'contacts', 'csv', 'running', '{}', 'x', now())",
    )
    expect(await imports.getImport(workspace.actor, '0199aaaa-0000-7000-8000-000000000001')).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('stopped'),
    })
  })
})

describe('imports that were accepted', () => {
  const start = (service: ImportService, file: string, options: Partial<ImportOptions> = {}) =>
    service.startImport(workspace.actor, Readable.from([Buffer.from(file)]), { entity: 'contacts', ...options })
  const ended = (id: string, status: string) =>
    vi.waitFor(async () => expect(await imports.getImport(workspace.actor, id)).toMatchObject({ status }), { timeout: 20_000 })

  it('go on after a shutdown where they stopped, each row once, and leave no file behind', async () => {
    const first = newService()
    const id = await start(first, people('pause', 9000))
    await first.close()
    const paused = await imports.getImport(workspace.actor, id)
    expect(paused).toMatchObject({ status: 'running', finishedAt: null })
    expect(paused.processed).toBeLessThan(9000)
    const second = newService()
    await second.resume()
    await ended(id, 'done')
    expect(await imports.getImport(workspace.actor, id)).toMatchObject({
      processed: 9000,
      total: 9000,
      created: 9000,
      skipped: 0,
      errorCount: 0,
      secondsLeft: null,
    })
    await second.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('go on when rows before the stop had errors and rows of one order stood apart', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, index) => `R${index % 2500},person${index % 2500}@resume.example,2025-01-02,SKU,Lamp,${index < 2500 ? 1 : 2},${index % 10 === 0 ? 'x' : '3'}`,
    )
    const first = newService()
    const id = await start(first, `order_id,customer,ordered_at,sku,description,quantity,unit_price\n${lines.join('\n')}\n`, {
      entity: 'orders',
      createMissing: true,
    })
    await vi.waitFor(async () => expect((await imports.getImport(workspace.actor, id)).processed).toBeGreaterThan(0), { timeout: 20_000 })
    await first.close()
    const second = newService()
    await second.resume()
    await ended(id, 'done')
    await second.close()
    expect(await imports.getImport(workspace.actor, id)).toMatchObject({ processed: 5000, created: 4500, errorCount: 500 })
    expect(
      await workspace.gold("select count(*)::int as orders, sum(total)::int as total from orders where workspace_id = $1 and order_number like 'R%'"),
    ).toEqual([{ orders: 2250, total: 2250 * 9 }])
  })

  it('wait in a queue that is shown when two run, and can be cancelled there and while they run', async () => {
    const service = newService()
    const running = [await start(service, people('q1-', 9000)), await start(service, people('q2-', 9000))]
    const waiting = await start(service, people('q3-', 10))
    const dropped = await start(service, people('q4-', 10))
    expect(await imports.getImport(workspace.actor, waiting)).toMatchObject({ status: 'queued', processed: 0, rowsPerSecond: null, secondsLeft: null })
    expect(await imports.cancel(workspace.actor, dropped)).toMatchObject({ status: 'cancelled', created: 0 })
    await expect(imports.undo(workspace.actor, running[1] as string)).rejects.toMatchObject({ code: 'CONFLICT' })
    await imports.cancel(workspace.actor, running[1] as string)
    await ended(running[0] as string, 'done')
    await ended(running[1] as string, 'cancelled')
    await ended(waiting, 'done')
    const cancelled = await imports.getImport(workspace.actor, running[1] as string)
    expect(cancelled.created).toBeLessThan(9000)
    const gold = (key: string) =>
      workspace.gold(`select count(*)::int as n from contacts where workspace_id = $1 and deleted_at is null and external_id like '${key}%'`)
    expect(await gold('q2-')).toEqual([{ n: cancelled.created }])
    expect(await gold('q4-')).toEqual([{ n: 0 }])
    expect(await imports.undo(workspace.actor, cancelled.id)).toMatchObject({ removed: cancelled.created, keptCount: 0 })
    await service.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('end as failed when the person may not import any more', async () => {
    const person = await workspace.member('rep')
    const first = newService()
    const id = await first.startImport(person, Readable.from([Buffer.from(people('gone', 5000))]), { entity: 'contacts' })
    await first.close()
    await workspace.gold('update users set active = false where workspace_id = $1 and id = $2', [workspace.workspaceId, person.userId])
    const second = newService()
    await second.resume()
    expect(await imports.getImport(workspace.actor, id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('not active any more') })
    expect(await readdir(folder)).toEqual([])
  })
})
