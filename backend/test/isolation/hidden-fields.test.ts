import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'
import { canaries, createHiddenFieldsWorld, type HiddenFieldsWorld, hiddenFields, toldIn } from './hidden-fields-world.ts'

let world: HiddenFieldsWorld
let paths: string[]

beforeAll(async () => {
  world = await createHiddenFieldsWorld()
  const { body } = await world.as('owner', 'GET', '/api/openapi.json')
  paths = Object.entries((body as { paths: Record<string, object> }).paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []))
  // What was kept while everybody saw everything must not be told any more.
  for (const url of readings()) await world.as('rep', 'GET', url)
  for (const question of questions) await world.as('rep', 'POST', '/api/chat', { message: question })
  expect(toldIn((await world.as('rep', 'GET', `/api/crm/contacts/${world.ids.contacts}`)).text)).toContain(canaries.club.toLowerCase())
  await world.hide(hiddenFields)
})
afterAll(() => world.test.close())

/** Every address that is read, of the records that are there. */
function readings(): string[] {
  return paths
    .filter((path) => !/\/(auth|docs|openapi|stream)/.test(path))
    .map((path) =>
      path.replace(/\{(\w+)\}/g, (_all, name: string) => {
        const owner = path
          .split('/')
          .slice(0, path.split('/').indexOf(`{${name}}`))
          .at(-1) as string
        return world.ids[owner] ?? newId()
      }),
    )
}

const words = [
  canaries.phone,
  '0151 90817263',
  '15190817263',
  canaries.email,
  'qvxmail',
  canaries.street,
  canaries.club,
  canaries.industry,
  canaries.value,
  canaries.cost,
]
const questions = [
  'list all contacts',
  'phone of Ann Public',
  'email of Ann Public',
  'phone and city of Ann Public',
  'who is Ann Public?',
  'show me Ann Public',
  'contacts with phone +4915190817263',
  'contacts of the club Jqzclub',
  'contacts by club',
  'contacts by email',
  'organisations by industry',
  'organisations in Kvxindustry',
  'what is the industry of Open Ltd?',
  'list all opportunities',
  'total value of opportunities',
  'opportunities over 1000000',
  'biggest opportunity',
  'average deal value',
  'opportunities by value',
  'pipeline overview',
  'forecast',
  'weighted pipeline',
  'revenue by customer',
  'revenue this month',
  'how much did Open Ltd spend?',
  'average margin of contacts',
  'contacts without a phone',
  'what does Thing cost?',
  'contacts like Ann Public',
  'duplicate contacts',
  'latest orders',
  'quotes by total',
  'what happened with Ann Public?',
  'summarise Big deal',
  'Telefonnummer von Ann Public',
  'Summe der Deals',
  'größter Deal',
]

const hidden = (entity: EntityName, field: string) => hiddenFields.some((one) => one.entity === entity && one.field === field)

