import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedQueryInput, Window } from '#contracts/query.ts'
import { ann, bob, createQueryWorld, type QueryWorld } from './query-test-world.ts'

let queries: QueryWorld
beforeAll(async () => {
  queries = await createQueryWorld()
})
const run: QueryWorld['run'] = (...args) => queries.run(...args)
const monthly: TypedQueryInput = { entity: 'opportunities', groupBy: [{ field: 'created_at', bucket: 'month' }], measures: [{ fn: 'count' }] }
const countWindows = (...functions: Window['fn'][]): Window[] => functions.map((fn) => ({ fn, measure: 'count', as: fn.toLowerCase() }))

describe('windows', () => {
  it('follow time', async () => {
    const { rows } = await run({ ...monthly, windows: countWindows('runningSum', 'previous', 'change', 'changeRatio') })
    expect(rows).toEqual([
      { created_at: '2026-01-01', count: 2, runningsum: 2, previous: null, change: null, changeratio: null },
      { created_at: '2026-02-01', count: 1, runningsum: 3, previous: 2, change: -1, changeratio: -0.5 },
      { created_at: '2026-03-01', count: 2, runningsum: 5, previous: 1, change: 1, changeratio: 1 },
    ])
  })

  it('count an empty bucket as 0, for each of the other groups', async () => {
    const won = { ...monthly, filter: { field: 'state', op: 'in' as const, value: ['won', 'open'] } }
    expect((await run({ ...won, windows: countWindows('previous', 'changeRatio') })).rows).toEqual([
      { created_at: '2026-01-01', count: 2, previous: null, changeratio: null },
      { created_at: '2026-02-01', count: 0, previous: 2, changeratio: -1 },
      { created_at: '2026-03-01', count: 2, previous: 0, changeratio: null },
    ])
    const byState = await run({ ...won, groupBy: [{ field: 'state' }, ...(monthly.groupBy ?? [])], windows: countWindows('runningSum') })
    expect(byState.total).toBe(6)
    expect(byState.rows.filter(({ state }) => state === 'won').map(({ runningsum }) => runningsum)).toEqual([2, 2, 2])
  })

  it('know nothing before a bucket that having removed', async () => {
    const { rows } = await run({ ...monthly, having: [{ measure: 'count', op: 'gte', value: 2 }], windows: countWindows('previous', 'runningSum') })
    expect(rows).toEqual([
      { created_at: '2026-01-01', count: 2, previous: null, runningsum: 2 },
      { created_at: '2026-03-01', count: 2, previous: null, runningsum: 4 },
    ])
  })

  it('rank and share within a currency, and can be asked for by having and sort', async () => {
    const ranked: TypedQueryInput = {
      entity: 'opportunities',
      groupBy: [{ field: 'name' }],
      measures: [{ fn: 'sum', field: 'value', as: 'sum' }],
      windows: [
        { fn: 'rank', measure: 'sum', as: 'place' },
        { fn: 'shareOfTotal', measure: 'sum', as: 'part' },
      ],
      sort: [{ by: 'place' }, { by: 'currency' }],
    }
    expect((await run(ranked)).rows.map(({ name, currency, place }) => [name, currency, place])).toEqual([
      ['C', 'EUR', 1],
      ['D', 'USD', 1],
      ['A', 'USD', 2],
      ['B', 'USD', 3],
    ])
    const { rows, total, columns } = await run({ ...ranked, currency: 'USD', having: [{ measure: 'place', op: 'lte', value: 2 }] })
    expect(total).toBe(2)
    expect(rows.map(({ part }) => part)).toEqual([expect.closeTo(500 / 600.3, 12), expect.closeTo(100.1 / 600.3, 12)])
    expect(columns.at(-1)).toEqual({ key: 'part', label: 'Share of all total value', type: 'percent' })
  })

  const wrong: [Partial<TypedQueryInput>, RegExp][] = [
    [{ windows: [{ fn: 'rank', measure: 'cuont' }] }, /no figure "cuont". Did you mean "count"/],
    [{ groupBy: [{ field: 'state' }], windows: [{ fn: 'previous', measure: 'count' }] }, /needs a bucket of time/],
    [{ measures: [{ fn: 'avg', field: 'value' }], windows: [{ fn: 'runningSum', measure: 'avg_value' }] }, /only fits counts and sums/],
    [{ measures: [{ fn: 'max', field: 'created_at', as: 'last' }], windows: [{ fn: 'change', measure: 'last' }] }, /needs a number/],
    [{ windows: [{ fn: 'change', measure: 'count', direction: 'asc' }] }, /"direction" is for "rank"/],
    [{ measures: [{ fn: 'percentile', field: 'value' }] }, /needs "at"/],
    [{ measures: [{ fn: 'sum', field: 'value', at: 0.5 }] }, /"at" is for "percentile"/],
    [{ measures: [{ fn: 'max', field: 'created_at', as: 'last' }], having: [{ measure: 'last', op: 'gt', value: 1 }] }, /is a time/],
    [{ convert: { to: 'EUR', rates: { USD: '0.0' } } }, /must be more than 0/],
    [{ convert: { to: 'EUR', rates: { EUR: '2' } } }, /leave this rate out/],
    [{ groupBy: [{ field: 'currency' }], measures: [{ fn: 'sum', field: 'value' }], convert: { to: 'EUR', rates: {} } }, /group by something else/],
  ]
  it.each(wrong)('are refused when they make no sense: %j', async (change, message) => {
    const { code, details } = await queries.problems({ ...monthly, ...change })
    expect(code).toBe('VALIDATION')
    expect(details.join(' ')).toMatch(message)
  })
})

