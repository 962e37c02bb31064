import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import { markers } from './hidden-markers.ts'
import { createVisibilityWorld, type VisibilityWorld } from './visibility-world.ts'

const outsiders = ['stranger', 'otherManager', 'viewer', 'mate'] as const
const listed: EntityName[] = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'products',
  'orders',
  'order_lines',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
  'tags',
]

let world: VisibilityWorld
const hidden: { entity: EntityName; id: string }[] = []
let publicPerson: string
let publicDeal: string

beforeAll(async () => {
  world = await createVisibilityWorld()
  const { people, test } = world
  const { services } = test.app
  await services.questions.addCustomField(people.owner, { entity: 'contacts', key: 'club', type: 'text', choices: [] })
  const make = async (entity: EntityName, input: object): Promise<string> => {
    const { id } = await world.create(people.rep, entity, input)
    return id
  }
  const hide = async (entity: EntityName, input: object): Promise<string> => {
    const id = await make(entity, input)
    hidden.push({ entity, id })
    return id
  }
  const own = { visibility: 'owner' }
  const organisation = await hide('organisations', { ...own, name: markers.organisation, domain: markers.domain, external_id: markers.external })
  const contact = await hide('contacts', {
    ...own,
    first_name: 'Ann',
    last_name: markers.person,
    email: markers.email,
    city: markers.city,
    title: markers.title,
    tags: [markers.tag],
    custom: { club: markers.custom },
  })
  await hide('leads', { ...own, last_name: markers.lead, city: markers.city, status: 'New' })
  const deal = await hide('opportunities', {
    ...own,
    name: markers.deal,
    value: '77777',
    currency: 'EUR',
    pipeline: 'Sales',
    stage: 'Offer',
    organisation_id: organisation,
  })
  await hide('tasks', { title: markers.task, related_type: 'contact', related_id: contact, tags: [markers.taskTag] })
  await hide('events', { title: markers.event, related_type: 'organisation', related_id: organisation })
  await hide('notes', { body: markers.note, related_type: 'opportunity', related_id: deal })
  await hide('emails', { from: markers.email, to: ['me@x.example'], subject: markers.mail, related_type: 'contact', related_id: contact })
  const order = await hide('orders', {
    order_id: markers.order,
    customer: markers.email,
    ordered_at: '2026-03-01T10:00:00Z',
    currency: 'EUR',
    lines: [{ description: markers.line, quantity: 1, unit_price: '77777' }],
  })
  await hide('notes', { body: markers.orderNote, related_type: 'order', related_id: order })
  await hide('tasks', { title: markers.orderTask, related_type: 'order', related_id: order })

  const quote = await hide('quotes', {
    name: markers.quote,
    quote_number: markers.quoteNumber,
    status: markers.quoteStatus,
    contact_email: markers.email,
    total: '77777',
    currency: 'EUR',
  })
  await hide('quote_lines', { quote_id: quote, description: markers.quoteLine, quantity: 1, total: '77777', currency: 'EUR' })
  await hide('quotes', { name: markers.dealQuote, opportunity_id: deal, total: '77777', currency: 'EUR' })
  const openQuote = await make('quotes', { name: 'Public quote', total: '5', currency: 'EUR' })
  await make('quote_lines', { quote_id: openQuote, description: 'Public line', quantity: 1, total: '5', currency: 'EUR' })

  publicPerson = await make('contacts', { first_name: 'Ann', last_name: 'Public', city: 'Rome', organisation_id: organisation, tags: ['friend'] })
  publicDeal = await make('opportunities', {
    name: 'Public deal',
    value: '10',
    currency: 'EUR',
    pipeline: 'Sales',
    stage: 'Offer',
    organisation_id: organisation,
    contact_email: markers.email,
  })
  await make('tasks', { title: 'Public task', related_type: 'contact', related_id: publicPerson })
  await services.links.addLink(people.rep, 'contacts', publicPerson, { entity: 'contact', recordId: contact })
  await services.imports.importFile(people.rep, Readable.from([Buffer.from(`last_name,visibility\n${markers.imported},owner\nRow,nobody`)]), {
    entity: 'contacts',
  })
  const [imported] = await test.gold<{ id: string }>('select id from contacts where workspace_id = $1 and last_name = $2', [test.workspaceId, markers.imported])
  hidden.push({ entity: 'contacts', id: imported?.id as string })
  // Seen by everyone at first, also by search beside its people.
  const later = await make('organisations', { name: markers.later })
  await make('contacts', { last_name: 'Later', organisation_id: later })
  await services.records.updateRecord(people.rep, 'organisations', later, { visibility: 'owner' })
  hidden.push({ entity: 'organisations', id: later })
})
afterAll(() => world.test.close())

