import type { Filter, TimeRange } from '#contracts/query.ts'
import type { PlannerCase } from './planner.cases.ts'

const is = (field: string, value: string): Filter => ({ field, op: 'eq', value })
const during = (field: string, value: TimeRange): Filter => ({ field, op: 'during', value })
const filled = (field: string): Filter => ({ field, op: 'isNotEmpty' })
const count = [{ fn: 'count' as const }]
const value = [{ fn: 'sum' as const, field: 'value' }]
const winRate = [{ fn: 'winRate' as const }]

/** Messages that mend, step from or ask more of the answer before; now is Friday, 20 November 2026. */
export const amendedCases: readonly PlannerCase[] = [
  {
    ask: ['open deals over 20k', 'make that 50k'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), { field: 'value', op: 'gt', value: 50000 }] } },
  },
  {
    ask: ['top 2 open deals by value', 'make it 3'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), filled('value')] }, sort: [{ by: 'value', direction: 'desc' }] },
    limit: 3,
  },
  { ask: ['orders in the last 30 days', 'make that 60'], query: { entity: 'orders', filter: during('ordered_at', { last: 60, unit: 'day' }) } },
  {
    ask: ['open deals by stage', 'without Demo'],
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), { field: 'stage', op: 'ne', value: 'Demo' }] },
      measures: count,
      groupBy: [{ field: 'stage' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: ['deals won last month', 'and the month before'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'month', offset: -2 })] } },
  },
  {
    ask: ['deals won in October', 'and the one before'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), during('actual_close_date', { from: '2026-09-01', to: '2026-10-01' })] } },
  },
  { ask: ['orders in 2026', 'and the year before'], query: { entity: 'orders', filter: during('ordered_at', { from: '2025-01-01', to: '2026-01-01' }) } },
  { ask: ['orders this month', 'and last?'], query: { entity: 'orders', filter: during('ordered_at', { period: 'month', offset: -1 }) } },
  { ask: ['tell me about Acme Corp', 'what deals are there?'], query: { entity: 'opportunities', filter: is('organisation', '«Acme Corp»') } },
  { ask: ['leads from Webinar', 'nah, Website'], query: { entity: 'leads', filter: is('source', 'Website') } },
  { ask: ['contacts in Hamburg', 'London I mean'], query: { entity: 'contacts', filter: is('city', 'London') } },
  {
    ask: ['orders by month', 'which month was the best?'],
    query: { entity: 'orders', measures: count, groupBy: [{ field: 'ordered_at', bucket: 'month' }], sort: [{ by: 'count', direction: 'desc' }] },
    limit: 2,
  },
  {
    ask: ['orders by month', 'highest?'],
    query: { entity: 'orders', measures: count, groupBy: [{ field: 'ordered_at', bucket: 'month' }], sort: [{ by: 'count', direction: 'desc' }] },
    limit: 2,
  },
  {
    ask: ['won deals this year', 'win rate?'],
    query: { entity: 'opportunities', filter: during('actual_close_date', { period: 'year', offset: 0 }), measures: winRate },
  },
  {
    ask: ["Raj's win rate", "and Sofia's", 'who is better?'],
    query: {
      entity: 'opportunities',
      filter: { or: [is('owner', '«Raj Patel»'), is('owner', '«Sofia Santos»')] },
      measures: winRate,
      groupBy: [{ field: 'owner' }],
    },
  },
  {
    ask: ['orders in October', 'and in November', 'what is the difference in percent?'],
    query: {
      entity: 'orders',
      filter: { or: [during('ordered_at', { from: '2026-10-01', to: '2026-11-01' }), during('ordered_at', { from: '2026-11-01', to: '2026-12-01' })] },
      measures: count,
      groupBy: [{ field: 'ordered_at', bucket: 'month' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
  },
  { ask: ['open deals', 'value?'], query: { entity: 'opportunities', filter: is('state', 'open'), measures: value } },
  {
    ask: ['open deals', 'owner?'],
    query: { entity: 'opportunities', filter: is('state', 'open'), measures: count, groupBy: [{ field: 'owner' }], sort: [{ by: 'count', direction: 'desc' }] },
  },
  {
    ask: ['open deals', 'group by owner'],
    query: { entity: 'opportunities', filter: is('state', 'open'), measures: count, groupBy: [{ field: 'owner' }], sort: [{ by: 'count', direction: 'desc' }] },
  },
  {
    ask: ['leads from Germany', 'highest rating first'],
    query: { entity: 'leads', filter: is('country', 'Germany'), sort: [{ by: 'rating', direction: 'desc' }] },
  },
  { ask: ['meetings tomorrow', 'and on Monday?'], query: { entity: 'events', filter: during('starts_at', { from: '2026-11-23', to: '2026-11-24' }) } },
  {
    ask: ['open deals by stage', 'only Raj', 'total value per stage'],
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), is('owner', '«Raj Patel»')] },
      measures: value,
      groupBy: [{ field: 'stage' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
  },
  { ask: ['open deals of Raj', 'what is our win rate?'], query: { entity: 'opportunities', measures: winRate } },
  {
    ask: ['win rate for Raj', 'compare with Sofia'],
    query: {
      entity: 'opportunities',
      filter: { or: [is('owner', '«Raj Patel»'), is('owner', '«Sofia Santos»')] },
      measures: winRate,
      groupBy: [{ field: 'owner' }],
    },
  },
  {
    ask: ['best selling product', 'who bought it most?'],
    query: {
      entity: 'order_lines',
      filter: { and: [filled('organisation'), is('product', '«Mounting Kit»')] },
      measures: [{ fn: 'sum', field: 'quantity' }],
      groupBy: [{ field: 'organisation' }],
      sort: [{ by: 'sum_quantity', direction: 'desc' }],
    },
    limit: 1,
  },
  { ask: ['open deals over 20k', 'how many leads do we have?'], query: { entity: 'leads', measures: count } },
  { ask: ['contacts in London', 'e-mail?'], query: { entity: 'contacts', filter: is('city', 'London') } },
]

/** What would drop something of the answer before. */
export const amendedDeclined: readonly (readonly string[])[] = [
  ['top 2 open deals by value', 'by owner'],
  ['deals won in London', 'and in Berlin', 'together how much in USD?'],
  ['how many leads did we convert this year', 'conversion rate?'],
]
