import type { Filter, TimeRange } from '#contracts/query.ts'
import { lastingCases, lastingDeclined } from './lasting.cases.ts'
import type { PlannerCase } from './planner.cases.ts'

const is = (field: string, value: string): Filter => ({ field, op: 'eq', value })
const during = (field: string, value: TimeRange): Filter => ({ field, op: 'during', value })
const orders = (from: string, to: string): PlannerCase['query'] => ({ entity: 'orders', filter: during('ordered_at', { from, to }) })
const weekend = (field: string): Filter => ({ field: `${field}.weekday`, op: 'in', value: ['Saturday', 'Sunday'] })
const count = [{ fn: 'count' as const }]
const revenue = [{ fn: 'sum' as const, field: 'amount' }]
const value = [{ fn: 'sum' as const, field: 'value' }]

/** Times as they are said; now is Friday, 20 November 2026. */
const times: readonly PlannerCase[] = [
  { ask: 'orders in the first half of 2024', query: orders('2024-01-01', '2024-07-01') },
  { ask: 'orders on Black Friday', query: orders('2025-11-28', '2025-11-29') },
  { ask: 'orders around Easter', query: orders('2026-04-02', '2026-04-09') },
  { ask: 'orders mid-March', query: orders('2026-03-11', '2026-03-21') },
  { ask: 'orders in week 12', query: orders('2026-03-16', '2026-03-23') },
  { ask: 'orders in the last week of October', query: orders('2026-10-25', '2026-11-01') },
  {
    ask: 'orders in October and November 2025',
    query: {
      entity: 'orders',
      filter: { or: [during('ordered_at', { from: '2025-10-01', to: '2025-11-01' }), during('ordered_at', { from: '2025-11-01', to: '2025-12-01' })] },
    },
  },
  { ask: 'orders in the 3 months before July', query: orders('2026-04-01', '2026-07-01') },
  { ask: 'orders on the second of november', query: orders('2026-11-02', '2026-11-03') },
  { ask: 'orders in the 3 months to the end of June 2026', query: orders('2026-04-01', '2026-07-01') },
  { ask: 'orders in 2026 so far', query: orders('2026-01-01', '2026-11-20T15:00:00.000Z') },
  { ask: 'orders during the summer months, June to August 2026', query: orders('2026-06-01', '2026-09-01') },
  { ask: 'orders year to date', query: orders('2026-01-01', '2026-11-21') },
  { ask: 'orders this fiscal year', query: orders('2026-01-01', '2027-01-01') },
  { ask: 'orders last summer', query: orders('2026-06-01', '2026-09-01') },
  { ask: 'orders on 10 November 2026 or later', query: { entity: 'orders', filter: during('ordered_at', { from: '2026-11-10' }) } },
  { ask: 'orders within the last year', query: { entity: 'orders', filter: during('ordered_at', { last: 1, unit: 'year' }) } },
  {
    ask: 'orders on weekends last week',
    query: { entity: 'orders', filter: { and: [weekend('ordered_at'), during('ordered_at', { period: 'week', offset: -1 })] } },
  },
]