function expectNoMarker(answer: unknown, where: string): string {
  const text = JSON.stringify(answer)?.toLowerCase() ?? ''
  const found = Object.entries(markers).filter(([, marker]) => text.includes(marker.toLowerCase()))
  expect(found, where).toEqual([])
  return text
}

function expectNothing(answer: unknown, where: string): void {
  const text = expectNoMarker(answer, where)
  for (const { id } of hidden) expect(text.includes(id), `${where} names ${id}`).toBe(false)
}

/** Rows that no marker and no hidden record is in, counted past row-level security. */
async function openCount(entity: EntityName): Promise<number> {
  const ids = hidden.map(({ id }) => id)
  const own = entity === 'order_lines' ? 'order_ref' : 'id'
  const listedOnly = entity === 'tags' ? 'and listed' : entity === 'order_lines' ? '' : 'and deleted_at is null'
  const [row] = await world.test.gold<{ n: number }>(
    `select count(*)::int as n from ${entity} where workspace_id = $1 and not (${own} = any($2)) ${listedOnly}`,
    [world.test.workspaceId, ids],
  )
  return row?.n as number
}

describe.each(outsiders)('to a %s, what is hidden', (name) => {
  const person = () => world.people[name]
  const services = () => world.test.app.services

  it('is in no list, count, group or total', async () => {
    for (const entity of listed) {
      const expected = await openCount(entity)
      if (entity !== 'order_lines') {
        const page = await services().records.listRecords(person(), entity, { limit: 200 })
        expectNothing(page, `list of ${entity}`)
        expect(page.total, entity).toBe(expected)
      }
      const { rows } = await services().questions.query(person(), { entity, measures: [{ fn: 'count' }] })
      expect(Number(rows[0]?.count), `count of ${entity}`).toBe(expected)
    }
    const queries: TypedQueryInput[] = [
      { entity: 'contacts', groupBy: [{ field: 'organisation' }], measures: [{ fn: 'count' }] },
      { entity: 'contacts', groupBy: [{ field: 'tags' }], measures: [{ fn: 'count' }] },
      { entity: 'contacts', groupBy: [{ field: 'city' }], measures: [{ fn: 'count' }] },
      { entity: 'contacts', groupBy: [{ field: 'custom.club' }], measures: [{ fn: 'count' }] },
      { entity: 'contacts', select: ['name', 'organisation', 'organisation.domain', 'owner'] },
      { entity: 'opportunities', select: ['name', 'organisation', 'contact', 'contact_email', 'value'] },
      { entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }] },
      { entity: 'order_lines', measures: [{ fn: 'sum', field: 'amount' }] },
      { entity: 'users', filter: { relation: 'contacts', where: { field: 'city', op: 'eq', value: markers.city } } },
      { entity: 'contacts', filter: { relation: 'tasks', where: { field: 'title', op: 'contains', value: 'q' } } },
      { entity: 'contacts', filter: { field: 'organisation.domain', op: 'isNotEmpty' } },
      { entity: 'contacts', filter: { field: 'organisation', op: 'isNotEmpty' } },
      { entity: 'opportunities', filter: { field: 'contact', op: 'isNotEmpty' } },
    ]
    for (const query of queries) {
      const result = await services().questions.query(person(), query)
      expectNothing(result.rows, JSON.stringify(query))
      if (query.filter !== undefined) expect(result.rows, JSON.stringify(query)).toEqual([])
    }
    const [distinct] = (await services().questions.query(person(), { entity: 'contacts', measures: [{ fn: 'countDistinct', field: 'organisation' }] })).rows
    expect(Number(Object.values(distinct ?? {})[0])).toBe(0)
    const [deals] = (await services().questions.query(person(), { entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }] })).rows
    expect(Number(deals?.sum_value)).toBe(10)
    for (const entity of ['quotes', 'quote_lines'] as const) {
      const [sum] = (await services().questions.query(person(), { entity, measures: [{ fn: 'sum', field: 'total' }] })).rows
      expect(Number(sum?.sum_total), entity).toBe(5)
    }
  })

  it('is in no pipeline report', async () => {
    const report = await services().pipelineReport.getPipelineReport(person())
    expectNothing(report, 'pipeline')
    expect(report.coverage).toMatchObject({ matched: 1, total: 1 })
  })

  it('is found by no search, whole, begun or mistyped', async () => {
    for (const marker of Object.values(markers)) {
      for (const q of [marker, marker.slice(0, 4), `Ann ${marker.replace(/(.)(.)$/, '$2$1')}`]) {
        const hits = await services().questions.search(person(), { q, limit: 50 })
        const text = JSON.stringify(hits.map(({ why: _, ...hit }) => hit)).toLowerCase()
        expect(text.includes(marker.toLowerCase()), `search for ${q}`).toBe(false)
        for (const { id } of hidden) expect(text.includes(id)).toBe(false)
      }
    }
    expect((await services().questions.search(person(), { q: 'Ann', limit: 50 })).map(({ id }) => id)).toEqual([publicPerson])
  })

  it('is not there under its id', async () => {
    for (const { entity, id } of hidden) {
      const ways = [
        services().records.getRecord(person(), entity, id),
        services().timeline.listTimeline(person(), entity, id, 50),
        services().timeline.listHistory(person(), entity, id, 50),
        services().links.listLinks(person(), entity, id),
      ]
      for (const outcome of await Promise.allSettled(ways)) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } })
    }
  })

  it('is not shown beside what is not hidden', async () => {
    for (const [entity, id] of [
      ['contacts', publicPerson],
      ['opportunities', publicDeal],
    ] as const) {
      expectNothing(await services().records.getRecord(person(), entity, id), 'record')
      expectNothing(await services().timeline.listTimeline(person(), entity, id, 50), 'timeline')
      expectNothing(await services().timeline.listHistory(person(), entity, id, 50), 'history')
      expect(await services().links.listLinks(person(), entity, id)).toEqual([])
    }
  })

  it('is in no export', async () => {
    for (const entity of listed.filter((one) => one !== 'order_lines' && one !== 'tags')) {
      for (const format of ['csv', 'json'] as const) {
        const { content } = await services().exports.exportFile(person(), { entity, format })
        let text = ''
        for await (const part of content) text += part
        expectNothing(text, `export of ${entity}`)
      }
    }
  })

  it('is in no answer of the chat', async () => {
    const questions = [
      'How many contacts are there?',
      'contacts by city',
      'contacts by tag',
      'list all organisations',
      'list all opportunities',
      'total value of opportunities',
      'notes about budget',
      'contacts in Xanmarkvile',
      'contacts in Xanmark',
      'show me Zyxmarkholdin',
      'who is Ann Qwvpersn?',
      'contacts tagged Kwqta',
      'tasks for Ann',
      'revenue by customer',
      'what did Qwvperso buy?',
      'orders of the last month',
      'pipeline overview',
    ]
    for (const message of questions) {
      const answer = await services().chat.ask(person(), { message }, { requestId: 'hidden' })
      const { text, parts, citations, coverage } = answer
      expectNothing({ text, parts, citations, coverage }, message)
    }
    const { parts } = await services().chat.ask(person(), { message: 'How many contacts are there?' }, { requestId: 'hidden' })
    expect(Number(parts.find((part) => part.type === 'data-metric')?.data.value)).toBe(await openCount('contacts'))
  })

  it('is in no row that the database shows', async () => {
    const { database } = world.test
    const tables = await world.test.gold<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'chatsg'::regnamespace and c.relkind = 'r'
        and has_table_privilege('chatsg_member', c.oid, 'select') and c.relname not in ('search_words', 'search_deletions')`,
      [],
    )
    expect(tables.length).toBeGreaterThan(20)
    for (const { name: table } of tables) {
      const rows = await database.transaction(person(), (tx) => tx.query(sql`select t.* from ${sql.identifier(table)} t`))
      // What was asked in the chat above is one's own. Ids alone are in columns that refer to a record, and say nothing.
      if (!/^(chat|audit)_/.test(table)) expectNoMarker(rows, table)
    }
    for (const marker of Object.values(markers)) {
      const rows = await database.transaction(person(), (tx) =>
        tx.query(sql`select * from search_candidates(${sql.param([`{${marker.toLowerCase()}}`])}::text[], ${sql.param([...listed])}::text[], 100)`),
      )
      expect(rows).toEqual([])
    }
  })
})

describe('an import by somebody who does not see a record', () => {
  it('neither matches, changes nor names it', async () => {
    const { people, test } = world
    const [before] = await test.gold('select * from contacts where workspace_id = $1 and last_name = $2', [test.workspaceId, markers.person])
    const file = `id,first_name,last_name,email,organisation\n${before?.id},New,Comer,${markers.email.toUpperCase()},Open Ltd\n`
    const result = await test.app.services.imports.importFile(people.stranger, Readable.from([Buffer.from(file)]), { entity: 'contacts', createMissing: true })
    expect(result).toMatchObject({ created: 1, updated: 0, errors: [] })
    const taken = `name,external_id\nTaker,${markers.external}\nFree,EXT-FREE\n`
    const refused = await test.app.services.imports.importFile(people.stranger, Readable.from([Buffer.from(taken)]), { entity: 'organisations' })
    expect(refused).toMatchObject({ created: 1, errors: [{ row: expect.any(Number), field: 'external_id' }] })
    const about = `title,related_type,related_external_id\nNosy,organisation,${markers.external}\n`
    expect(await test.app.services.imports.importFile(people.stranger, Readable.from([Buffer.from(about)]), { entity: 'tasks' })).toMatchObject({
      created: 0,
      errorCount: 1,
    })
    expect(await test.gold('select * from contacts where id = $1', [before?.id])).toEqual([before])
    const runs = await test.app.services.imports.listImports(people.stranger, { limit: 50 })
    expect(runs.items.map(({ entity }) => entity)).toEqual(['tasks', 'organisations', 'contacts'])
  })
})

describe('to those who see it, what is hidden from others', () => {
  it.each(['owner', 'admin', 'manager', 'rep'] as const)('is all there for the %s', async (name) => {
    const { services } = world.test.app
    const person = world.people[name]
    for (const { entity, id } of hidden) expect((await services.records.getRecord(person, entity, id)).id).toBe(id)
    expect((await services.questions.search(person, { q: markers.organisation, limit: 5 }))[0]?.label).toBe(markers.organisation)
    expect((await services.questions.search(person, { q: 'Qwvpers', limit: 5 }))[0]?.label).toBe(`Ann ${markers.person}`)
    const tags = await services.records.listRecords(person, 'tags', { limit: 50 })
    expect(tags.items.map((tag) => tag.name)).toEqual(expect.arrayContaining([markers.tag, markers.taskTag, 'friend']))
    const { rows } = await services.questions.query(person, {
      entity: 'contacts',
      filter: { field: 'city', op: 'eq', value: markers.city.toUpperCase() },
      select: ['name'],
    })
    expect(rows).toHaveLength(1)
    expect(await services.records.getRecord(person, 'contacts', publicPerson)).toMatchObject({ organisation: markers.organisation })
    expect(await services.links.listLinks(person, 'contacts', publicPerson)).toHaveLength(1)
  })
})