describe.each(['rep', 'viewer'] as const)('what is hidden from a %s', (role) => {
  it('is in no answer of any address', async () => {
    const told: string[] = []
    const shownToOwner = new Set<string>()
    for (const url of readings()) {
      const answer = await world.as(role, 'GET', url)
      expect(answer.status, url).toBeLessThan(500)
      // What somebody asked and was told before is their own past.
      if (/\/sessions|\/kept-questions|\/account/.test(url)) continue
      for (const canary of toldIn(answer.text)) told.push(`${url}: ${canary}`)
      for (const canary of toldIn((await world.as('owner', 'GET', url)).text)) shownToOwner.add(canary)
    }
    expect(told).toEqual([])
    const missing = Object.values(canaries).filter((canary) => !shownToOwner.has(canary.toLowerCase()))
    expect(missing, 'the owner sees all of it').toEqual([])
  })

  it('is no field of its records', async () => {
    const { body } = await world.as(role, 'GET', `/api/crm/contacts/${world.ids.contacts}`)
    expect(body).not.toHaveProperty('phone')
    expect(body).not.toHaveProperty('email')
    expect((body as { custom: object }).custom).toEqual({})
    expect(body).toMatchObject({ name: 'Ann Public', city: 'Rome' })
    const order = (await world.as(role, 'GET', `/api/crm/orders/${world.ids.orders}`)).body as { lines: object[] }
    expect(order).not.toHaveProperty('total')
    expect(order.lines[0]).toMatchObject({ sku: 'P-1' })
    expect(order.lines[0]).not.toHaveProperty('unit_price')
  })

  it('is found by no search, whole or begun, and names nobody', async () => {
    for (const word of words) {
      for (const q of [word, word.slice(0, -2), `Ann ${word}`, word.toUpperCase()]) {
        for (const url of [`/api/crm/search?q=${encodeURIComponent(q)}&limit=50`, `/api/crm/contacts?q=${encodeURIComponent(q)}`]) {
          const { text, body, status } = await world.as(role, 'GET', url)
          expect(status, text).toBe(200)
          const { items } = body as { items: { why?: string }[] }
          // Why something was found repeats what was looked for.
          expect(toldIn(items.map(({ why: _, ...item }) => item)), url).toEqual([])
          if (!q.startsWith('Ann')) expect(items, url).toEqual([])
        }
      }
    }
    const found = (await world.as('owner', 'GET', `/api/crm/search?q=${encodeURIComponent(canaries.phone)}`)).body as { items: { label: string }[] }
    expect(found.items.map(({ label }) => label)).toContain('Ann Public')
    const byCity = (await world.as(role, 'GET', '/api/crm/search?q=rome')).body as { items: { label: string }[] }
    expect(byCity.items.map(({ label }) => label).sort()).toEqual(['Ann Public', 'Open Ltd'])
  })

  it('is refused in every part of a query', async () => {
    const field = 'phone'
    const queries: object[] = [
      { entity: 'contacts', select: ['name', field] },
      { entity: 'contacts', filter: { field, op: 'isNotEmpty' } },
      { entity: 'contacts', filter: { not: { field: 'custom.club', op: 'eq', value: canaries.club } } },
      { entity: 'contacts', sort: [{ by: 'custom.margin' }] },
      { entity: 'contacts', groupBy: [{ field: 'custom.club' }], measures: [{ fn: 'count' }] },
      { entity: 'contacts', measures: [{ fn: 'max', field: 'custom.margin' }] },
      { entity: 'contacts', measures: [{ fn: 'count', where: { field: 'email', op: 'contains', value: 'q' } }] },
      { entity: 'contacts', measures: [{ fn: 'countDistinct', field: 'email' }] },
      { entity: 'contacts', select: ['name', 'organisation.industry'] },
      { entity: 'contacts', select: ['name', 'opportunities.sum.value'], currency: 'EUR' },
      { entity: 'contacts', sort: [{ by: 'opportunities.max.value' }], currency: 'EUR' },
      { entity: 'contacts', filter: { relation: 'opportunities', sum: { field: 'value', op: 'gt', value: 5 } } },
      { entity: 'contacts', filter: { relation: 'organisation.opportunities', sum: { field: 'value', op: 'gt', value: 5 } } },
      { entity: 'contacts', filter: { relation: 'opportunities', where: { field: 'value', op: 'gt', value: 5 } } },
      { entity: 'opportunities', select: ['name', 'contact_email'] },
      { entity: 'opportunities', filter: { field: 'contact.phone', op: 'isNotEmpty' } },
      { entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }] },
      { entity: 'opportunities', groupBy: [{ field: 'stage' }], measures: [{ fn: 'count' }, { fn: 'median', field: 'value' }] },
      { entity: 'order_lines', measures: [{ fn: 'sum', field: 'amount' }] },
      { entity: 'orders', sort: [{ by: 'total' }] },
    ]
    for (const query of queries) {
      const answer = await world.as(role, 'POST', '/api/crm/query', query)
      expect(answer.status, JSON.stringify(query)).toBe(400)
      expect(answer.text).toContain('not available to your role')
      const exported = await world.as(role, 'POST', '/api/crm/query/export', { query, format: 'csv' })
      expect(exported.status, exported.text).toBe(400)
      const asOwner = await world.as('owner', 'POST', '/api/crm/query', query)
      expect(asOwner.status, asOwner.text).toBe(200)
    }
    for (const url of [
      '/api/crm/contacts?phone=%2B4915190817263',
      '/api/crm/opportunities?sort=-value',
      '/api/crm/contacts?filter={"field":"email","op":"isEmpty"}',
    ])
      expect((await world.as(role, 'GET', url)).status, url).toBe(400)
  })

  it('is left out of the columns nobody chose', async () => {
    for (const entity of ['contacts', 'opportunities', 'organisations', 'products', 'orders', 'order_lines', 'quotes'] as const) {
      const { body, text } = await world.as(role, 'POST', '/api/crm/query', { entity })
      const keys = (body as { columns: { key: string }[] }).columns.map(({ key }) => key)
      expect(
        keys.filter((key) => hidden(entity, key)),
        text,
      ).toEqual([])
      expect(keys.length).toBeGreaterThan(1)
    }
  })

  it('is in no export', async () => {
    for (const entity of ['contacts', 'organisations', 'opportunities', 'products', 'orders', 'quotes'] as const) {
      for (const format of ['csv', 'json', 'xlsx', ...(entity === 'contacts' ? ['vcf'] : [])] as never[]) {
        for (const q of [undefined, 'a']) {
          const { content } = await world.test.app.services.exports.exportFile(world.people[role], { entity, format, q })
          const parts: Buffer[] = []
          for await (const part of content) parts.push(Buffer.from(part))
          const text = format === 'xlsx' ? await cellsOf(Buffer.concat(parts)) : Buffer.concat(parts).toString('utf8')
          expect(toldIn(text), `${entity} as ${format}`).toEqual([])
          if (format === 'csv')
            expect(
              text
                .split('\r\n')[0]
                ?.split(',')
                .filter((heading) => hidden(entity, heading)),
            ).toEqual([])
        }
      }
    }
  })

  it('is in no answer of the chat, of what other programs ask, or of a proposal', async () => {
    const told: string[] = []
    for (const question of questions) {
      const chat = await world.as(role, 'POST', '/api/chat', { message: question })
      expect(chat.status, question).toBe(200)
      // Words of the question are the asker's own.
      const own = toldIn(question)
      for (const canary of toldIn(chat.text).filter((one) => !own.includes(one))) told.push(`${question}: ${canary}`)
      const openai = await world.as(role, 'POST', '/v1/chat/completions', { model: 'chatsg', messages: [{ role: 'user', content: question }] })
      for (const canary of toldIn(openai.text).filter((one) => !own.includes(one))) told.push(`/v1 ${question}: ${canary}`)
    }
    expect(told).toEqual([])
    const asked = await Promise.all(questions.map((message) => world.as('owner', 'POST', '/api/chat', { message })))
    expect(new Set(asked.flatMap(({ text }) => toldIn(text))).size).toBeGreaterThan(8)
    const value = (await world.as(role, 'POST', '/api/chat', { message: 'total value of opportunities' })).text
    expect(value).toContain('not available to your role')
    expect((await world.as(role, 'POST', '/api/chat', { message: 'phone and city of Ann Public' })).text).toMatch(/Rome.*Phone of contacts is not available/s)
  })

  it('is told by no tool', async () => {
    const { contacts, opportunities } = world.ids
    const calls: [string, object][] = [
      ['records.get', { entity: 'contacts', id: contacts }],
      ['records.get', { entity: 'opportunities', id: opportunities }],
      ['records.query', { entity: 'contacts' }],
      ['records.query', { entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }] }],
      ['records.search', { q: canaries.phone }],
      ['records.search', { q: 'Ann' }],
      ['records.timeline', { entity: 'contacts', id: contacts }],
      ['schema.describe', { entity: 'contacts' }],
      ['pipeline.report', {}],
      ['forecast', {}],
      ['emails.read', {}],
      ['crm.ask', { question: 'list all contacts' }],
    ]
    const shownToOwner: string[] = []
    for (const [tool, input] of calls) {
      const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'execute', arguments: { tool, input } } }
      const { text, status } = await world.as(role, 'POST', '/mcp', body)
      expect(status, text).toBe(200)
      expect(toldIn(text.replaceAll(canaries.phone, '')), `${tool} ${text}`).toEqual([])
      shownToOwner.push(...toldIn((await world.as('owner', 'POST', '/mcp', body)).text))
    }
    expect(new Set(shownToOwner).size, shownToOwner.join()).toBeGreaterThan(8)
  })
})

