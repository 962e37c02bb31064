import { beforeAll, describe, expect, it } from 'vitest'
import type { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Filter, Measure, Operator, TypedQueryInput } from '#contracts/query.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { fieldType, runQuery } from './query.service.ts'

const now = new Date('2026-05-20T09:30:00Z')
const acme = newId()
const globex = newId()
const gone = newId()
const [ann, bob, cleo] = [newId(), newId(), newId()]
let world: TestWorkspace
let raj: string

async function insert(table: string, rows: Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const stored = { id: newId(), created_at: '2026-05-01T12:00:00Z', ...(table === 'users' || table === 'stages' || table === 'order_lines' ? {} : { updated_at: now.toISOString() }), ...row }
    const columns = Object.keys(stored)
    await world.gold(`insert into ${table} (workspace_id, ${columns.join(', ')}) values ($1, ${columns.map((_, index) => `$${index + 2}`).join(', ')})`, [world.workspaceId, ...Object.values(stored)])
  }
}

beforeAll(async () => {
  world = await createTestWorkspace({ currency: 'EUR' })
  raj = (await world.member('rep', 'Raj Patel')).userId
  await world.gold(`insert into custom_fields (workspace_id, entity, key, label, type, choices) values
    ($1, 'contacts', 'region', 'Region', 'choice', '{North,South}'), ($1, 'contacts', 'score', 'Score', 'number', '{}'), ($1, 'contacts', 'renewal', 'Renewal', 'date', '{}'),
    ($1, 'contacts', 'subscribed', 'Subscribed', 'boolean', '{}'), ($1, 'contacts', 'interests', 'Interests', 'multiChoice', '{Consulting,Support}')`)
  await insert('organisations', [
    { id: acme, name: 'Acme', state: 'CA', size: 50, industry: 'Healthcare' },
    { id: globex, name: 'Globex', state: 'NY', size: 500, industry: 'retail' },
    { id: gone, name: 'Gone Ltd', deleted_at: now },
  ])
  await insert('contacts', [
    { id: ann, first_name: 'Ann', last_name: 'Müller', email: 'ann@acme.com', phone: '+1 (415) 555-0100', phone_key: '14155550100', city: 'Zürich', title: '50% CTO', organisation_id: acme, owner_id: raj,
      date_of_birth: '1980-02-29', tags: ['VIP', 'new'], custom: { region: 'North', score: '9.5', renewal: '2026-06-01', subscribed: true, interests: ['Consulting', 'Support'] }, created_at: '2026-05-20T08:00:00Z' },
    { id: bob, first_name: 'Bob', last_name: 'Smith', email: 'BOB@globex.com', phone: '030 123456', city: 'zurich ', organisation_id: globex, owner_id: world.actor.userId, date_of_birth: '1990-06-15',
      tags: ['new'], custom: { region: 'South', score: 10, renewal: '2026-05-20', subscribed: false, interests: ['Support'] }, created_at: '2026-05-18T22:30:00Z' },
    { id: cleo, first_name: 'Cleo', last_name: null, email: 'cleo@example.com', city: null, organisation_id: gone, created_at: '2026-04-30T22:30:00Z' },
    { first_name: 'Deleted', last_name: 'Person', city: 'Zürich', organisation_id: acme, deleted_at: now },
  ])
  await insert('opportunities', [
    { name: 'A', contact_id: ann, organisation_id: acme, owner_id: raj, state: 'won', value: '100.10', currency: 'USD', created_at: '2026-01-01T00:00:00Z', actual_close_date: '2026-01-11' },
    { name: 'B', contact_id: ann, organisation_id: acme, owner_id: raj, state: 'won', value: '0.20', currency: 'USD', created_at: '2026-01-01T00:00:00Z', actual_close_date: '2026-01-31' },
    { name: 'C', contact_id: ann, organisation_id: acme, owner_id: raj, state: 'lost', value: '1000', currency: 'EUR', created_at: '2026-02-01T00:00:00Z' },
    { name: 'D', contact_id: bob, organisation_id: globex, owner_id: world.actor.userId, state: 'open', value: '500', currency: 'USD', created_at: '2026-03-29T00:30:00Z' },
    { name: 'E', contact_id: bob, organisation_id: globex, owner_id: world.actor.userId, state: 'open', value: null, currency: null, created_at: '2026-03-29T22:30:00Z' },
    { name: 'Deleted', contact_id: bob, owner_id: raj, state: 'won', value: '9999', currency: 'USD', deleted_at: now },
  ])
  await insert('notes', [{ body: 'About Ann', related_type: 'contact', related_id: ann }, { body: 'Removed', related_type: 'contact', related_id: bob, deleted_at: now }])
  await insert('products', [{ sku: 'X', name: 'X', active: true, price: '1.5', currency: 'USD' }, { sku: 'Y', name: 'Y', active: false }])
})

