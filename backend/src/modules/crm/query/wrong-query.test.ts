import { beforeAll, describe, expect, it } from 'vitest'
import { createQueryWorld, type QueryWorld } from './query-test-world.ts'

let queries: QueryWorld
beforeAll(async () => {
  queries = await createQueryWorld()
})
const run: QueryWorld['run'] = (...args) => queries.run(...args)
const names: QueryWorld['names'] = (...args) => queries.names(...args)
const problems: QueryWorld['problems'] = (...args) => queries.problems(...args)

describe('a wrong query', () => {
  it('is told every problem with the nearest names that exist', async () => {
    const { code, details } = await problems({
      entity: 'contacts',
      filter: {
        and: [
          { field: 'emial', op: 'eq', value: 'x' },
          { field: 'name', op: 'gt', value: 3 },
          { field: 'custom.regoin', op: 'eq', value: 'x' },
          { relation: 'oportunities' },
          { field: 'organisation.stat', op: 'eq', value: 'x' },
        ],
      },
      sort: [{ by: 'ctiy' }],
    })
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
    [
      { entity: 'contacts', filter: { and: Array.from({ length: 30 }, () => ({ or: Array.from({ length: 5 }, () => ({ field: 'city', op: 'isEmpty' })) })) } },
      /100 conditions/,
    ],
    [{ entity: 'contacts', filter: {} }, /A filter has "field"/],
    [{ entity: 'contacts', filter: { relation: 'opportunities', count: { op: 'gte' } } }, /filter.count.value/],
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
  const attacks = [
    "'; drop table contacts; --",
    "x' or '1'='1",
    '"; select pg_sleep(10); --',
    '$1',
    '\\',
    "\\'; --",
    '%',
    '{}',
    '}) or (1=1',
    '*/',
    'city" = "city',
    '\u202e',
    "city'||(select 1)||'",
  ]
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
