import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp, testAdminKey } from '../../../../test/app.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import type { PersonExport } from './export-person.ts'

let app: TestApp
let ada: string
let lead: string
let bob: string
let sessionId: string
let bystanders: string

const address = 'ada.lovelace@example.com'
const fullName = 'Ada Lovelace'

type Certificate = { id: string; subject: string; sha256: string; erased: Record<string, number>; anonymised: Record<string, number>; kept: { what: string }[] }

async function create(entity: string, body: object): Promise<string> {
  const { status, body: record } = await app.request('POST', `/api/crm/${entity}`, body)
  expect(status, `${entity} ${JSON.stringify(record)}`).toBe(201)
  return (record as { id: string }).id
}
const load = (entity: string, text: string) =>
  app.server.inject({
    method: 'POST',
    url: `/api/crm/import?entity=${entity}&createMissing=true`,
    headers: { authorization: `Bearer ${testAdminKey}`, 'content-type': 'text/csv' },
    payload: text,
  })
const ask = async (message: string) => (await app.request('POST', '/api/chat', { message, sessionId })).body as { sessionId: string; text: string }

/** Every place of the workspace that holds the text, in any case: table, column and how often. */
async function placesOf(text: string): Promise<string[]> {
  const columns = await app.gold<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
     where c.table_schema = 'chatsg' and c.data_type in ('text', 'json', 'jsonb', 'ARRAY', 'character varying')
       and c.table_name in (select table_name from information_schema.columns where table_schema = 'chatsg' and column_name = 'workspace_id')
       and c.table_name not in ('audit_entries', 'audit_pending')`,
    [],
  )
  const places: string[] = []
  for (const { table, column } of columns) {
    const [row] = await app.gold<{ n: number }>(`select count(*)::int as n from ${table} where workspace_id = $1 and "${column}"::text ilike $2`, [
      app.workspaceId,
      `%${text}%`,
    ])
    if (row !== undefined && row.n > 0) places.push(`${table}.${column}: ${row.n}`)
  }
  const sessions = join(app.dataDir, 'sessions')
  for (const name of readdirSync(sessions))
    if (readFileSync(join(sessions, name), 'utf8').toLowerCase().includes(text.toLowerCase())) places.push(`transcript ${name}`)
  return places
}

/** A checksum of all records of the bystanders and of another workspace. */
async function bystandersNow(): Promise<string> {
  const rows = await app.gold(
    `select to_jsonb(c) as row from contacts c where workspace_id = $1 and id = $2 union all select to_jsonb(d) from search_documents d where workspace_id = $1 and record_id = $2
     union all select to_jsonb(n) from notes n where workspace_id = $1 and title = 'Bystander'`,
    [app.workspaceId, bob],
  )
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

beforeAll(async () => {
  app = await createTestApp()
  await load('organisations', 'name\nAnalytical Ltd\n')
  ada = await create('contacts', {
    first_name: 'Ada',
    last_name: 'Lovelace',
    email: address,
    phone: '+44 20 7946 0123',
    title: 'Enchantress of numbers',
    city: 'Marylebone',
    custom: {},
  })
  lead = await create('leads', { first_name: 'Ada', last_name: 'Lovelace', email: address.toUpperCase(), source: 'Fair' })
  bob = await create('contacts', { first_name: 'Bob', last_name: 'Lovelace', email: `not.${address}`, phone: '+44 20 7946 0999', city: 'London' })
  await create('contacts', { first_name: 'Cid', last_name: 'Adams', email: `${address}.au`, city: 'London' })
  await app.request('PATCH', `/api/crm/contacts/${ada}`, { title: 'Countess' })
  await create('notes', { title: 'Call', body: 'She likes tea.', related_type: 'contact', related_id: ada })
  await create('notes', { title: 'Bystander', body: 'Bob Lovelace says hello.', related_type: 'contact', related_id: bob })
  await create('notes', {
    title: 'Meeting',
    body: `Met ADA LOVELACE <${address}> and Lovelace, Ada again; not.${address} wrote.`,
    related_type: 'contact',
    related_id: bob,
  })
  await create('tasks', { title: 'Ring back', related_type: 'lead', related_id: lead })
  await create('events', {
    title: 'Tea with Ada Lovelace',
    starts_at: '2026-11-20T15:00:00Z',
    attendees: [address, 'bob@example.com'],
    related_type: 'contact',
    related_id: bob,
  })
  await create('opportunities', { name: 'Engine for Ada  Lovelace', contact_email: address, value: '1200.50', currency: 'EUR', organisation: 'Analytical Ltd' })
  const quote = await create('quotes', { name: 'Offer to Ada Lovelace', contact_email: address, total: '5', currency: 'EUR' })
  await create('quote_lines', { quote_id: quote, description: 'Cogs for Ada Lovelace', quantity: 1, total: '5' })
  await load('orders', `order_id,customer,ordered_at,sku,quantity,unit_price,currency\nA-1,${address},2026-01-05T10:00:00Z,S-1,2,10.00,EUR\n`)
  await load(
    'emails',
    `from,to,subject,body,sent_at,direction\n${address},sales@x.example,Hello,It is me,2026-01-05T10:00:00Z,inbound\nsales@x.example,${address};bob@example.com,Both,Dear Ada Lovelace and Bob,2026-01-06T10:00:00Z,outbound\n`,
  )
  await load('contacts', `last_name,email,date_of_birth\nBroken,broken ${address},1990-13-45\n`)
  await app.request('POST', `/api/crm/contacts/${bob}/links`, { entity: 'contact', recordId: ada, role: 'cousin of Ada Lovelace' })
  sessionId = ((await app.request('POST', '/api/chat', { message: `Show the contact ${fullName}` })).body as { sessionId: string }).sessionId
  await ask(`Which contact has the e-mail ${address}?`)
  await ask('Which contacts live in London?')
  bystanders = await bystandersNow()
})
afterAll(() => app.close())

describe('what is known about a person', () => {
  it('is handed over whole', async () => {
    const { status, body, headers } = await app.request('POST', '/api/privacy/export', { email: address })
    const found = body as unknown as PersonExport
    expect(status).toBe(200)
    expect(headers['content-disposition']).toContain('attachment')
    const counts = Object.fromEntries(Object.entries(found.records).map(([name, rows]) => [name, rows.length]))
    const trade = { opportunities: 1, quotes: 1, quoteLines: 1, orders: 1, orderLines: 1 }
    expect(counts).toEqual({ contacts: 1, leads: 1, notes: 1, tasks: 1, events: 1, emails: 2, ...trade })
    expect(found.records.contacts?.[0]).toMatchObject({ id: ada, title: 'Countess' })
    expect(found.links).toHaveLength(1)
    expect(JSON.stringify(found.history)).toContain('Countess')
    expect(found.messages.length).toBeGreaterThanOrEqual(4)
    expect(found.audit.map((entry) => (entry as { operation: string }).operation)).toContain('contacts.update')
    expect(Object.keys(found.mentions)).toContain('imports')
    expect(JSON.stringify(found)).not.toContain('Cid')
  })

  it('is the administrators’ to ask, and is in the audit trail without the address', async () => {
    const rep = await app.member('rep')
    await expect(app.app.services.privacy.exportPerson(rep, { email: address })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(app.app.services.privacy.erasePerson(rep, { email: address })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { items } = await app.app.services.audit.list(app.actor, { limit: 20, event: 'PRIVACY' })
    expect(items.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['privacy.erase', 'denied'],
      ['privacy.export', 'denied'],
      ['privacy.export', 'ok'],
    ])
    expect(JSON.stringify(items)).not.toContain(address)
    expect((await app.request('POST', '/api/privacy/export', {})).status).toBe(400)
    expect((await app.request('POST', '/api/privacy/erase', { recordId: '0199aaaa-0000-7000-8000-000000000001' })).status).toBe(404)
    expect((await app.request('POST', '/api/privacy/export', { recordId: (await createTestWorkspace()).actor.userId })).status).toBe(404)
  })
})

describe('a person who is erased', () => {
  let certificate: Certificate

  it('is nowhere any more, in no table and no transcript', async () => {
    expect(await placesOf(fullName)).not.toEqual([])
    const { status, body } = await app.request('POST', '/api/privacy/erase', { email: address })
    expect(status).toBe(200)
    certificate = body
    expect(await placesOf(fullName)).toEqual([])
    expect(await placesOf('Lovelace, Ada')).toEqual([])
    expect(await placesOf('Ada  Lovelace')).toEqual([])
    // Two other people's addresses hold this one.
    const left = (await Promise.all([placesOf(address), placesOf(`not.${address}`), placesOf(`${address}.au`)])).map(
      (places) => new Set(places.map((place) => place.replace(/:.*/, ''))),
    )
    expect([...(left[0] as Set<string>)].filter((place) => !left[1]?.has(place) && !left[2]?.has(place))).toEqual([])
    for (const word of ['Countess', 'Enchantress of numbers', 'Marylebone', '7946 0123']) expect(await placesOf(word), word).toEqual([])
    const words = await app.gold('select word from search_words where workspace_id = $1 and word = any($2)', [
      app.workspaceId,
      ['marylebone', 'fair', 'countess', 'london'],
    ])
    expect(words).toEqual([{ word: 'london' }])
  })

  it('leaves the books and everybody else as they were', async () => {
    expect(await bystandersNow()).toBe(bystanders)
    expect(await app.gold('select value, contact_id, name from opportunities where workspace_id = $1')).toEqual([
      { value: '1200.50', contact_id: null, name: 'Engine for [erased]' },
    ])
    const [order] = await app.gold<{ total: string; customer: string }>('select total, customer, contact_id from orders where workspace_id = $1')
    expect(order).toMatchObject({ total: '20', contact_id: null, customer: expect.stringMatching(/^Erased person [0-9a-f]{6}$/) })
    const [event] = await app.gold<{ title: string; attendees: string[] }>('select title, attendees from events where workspace_id = $1')
    expect(event).toEqual({ title: 'Tea with [erased]', attendees: ['[erased]', 'bob@example.com'] })
    expect(
      await app.gold('select q.name, q.contact_id, l.description from quotes q join quote_lines l on l.quote_id = q.id where q.workspace_id = $1'),
    ).toEqual([{ name: 'Offer to [erased]', contact_id: null, description: 'Cogs for [erased]' }])
    const [meeting] = await app.gold<{ body: string }>(`select body from notes where workspace_id = $1 and title = 'Meeting'`)
    expect(meeting?.body).toBe(`Met [erased] <[erased]> and [erased] again; not.${address} wrote.`)
    expect((await app.gold('select subject from emails where workspace_id = $1')).map(({ subject }) => subject)).toEqual(['Both'])
  })

  it('leaves conversations that can be read, and a workspace that works', async () => {
    const { status, body } = await app.request('GET', `/api/sessions/${sessionId}/messages`)
    expect(status).toBe(200)
    expect((body as { items: unknown[] }).items).toHaveLength(6)
    expect((await ask('How many contacts are there?')).text).toMatch(/2/)
    for (const path of ['opportunities', 'orders', 'quotes', 'events', 'notes', 'contacts', 'leads'])
      expect((await app.request('GET', `/api/crm/${path}`)).status, path).toBe(200)
    const found = ((await app.request('GET', '/api/crm/search?q=lovelace')).body as { items: { label: string }[] }).items.map(({ label }) => label)
    expect(found).toContain('Bob Lovelace')
    expect(found.join()).not.toMatch(/Ada\b/)
    expect(((await app.request('GET', '/api/crm/search?q=engine')).body as { items: { label: string }[] }).items.map(({ label }) => label)).toEqual([
      'Engine for [erased]',
    ])
    expect((await app.request('GET', `/api/crm/contacts/${ada}`)).status).toBe(404)
  })

  it('is certified without being named', async () => {
    expect(certificate.erased).toMatchObject({
      contacts: 1,
      leads: 1,
      notes: 1,
      tasks: 1,
      emails: 1,
      record_links: 1,
      search_documents: expect.any(Number),
      field_history: expect.any(Number),
    })
    expect(certificate.anonymised).toMatchObject({
      opportunities: expect.any(Number),
      quotes: expect.any(Number),
      orders: 1,
      order_lines: 1,
      chat_messages: expect.any(Number),
      transcripts: 1,
      imports: 1,
    })
    expect(certificate.subject).toMatch(/^a\*\*\*@example\.com \(SHA-256 [0-9a-f]{64}\)$/)
    const { sha256, ...rest } = certificate
    expect(createHash('sha256').update(JSON.stringify(rest)).digest('hex')).toBe(sha256)
    const { body } = await app.request('GET', '/api/privacy/certificates')
    expect(body).toEqual({ items: [certificate], nextCursor: null, total: 1 })
    const [entry] = (await app.app.services.audit.list(app.actor, { limit: 1, operation: 'privacy.erase' })).items
    expect(entry).toMatchObject({ event: 'PRIVACY', outcome: 'ok', query: { certificate: certificate.id, subject: certificate.subject } })
    expect(certificate.kept.map(({ what }) => what)).toContain('Entries of the audit trail')
    await expect(app.database.transaction(app.actor, (tx) => tx.client.query('delete from erasure_certificates'))).rejects.toMatchObject({ code: '42501' })
  })

  it('who shares an address or a name does not take others along', async () => {
    const one = await create('contacts', { first_name: 'Dora', last_name: 'Twin', email: 'office@shared.example' })
    const two = await create('contacts', { first_name: 'Ed', last_name: 'Other', email: 'office@shared.example' })
    const three = await create('leads', { first_name: 'Dora', last_name: 'Twin', email: 'third@shared.example' })
    await create('notes', { title: 'Who', body: 'Dora Twin of office@shared.example called.' })
    const { body } = await app.request('POST', '/api/privacy/erase', { recordId: one })
    expect((body as Certificate).kept.map(({ what }) => what)).toContain('Texts with a name or address that others here share')
    expect((await app.request('GET', `/api/crm/contacts/${one}`)).status).toBe(404)
    expect((await app.request('GET', `/api/crm/contacts/${two}`)).body).toMatchObject({ email: 'office@shared.example' })
    expect((await app.request('GET', `/api/crm/leads/${three}`)).body).toMatchObject({ last_name: 'Twin' })
  })
})