const run = (query: TypedQueryInput, timeZone = 'Europe/Berlin') => world.database.transaction(world.actor, (tx) => runQuery(tx, query, { now, timeZone }))
const names = async (entity: TypedQueryInput['entity'], filter: Filter) => (await run({ entity, filter, select: [entity === 'contacts' ? 'first_name' : 'name'], sort: [{ by: 'name' }] })).rows.map((row) => row.first_name ?? row.name)
async function problems(query: unknown): Promise<{ code: string; message: string; details: string[] }> {
  const error = await run(query as TypedQueryInput).then(
    () => undefined,
    (thrown: AppError) => thrown,
  )
  return { code: error?.code ?? 'none', message: error?.message ?? '', details: (error?.details ?? []).map((detail) => `${detail.field}: ${detail.message}`) }
}

describe('conditions', () => {
  const contacts: [string, Operator, unknown, string[]][] = [
    ['city', 'eq', ' ZURICH', ['Ann', 'Bob']],
    ['city', 'ne', 'zürich', ['Cleo']],
    ['city', 'in', ['paris', 'zurich'], ['Ann', 'Bob']],
    ['city', 'notIn', ['zurich'], ['Cleo']],
    ['city', 'contains', 'RIC', ['Ann', 'Bob']],
    ['city', 'notContains', 'zu', ['Cleo']],
    ['name', 'startsWith', 'ann m', ['Ann']],
    ['name', 'endsWith', 'MULLER', ['Ann']],
    ['title', 'contains', '%', ['Ann']],
    ['title', 'contains', '_', []],
    ['city', 'isEmpty', undefined, ['Cleo']],
    ['city', 'isNotEmpty', undefined, ['Ann', 'Bob']],
    ['email', 'eq', 'bob@GLOBEX.com', ['Bob']],
    ['phone', 'eq', '415-555-0100', ['Ann']],
    ['phone', 'eq', '001 415 555 0100', ['Ann']],
    ['phone', 'eq', '030/123456', ['Bob']],
    ['phone', 'eq', '+49 30 123456', []],
    ['phone', 'contains', '555', ['Ann']],
    ['phone', 'startsWith', '+1', ['Ann']],
    ['phone', 'ne', '4155550100', ['Bob', 'Cleo']],
    ['phone', 'isEmpty', undefined, ['Cleo']],
    ['date_of_birth', 'eq', '1980-02-29', ['Ann']],
    ['date_of_birth', 'lt', '1990-06-15', ['Ann']],
    ['date_of_birth', 'lte', '1990-06-15', ['Ann', 'Bob']],
    ['date_of_birth', 'ne', '1980-02-29', ['Bob', 'Cleo']],
    ['date_of_birth', 'between', ['1980-01-01', '1980-12-31'], ['Ann']],
    ['date_of_birth', 'during', { from: '1990' }, ['Bob']],
    ['created_at', 'eq', '2026-05-20', ['Ann']],
    ['created_at', 'gt', '2026-05-18', ['Ann', 'Bob']],
    ['created_at', 'lte', '2026-05-19', ['Bob', 'Cleo']],
    ['created_at', 'lt', '2026-05-20T08:00:00Z', ['Bob', 'Cleo']],
    ['created_at', 'gte', { now: true, daysAgo: 2 }, ['Ann', 'Bob']],
    ['created_at', 'during', { period: 'day', offset: -1 }, ['Bob']],
    ['created_at', 'during', { period: 'month' }, ['Ann', 'Bob', 'Cleo']],
    ['created_at', 'during', { last: 1, unit: 'day' }, ['Ann']],
    ['created_at', 'during', { from: '2026-05-19', to: '2026-05-20' }, ['Bob']],
    ['tags', 'eq', 'vip', ['Ann']],
    ['tags', 'ne', 'VIP', ['Bob', 'Cleo']],
    ['tags', 'in', ['vip', 'new'], ['Ann', 'Bob']],
    ['tags', 'notIn', ['vip', 'new'], ['Cleo']],
    ['tags', 'contains', 'ne', ['Ann', 'Bob']],
    ['tags', 'isEmpty', undefined, ['Cleo']],
    ['organisation', 'eq', 'acme', ['Ann']],
    ['organisation', 'in', ['ACME', 'globex'], ['Ann', 'Bob']],
    ['organisation', 'eq', acme, ['Ann']],
    ['organisation', 'notIn', [acme, globex], ['Cleo']],
    ['organisation', 'contains', 'lob', ['Bob']],
    ['organisation', 'eq', 'Gone Ltd', []],
    ['organisation.state', 'eq', 'ca', ['Ann']],
    ['organisation.size', 'gte', 500, ['Bob']],
    ['organisation_id', 'eq', globex, ['Bob']],
    ['owner', 'eq', 'raj patel', ['Ann']],
    ['owner', 'isEmpty', undefined, ['Cleo']],
    ['owner.role', 'eq', 'Rep', ['Ann']],
    ['id', 'in', [ann, cleo], ['Ann', 'Cleo']],
    ['custom.region', 'eq', 'north', ['Ann']],
    ['custom.region', 'ne', 'north', ['Bob', 'Cleo']],
    ['custom.score', 'gt', 9.5, ['Bob']],
    ['custom.score', 'between', [9.5, '10'], ['Ann', 'Bob']],
    ['custom.renewal', 'during', { next: 30, unit: 'day' }, ['Ann', 'Bob']],
    ['custom.renewal', 'gt', { now: true }, ['Ann']],
    ['custom.subscribed', 'eq', true, ['Ann']],
    ['custom.subscribed', 'ne', true, ['Bob', 'Cleo']],
    ['custom.interests', 'eq', 'support', ['Ann', 'Bob']],
    ['custom.interests', 'contains', 'consult', ['Ann']],
    ['custom.interests', 'isEmpty', undefined, ['Cleo']],
  ]
  it.each(contacts)('contacts where %s %s %j', async (field, op, value, expected) => {
    expect(await names('contacts', { field, op, ...(value === undefined ? {} : { value }) } as Filter)).toEqual(expected)
  })

  it('compares choices, money and booleans', async () => {
    expect(await names('opportunities', { field: 'state', op: 'in', value: ['WON', 'lost'] })).toEqual(['A', 'B', 'C'])
    expect(await names('opportunities', { field: 'value', op: 'eq', value: '100.1' })).toEqual(['A'])
    expect(await names('opportunities', { field: 'value', op: 'notIn', value: [500, 1000] })).toEqual(['A', 'B', 'E'])
    expect(await names('products', { field: 'active', op: 'eq', value: 'no' })).toEqual(['Y'])
  })

  it('negates without losing what is empty', async () => {
    expect(await names('contacts', { not: { field: 'city', op: 'eq', value: 'zurich' } })).toEqual(['Cleo'])
    expect(await names('contacts', { not: { and: [{ field: 'date_of_birth', op: 'gt', value: '1985-01-01' }, { field: 'city', op: 'isNotEmpty' }] } })).toEqual(['Ann', 'Cleo'])
  })
})