/** Times that come again, and parts of a named whole. */
const partsOfTime: readonly PlannerCase[] = [
  { ask: 'meetings on weekends', query: { entity: 'events', filter: weekend('starts_at') } },
  {
    ask: 'deals won on a friday',
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), { field: 'actual_close_date.weekday', op: 'in', value: ['Friday'] }] } },
  },
  {
    ask: 'revenue by weekday',
    query: {
      entity: 'order_lines',
      measures: revenue,
      groupBy: [{ field: 'ordered_at.weekday' }],
      sort: [{ by: 'ordered_at.weekday', direction: 'asc' }],
    },
  },
  {
    ask: 'at what hour of the day do most meetings start',
    query: { entity: 'events', measures: count, groupBy: [{ field: 'starts_at.hour' }], sort: [{ by: 'count', direction: 'desc' }] },
    limit: 1,
  },
  {
    ask: 'deals won last year in Q3',
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), during('actual_close_date', { from: '2025-07-01', to: '2025-10-01' })] } },
  },
  { ask: 'orders in 2025 from March to June', query: orders('2025-03-01', '2025-07-01') },
  { ask: 'orders last quarter in August', query: orders('2026-08-01', '2026-09-01') },
  { ask: 'orders between 1 March and 5 April last year', query: orders('2025-03-01', '2025-04-06') },
  { ask: 'orders on the 15th of last month', query: orders('2026-10-15', '2026-10-16') },
  {
    ask: 'meetings tomorrow afternoon',
    query: { entity: 'events', filter: during('starts_at', { from: '2026-11-21T12:00:00.000Z', to: '2026-11-21T18:00:00.000Z' }) },
  },
  {
    ask: 'tasks due in the rest of the month',
    query: {
      entity: 'tasks',
      filter: {
        and: [
          during('due_at', { from: '2026-11-20', to: '2026-12-01' }),
          { field: 'completed_at', op: 'isEmpty' },
          { field: 'status', op: 'notIn', value: ['Completed'] },
        ],
      },
    },
  },
  {
    ask: 'deals whose forecast close date has passed',
    query: { entity: 'opportunities', filter: during('forecast_close_date', { to: '2026-11-20' }) },
  },
  { ask: 'contacts in Germany, sorry, in the United Kingdom', query: { entity: 'contacts', filter: is('country', 'United Kingdom') } },
  {
    ask: 'deals created and won in 2026',
    query: {
      entity: 'opportunities',
      filter: {
        and: [
          is('state', 'won'),
          during('actual_close_date', { from: '2026-01-01', to: '2027-01-01' }),
          during('created_at', { from: '2026-01-01', to: '2027-01-01' }),
        ],
      },
    },
  },
  {
    ask: 'deals we won the year before last',
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'year', offset: -2 })] } },
  },
  {
    ask: 'how did the number of leads develop over 2026',
    query: {
      entity: 'leads',
      filter: during('created_at', { from: '2026-01-01', to: '2027-01-01' }),
      measures: count,
      groupBy: [{ field: 'created_at', bucket: 'month' }],
      sort: [{ by: 'created_at', direction: 'asc' }],
    },
  },
  { ask: 'all but the lost deals', query: { entity: 'opportunities', filter: { field: 'state', op: 'ne', value: 'lost' } } },
  { ask: 'how long does it take to convert a lead', query: { entity: 'leads', measures: [{ fn: 'cycleDays' }] } },
  {
    ask: 'customers who spent more than 5000 last year',
    query: {
      entity: 'organisations',
      filter: {
        relation: 'order_lines',
        sum: { field: 'amount', op: 'gt', value: 5000 },
        where: during('ordered_at', { period: 'year', offset: -1 }),
      },
    },
  },
  {
    ask: 'who have we not spoken with for the longest time',
    query: {
      entity: 'contacts',
      filter: { field: 'last_contacted_at', op: 'isNotEmpty' },
      sort: [{ by: 'last_contacted_at', direction: 'asc' }],
    },
  },
  {
    ask: 'top 2 contacts by activity',
    query: {
      entity: 'contacts',
      filter: { or: [{ relation: 'tasks' }, { relation: 'events' }, { relation: 'notes' }, { relation: 'emails' }] },
      sort: [{ by: 'activities.count', direction: 'desc' }],
    },
    limit: 2,
  },
]

/** Amounts as they are written. */
const amounts: readonly PlannerCase[] = [
  { ask: 'deals over $1.2m', query: { entity: 'opportunities', filter: { and: [{ field: 'value', op: 'gt', value: 1_200_000 }, is('currency', 'USD')] } } },
  { ask: 'deals 20k-30k', query: { entity: 'opportunities', filter: { field: 'value', op: 'between', value: [20_000, 30_000] } } },
  { ask: 'deals around 50k', query: { entity: 'opportunities', filter: { field: 'value', op: 'between', value: [45_000, 55_000] } } },
  { ask: 'five-figure deals', query: { entity: 'opportunities', filter: { field: 'value', op: 'between', value: [10_000, 99_999.99] } } },
  { ask: 'leads rated 4+', query: { entity: 'leads', filter: { field: 'rating', op: 'gte', value: 4 } } },
  { ask: 'deals less than a quarter million', query: { entity: 'opportunities', filter: { field: 'value', op: 'lt', value: 250_000 } } },
]

