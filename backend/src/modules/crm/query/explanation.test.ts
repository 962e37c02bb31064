import { describe, expect, it } from 'vitest'
import type { TypedQueryInput } from '#contracts/query.ts'
import { explainQuery } from './query.service.ts'

const cases: [TypedQueryInput, string][] = [
  [{ entity: 'contacts' }, 'Contacts, 50 at most'],
  [
    { entity: 'contacts', filter: { field: 'city', op: 'eq', value: 'London' }, sort: [{ by: 'created_at', direction: 'desc' }], limit: 10 },
    'Contacts where city is London, sorted by created (latest first), the first 10',
  ],
  [
    {
      entity: 'contacts',
      filter: {
        and: [
          { field: 'organisation.state', op: 'in', value: ['CA', 'NY', 'TX'] },
          { field: 'phone', op: 'isEmpty' },
        ],
      },
    },
    'Contacts where organisation state is CA, NY or TX and phone is empty, 50 at most',
  ],
  [
    { entity: 'leads', filter: { field: 'created_at', op: 'during', value: { period: 'month', offset: -1 } }, measures: [{ fn: 'count' }] },
    'Number of leads where created last month',
  ],
  [
    { entity: 'leads', filter: { field: 'created_at', op: 'during', value: { from: '2026-01-01' } }, measures: [{ fn: 'count' }] },
    'Number of leads where created since 2026-01-01',
  ],
  [{ entity: 'leads', filter: { field: 'created_at', op: 'during', value: { last: 30, unit: 'day' } } }, 'Leads where created in the last 30 days, 50 at most'],
  [
    { entity: 'opportunities', filter: { field: 'value', op: 'between', value: [10_000, 50_000.5] } },
    'Opportunities where value is between 10,000 and 50,000.5, 50 at most',
  ],
  [
    {
      entity: 'opportunities',
      currency: 'USD',
      filter: {
        not: {
          or: [
            { field: 'state', op: 'eq', value: 'won' },
            { field: 'owner', op: 'ne', value: 'Raj' },
          ],
        },
      },
      groupBy: [{ field: 'owner' }, { field: 'created_at', bucket: 'month' }],
      measures: [{ fn: 'sum', field: 'value' }, { fn: 'count' }],
      having: [{ measure: 'count', op: 'gte', value: 3 }],
    },
    'Total value and number of opportunities by owner and month of created in USD where not (state is won or owner is not Raj), only those whose number is at least 3, 50 at most',
  ],
  [
    {
      entity: 'contacts',
      filter: {
        and: [
          { relation: 'orders', count: { op: 'gt', value: 3 } },
          { relation: 'opportunities', where: { field: 'state', op: 'eq', value: 'open' } },
          { relation: 'notes', count: { op: 'eq', value: 0 } },
        ],
      },
    },
    'Contacts where they have more than 3 orders and they have at least one opportunity where state is open and they have no notes, 50 at most',
  ],
  [
    {
      entity: 'tasks',
      filter: {
        and: [
          { field: 'due_at', op: 'lt', value: { now: true } },
          { field: 'completed_at', op: 'isEmpty' },
        ],
      },
    },
    'Tasks where due before now and completed is empty, 50 at most',
  ],
  [
    { entity: 'contacts', filter: { field: 'tags', op: 'eq', value: 'vip' }, offset: 20 },
    'Contacts where tags include vip, leaving out the first 20, 50 at most',
  ],
  [
    {
      entity: 'opportunities',
      groupBy: [{ field: 'created_at', bucket: 'month' }],
      measures: [
        { fn: 'sum', field: 'value' },
        { fn: 'percentile', field: 'value', at: 0.9 },
      ],
      windows: [
        { fn: 'rank', measure: 'sum_value' },
        { fn: 'change', measure: 'sum_value' },
      ],
      convert: { to: 'EUR', rates: { USD: '0.92' } },
      having: [{ measure: 'rank_sum_value', op: 'lte', value: 3 }],
      sort: [{ by: 'change_sum_value', direction: 'desc' }],
    },
    'Total value and 90th percentile of value of opportunities by month of created, with rank by total value and change of total value against the month before, amounts converted to EUR at 1 USD = 0.92 EUR, only those whose rank by total value is at most 3, sorted by change of total value against the month before (highest first), the first 50',
  ],
  [
    {
      entity: 'contacts',
      filter: { relation: 'orders', latest: { field: 'ordered_at', op: 'lt', value: '2026-01-01' }, max: { field: 'total', op: 'gte', value: 500 } },
      sort: [{ by: 'orders.count', direction: 'desc' }],
      limit: 5,
    },
    'Contacts where they have orders with a highest total of at least 500 and orders whose last ordered before 2026-01-01, sorted by number of orders (highest first), the first 5',
  ],
  [
    { entity: 'contacts', filter: { relation: 'opportunities', latest: { field: 'actual_close_date', op: 'during', value: { period: 'month', offset: -1 } } } },
    'Contacts where they have opportunities whose last closed is last month, 50 at most',
  ],
  [{ entity: 'contacts', sort: [{ by: 'orders.latest.ordered_at' }] }, 'Contacts, sorted by latest ordered of orders (earliest first), the first 50'],
  [{ entity: 'opportunities', measures: [{ fn: 'share', where: { field: 'state', op: 'eq', value: 'won' } }] }, 'Share where state is won of opportunities'],
]

describe('explainQuery', () => {
  it.each(cases)('%j', (query, words) => {
    expect(explainQuery(query)).toBe(words)
  })
})