describe('relations', () => {
  const cases: [Filter, string[]][] = [
    [{ relation: 'opportunities' }, ['Ann', 'Bob']],
    [{ relation: 'opportunities', count: { op: 'eq', value: 0 } }, ['Cleo']],
    [{ relation: 'opportunities', count: { op: 'gt', value: 2 } }, ['Ann']],
    [{ relation: 'opportunities', count: { op: 'lt', value: 3 } }, ['Bob', 'Cleo']],
    [{ relation: 'opportunities', count: { op: 'ne', value: 3 } }, ['Bob', 'Cleo']],
    [{ relation: 'opportunities', where: { field: 'state', op: 'eq', value: 'won' } }, ['Ann']],
    [{ relation: 'opportunities', where: { field: 'owner', op: 'eq', value: 'Raj Patel' }, count: { op: 'gte', value: 3 } }, ['Ann']],
    [{ relation: 'notes' }, ['Ann']],
    [{ not: { relation: 'notes' } }, ['Bob', 'Cleo']],
    [{ relation: 'opportunities', sum: { field: 'value', op: 'gt', value: 600 } }, ['Ann']],
    [{ relation: 'opportunities', sum: { field: 'value', op: 'lt', value: 1000 } }, ['Bob', 'Cleo']],
    [{ relation: 'opportunities', sum: { field: 'value', op: 'eq', value: 0 } }, ['Cleo']],
  ]
  it.each(cases)('contacts with %j', async (filter, expected) => {
    expect(await names('contacts', filter)).toEqual(expected)
  })

  it('adds up only the chosen currency', async () => {
    const { rows } = await run({ entity: 'contacts', filter: { relation: 'opportunities', sum: { field: 'value', op: 'gt', value: 100.25 } }, currency: 'USD', select: ['name'], sort: [{ by: 'name' }] })
    expect(rows.map((row) => row.name)).toEqual(['Ann Müller', 'Bob Smith'])
  })

  it('reaches through relations and back', async () => {
    expect(await names('organisations', { relation: 'contacts', where: { relation: 'opportunities', where: { and: [{ field: 'state', op: 'eq', value: 'open' }, { field: 'organisation.state', op: 'eq', value: 'NY' }] } } })).toEqual(['Globex'])
  })
})