/** Groups, ranks, rates, movements and forecasts. */
const figures: readonly PlannerCase[] = [
  {
    ask: 'cities with at least 2 contacts',
    query: {
      entity: 'contacts',
      measures: count,
      groupBy: [{ field: 'city' }],
      having: [{ measure: 'count', op: 'gte', value: 2 }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: 'which owners have more than 1 open deal',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), { field: 'owner', op: 'isNotEmpty' }] },
      measures: count,
      groupBy: [{ field: 'owner' }],
      having: [{ measure: 'count', op: 'gt', value: 1 }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: 'which month had the most won deals',
    query: {
      entity: 'opportunities',
      filter: is('state', 'won'),
      measures: count,
      groupBy: [{ field: 'actual_close_date', bucket: 'month' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: 'leads by source and month',
    query: {
      entity: 'leads',
      measures: count,
      groupBy: [{ field: 'source' }, { field: 'created_at', bucket: 'month' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: 'second biggest open deal',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), { field: 'value', op: 'isNotEmpty' }] },
      sort: [{ by: 'value', direction: 'desc' }],
      offset: 1,
    },
    limit: 1,
  },
  {
    ask: 'top 2 customers by revenue',
    query: {
      entity: 'order_lines',
      filter: { field: 'organisation', op: 'isNotEmpty' },
      measures: revenue,
      groupBy: [{ field: 'organisation' }],
      sort: [{ by: 'sum_amount', direction: 'desc' }],
      windows: [{ fn: 'rank', measure: 'sum_amount', as: 'place', direction: 'desc' }],
      having: [{ measure: 'place', op: 'lte', value: 2 }],
    },
  },
  {
    ask: 'revenue this quarter vs last quarter',
    query: {
      entity: 'order_lines',
      filter: during('ordered_at', { period: 'quarter', offset: 0, count: 2 }),
      measures: revenue,
      groupBy: [{ field: 'ordered_at', bucket: 'quarter' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
  },
  {
    ask: 'who has more open deals, Raj or Sofia?',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), { field: 'owner', op: 'in', value: ['«Raj Patel»', '«Sofia Santos»'] }] },
      measures: count,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  { ask: '90th percentile of deal value', query: { entity: 'opportunities', measures: [{ fn: 'percentile', field: 'value', at: 0.9 }] } },
  {
    ask: 'deals closing soon',
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), during('forecast_close_date', { next: 30, unit: 'day' })] } },
  },
  {
    ask: 'deals at risk',
    query: {
      entity: 'opportunities',
      filter: {
        and: [
          is('state', 'open'),
          {
            or: [
              { field: 'forecast_close_date', op: 'lt', value: { now: true } },
              { field: 'stage_changed_at', op: 'lt', value: { now: true, daysAgo: 60 } },
            ],
          },
        ],
      },
    },
  },
  {
    ask: 'forecast by month',
    query: {
      entity: 'opportunities',
      filter: is('state', 'open'),
      measures: [...value, ...count],
      groupBy: [{ field: 'forecast_close_date', bucket: 'month' }],
      sort: [{ by: 'forecast_close_date', direction: 'asc' }],
    },
  },
  {
    ask: 'what is our forecast for next quarter?',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), during('forecast_close_date', { period: 'quarter', offset: 1 })] },
      measures: [...value, ...count],
    },
  },
]

/** Times, amounts and figures: one line a question. */
export const analyticsCases: readonly PlannerCase[] = [...times, ...partsOfTime, ...amounts, ...figures, ...lastingCases]

/** Questions whose constraints no plan can hold: nothing of them may be dropped. */
export const analyticsDeclined: readonly string[] = [
  'the top 10% of customers by revenue',
  'top 3 products by revenue in each category',
  'most active reps this month',
  'deals won at night',
  'average time in stage',
  'which product category grew the most',
  ...lastingDeclined,
]
