import { describe, expect, it } from 'vitest'
import type { Filter } from '#contracts/query.ts'
import { describePlan } from './describe-plan.ts'
import { filterWords, rangeWords } from './filter-words.ts'

describe('filterWords', () => {
  it.each<[Filter, string]>([
    [{ field: 'city', op: 'eq', value: 'London' }, 'city is “London”'],
    [{ field: 'organisation.industry', op: 'in', value: ['Energy', 'Retail'] }, 'organisation industry is one of Energy, Retail'],
    [
      {
        and: [
          { field: 'email', op: 'isEmpty' },
          {
            or: [
              { field: 'city', op: 'eq', value: 'A' },
              { field: 'city', op: 'eq', value: 'B' },
            ],
          },
        ],
      },
      'e-mail is empty and (city is “A” or city is “B”)',
    ],
    [{ relation: 'opportunities', where: { field: 'state', op: 'eq', value: 'open' } }, 'has opportunities where state is “open”'],
    [{ relation: 'orders', count: { op: 'eq', value: 0 } }, 'has no orders'],
    [{ relation: 'orders', count: { op: 'gte', value: 3 } }, 'the number of orders is at least 3'],
    [{ not: { field: 'custom.region', op: 'contains', value: 'north' } }, 'not (region contains “north”)'],
    [{ field: 'created_at', op: 'during', value: { last: 30, unit: 'day' } }, 'created is in the last 30 days'],
    [{ field: 'last_contacted_at', op: 'lt', value: { now: true, daysAgo: 60 } }, 'last contacted is before 60 days ago'],
    [{ relation: 'orders', avg: { field: 'total', op: 'gt', value: 500 } }, 'the average total over orders is more than 500'],
    [
      { relation: 'orders', latest: { field: 'ordered_at', op: 'lt', value: '2026-03-01' }, count: { op: 'gte', value: 2 } },
      'the number of orders is at least 2 and the last ordered of orders is before “2026-03-01”',
    ],
    [{ relation: 'organisation.opportunities' }, 'has organisation opportunities'],
    [{ field: 'created_at.weekday', op: 'in', value: ['Saturday', 'Sunday'] }, 'created weekday is one of Saturday, Sunday'],
  ])('%j', (filter, words) => {
    expect(filterWords('contacts', filter)).toBe(words)
  })
})

describe('rangeWords', () => {
  it('says periods as people do', () => {
    expect(rangeWords({ period: 'day', offset: 0 })).toBe('today')
    expect(rangeWords({ period: 'day', offset: -1 })).toBe('yesterday')
    expect(rangeWords({ period: 'quarter', offset: -1 })).toBe('the last whole quarter')
    expect(rangeWords({ period: 'month', offset: 0 })).toBe('this month')
    expect(rangeWords({ from: '2026-01-01', to: '2026-02-01' })).toBe('2026-01-01 up to, not including, 2026-02-01')
    expect(rangeWords({ next: 1, unit: 'week' })).toBe('the next 1 week')
  })
})

describe('describePlan', () => {
  it('goes through a grouped plan clause by clause', () => {
    const lines = describePlan({
      entity: 'opportunities',
      groupBy: [{ field: 'owner' }, { field: 'created_at', bucket: 'month' }],
      measures: [{ fn: 'sum', field: 'value' }, { fn: 'winRate' }],
      having: [{ measure: 'sum_value', op: 'gt', value: 1000 }],
      sort: [{ by: 'value', direction: 'desc' }],
      limit: 10,
    })
    expect(lines.map((line) => `${line.label}: ${line.text}`)).toEqual([
      'Looked at: opportunities',
      'Grouped by: owner, created per month',
      'Measured: sum of value, win rate (won / won + lost)',
      'Kept when: sum of value is more than 1000',
      'Sorted by: value, highest or newest first',
      'At most: 10 rows',
    ])
  })

  it('says windows, conversion, percentiles, figures of relations and what is left out', () => {
    const ranked = describePlan({
      entity: 'order_lines',
      groupBy: [{ field: 'customer' }],
      measures: [{ fn: 'sum', field: 'amount' }],
      windows: [{ fn: 'rank', measure: 'sum_amount', as: 'place' }],
      convert: { to: 'EUR', rates: { USD: '0.9' } },
      having: [{ measure: 'place', op: 'lte', value: 5 }],
      sort: [{ by: 'sum_amount', direction: 'desc' }],
    })
    expect(ranked.map((line) => `${line.label}: ${line.text}`).slice(3)).toEqual([
      'Beside it: place by sum of amount, highest first',
      'Converted: to EUR at 1 USD = 0.9 EUR; amounts without a rate are left out',
      'Kept when: place is at most 5',
      'Sorted by: sum of amount, highest or newest first',
    ])
    const texts = (plan: Parameters<typeof describePlan>[0]) => describePlan(plan).map(({ text }) => text)
    expect(texts({ entity: 'opportunities', measures: [{ fn: 'percentile', at: 0.9, field: 'value' }] })).toContain('value that 90% lie below, of value')
    expect(texts({ entity: 'contacts', sort: [{ by: 'activities.count', direction: 'desc' }], offset: 50 })).toEqual([
      'contacts',
      'number of activities, highest or newest first',
      'the first 50 rows',
    ])
  })
})