describe('records', () => {
  it('carry id, label, reference ids and currency', async () => {
    const result = await run({ entity: 'opportunities', filter: { field: 'name', op: 'eq', value: 'A' }, select: ['value', 'contact', 'organisation.state'] })
    expect(result.rows).toEqual([{ id: expect.any(String), name: 'A', value: '100.10', currency: 'USD', contact: 'Ann Müller', contact_id: ann, 'organisation.state': 'CA' }])
    expect(result.columns).toEqual([
      { key: 'value', label: 'Value', type: 'money' },
      { key: 'currency', label: 'Currency', type: 'currency' },
      { key: 'contact', label: 'Contact', type: 'link', entity: 'contacts', idKey: 'contact_id' },
      { key: 'organisation.state', label: 'Organisation state', type: 'text' },
    ])
    expect(result).toMatchObject({ total: 1, asOf: now.toISOString() })
  })

  it('show default columns, and nothing of a deleted organisation', async () => {
    const { rows, columns } = await run({ entity: 'contacts', filter: { field: 'id', op: 'eq', value: cleo } })
    expect(columns.map((column) => column.key)).toEqual(['name', 'email', 'phone', 'title', 'organisation', 'city', 'owner'])
    expect(rows[0]).toMatchObject({ id: cleo, name: 'Cleo', organisation: null, organisation_id: null, owner_id: null })
  })

  it('leave deleted records out unless asked for', async () => {
    expect((await run({ entity: 'contacts', measures: [{ fn: 'count' }] })).rows).toEqual([{ count: 3 }])
    expect((await run({ entity: 'contacts', measures: [{ fn: 'count' }], includeDeleted: true })).rows).toEqual([{ count: 4 }])
  })

  it('know the total beyond the page, past the end too', async () => {
    expect(await run({ entity: 'contacts', limit: 2 })).toMatchObject({ total: 3, rows: [{ name: 'Ann Müller' }, { name: 'Bob Smith' }] })
    expect(await run({ entity: 'contacts', limit: 2, offset: 2 })).toMatchObject({ total: 3, rows: [{ name: 'Cleo' }] })
    expect(await run({ entity: 'contacts', limit: 2, offset: 50 })).toMatchObject({ total: 3, rows: [] })
  })

  it('sort what is empty last in both directions', async () => {
    for (const direction of ['asc', 'desc'] as const) {
      const { rows } = await run({ entity: 'opportunities', sort: [{ by: 'value', direction }], select: ['value'] })
      expect(rows.at(-1)?.value).toBeNull()
    }
  })
})

