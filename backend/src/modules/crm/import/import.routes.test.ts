import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { ImportPreview, ImportResult, ImportRun } from '#contracts/import.ts'
import { createTestApp, type TestApp, testAdminKey } from '../../../../test/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

async function send<T = { error: { code: string; message: string; details?: { field?: string; message: string }[] } }>(
  url: string,
  payload: string | Buffer | Readable | undefined,
  type: string | undefined = 'text/csv',
) {
  const headers = { authorization: `Bearer ${testAdminKey}`, ...(type === '' ? {} : { 'content-type': type }) }
  const response = await app.server.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: response.statusCode, body: response.json() as T }
}

const people = 'first_name,last_name,email\nAda,Lovelace,ada@example.com\nBob,Bad,nowhere\n'

describe('POST /api/crm/import', () => {
  it('keeps the connection of a file that is worked on for longer than a connection may be silent', async () => {
    const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
    app.server.server.timeout = 200
    // The import cannot land its rows before this one ends.
    const held = app.database.transaction(app.actor, async (tx) => {
      await tx.query(
        sql`insert into users (workspace_id, id, name, email, role) values (${tx.workspaceId}, gen_random_uuid(), 'Slow', 'slow@held.example', 'rep')`,
      )
      await sleep(1500)
    })
    const rows = `last_name,email,owner\nPatience,patience@held.example,slow@held.example\n`
    const response = await fetch(`${url}/api/crm/import?entity=contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testAdminKey}`, 'content-type': 'text/csv' },
      body: rows,
    })
    await held
    expect([response.status, await response.json()]).toMatchObject([200, { created: 1 }])
  })

  it('imports CSV, JSON, {"items"} and JSON lines, whatever the content type says', async () => {
    const csv = await send<ImportResult>('/api/crm/import?entity=contacts', people)
    expect(csv).toMatchObject({ status: 200, body: { total: 2, created: 1, updated: 0, skipped: 0, errors: [{ row: 3, field: 'email' }] } })
    expect(csv.body.importId).toMatch(/^[0-9a-f-]{36}$/)
    const json = JSON.stringify([{ name: 'Acme', domain: 'acme.example', size: 12, tags: ['a', 'b'], custom: { tier: 'Gold' } }])
    expect(await send('/api/crm/import?entity=organisations&mapping=%7B%22custom.tier%22%3A%22custom.tier%22%7D', json, 'application/json')).toMatchObject({
      status: 200,
      body: { created: 1 },
    })
    expect(
      await send('/api/crm/import?entity=organisations', '{"items":[{"name":"Beta","domain":"beta.example"}],"nextCursor":null}', 'application/octet-stream'),
    ).toMatchObject({ body: { created: 1 } })
    expect(await send('/api/crm/import?entity=organisations', '{"name":"Beta","domain":"BETA.example"}\n{"name":"Gamma"}\n', '')).toMatchObject({
      body: { created: 1, updated: 1 },
    })
    const rows = await app.gold('select name, size, tags, custom, domain from organisations where workspace_id = $1 order by name')
    expect(rows).toEqual([
      { name: 'Acme', size: 12, tags: ['a', 'b'], custom: { tier: 'Gold' }, domain: 'acme.example' },
      { name: 'Beta', size: null, tags: [], custom: {}, domain: 'BETA.example' },
      { name: 'Gamma', size: null, tags: [], custom: {}, domain: null },
    ])
  })

  it.each([
    ['/api/crm/import?entity=contacts', undefined, 'text/csv', 400],
    ['/api/crm/import?entity=contacts', '', 'text/csv', 400],
    ['/api/crm/import?entity=users', people, 'text/csv', 400],
    ['/api/crm/import?entity=contacts&mapping=nonsense', people, 'text/csv', 400],
    ['/api/crm/import?entity=contacts&timeZone=Mars', people, 'text/csv', 400],
    ['/api/crm/import?entity=contacts', '--x\r\n', 'multipart/form-data; boundary=x', 415],
    ['/api/crm/import?entity=contacts', '[{"last_name":', 'application/json', 400],
    ['/api/crm/import/preview?entity=contacts', '<html></html>', 'text/csv', 400],
  ])('answers %s with %j as %s by %i and one sentence', async (url, payload, type, status) => {
    const { status: answered, body } = await send(url, payload, type)
    expect([answered, typeof body.error?.message]).toEqual([status, 'string'])
  })

  it('answers 202 in the background, shows progress while it runs, and ends done', async () => {
    const file = `last_name,external_id\n${Array.from({ length: 5000 }, (_, index) => `Person${index},bg${index}`).join('\n')}\n`
    const { status, body } = await send<{ importId: string }>('/api/crm/import?entity=contacts&background=true&fileName=people.csv', file)
    expect(status).toBe(202)
    let run: ImportRun
    do {
      run = (await app.request('GET', `/api/crm/imports/${body.importId}`)).body
      expect(run.status === 'running' || run.status === 'done').toBe(true)
      expect(run.processed).toBe(run.created + run.updated + run.skipped)
    } while (run.status === 'running')
    expect(run).toMatchObject({ fileName: 'people.csv', total: 5000, processed: 5000, created: 5000, errorCount: 0, failure: null })
    const list: { items: ImportRun[]; nextCursor: string | null } = (await app.request('GET', '/api/crm/imports?limit=1')).body
    expect(list).toMatchObject({ items: [{ id: body.importId, status: 'done' }], nextCursor: body.importId })
    expect((await send(`/api/crm/imports/${body.importId}/undo`, undefined, '')).body).toMatchObject({ removed: 5000, keptCount: 0 })
    expect(await app.request('GET', '/api/crm/imports/0199aaaa-0000-7000-8000-00000000ffff')).toMatchObject({ status: 404 })
  })

  it('previews a file larger than other bodies may be, reading its first megabyte', async () => {
    function* chunks() {
      yield 'E-Mail;Vorname;Nachname;Seit\n'
      for (let index = 0; index < 560; index++) yield 'ada@example.com;Ada;Lovelace;01/02/2025\n'.repeat(1600)
    }
    const { status, body } = await send<ImportPreview>('/api/crm/import/preview?entity=contacts', Readable.from(chunks()))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      format: 'csv',
      delimiter: ';',
      encoding: 'utf-8',
      complete: false,
      problem: null,
      mapping: { 'E-Mail': 'email', Vorname: 'first_name', Nachname: 'last_name', Seit: 'custom.seit' },
    })
    expect(body.sample[0]).toEqual({ 'E-Mail': 'ada@example.com', Vorname: 'Ada', Nachname: 'Lovelace', Seit: '01/02/2025' })
    expect(body.ambiguities).toMatchObject([{ heading: 'Seit', kind: 'dateOrder' }])
  })

  it('lets a viewer export but not import', async () => {
    const viewer = await app.member('viewer')
    await expect(app.app.services.imports.importFile(viewer, Readable.from([Buffer.from(people)]), { entity: 'contacts' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const response = await app.server.inject({ url: '/api/crm/export?entity=contacts&format=csv', headers: { authorization: `Bearer ${testAdminKey}` } })
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('text/csv'),
      'content-disposition': expect.stringMatching(/attachment; filename="contacts-\d{4}-\d{2}-\d{2}\.csv"/),
    })
    expect(response.body).toContain('Ada,Lovelace,ada@example.com')
    expect(
      (await app.server.inject({ url: '/api/crm/export?entity=contacts&format=xlsx', headers: { authorization: `Bearer ${testAdminKey}` } })).statusCode,
    ).toBe(200)
  })
})