async function cellsOf(workbook: Buffer): Promise<string> {
  const { readXlsx } = await import('hucre/xlsx')
  return JSON.stringify(await readXlsx(workbook))
}

describe('a hidden field', () => {
  it('is written by nobody who does not see it', async () => {
    const { contacts, orders } = world.ids
    const before = await world.test.gold('select * from contacts where id = $1', [contacts])
    for (const values of [{ phone: '1' }, { custom: { club: 'x' } }, { 'custom.club': 'x' }, { email: null }, { city: 'Paris', phone: '2' }]) {
      const answer = await world.as('rep', 'PATCH', `/api/crm/contacts/${contacts}`, values)
      expect([400, 403], answer.text).toContain(answer.status)
    }
    const named = await world.as('rep', 'PATCH', `/api/crm/contacts/${contacts}`, { phone: '1' })
    expect(named.body).toMatchObject({ error: { code: 'FORBIDDEN', details: [{ field: 'phone' }] } })
    expect((await world.as('rep', 'POST', '/api/crm/contacts', { last_name: 'New', email: canaries.email })).status).toBe(403)
    expect((await world.as('rep', 'POST', '/api/crm/opportunities', { name: 'New', contact_email: canaries.email })).status).toBe(403)
    const order = { order_id: 'O-9', customer: canaries.email, ordered_at: '2026-03-01T10:00:00Z' }
    expect((await world.as('rep', 'POST', '/api/crm/orders', order)).status).toBe(400)
    expect((await world.as('rep', 'PATCH', `/api/crm/orders/${orders}`, { lines: [{ quantity: 1, unit_price: '1' }] })).status).toBe(403)
    const calls = [{ tool: 'records.update', input: { entity: 'contacts', id: contacts, values: { phone: '1' } } }]
    expect((await world.as('rep', 'POST', '/api/approvals', { calls })).status).toBe(403)
    expect(await world.test.gold('select * from contacts where id = $1', [contacts])).toEqual(before)
  })

  it('stays as it is when somebody who does not see it changes the rest, and is not in what they are told', async () => {
    const changed = await world.as('rep', 'PATCH', `/api/crm/contacts/${world.ids.contacts}`, { title: 'Chief' })
    expect(changed.status, changed.text).toBe(200)
    expect(toldIn(changed.text)).toEqual([])
    // These name somebody who has but an address.
    for (const [entity, id, change] of [
      ['opportunities', world.ids.small, { probability: 10 }],
      ['orders', world.ids['nameless order'], { currency: 'USD' }],
    ] as const) {
      const answer = await world.as('rep', 'PATCH', `/api/crm/${entity}/${id}`, change)
      expect(answer.status, answer.text).toBe(200)
      expect(toldIn(answer.text), answer.text).toEqual([])
      expect(toldIn((await world.as('owner', 'GET', `/api/crm/${entity}/${id}`)).text)).toContain(canaries.email)
    }
    const [row] = await world.test.gold('select phone, phone_key, email, street, custom from contacts where id = $1', [world.ids.contacts])
    expect(row).toMatchObject({ phone: canaries.phone, email: canaries.email, street: canaries.street, custom: { club: canaries.club } })
    expect(row?.phone_key).toContain('15190817263')
    expect(((await world.as('owner', 'GET', '/api/crm/search?q=15190817263')).body as { items: unknown[] }).items).not.toEqual([])
  })

  it('is in no proposal, not even where a nameless record is called by it', async () => {
    const { nameless, contacts } = world.ids
    const calls = [
      { tool: 'records.delete', input: { entity: 'contacts', id: nameless } },
      { tool: 'records.update', input: { entity: 'opportunities', id: world.ids.small, values: { probability: 20 } } },
      { tool: 'records.delete', input: { entity: 'orders', id: world.ids['nameless order'] } },
      { tool: 'records.merge', input: { entity: 'contacts', keepId: contacts, mergeIds: [nameless] } },
    ]
    for (const call of calls) {
      const { status, text } = await world.as('rep', 'POST', '/api/approvals', { calls: [call] })
      expect(status, text).toBeLessThan(300)
      expect(toldIn(text), text).toEqual([])
    }
    const linked = await world.as('rep', 'POST', `/api/crm/organisations/${world.ids.organisations}/links`, { entity: 'contact', recordId: nameless })
    expect(linked.body).toMatchObject({ label: 'Contact without a name' })
    expect((await world.as('rep', 'GET', `/api/crm/contacts/${contacts}/links`)).text).toContain('Contact without a name')
    const { text } = await world.as('rep', 'GET', '/api/approvals')
    expect(toldIn(text)).toEqual([])
    expect(toldIn((await world.as('owner', 'GET', '/api/approvals')).text)).toContain(canaries.email)
  })

  it('is no way to choose records for a change, nor an address to write to', async () => {
    for (const message of [
      'tag all contacts with phone +4915190817263 as vip',
      'send an email to Ann Public with the subject "Lunch" and the body "Tomorrow?"',
      'invite Ann Public to Lunch',
      'set the value of Big deal to 5',
    ]) {
      const { text } = await world.as('rep', 'POST', '/api/chat', { message })
      expect(text).toContain('not available to your role')
      expect(toldIn(text.replace(canaries.phone, '')), text).toEqual([])
      expect((await world.as('owner', 'POST', '/api/chat', { message })).text).toMatch(/waits? for your approval/)
    }
  })

  it('is no way to look records up by an import', async () => {
    const { services } = world.test.app
    const file = (text: string) =>
      (async function* () {
        yield Buffer.from(text)
      })()
    await expect(services.imports.importFile(world.people.rep, file(`last_name,email\nX,${canaries.email}\n`), { entity: 'contacts' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: [{ field: 'email' }],
    })
    expect(await services.imports.importFile(world.people.rep, file('last_name,city\nNewcomer,Oslo\n'), { entity: 'contacts' })).toMatchObject({ created: 1 })
  })
})