describe('figures', () => {
  const figure = async (measures: Measure[], more: Partial<TypedQueryInput> = {}) => (await run({ entity: 'opportunities', measures, ...more })).rows

  it('keep currencies apart', async () => {
    expect(await figure([{ fn: 'sum', field: 'value' }])).toEqual([{ currency: 'EUR', sum_value: '1000' }, { currency: 'USD', sum_value: '600.30' }])
    expect(await figure([{ fn: 'sum', field: 'value' }], { currency: 'USD' })).toEqual([{ currency: 'USD', sum_value: '600.30' }])
    expect(await figure([{ fn: 'avg', field: 'value' }, { fn: 'median', field: 'value' }], { currency: 'USD' })).toEqual([{ currency: 'USD', avg_value: '200.1', median_value: '100.1' }])
  })

  it('count zero, but add up nothing to no row', async () => {
    const filter: Filter = { field: 'name', op: 'eq', value: 'nobody' }
    expect(await figure([{ fn: 'count' }], { filter })).toEqual([{ count: 0 }])
    expect(await figure([{ fn: 'sum', field: 'value' }], { filter })).toEqual([])
    expect(await figure([{ fn: 'winRate' }], { filter })).toEqual([{ winRate: null }])
  })

  it('give win rate, cycle time, shares and conditions of their own', async () => {
    expect(await figure([{ fn: 'winRate' }, { fn: 'cycleDays' }])).toEqual([{ winRate: 2 / 3, cycleDays: 20 }])
    expect(await figure([{ fn: 'share', as: 'won', where: { field: 'state', op: 'eq', value: 'won' } }, { fn: 'count', as: 'open', where: { field: 'state', op: 'eq', value: 'open' } }])).toEqual([{ won: 0.4, open: 2 }])
    expect(await figure([{ fn: 'share' }], { groupBy: [{ field: 'state' }] })).toEqual([{ state: 'open', share: 0.4 }, { state: 'won', share: 0.4 }, { state: 'lost', share: 0.2 }])
    expect(await figure([{ fn: 'share', field: 'value' }], { groupBy: [{ field: 'owner' }], currency: 'USD' })).toEqual([
      { owner: 'Olivia Owner', owner_id: world.actor.userId, currency: 'USD', share_value: expect.closeTo(500 / 600.3, 12) },
      { owner: 'Raj Patel', owner_id: raj, currency: 'USD', share_value: expect.closeTo(100.3 / 600.3, 12) },
    ])
  })

  it('keep groups by having, sort and count them', async () => {
    const result = await run({ entity: 'opportunities', groupBy: [{ field: 'owner' }], measures: [{ fn: 'count' }, { fn: 'countDistinct', field: 'state', as: 'states' }], having: [{ measure: 'count', op: 'gt', value: 2 }], sort: [{ by: 'count', direction: 'desc' }], limit: 1 })
    expect(result).toMatchObject({ total: 1, rows: [{ owner: 'Raj Patel', owner_id: raj, count: 3, states: 2 }] })
  })

  it('count a record once for each of its tags, and once for none', async () => {
    const { rows } = await run({ entity: 'contacts', groupBy: [{ field: 'tags' }], measures: [{ fn: 'count' }] })
    expect(rows).toEqual([{ tags: 'new', count: 2 }, { tags: 'VIP', count: 1 }, { tags: null, count: 1 }])
  })

  it('bucket by the days of the time zone, across the change to summer time', async () => {
    const days = (timeZone: string) => run({ entity: 'opportunities', filter: { field: 'state', op: 'eq', value: 'open' }, groupBy: [{ field: 'created_at', bucket: 'day' }], measures: [{ fn: 'count' }] }, timeZone).then(({ rows }) => rows)
    // 29 March 2026 has 23 hours in Berlin: 00:30 UTC is 01:30 there, 22:30 UTC is already 00:30 of the 30th.
    expect(await days('Europe/Berlin')).toEqual([{ created_at: '2026-03-29', count: 1 }, { created_at: '2026-03-30', count: 1 }])
    expect(await days('UTC')).toEqual([{ created_at: '2026-03-29', count: 2 }])
    expect(await days('America/New_York')).toEqual([{ created_at: '2026-03-28', count: 1 }, { created_at: '2026-03-29', count: 1 }])
    expect((await run({ entity: 'opportunities', groupBy: [{ field: 'created_at', bucket: 'quarter' }] })).rows).toEqual([{ created_at: '2026-01-01', count: 5 }])
    expect((await run({ entity: 'opportunities', filter: { field: 'name', op: 'eq', value: 'D' }, groupBy: [{ field: 'created_at', bucket: 'week' }] })).rows).toEqual([{ created_at: '2026-03-23', count: 1 }])
  })
})

