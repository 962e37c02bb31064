import type { Filter, TimeRange } from '#contracts/query.ts'
import type { PlannerCase } from './planner.cases.ts'

const is = (field: string, value: string): Filter => ({ field, op: 'eq', value })
const during = (field: string, value: TimeRange): Filter => ({ field, op: 'during', value })
const filled = (field: string): Filter => ({ field, op: 'isNotEmpty' })
const count = [{ fn: 'count' as const }]
const value = [{ fn: 'sum' as const, field: 'value' }]
const soonest = [{ by: 'starts_at', direction: 'asc' as const }]
const openByForecast = { and: [is('state', 'open'), filled('forecast_close_date')] }
const biggest = (group: string, edges: readonly (readonly [name: string, value: number, currency: string])[]): Filter => ({
  or: edges.map(([name, amount, currency]) => ({ and: [is(group, name), { field: 'value', op: 'gte', value: amount }, is('currency', currency)] })),
})

/** What people at work ask in the course of a day; now is Friday, 20 November 2026. */
export const workingDayCases: readonly PlannerCase[] = [
  // Where leads come from, what each has won, what was bought for an amount, what came back
  {
    ask: 'where did our leads come from?',
    query: { entity: 'leads', measures: count, groupBy: [{ field: 'source' }], sort: [{ by: 'count', direction: 'desc' }] },
  },
  {
    ask: 'how much has each rep won this year?',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'won'), during('actual_close_date', { period: 'year', offset: 0 })] },
      measures: value,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
  },
  {
    ask: 'companies that ordered for more than 1,000 altogether',
    query: { entity: 'organisations', filter: { relation: 'order_lines', sum: { field: 'amount', op: 'gt', value: 1000 } } },
  },
  {
    ask: 'how many returns did we have?',
    query: { entity: 'orders', filter: { relation: 'order_lines', where: { field: 'quantity', op: 'lt', value: 0 } }, measures: count },
  },
  {
    ask: 'how many open deals does everybody have?',
    query: { entity: 'opportunities', filter: is('state', 'open'), measures: count, groupBy: [{ field: 'owner' }], sort: [{ by: 'count', direction: 'desc' }] },
  },
  // The first of each, one by one
  {
    ask: 'biggest open deal in each stage',
    query: {
      entity: 'opportunities',
      filter: {
        and: [
          is('state', 'open'),
          filled('value'),
          biggest('stage', [
            ['Proposal', 120000, 'USD'],
            ['Demo', 60000, 'USD'],
            ['Demo', 30000, 'EUR'],
          ]),
        ],
      },
      sort: [{ by: 'value', direction: 'desc' }],
    },
  },
  {
    ask: ['open deals', 'the biggest one per stage'],
    query: {
      entity: 'opportunities',
      filter: {
        and: [
          is('state', 'open'),
          filled('value'),
          biggest('stage', [
            ['Proposal', 120000, 'USD'],
            ['Demo', 60000, 'USD'],
            ['Demo', 30000, 'EUR'],
          ]),
        ],
      },
      sort: [{ by: 'value', direction: 'desc' }],
    },
  },
  {
    ask: 'highest value by pipeline',
    query: {
      entity: 'opportunities',
      measures: [{ fn: 'max', field: 'value' }],
      groupBy: [{ field: 'pipeline' }],
      sort: [{ by: 'max_value', direction: 'desc' }],
    },
  },
  // What is open closes when it is expected to, and "the last" is so in the same order
  {
    ask: 'which deal closes first?',
    query: { entity: 'opportunities', filter: openByForecast, sort: [{ by: 'forecast_close_date', direction: 'asc' }] },
    limit: 1,
  },
  {
    ask: ['open deals', 'which one closes first?'],
    query: { entity: 'opportunities', filter: openByForecast, sort: [{ by: 'forecast_close_date', direction: 'asc' }] },
    limit: 1,
  },
  {
    ask: ['open deals', 'which one closes first?', 'and last?'],
    query: { entity: 'opportunities', filter: openByForecast, sort: [{ by: 'forecast_close_date', direction: 'desc' }] },
    limit: 1,
  },
  // The company, after its deals
  {
    ask: ['deals of Acme Corp', 'when did they last order?'],
    query: { entity: 'orders', filter: { and: [is('organisation', '«Acme Corp»'), filled('ordered_at')] }, sort: [{ by: 'ordered_at', direction: 'desc' }] },
    limit: 1,
  },
  { ask: ['deals of Acme Corp', 'who do we know there?'], query: { entity: 'contacts', filter: is('organisation', '«Acme Corp»') } },
  { ask: ['deals of Acme Corp', 'how many are there?'], query: { entity: 'opportunities', filter: is('organisation', '«Acme Corp»'), measures: count } },
  { ask: ['Acme Corp', 'won deals', 'contacts'], query: { entity: 'contacts', filter: is('organisation', '«Acme Corp»') } },
  // Those that were ranked, and the one deal shown
  {
    ask: ['top 2 customers by revenue', 'how many of them are in Germany?'],
    query: {
      entity: 'organisations',
      filter: { and: [{ field: 'id', op: 'in', value: ['«Open Door»', '«Acme Corp»'] }, is('country', 'Germany')] },
      measures: count,
    },
  },
  {
    ask: ['top 2 customers by revenue', 'how much did they spend in October?'],
    query: {
      entity: 'order_lines',
      filter: {
        and: [during('ordered_at', { from: '2026-10-01', to: '2026-11-01' }), { field: 'organisation', op: 'in', value: ['«Open Door»', '«Acme Corp»'] }],
      },
      measures: [{ fn: 'sum', field: 'amount' }],
      groupBy: [{ field: 'organisation' }],
      sort: [{ by: 'sum_amount', direction: 'desc' }],
    },
  },
  {
    ask: ['biggest won deal', 'who closed it?'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), filled('value')] }, sort: [{ by: 'value', direction: 'desc' }] },
    limit: 1,
  },
  // The same in money
  {
    ask: ['open deals by stage', 'in money please'],
    query: {
      entity: 'opportunities',
      filter: is('state', 'open'),
      measures: value,
      groupBy: [{ field: 'stage' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
  },
  {
    ask: ['orders this month', 'what did they come to?'],
    query: { entity: 'orders', filter: during('ordered_at', { period: 'month', offset: 0 }), measures: [{ fn: 'sum', field: 'total' }] },
  },
  // Meetings to come stand in their order
  { ask: 'meetings next week', query: { entity: 'events', filter: during('starts_at', { period: 'week', offset: 1 }), sort: soonest } },
  { ask: ['meetings next week', 'who is coming?'], query: { entity: 'events', filter: during('starts_at', { period: 'week', offset: 1 }), sort: soonest } },
  // In an order
  { ask: ['open deals', 'most valuable on top'], query: { entity: 'opportunities', filter: is('state', 'open'), sort: [{ by: 'value', direction: 'desc' }] } },
  // Titles of tasks say what is to be done
  {
    ask: 'tasks about calling Sarah',
    query: {
      entity: 'tasks',
      filter: {
        and: [
          { field: 'title', op: 'contains', value: 'call' },
          { field: 'title', op: 'contains', value: 'Sarah' },
        ],
      },
    },
  },
]

/** What would drop something, or lean on a question that has no answer. */
export const workingDayDeclined: readonly (readonly string[])[] = [
  ['frobnications this year', 'just mine'],
  ['frobnications this year', 'who sent the last one?'],
  ['frobnications this year', 'the same for leads'],
  ['open deals by stage', 'the biggest in each'],
  ['open deals', 'what did they say?'],
  ['revenue this year', 'who owns them?'],
  ['e-mails from Sarah Connor', 'and to them?'],
  ['top 3 deals per rep'],
  ['lowest price by category'],
]