describe('stated rates', () => {
  const convert = { to: 'EUR', rates: { USD: '0.9' } }

  it('add up amounts of every currency exactly, and say so', async () => {
    const result = await run({
      entity: 'opportunities',
      measures: [
        { fn: 'sum', field: 'value' },
        { fn: 'percentile', field: 'value', at: 0.9, as: 'high' },
      ],
      convert,
    })
    // 1000 EUR and (100.10 + 0.20 + 500) USD; nine tenths of the way from 450 to 1000 is at position 2.7 of 0, 1, 2, 3.
    expect(result.rows).toEqual([{ currency: 'EUR', sum_value: '1540.27', high: '835' }])
    expect(result.notes).toEqual(['Amounts are compared and added in EUR at 1 USD = 0.9 EUR, as stated.'])
  })

  it('name what they leave out', async () => {
    const result = await run({ entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }], convert: { to: 'GBP', rates: { EUR: '0.8' } } })
    expect(result.rows).toEqual([{ currency: 'GBP', sum_value: '800' }])
    expect(result.notes).toEqual([
      'Amounts are compared and added in GBP at 1 EUR = 0.8 GBP, as stated.',
      'Left out for want of a rate: the value of 3 opportunities in USD.',
    ])
  })

  it('are what filters and sorting compare by', async () => {
    const more: TypedQueryInput = {
      entity: 'opportunities',
      filter: { field: 'value', op: 'gt', value: 89 },
      sort: [{ by: 'value', direction: 'desc' }],
      convert,
    }
    const { rows } = await run(more)
    expect(rows.map(({ name, value, currency }) => [name, value, currency])).toEqual([
      ['C', '1000', 'EUR'],
      ['D', '500', 'USD'],
      ['A', '100.10', 'USD'],
    ])
    expect((await run({ ...more, convert: { to: 'USD', rates: {} } })).notes).toEqual([
      'Only amounts in USD count; no rates were stated.',
      'Has no rate to be compared by: the value of 1 opportunity in EUR.',
    ])
    const { rows: owners } = await run({ entity: 'contacts', filter: { relation: 'opportunities', sum: { field: 'value', op: 'gt', value: 1090 } }, convert })
    expect(owners.map(({ id }) => id)).toEqual([ann])
  })
})

describe('figures of relations', () => {
  it('sort records and stand beside them', async () => {
    const { rows, columns } = await run({
      entity: 'contacts',
      select: ['first_name', 'opportunities.count', 'opportunities.sum.value'],
      sort: [{ by: 'opportunities.count', direction: 'desc' }],
      currency: 'USD',
    })
    expect(rows.map((row) => [row.first_name, row['opportunities.count'], row['opportunities.sum.value'], row.currency])).toEqual([
      ['Ann', 3, '100.30', 'USD'],
      ['Bob', 2, '500', 'USD'],
      ['Cleo', 0, '0', 'USD'],
    ])
    expect(columns.map(({ label }) => label)).toEqual(['First name', 'Number of opportunities', 'Total value of opportunities', 'Currency'])
  })

  it('find records whose last one was before a day', async () => {
    const last = (value: string) => queries.names('contacts', { relation: 'opportunities', latest: { field: 'created_at', op: 'lt', value } })
    expect(await last('2026-02-01')).toEqual([])
    expect(await last('2026-02-02')).toEqual(['Ann'])
    expect(await last('2026-04-01')).toEqual(['Ann', 'Bob'])
    expect(
      await queries.names('contacts', { relation: 'opportunities', earliest: { field: 'created_at', op: 'during', value: { from: '2026-03-01' } } }),
    ).toEqual(['Bob'])
    expect(await queries.names('contacts', { relation: 'opportunities', max: { field: 'value', op: 'gte', value: 1000 } })).toEqual(['Ann'])
  })

  it('reach two references away', async () => {
    const { rows } = await run({ entity: 'contacts', filter: { relation: 'organisation.opportunities', where: { field: 'value', op: 'eq', value: 500 } } })
    expect(rows.map(({ id }) => id)).toEqual([bob])
    const { rows: sorted } = await run({
      entity: 'contacts',
      select: ['first_name'],
      sort: [{ by: 'organisation.opportunities.max.value', direction: 'desc' }],
      currency: 'EUR',
    })
    expect(sorted.map(({ first_name }) => first_name)).toEqual(['Ann', 'Cleo', 'Bob'])
  })

  it('of money need one currency', async () => {
    const { details } = await queries.problems({ entity: 'contacts', sort: [{ by: 'opportunities.sum.value' }] })
    expect(details.join(' ')).toMatch(/may be in several currencies/)
    expect((await queries.problems({ entity: 'contacts', sort: [{ by: 'opportunities.sum.name' }], currency: 'EUR' })).details.join(' ')).toMatch(
      /not a number/,
    )
    expect((await queries.problems({ entity: 'contacts', sort: [{ by: 'opportunities.latest.value' }] })).details.join(' ')).toMatch(/not a date or time/)
  })
})