describe('a wrong query', () => {
  it('is told every problem with the nearest names that exist', async () => {
    const { code, details } = await problems({ entity: 'contacts', filter: { and: [{ field: 'emial', op: 'eq', value: 'x' }, { field: 'name', op: 'gt', value: 3 }, { field: 'custom.regoin', op: 'eq', value: 'x' }, { relation: 'oportunities' }, { field: 'organisation.stat', op: 'eq', value: 'x' }] }, sort: [{ by: 'ctiy' }] })
    expect(code).toBe('VALIDATION')
    expect(details).toEqual([
      'filter.and[0].field: Contacts have no field "emial". Did you mean "email"?',
      expect.stringContaining('filter.and[1].op: "gt" does not fit "name" (text); use eq, ne,'),
      'filter.and[2].field: Contacts have no field "custom.regoin". Did you mean "custom.region"?',
      'filter.and[3].relation: Contacts have no relation "oportunities". Did you mean "opportunities"?',
      expect.stringContaining('filter.and[4].field: Organisations have no field "stat". Did you mean "organisation.state"'),
      expect.stringContaining('sort[0].by: Contacts have no field "ctiy". Did you mean "city"'),
    ])
  })

  const wrong: [unknown, RegExp][] = [
    [{ entity: 'opportunities', filter: { field: 'state', op: 'eq', value: 'closed' } }, /never "closed".*open, won, lost, abandoned, suspended/],
    [{ entity: 'opportunities', filter: { field: 'value', op: 'gt', value: 'lots' } }, /"lots" is not a number/],
    [{ entity: 'opportunities', filter: { field: 'value', op: 'gt' } }, /needs one value/],
    [{ entity: 'contacts', filter: { field: 'created_at', op: 'gt', value: 'yesterday' } }, /not a date or time/],
    [{ entity: 'contacts', filter: { field: 'created_at', op: 'gt', value: '2026-02-31' } }, /not a date or time/],
    [{ entity: 'contacts', filter: { field: 'created_at', op: 'during', value: { from: '2026-02-01', to: '2026-01-01' } } }, /ends .* before it begins/],
    [{ entity: 'contacts', filter: { field: 'created_at', op: 'during', value: 'today' } }, /needs a time range/],
    [{ entity: 'contacts', filter: { field: 'id', op: 'eq', value: '7' } }, /not the id of a record/],
    [{ entity: 'contacts', filter: { field: 'phone', op: 'eq', value: 'none' } }, /no digit/],
    [{ entity: 'contacts', filter: { field: 'city', op: 'like', value: 'x' } }, /Invalid option/],
    [{ entity: 'contacts', measures: [{ fn: 'sum', field: 'name' }] }, /"sum" needs a number/],
    [{ entity: 'contacts', measures: [{ fn: 'winRate' }] }, /figure of opportunities/],
    [{ entity: 'contacts', measures: [{ fn: 'avg' }] }, /needs a field/],
    [{ entity: 'contacts', measures: [{ fn: 'count' }, { fn: 'count' }] }, /Two result columns/],
    [{ entity: 'contacts', groupBy: [{ field: 'city', bucket: 'month' }] }, /not a date or time/],
    [{ entity: 'contacts', groupBy: [{ field: 'city' }], having: [{ measure: 'cuont', op: 'gt', value: 1 }] }, /no figure "cuont". Did you mean "count"/],
    [{ entity: 'contacts', groupBy: [{ field: 'city' }], sort: [{ by: 'name' }] }, /cannot be sorted by "name"/],
    [{ entity: 'contacts', groupBy: [{ field: 'city' }], select: ['name'] }, /not both/],
    [{ entity: 'contacts', timeZone: 'Mars/Olympus' }, /not a time zone/],
    [{ entity: 'contacts', timeZone: '+02:00' }, /not a time zone/],
    [{ entity: 'robots' }, /Invalid option/],
    [{ entity: 'contacts', limit: 100_000 }, /1000/],
    [{ entity: 'contacts', filter: { and: Array.from({ length: 30 }, () => ({ or: Array.from({ length: 5 }, () => ({ field: 'city', op: 'isEmpty' })) })) } }, /100 conditions/],
    [{ entity: 'contacts', filter: 'city = London' }, /A filter is an object/],
    ['contacts', /A query is an object/],
    [{ entity: 'contacts', select: ['__proto__', 'constructor', 'custom.__proto__'] }, /no field "__proto__"/],
    [{ entity: 'contacts', filter: { relation: 'constructor' } }, /no relation "constructor"/],
  ]
  it.each(wrong)('%j', async (query, message) => {
    const { code, message: actual, details } = await problems(query)
    expect(code).toBe('VALIDATION')
    expect(`${actual} ${details.join(' ')}`).toMatch(message)
  })

  it('is refused however deep it is nested', async () => {
    let filter: unknown = { field: 'city', op: 'isEmpty' }
    for (let depth = 0; depth < 20_000; depth++) filter = { not: filter }
    expect(await problems({ entity: 'contacts', filter })).toMatchObject({ code: 'VALIDATION', message: expect.stringMatching(/nested 8 deep/) })
  })
})

