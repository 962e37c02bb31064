import { beforeAll, describe, expect, it } from 'vitest'
import type { Filter, Operator } from '#contracts/query.ts'
import { acme, ann, cleo, createQueryWorld, globex, type QueryWorld } from './query-test-world.ts'

let queries: QueryWorld
beforeAll(async () => {
  queries = await createQueryWorld()
})
const run: QueryWorld['run'] = (...args) => queries.run(...args)
const names: QueryWorld['names'] = (...args) => queries.names(...args)

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
    expect(
      await names('contacts', {
        not: {
          and: [
            { field: 'date_of_birth', op: 'gt', value: '1985-01-01' },
            { field: 'city', op: 'isNotEmpty' },
          ],
        },
      }),
    ).toEqual(['Ann', 'Cleo'])
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
    const { rows } = await run({
      entity: 'contacts',
      filter: { relation: 'opportunities', sum: { field: 'value', op: 'gt', value: 100.25 } },
      currency: 'USD',
      select: ['name'],
      sort: [{ by: 'name' }],
    })
    expect(rows.map((row) => row.name)).toEqual(['Ann Müller', 'Bob Smith'])
  })

  it('reaches through relations and back', async () => {
    expect(
      await names('organisations', {
        relation: 'contacts',
        where: {
          relation: 'opportunities',
          where: {
            and: [
              { field: 'state', op: 'eq', value: 'open' },
              { field: 'organisation.state', op: 'eq', value: 'NY' },
            ],
          },
        },
      }),
    ).toEqual(['Globex'])
  })
})
