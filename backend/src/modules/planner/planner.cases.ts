import type { Filter, TypedQueryInput } from '#contracts/query.ts'

/** A question (or the messages of one conversation, the last being asked) and the query that must come of it; ids are written as names in «». */
export interface PlannerCase {
  ask: string | readonly string[]
  query: Omit<TypedQueryInput, 'limit'>
  limit?: number
}

const is = (field: string, value: string | number | boolean): Filter => ({ field, op: 'eq', value })
const filled = (field: string): Filter => ({ field, op: 'isNotEmpty' })
const empty = (field: string): Filter => ({ field, op: 'isEmpty' })
const contains = (field: string, value: string): Filter => ({ field, op: 'contains', value })
const month = (field: string, offset: number): Filter => ({ field, op: 'during', value: { period: 'month', offset } })
const count = [{ fn: 'count' as const }]
const undone: readonly Filter[] = [empty('completed_at'), { field: 'status', op: 'notIn', value: ['Completed'] }]

/** Extend this table: one line a question. */
export const plannerCases: readonly PlannerCase[] = [
  // Counts and sums
  { ask: 'How many contacts do we have?', query: { entity: 'contacts', measures: count } },
  { ask: 'hey, could you pls tell me how many oportunities are open?', query: { entity: 'opportunities', filter: is('state', 'open'), measures: count } },
  { ask: 'total value of open deals', query: { entity: 'opportunities', filter: is('state', 'open'), measures: [{ fn: 'sum', field: 'value' }] } },
  { ask: 'average deal size', query: { entity: 'opportunities', measures: [{ fn: 'avg', field: 'value' }] } },
  { ask: 'revenue last month', query: { entity: 'order_lines', filter: month('ordered_at', -1), measures: [{ fn: 'sum', field: 'amount' }] } },
  { ask: 'how many different cities do our contacts live in', query: { entity: 'contacts', measures: [{ fn: 'countDistinct', field: 'city' }] } },
  // Places, values, custom fields, tags
  { ask: 'contacts in London', query: { entity: 'contacts', filter: is('city', 'London') } },
  { ask: 'contacts in London or Berlin', query: { entity: 'contacts', filter: { field: 'city', op: 'in', value: ['London', 'Berlin'] } } },
  { ask: 'German companies', query: { entity: 'organisations', filter: is('country', 'Germany') } },
  { ask: 'contacts not in Germany', query: { entity: 'contacts', filter: { field: 'country', op: 'ne', value: 'Germany' } } },
  { ask: 'gold tier companies', query: { entity: 'organisations', filter: is('custom.tier', 'Gold') } },
  { ask: 'companies tagged vip', query: { entity: 'organisations', filter: is('tags', 'vip') } },
  // Numbers
  { ask: 'deals over $50k', query: { entity: 'opportunities', filter: { and: [{ field: 'value', op: 'gt', value: 50000 }, is('currency', 'USD')] } } },
  { ask: 'deals between 10k and 20k', query: { entity: 'opportunities', filter: { field: 'value', op: 'between', value: [10000, 20000] } } },
  { ask: 'deals worth at least fifty thousand', query: { entity: 'opportunities', filter: { field: 'value', op: 'gte', value: 50000 } } },
  { ask: 'companies with more than 100 employees', query: { entity: 'organisations', filter: { field: 'size', op: 'gt', value: 100 } } },
  { ask: 'leads rated 4 or higher', query: { entity: 'leads', filter: { field: 'rating', op: 'gte', value: 4 } } },
  // Time
  { ask: 'contacts created this month', query: { entity: 'contacts', filter: month('created_at', 0) } },
  { ask: 'deals created since Monday', query: { entity: 'opportunities', filter: { field: 'created_at', op: 'during', value: { from: '2026-11-16' } } } },
  {
    ask: 'contacts created between Christmas and New Year',
    query: { entity: 'contacts', filter: { field: 'created_at', op: 'during', value: { from: '2025-12-25', to: '2026-01-02' } } },
  },
  { ask: 'orders in Q3 2026', query: { entity: 'orders', filter: { field: 'ordered_at', op: 'during', value: { from: '2026-07-01', to: '2026-10-01' } } } },
  {
    ask: 'contacts not contacted in the last 90 days',
    query: {
      entity: 'contacts',
      filter: { or: [{ field: 'last_contacted_at', op: 'isEmpty' }, { not: { field: 'last_contacted_at', op: 'during', value: { last: 90, unit: 'day' } } }] },
    },
  },
  { ask: 'deals closing this month', query: { entity: 'opportunities', filter: { and: [is('state', 'open'), month('forecast_close_date', 0)] } } },
  { ask: 'deals won last month', query: { entity: 'opportunities', filter: { and: [is('state', 'won'), month('actual_close_date', -1)] } } },
  // What is finished is not due
  {
    ask: 'tasks due in the next 7 days',
    query: { entity: 'tasks', filter: { and: [{ field: 'due_at', op: 'during', value: { next: 7, unit: 'day' } }, ...undone] } },
  },
  { ask: 'tasks due last week', query: { entity: 'tasks', filter: { field: 'due_at', op: 'during', value: { period: 'week', offset: -1 } } } },
  // Superlatives
  {
    ask: 'biggest open deal',
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), filled('value')] }, sort: [{ by: 'value', direction: 'desc' }] },
    limit: 1,
  },
  { ask: 'the 3 oldest leads', query: { entity: 'leads', filter: filled('created_at'), sort: [{ by: 'created_at', direction: 'asc' }] }, limit: 3 },
  {
    ask: 'who has the most open deals?',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), filled('owner')] },
      measures: count,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
    limit: 1,
  },
  {
    ask: 'best selling product',
    query: {
      entity: 'order_lines',
      filter: filled('product'),
      measures: [{ fn: 'sum', field: 'quantity' }],
      groupBy: [{ field: 'product' }],
      sort: [{ by: 'sum_quantity', direction: 'desc' }],
    },
    limit: 1,
  },
  // Groups
  {
    ask: 'how many deals per stage',
    query: { entity: 'opportunities', measures: count, groupBy: [{ field: 'stage' }], sort: [{ by: 'count', direction: 'desc' }] },
    limit: 200,
  },
  {
    ask: 'win rate by owner',
    query: { entity: 'opportunities', measures: [{ fn: 'winRate' }], groupBy: [{ field: 'owner' }], sort: [{ by: 'winRate', direction: 'desc' }] },
    limit: 200,
  },
  {
    ask: 'monthly revenue',
    query: {
      entity: 'order_lines',
      measures: [{ fn: 'sum', field: 'amount' }],
      groupBy: [{ field: 'ordered_at', bucket: 'month' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
    limit: 200,
  },
  {
    ask: 'pipeline status',
    query: {
      entity: 'opportunities',
      filter: is('state', 'open'),
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'value' }],
      groupBy: [{ field: 'pipeline' }, { field: 'stage' }],
    },
    limit: 200,
  },
  // Owners, relations, negation
  { ask: "Raj's open deals", query: { entity: 'opportunities', filter: { and: [is('owner', '«Raj Patel»'), is('state', 'open')] } } },
  { ask: 'deals not owned by Sofia', query: { entity: 'opportunities', filter: { field: 'owner', op: 'ne', value: '«Sofia Santos»' } } },
  { ask: 'my contacts', query: { entity: 'contacts', filter: is('owner', '«Olivia Owner»') } },
  { ask: 'leads without an owner', query: { entity: 'leads', filter: { field: 'owner', op: 'isEmpty' } } },
  { ask: 'contacts with no email', query: { entity: 'contacts', filter: { field: 'email', op: 'isEmpty' } } },
  { ask: 'companies without orders', query: { entity: 'organisations', filter: { relation: 'orders', count: { op: 'eq', value: 0 } } } },
  {
    ask: 'companies without open deals',
    query: { entity: 'organisations', filter: { relation: 'opportunities', where: is('state', 'open'), count: { op: 'eq', value: 0 } } },
  },
  { ask: 'organisations with more than 2 orders', query: { entity: 'organisations', filter: { relation: 'orders', count: { op: 'gt', value: 2 } } } },
  {
    ask: 'contacts at companies with open deals over 50k in California',
    query: {
      entity: 'contacts',
      filter: {
        and: [
          is('organisation.state', 'California'),
          { relation: 'organisation.opportunities', where: { and: [is('state', 'open'), { field: 'value', op: 'gt', value: 50000 }] } },
        ],
      },
    },
  },
  {
    ask: 'who bought Level Sensor?',
    query: { entity: 'organisations', filter: { and: [{ relation: 'orders' }, { relation: 'order_lines', where: is('product', '«Level Sensor»') }] } },
  },
  {
    ask: 'notes about pricing',
    query: {
      entity: 'notes',
      filter: {
        or: [
          { field: 'body', op: 'contains', value: 'pricing' },
          { field: 'title', op: 'contains', value: 'pricing' },
        ],
      },
    },
  },
  // Names that are keywords
  { ask: 'contacts at Open Door', query: { entity: 'contacts', filter: is('organisation', '«Open Door»') } },
  { ask: 'deals of Open Door', query: { entity: 'opportunities', filter: is('organisation', '«Open Door»') } },
  { ask: 'deals in stage Demo', query: { entity: 'opportunities', filter: { and: [is('stage', 'Demo'), is('state', 'open')] } } },
  { ask: 'won deals in stage Proposal', query: { entity: 'opportunities', filter: { and: [is('state', 'won'), is('stage', 'Proposal')] } } },
  // Either of several fields; lacking both
  { ask: 'contacts in London or owned by Raj', query: { entity: 'contacts', filter: { or: [is('city', 'London'), is('owner', '«Raj Patel»')] } } },
  { ask: 'contacts without a phone or an e-mail', query: { entity: 'contacts', filter: { and: [empty('phone'), empty('email')] } } },
  { ask: 'contacts with no phone or no e-mail', query: { entity: 'contacts', filter: { or: [empty('phone'), empty('email')] } } },
  { ask: 'untagged companies', query: { entity: 'organisations', filter: empty('tags') } },
  { ask: 'companies that never ordered', query: { entity: 'organisations', filter: { relation: 'orders', count: { op: 'eq', value: 0 } } } },
  { ask: 'companies with exactly one order', query: { entity: 'organisations', filter: { relation: 'orders', count: { op: 'eq', value: 1 } } } },
  {
    ask: 'companies with open deals but no notes',
    query: {
      entity: 'organisations',
      filter: {
        and: [
          { relation: 'opportunities', where: is('state', 'open') },
          { relation: 'notes', count: { op: 'eq', value: 0 } },
        ],
      },
    },
  },
  {
    ask: 'open deals not closing this month',
    query: {
      entity: 'opportunities',
      filter: {
        and: [is('state', 'open'), { or: [empty('forecast_close_date'), { not: month('forecast_close_date', 0) }] }],
      },
    },
  },
  // Same values, colleagues, what is bought besides
  {
    ask: 'contacts with the same phone number',
    query: {
      entity: 'contacts',
      filter: filled('phone'),
      groupBy: [{ field: 'phone' }],
      measures: count,
      having: [{ measure: 'count', op: 'gt', value: 1 }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
  },
  {
    ask: 'customers who ordered for the first time in November 2026',
    query: {
      entity: 'organisations',
      filter: { relation: 'orders', earliest: { field: 'ordered_at', op: 'during', value: { from: '2026-11-01', to: '2026-12-01' } } },
    },
  },
  {
    ask: 'which products are bought together with the Mounting Kit?',
    query: {
      entity: 'order_lines',
      filter: {
        and: [
          { relation: 'order_id.order_lines', where: is('product', '«Mounting Kit»') },
          { not: is('product', '«Mounting Kit»') },
          { field: 'quantity', op: 'gt', value: 0 },
          filled('product'),
        ],
      },
      groupBy: [{ field: 'product' }],
      measures: [{ fn: 'countDistinct', field: 'order_id', as: 'orders' }],
      sort: [{ by: 'orders', direction: 'desc' }],
    },
    limit: 10,
  },
  // People and what a stage holds
  { ask: 'deals I lost', query: { entity: 'opportunities', filter: { and: [is('owner', '«Olivia Owner»'), is('state', 'lost')] } } },
  { ask: 'show me for me the contacts', query: { entity: 'contacts' } },
  {
    ask: 'how much is in Proposal?',
    query: { entity: 'opportunities', filter: { and: [is('stage', 'Proposal'), is('state', 'open')] }, measures: [{ fn: 'sum', field: 'value' }] },
  },
  {
    ask: 'notes that mention a budget freeze',
    query: { entity: 'notes', filter: { or: [contains('body', 'budget freeze'), contains('title', 'budget freeze')] } },
  },
  // Follow-ups
  {
    ask: ['open deals', 'only those in Germany'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), is('organisation.country', 'Germany')] } },
  },
  { ask: ['open deals', 'how many?'], query: { entity: 'opportunities', filter: is('state', 'open'), measures: count } },
  {
    ask: ['deals won this month', 'and last month?'],
    query: { entity: 'opportunities', filter: { and: [is('state', 'won'), month('actual_close_date', -1)] } },
  },
  { ask: ['contacts in London', 'what about Berlin?'], query: { entity: 'contacts', filter: is('city', 'Berlin') } },
  {
    ask: ['how many deals by stage', 'by owner instead'],
    query: { entity: 'opportunities', measures: count, groupBy: [{ field: 'owner' }], sort: [{ by: 'count', direction: 'desc' }] },
    limit: 200,
  },
  { ask: ['open deals', 'how many contacts do we have?'], query: { entity: 'contacts', measures: count } },
  {
    ask: ['contacts in London', 'who owns the most of them?'],
    query: {
      entity: 'contacts',
      filter: { and: [is('city', 'London'), filled('owner')] },
      measures: count,
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
    limit: 1,
  },
  {
    ask: ['open deals', 'sort by close date'],
    query: { entity: 'opportunities', filter: is('state', 'open'), sort: [{ by: 'forecast_close_date', direction: 'asc' }] },
  },
  {
    ask: ['open deals', 'what are they worth?'],
    query: { entity: 'opportunities', filter: is('state', 'open'), measures: [{ fn: 'sum', field: 'value' }] },
  },
  // Amounts and dates after "by" put records in order; fields named win over values called alike
  { ask: 'products by price', query: { entity: 'products', sort: [{ by: 'price', direction: 'desc' }] } },
  {
    ask: 'compare Raj and Sofia by won value',
    query: {
      entity: 'opportunities',
      filter: { and: [{ field: 'owner', op: 'in', value: ['«Raj Patel»', '«Sofia Santos»'] }, is('state', 'won')] },
      measures: [{ fn: 'sum', field: 'value' }],
      groupBy: [{ field: 'owner' }],
      sort: [{ by: 'sum_value', direction: 'desc' }],
    },
  },
  // Either of two values of a field that holds one
  {
    ask: "Raj and Sofia's open deals",
    query: { entity: 'opportunities', filter: { and: [{ field: 'owner', op: 'in', value: ['«Raj Patel»', '«Sofia Santos»'] }, is('state', 'open')] } },
  },
  {
    ask: 'orders in October and November',
    query: {
      entity: 'orders',
      filter: {
        or: [
          { field: 'ordered_at', op: 'during', value: { from: '2026-10-01', to: '2026-11-01' } },
          { field: 'ordered_at', op: 'during', value: { from: '2026-11-01', to: '2026-12-01' } },
        ],
      },
    },
  },
  // Titles that are a job, not customers; a customer of lines has its own city
  { ask: 'buyers without a phone', query: { entity: 'contacts', filter: { and: [is('title', 'Buyer'), { field: 'phone', op: 'isEmpty' }] } } },
  {
    ask: 'conversion rate of leads by source',
    query: {
      entity: 'leads',
      measures: [
        { fn: 'share', as: 'conversion_rate', where: filled('converted_at') },
        { fn: 'count', as: 'converted', where: filled('converted_at') },
        { fn: 'count', as: 'leads' },
      ],
      groupBy: [{ field: 'source' }],
      sort: [{ by: 'conversion_rate', direction: 'desc' }],
    },
  },
  {
    ask: 'companies with between 1000 and 2000 employees',
    query: { entity: 'organisations', filter: { field: 'size', op: 'between', value: [1000, 2000] } },
  },
  { ask: 'contacts never contacted', query: { entity: 'contacts', filter: { field: 'last_contacted_at', op: 'isEmpty' } } },
  {
    ask: 'what did we sell most in October?',
    query: {
      entity: 'order_lines',
      filter: { and: [{ field: 'ordered_at', op: 'during', value: { from: '2026-10-01', to: '2026-11-01' } }, filled('product')] },
      measures: [{ fn: 'sum', field: 'quantity' }],
      groupBy: [{ field: 'product' }],
      sort: [{ by: 'sum_quantity', direction: 'desc' }],
    },
    limit: 1,
  },
  { ask: 'contacts with gmail addresses', query: { entity: 'contacts', filter: { field: 'email', op: 'contains', value: '@gmail.' } } },
]
