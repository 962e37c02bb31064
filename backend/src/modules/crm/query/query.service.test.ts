import { beforeAll, describe, expect, it } from 'vitest'
import type { Filter, Measure, TypedQueryInput } from '#contracts/query.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { fieldType, runQuery } from './query.service.ts'
import { ann, cleo, createQueryWorld, now, type QueryWorld } from './query-test-world.ts'

let queries: QueryWorld
beforeAll(async () => {
  queries = await createQueryWorld()
})
const run: QueryWorld['run'] = (...args) => queries.run(...args)

describe('records', () => {
  it('carry id, label, reference ids and currency', async () => {
    const result = await run({ entity: 'opportunities', filter: { field: 'name', op: 'eq', value: 'A' }, select: ['value', 'contact', 'organisation.state'] })
    expect(result.rows).toEqual([
      { id: expect.any(String), name: 'A', value: '100.10', currency: 'USD', contact: 'Ann Müller', contact_id: ann, 'organisation.state': 'CA' },
    ])
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

describe('parts of a time', () => {
  it('are fields in the time zone of the query, and days of the week follow each other', async () => {
    // In Berlin: Wednesday, Tuesday half past midnight and Friday half past midnight.
    const byDay = await run({ entity: 'contacts', groupBy: [{ field: 'created_at.weekday' }], sort: [{ by: 'created_at.weekday', direction: 'asc' }] })
    expect(byDay.columns[0]).toEqual({ key: 'created_at.weekday', label: 'Created weekday', type: 'text' })
    expect(byDay.rows.map((row) => row['created_at.weekday'])).toEqual(['Tuesday', 'Wednesday', 'Friday'])
    expect(await queries.names('contacts', { field: 'created_at.hour', op: 'eq', value: 0 })).toEqual(['Bob', 'Cleo'])
    expect(await queries.names('contacts', { field: 'created_at.weekday', op: 'in', value: ['friday', 'Wednesday'] })).toEqual(['Ann', 'Cleo'])
    expect(await queries.names('contacts', { field: 'created_at.month', op: 'eq', value: 5 })).toEqual(['Ann', 'Bob', 'Cleo'])
  })

  it('are not had by what is no time, and a date has no hours', async () => {
    for (const field of ['value.month', 'actual_close_date.hour', 'created_at.century'])
      expect((await queries.problems({ entity: 'opportunities', filter: { field, op: 'eq', value: 3 } })).code).toBe('VALIDATION')
  })
})

describe('figures', () => {
  const figure = async (measures: Measure[], more: Partial<TypedQueryInput> = {}) => (await run({ entity: 'opportunities', measures, ...more })).rows

  it('keep currencies apart', async () => {
    expect(await figure([{ fn: 'sum', field: 'value' }])).toEqual([
      { currency: 'EUR', sum_value: '1000' },
      { currency: 'USD', sum_value: '600.30' },
    ])
    expect(await figure([{ fn: 'sum', field: 'value' }], { currency: 'USD' })).toEqual([{ currency: 'USD', sum_value: '600.30' }])
    expect(
      await figure(
        [
          { fn: 'avg', field: 'value' },
          { fn: 'median', field: 'value' },
        ],
        { currency: 'USD' },
      ),
    ).toEqual([{ currency: 'USD', avg_value: '200.1', median_value: '100.1' }])
  })

  it('count zero, but add up nothing to no row', async () => {
    const filter: Filter = { field: 'name', op: 'eq', value: 'nobody' }
    expect(await figure([{ fn: 'count' }], { filter })).toEqual([{ count: 0 }])
    expect(await figure([{ fn: 'sum', field: 'value' }], { filter })).toEqual([])
    expect(await figure([{ fn: 'winRate' }], { filter })).toEqual([{ winRate: null }])
  })

  it('give win rate, cycle time, shares and conditions of their own', async () => {
    expect(await figure([{ fn: 'winRate' }, { fn: 'cycleDays' }])).toEqual([{ winRate: 2 / 3, cycleDays: 20 }])
    expect(
      await figure([
        { fn: 'share', as: 'won', where: { field: 'state', op: 'eq', value: 'won' } },
        { fn: 'count', as: 'open', where: { field: 'state', op: 'eq', value: 'open' } },
      ]),
    ).toEqual([{ won: 0.4, open: 2 }])
    expect(await figure([{ fn: 'share' }], { groupBy: [{ field: 'state' }] })).toEqual([
      { state: 'open', share: 0.4 },
      { state: 'won', share: 0.4 },
      { state: 'lost', share: 0.2 },
    ])
    expect(await figure([{ fn: 'share', field: 'value' }], { groupBy: [{ field: 'owner' }], currency: 'USD' })).toEqual([
      { owner: 'Olivia Owner', owner_id: queries.world.actor.userId, currency: 'USD', share_value: expect.closeTo(500 / 600.3, 12) },
      { owner: 'Raj Patel', owner_id: queries.raj, currency: 'USD', share_value: expect.closeTo(100.3 / 600.3, 12) },
    ])
  })

  it('keep groups by having, sort and count them', async () => {
    const result = await run({
      entity: 'opportunities',
      groupBy: [{ field: 'owner' }],
      measures: [{ fn: 'count' }, { fn: 'countDistinct', field: 'state', as: 'states' }],
      having: [{ measure: 'count', op: 'gt', value: 2 }],
      sort: [{ by: 'count', direction: 'desc' }],
      limit: 1,
    })
    expect(result).toMatchObject({ total: 1, rows: [{ owner: 'Raj Patel', owner_id: queries.raj, count: 3, states: 2 }] })
  })

  it('count a record once for each of its tags, and once for none', async () => {
    const { rows } = await run({ entity: 'contacts', groupBy: [{ field: 'tags' }], measures: [{ fn: 'count' }] })
    expect(rows).toEqual([
      { tags: 'new', count: 2 },
      { tags: 'VIP', count: 1 },
      { tags: null, count: 1 },
    ])
  })

  it('bucket by the days of the time zone, across the change to summer time', async () => {
    const days = (timeZone: string) =>
      run(
        {
          entity: 'opportunities',
          filter: { field: 'state', op: 'eq', value: 'open' },
          groupBy: [{ field: 'created_at', bucket: 'day' }],
          measures: [{ fn: 'count' }],
        },
        timeZone,
      ).then(({ rows }) => rows)
    // 29 March 2026 has 23 hours in Berlin: 00:30 UTC is 01:30 there, 22:30 UTC is already 00:30 of the 30th.
    expect(await days('Europe/Berlin')).toEqual([
      { created_at: '2026-03-29', count: 1 },
      { created_at: '2026-03-30', count: 1 },
    ])
    expect(await days('UTC')).toEqual([{ created_at: '2026-03-29', count: 2 }])
    expect(await days('America/New_York')).toEqual([
      { created_at: '2026-03-28', count: 1 },
      { created_at: '2026-03-29', count: 1 },
    ])
    expect((await run({ entity: 'opportunities', groupBy: [{ field: 'created_at', bucket: 'quarter' }] })).rows).toEqual([
      { created_at: '2026-01-01', count: 5 },
    ])
    expect(
      (await run({ entity: 'opportunities', filter: { field: 'name', op: 'eq', value: 'D' }, groupBy: [{ field: 'created_at', bucket: 'week' }] })).rows,
    ).toEqual([{ created_at: '2026-03-23', count: 1 }])
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
    const setting = await queries.world.database.transaction(queries.world.actor, async (tx) => {
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
