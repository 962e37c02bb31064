import { describe, expect, it } from 'vitest'
import type { Filter } from '#contracts/query.ts'
import { describePlan, filterWords, rangeWords } from './describe-plan.ts'

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
    [{ field: 'last_contacted_at', op: 'lt', value: { now: true, daysAgo: 60 } }, 'last contacted is less than 60 days ago'],
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
      'Kept when: sum value is more than 1000',
      'Sorted by: value, highest or newest first',
      'At most: 10 rows',
    ])
  })
})
