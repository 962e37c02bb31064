import type { Filter, TimeRange } from '#contracts/query.ts'
import type { PlannerCase } from './planner.cases.ts'

const is = (field: string, value: string): Filter => ({ field, op: 'eq', value })
const during = (field: string, value: TimeRange): Filter => ({ field, op: 'during', value })
const filled = (field: string): Filter => ({ field, op: 'isNotEmpty' })
const count = [{ fn: 'count' as const }]
const value = [{ fn: 'sum' as const, field: 'value' }]
const revenue = [{ fn: 'sum' as const, field: 'amount' }]
const winRate = [{ fn: 'winRate' as const }]

/** Figures of several times, orders without a field, and what a question takes back itself; now is Friday, 20 November 2026. */
export const figureCases: readonly PlannerCase[] = [
  {
    ask: 'top 3 reps by value of won deals in USD this year',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'year', offset: 0 }), filled('owner')] },
      measures: value,
      groupBy: [{ field: 'owner' }],
      currency: 'USD',
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
    limit: 3,
  },
  {
    ask: 'how many emails did Sarah Connor send',
    query: { entity: 'emails', filter: { field: 'from', op: 'eq', value: 'sarah@open-door.example' }, measures: count },
  },
  {
    ask: 'how many emails did we send to Sarah Connor',
    query: { entity: 'emails', filter: { field: 'to', op: 'contains', value: 'sarah@open-door.example' }, measures: count },
  },
  { ask: 'meetings after 5pm', query: { entity: 'events', filter: { field: 'starts_at.hour', op: 'gte', value: 17 } } },
  {
    ask: 'meetings tomorrow before 14:00',
    query: {
      entity: 'events',
      filter: {
        and: [
          during('starts_at', { period: 'day', offset: 1 }),
          { field: 'starts_at.hour', op: 'gte', value: 0 },
          { field: 'starts_at.hour', op: 'lt', value: 14 },
        ],
      },
      sort: [{ by: 'starts_at', direction: 'asc' }],
    },
  },
  {
    ask: 'who has no open deals?',
    query: { entity: 'users', filter: { relation: 'opportunities', count: { op: 'eq', value: 0 }, where: is('state', 'open') } },
  },
  { ask: 'events from now on', query: { entity: 'events', filter: during('starts_at', { from: '2026-11-20' }) } },
  {
    ask: 'contacts added this quarter versus the last one',
    query: {
      entity: 'contacts',
      filter: during('created_at', { period: 'quarter', offset: 0, count: 2 }),
      measures: count,
      groupBy: [{ field: 'created_at', bucket: 'quarter' }],
      sort: [{ by: 'created_at', direction: 'asc' }],
    },
  },
  {
    ask: 'deals won last month versus the one before',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'month', offset: -1, count: 2 })] },
      measures: count,
      groupBy: [{ field: 'actual_close_date', bucket: 'month' }],
      sort: [{ by: 'actual_close_date', direction: 'asc' }],
    },
  },
  {
    ask: 'revenue ytd versus last ytd',
    query: {
      entity: 'order_lines',
      filter: { or: [during('ordered_at', { from: '2026-01-01', to: '2026-11-21' }), during('ordered_at', { from: '2025-01-01', to: '2025-11-21' })] },
      measures: revenue,
      groupBy: [{ field: 'ordered_at', bucket: 'year' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
  },
  {
    ask: 'revenue this quarter so far against the same period last year',
    query: {
      entity: 'order_lines',
      filter: { or: [during('ordered_at', { from: '2026-10-01', to: '2026-11-21' }), during('ordered_at', { from: '2025-10-01', to: '2025-11-21' })] },
      measures: revenue,
      groupBy: [{ field: 'ordered_at', bucket: 'quarter' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
  },
  { ask: 'contacts created over the weekend', query: { entity: 'contacts', filter: during('created_at', { from: '2026-11-14', to: '2026-11-16' }) } },
  { ask: 'meetings over the weekend', query: { entity: 'events', filter: during('starts_at', { from: '2026-11-21', to: '2026-11-23' }) } },
  {
    ask: 'deals won recently',
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), during('actual_close_date', { last: 30, unit: 'day' })] } },
  },
  {
    ask: 'tasks due on Monday',
    query: {
      entity: 'tasks',
      filter: {
        and: [
          during('due_at', { from: '2026-11-23', to: '2026-11-24' }),
          { field: 'completed_at', op: 'isEmpty' },
          { field: 'status', op: 'notIn', value: ['Completed'] },
        ],
      },
    },
  },
  { ask: 'contacts in London alphabetically', query: { entity: 'contacts', filter: is('city', 'London'), sort: [{ by: 'name', direction: 'asc' }] } },
  { ask: 'open deals, biggest first', query: { entity: 'opportunities', filter: is('state', 'open'), sort: [{ by: 'value', direction: 'desc' }] } },
  {
    ask: 'how many leads does each of us own',
    query: { entity: 'leads', measures: count, groupBy: [{ field: 'owner' }], sort: [{ by: 'count', direction: 'desc' }] },
  },
  { ask: 'what did we take in last month', query: { entity: 'order_lines', filter: during('ordered_at', { period: 'month', offset: -1 }), measures: revenue } },
  { ask: 'how much business do we do with Open Door', query: { entity: 'order_lines', filter: is('organisation', '«Open Door»'), measures: revenue } },
  { ask: 'close rate of Raj', query: { entity: 'opportunities', filter: is('owner', '«Raj Patel»'), measures: winRate } },
  {
    ask: 'what was our win rate in October and in November',
    query: {
      entity: 'opportunities',
      filter: {
        or: [during('actual_close_date', { from: '2026-10-01', to: '2026-11-01' }), during('actual_close_date', { from: '2026-11-01', to: '2026-12-01' })],
      },
      measures: winRate,
      groupBy: [{ field: 'actual_close_date', bucket: 'month' }],
      sort: [{ by: 'actual_close_date', direction: 'asc' }],
    },
  },
  {
    ask: 'how many orders did we get in October and in November',
    query: {
      entity: 'orders',
      filter: { or: [during('ordered_at', { from: '2026-10-01', to: '2026-11-01' }), during('ordered_at', { from: '2026-11-01', to: '2026-12-01' })] },
      measures: count,
      groupBy: [{ field: 'ordered_at', bucket: 'month' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
  },
  {
    ask: 'average deal size in October and November',
    query: {
      entity: 'opportunities',
      filter: { or: [during('created_at', { from: '2026-10-01', to: '2026-11-01' }), during('created_at', { from: '2026-11-01', to: '2026-12-01' })] },
      measures: [{ fn: 'avg', field: 'value' }],
      groupBy: [{ field: 'created_at', bucket: 'month' }],
      sort: [{ by: 'created_at', direction: 'asc' }],
    },
  },
  {
    ask: 'won value by owner',
    query: {
      entity: 'opportunities',
      filter: is('state', 'won'),
      measures: value,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
  },
  {
    ask: 'value of the Renewals pipeline',
    query: { entity: 'opportunities', filter: { and: [is('pipeline', 'Renewals'), is('state', 'open')] }, measures: value },
  },
  { ask: 'pipeline of Raj', query: { entity: 'opportunities', filter: { and: [is('owner', '«Raj Patel»'), is('state', 'open')] }, measures: value } },
  {
    ask: "Sofia's pipeline by stage",
    query: {
      entity: 'opportunities',
      filter: { and: [is('owner', '«Sofia Santos»'), is('state', 'open')] },
      measures: value,
      groupBy: [{ field: 'stage' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
  },
  {
    ask: 'win rate of renewals vs new business pipeline',
    query: {
      entity: 'opportunities',
      filter: { field: 'pipeline', op: 'in', value: ['Renewals', 'New business'] },
      measures: winRate,
      groupBy: [{ field: 'pipeline' }],
      sort: [{ by: 'winRate', direction: 'desc' }],
    },
  },
  {
    ask: 'best selling category in USD',
    query: {
      entity: 'order_lines',
      filter: filled('product.category'),
      measures: revenue,
      groupBy: [{ field: 'product.category' }],
      currency: 'USD',
      sort: [{ by: 'sum_amount', direction: 'desc' }],
    },
    limit: 1,
  },
  {
    ask: 'top 2 selling brands this quarter',
    query: {
      entity: 'order_lines',
      filter: { and: [during('ordered_at', { period: 'quarter', offset: 0 }), filled('product.brand')] },
      measures: [{ fn: 'sum', field: 'quantity' }],
      groupBy: [{ field: 'product.brand' }],
      sort: [{ by: 'sum_quantity', direction: 'desc' }],
    },
    limit: 2,
  },
  { ask: 'engineers in Bristowe, I mean Hamburg', query: { entity: 'contacts', filter: { and: [is('title', 'Engineer'), is('city', 'Hamburg')] } } },
  { ask: 'leads from Spain or rather Sweden', query: { entity: 'leads', filter: is('country', 'Sweden') } },
  { ask: 'deals over 20k, make that 50k', query: { entity: 'opportunities', filter: { field: 'value', op: 'gt', value: 50000 } } },
  {
    ask: 'what closes this month',
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), during('forecast_close_date', { period: 'month', offset: 0 })] } },
  },
  {
    ask: 'compare October 2026 with November 2026 for won deals',
    query: {
      entity: 'opportunities',
      filter: {
        and: [
          {
            or: [during('actual_close_date', { from: '2026-10-01', to: '2026-11-01' }), during('actual_close_date', { from: '2026-11-01', to: '2026-12-01' })],
          },
          is('state', 'won'),
        ],
      },
      measures: count,
      groupBy: [{ field: 'actual_close_date', bucket: 'month' }],
      sort: [{ by: 'actual_close_date', direction: 'asc' }],
    },
  },
  {
    ask: 'deals in Demo the longest',
    query: {
      entity: 'opportunities',
      filter: { and: [is('stage', 'Demo'), filled('stage_changed_at'), is('state', 'open')] },
      sort: [{ by: 'stage_changed_at', direction: 'asc' }],
    },
    limit: 10,
  },
  { ask: 'meetings on Tuesday next week', query: { entity: 'events', filter: during('starts_at', { from: '2026-11-24', to: '2026-11-25' }) } },
  { ask: 'meetings next week Monday', query: { entity: 'events', filter: during('starts_at', { from: '2026-11-23', to: '2026-11-24' }) } },
  {
    ask: 'leads created between Monday and Wednesday last week',
    query: { entity: 'leads', filter: during('created_at', { from: '2026-11-09', to: '2026-11-12' }) },
  },
  { ask: 'orders in the first half of November', query: { entity: 'orders', filter: during('ordered_at', { from: '2026-11-01', to: '2026-11-16' }) } },
  { ask: 'orders in the second half of October', query: { entity: 'orders', filter: during('ordered_at', { from: '2026-10-16', to: '2026-11-01' }) } },
  { ask: 'deals expected in December', query: { entity: 'opportunities', filter: during('forecast_close_date', { from: '2026-12-01', to: '2027-01-01' }) } },
  { ask: 'average days from creation to win', query: { entity: 'opportunities', measures: [{ fn: 'cycleDays' }] } },
  {
    ask: 'open deals by month of expected close',
    query: {
      entity: 'opportunities',
      filter: is('state', 'open'),
      measures: count,
      groupBy: [{ field: 'forecast_close_date', bucket: 'month' }],
      sort: [{ by: 'forecast_close_date', direction: 'asc' }],
    },
  },
  {
    ask: 'won value per owner this year, top 2',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'year', offset: 0 }), filled('owner')] },
      measures: value,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
      windows: [{ fn: 'rank', measure: 'sum_value', as: 'place', direction: 'desc' }],
      having: [{ measure: 'place', op: 'lte', value: 2 }],
    },
  },
  {
    ask: 'who has the highest won value',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), filled('owner')] },
      measures: value,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
      windows: [{ fn: 'rank', measure: 'sum_value', as: 'place', direction: 'desc' }],
      having: [{ measure: 'place', op: 'lte', value: 1 }],
    },
  },
  {
    ask: 'which deals close in December',
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), during('forecast_close_date', { from: '2026-12-01', to: '2027-01-01' })] } },
  },
  {
    ask: 'deals between October and November that we won',
    query: { entity: 'opportunities', filter: { and: [during('actual_close_date', { from: '2026-10-01', to: '2026-12-01' }), is('state', 'won')] } },
  },
  {
    ask: 'open deals per owner with more than 1',
    query: {
      entity: 'opportunities',
      filter: is('state', 'open'),
      measures: count,
      groupBy: [{ field: 'owner' }],
      having: [{ measure: 'count', op: 'gt', value: 1 }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: 'percentage of contacts without a phone per owner',
    query: {
      entity: 'contacts',
      measures: [
        { fn: 'share', where: { field: 'phone', op: 'isEmpty' } },
        { fn: 'count', as: 'part', where: { field: 'phone', op: 'isEmpty' } },
        { fn: 'count', as: 'whole' },
      ],
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'share', direction: 'desc' }],
    },
  },
  { ask: 'leads received this month', query: { entity: 'leads', filter: during('created_at', { period: 'month', offset: 0 }) } },
  { ask: 'what are the deals in Demo worth', query: { entity: 'opportunities', filter: { and: [is('stage', 'Demo'), is('state', 'open')] }, measures: value } },
  {
    ask: 'did we win more deals this month or last month',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'month', offset: 0, count: 2 })] },
      measures: count,
      groupBy: [{ field: 'actual_close_date', bucket: 'month' }],
      sort: [{ by: 'actual_close_date', direction: 'asc' }],
    },
  },
  {
    ask: 'who won the most value this year',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'year', offset: 0 }), filled('owner')] },
      measures: value,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
      windows: [{ fn: 'rank', measure: 'sum_value', as: 'place', direction: 'desc' }],
      having: [{ measure: 'place', op: 'lte', value: 1 }],
    },
  },
  {
    ask: 'top 2 selling products this year',
    query: {
      entity: 'order_lines',
      filter: { and: [during('ordered_at', { period: 'year', offset: 0 }), filled('product')] },
      measures: [{ fn: 'sum', field: 'quantity' }],
      groupBy: [{ field: 'product' }],
      sort: [{ by: 'sum_quantity', direction: 'desc' }],
    },
    limit: 2,
  },
  { ask: 'deals over 2000 euros', query: { entity: 'opportunities', filter: { and: [{ field: 'value', op: 'gt', value: 2000 }, is('currency', 'EUR')] } } },
  {
    ask: 'deals between 1900 and 2100 euros',
    query: { entity: 'opportunities', filter: { and: [{ field: 'value', op: 'between', value: [1900, 2100] }, is('currency', 'EUR')] } },
  },
  {
    ask: 'revenue 2026 USD',
    query: { entity: 'order_lines', filter: during('ordered_at', { from: '2026-01-01', to: '2027-01-01' }), measures: revenue, currency: 'USD' },
  },
]

/** What is set beside something that is not understood, says nothing, or has no order. */
export const figureDeclined: readonly string[] = [
  'win rate of Raj versus the rest',
  'is our win rate better with vip companies?',
  'how was October?',
  'how did last month go',
  'tasks, high priority ones first',
  'orders above the average',
  'best customer per country',
  'how much pipeline do we create per month',
]