describe('hostile text', () => {
  const attacks = ["'; drop table contacts; --", "x' or '1'='1", '"; select pg_sleep(10); --', '$1', '\\', "\\'; --", '%', '{}', '}) or (1=1', '*/', 'city" = "city', '\u202e', "city'||(select 1)||'"]
  it.each(attacks)('is only text: %s', async (attack) => {
    expect(await names('contacts', { field: 'city', op: 'eq', value: attack })).toEqual([])
    expect(await names('contacts', { field: 'tags', op: 'in', value: [attack, attack] })).toEqual([])
    expect(await names('contacts', { field: 'owner', op: 'startsWith', value: attack })).toEqual([])
    expect(await names('contacts', { field: 'custom.region', op: 'eq', value: attack })).toEqual([])
    const places: unknown[] = [
      { entity: 'contacts', filter: { field: attack, op: 'eq', value: 1 } },
      { entity: 'contacts', filter: { field: `custom.${attack}`, op: 'eq', value: 1 } },
      { entity: 'contacts', filter: { relation: attack } },
      { entity: 'contacts', filter: { field: 'created_at', op: 'gt', value: attack } },
      { entity: 'contacts', filter: { field: 'created_at', op: 'during', value: { from: attack } } },
      { entity: 'contacts', select: [attack] },
      { entity: 'contacts', sort: [{ by: attack }] },
      { entity: 'contacts', groupBy: [{ field: attack }] },
      { entity: 'contacts', groupBy: [{ field: 'created_at', bucket: attack }] },
      { entity: 'contacts', measures: [{ fn: 'count', as: attack }] },
      { entity: 'contacts', measures: [{ fn: 'count' }], having: [{ measure: attack, op: 'gt', value: 0 }] },
      { entity: 'contacts', timeZone: attack },
      { entity: 'contacts', currency: attack },
      { entity: attack },
    ]
    for (const query of places) expect((await problems(query)).code, JSON.stringify(query)).toBe('VALIDATION')
    expect((await run({ entity: 'contacts', title: attack, measures: [{ fn: 'count' }] })).rows).toEqual([{ count: 3 }])
  })

  it('with a NUL character is refused, not failed on', async () => {
    expect(await problems({ entity: 'contacts', filter: { field: 'city', op: 'eq', value: 'a\u0000b' } })).toMatchObject({ code: 'VALIDATION' })
  })
})

describe('permission', () => {
  it('shows nothing of another workspace, in rows, joins, relations and figures', async () => {
    const other = await createTestWorkspace()
    const ask = (query: TypedQueryInput) => other.database.transaction(other.actor, (tx) => runQuery(tx, query, { now, timeZone: 'UTC' }))
    expect((await ask({ entity: 'contacts' })).rows).toEqual([])
    expect((await ask({ entity: 'contacts', filter: { field: 'id', op: 'eq', value: ann } })).total).toBe(0)
    expect((await ask({ entity: 'users', filter: { relation: 'contacts' } })).total).toBe(0)
    expect((await ask({ entity: 'opportunities', measures: [{ fn: 'count' }] })).rows).toEqual([{ count: 0 }])
    await expect(ask({ entity: 'contacts', select: ['custom.region'] })).rejects.toThrow(/no field "custom.region"/)
  })

  it('leaves the time limit of a writing transaction as it was', async () => {
    const setting = await world.database.transaction(world.actor, async (tx) => {
      await runQuery(tx, { entity: 'contacts' }, { now, timeZone: 'UTC' })
      return (await tx.client.query('show statement_timeout')).rows[0].statement_timeout
    })
    expect(setting).toBe('30s')
  })
})

describe('fieldType', () => {
  it('follows references and custom fields', () => {
    expect(fieldType('contacts', 'organisation.size')).toBe('integer')
    expect(fieldType('opportunities', 'stage.pipeline.name')).toBe('text')
    expect(fieldType('contacts', 'custom.x', [{ entity: 'contacts', key: 'x', label: 'X', type: 'multiChoice', choices: [] }])).toBe('multiChoice')
    expect(fieldType('contacts', 'custom.y')).toBeUndefined()
  })
})
