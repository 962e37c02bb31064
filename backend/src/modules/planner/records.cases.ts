import type { Filter } from '#contracts/query.ts'
import type { PlannerCase } from './planner.cases.ts'

const is = (field: string, value: string | number | boolean): Filter => ({ field, op: 'eq', value })
const filled = (field: string): Filter => ({ field, op: 'isNotEmpty' })
const count = [{ fn: 'count' as const }]
const most = (by: string) => [{ by, direction: 'desc' as const }]

/** Which records are meant: by their codes, places, kinds and by what hangs on them. */
export const recordCases: readonly PlannerCase[] = [
  // The id of another system, or a product's code
  { ask: 'deal D3', query: { entity: 'opportunities', filter: is('id', '«Acme sensors»') } },
  { ask: 'who is c1?', query: { entity: 'contacts', filter: is('id', '«Sarah Connor»') } },
  { ask: 'stock of K-1', query: { entity: 'products', filter: is('id', '«Mounting Kit»') } },
  // A place and the one that it lies in; either of two
  { ask: 'companies in San Jose, California', query: { entity: 'organisations', filter: { and: [is('city', 'San Jose'), is('state', 'California')] } } },
  { ask: 'companies in San Jose or England', query: { entity: 'organisations', filter: { or: [is('city', 'San Jose'), is('state', 'England')] } } },
  // An amount of money is no number of records, and what a word is called elsewhere does not matter where it is looked for
  { ask: '€5.000 orders or more', query: { entity: 'orders', filter: { and: [{ field: 'total', op: 'gte', value: 5000 }, is('currency', 'EUR')] } } },
  {
    ask: 'notes that mention price',
    query: {
      entity: 'notes',
      filter: {
        or: [
          { field: 'body', op: 'contains', value: 'price' },
          { field: 'title', op: 'contains', value: 'price' },
        ],
      },
    },
  },
  // What is asked of all is answered by the exceptions
  { ask: 'do all contacts have an e-mail?', query: { entity: 'contacts', filter: { field: 'email', op: 'isEmpty' } } },
  { ask: 'does every company have an owner?', query: { entity: 'organisations', filter: { field: 'owner', op: 'isEmpty' } } },
  // What is to come, and how old something is
  {
    ask: 'deals closing in less than 30 days',
    query: {
      entity: 'opportunities',
      filter: { and: [is('state', 'open'), { field: 'forecast_close_date', op: 'during', value: { next: 30, unit: 'day' } }] },
    },
  },
  {
    ask: 'open deals less than 30 days old',
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), { field: 'created_at', op: 'during', value: { last: 30, unit: 'day' } }] } },
  },
  // The same span of a year before is that of the span which is said
  {
    ask: 'leads in March 2026 compared to the same month last year',
    query: {
      entity: 'leads',
      filter: {
        or: [
          { field: 'created_at', op: 'during', value: { from: '2026-03-01', to: '2026-04-01' } },
          { field: 'created_at', op: 'during', value: { from: '2025-03-01', to: '2025-04-01' } },
        ],
      },
      measures: count,
      groupBy: [{ field: 'created_at', bucket: 'month' }],
      sort: [{ by: 'created_at', direction: 'asc' }],
    },
  },
  // A field and nothing else
  { ask: 'industries', query: { entity: 'organisations', measures: count, groupBy: [{ field: 'industry' }], sort: most('count') } },
  { ask: 'lead sources', query: { entity: 'leads', measures: count, groupBy: [{ field: 'source' }], sort: most('count') } },
  { ask: 'which lead statuses do we use?', query: { entity: 'leads', measures: count, groupBy: [{ field: 'status' }], sort: most('count') } },
  // By how many they have
  {
    ask: 'companies by deals',
    query: { entity: 'opportunities', filter: filled('organisation'), measures: count, groupBy: [{ field: 'organisation' }], sort: most('count') },
  },
  { ask: 'notes by company', query: { entity: 'organisations', filter: { relation: 'notes' }, sort: most('notes.count') } },
  { ask: 'which company has the most notes?', query: { entity: 'organisations', filter: { relation: 'notes' }, sort: most('notes.count') } },
  // A status that exists
  { ask: 'leads from webinars that are still new', query: { entity: 'leads', filter: { and: [is('source', 'Webinar'), is('status', 'New')] } } },
  // People of a company, and how many it employs
  { ask: 'who is the engineer at Nordwind?', query: { entity: 'contacts', filter: { and: [is('title', 'Engineer'), is('organisation', '«Nordwind GmbH»')] } } },
  { ask: 'how many people work for Acme Corp?', query: { entity: 'organisations', filter: is('id', '«Acme Corp»') } },
  // What is counted and added up of people
  {
    ask: 'what is the most common job title?',
    query: { entity: 'contacts', filter: filled('title'), measures: count, groupBy: [{ field: 'title' }], sort: most('count') },
    limit: 2,
  },
  // What stands in the pipeline, where somebody is, what is to be done
  {
    ask: 'pipeline by stage',
    query: { entity: 'opportunities', filter: is('state', 'open'), measures: [{ fn: 'count' }, { fn: 'sum', field: 'value' }], groupBy: [{ field: 'stage' }] },
  },
  { ask: 'cities where we have contacts', query: { entity: 'contacts', measures: count, groupBy: [{ field: 'city' }], sort: most('count') } },
  {
    ask: 'tasks to finish this week',
    query: {
      entity: 'tasks',
      filter: {
        and: [
          { field: 'due_at', op: 'during', value: { period: 'week', offset: 0 } },
          { field: 'completed_at', op: 'isEmpty' },
          { field: 'status', op: 'notIn', value: ['Completed'] },
        ],
      },
    },
  },
  // A deed is denied, and not where it was
  {
    ask: "who haven't we ever contacted in Hamburg",
    query: { entity: 'contacts', filter: { and: [is('city', 'Hamburg'), { field: 'last_contacted_at', op: 'isEmpty' }] } },
  },
  {
    ask: "who hasn't Raj contacted",
    query: { entity: 'contacts', filter: { and: [is('owner', '«Raj Patel»'), { field: 'last_contacted_at', op: 'isEmpty' }] } },
  },
  // Whoever has the first noun is asked for
  {
    ask: 'engineers at Nordwind',
    query: { entity: 'contacts', filter: { and: [is('title', 'Engineer'), is('organisation', '«Nordwind GmbH»')] } },
  },
  {
    ask: 'phone number of the engineer at Nordwind',
    query: { entity: 'contacts', filter: { and: [is('title', 'Engineer'), is('organisation', '«Nordwind GmbH»')] } },
  },
  { ask: 'everyone in Hamburg', query: { entity: 'contacts', filter: is('city', 'Hamburg') } },
  { ask: 'show me every lost deal', query: { entity: 'opportunities', filter: is('state', 'lost') } },
  { ask: "what's still open with Nordwind", query: { entity: 'opportunities', filter: { and: [is('state', 'open'), is('organisation', '«Nordwind GmbH»')] } } },
  // What somebody sold is what he won
  {
    ask: 'how much did Raj sell this year',
    query: {
      entity: 'opportunities',
      filter: { and: [is('owner', '«Raj Patel»'), { field: 'actual_close_date', op: 'during', value: { period: 'year', offset: 0 } }, is('state', 'won')] },
      measures: [{ fn: 'sum', field: 'value' }],
    },
  },
  // A number of somebody is the telephone's
  { ask: 'got a number for Sarah Connor?', query: { entity: 'contacts', filter: is('id', '«Sarah Connor»') } },
  { ask: 'phone Sarah Connor', query: { entity: 'contacts', filter: is('id', '«Sarah Connor»') } },
  { ask: 'who is the owner of Nordwind?', query: { entity: 'organisations', filter: is('id', '«Nordwind GmbH»') } },
  // Revenue of customers is the same wherever it is told
  {
    ask: 'revenue by customer',
    query: {
      entity: 'order_lines',
      measures: [{ fn: 'sum', field: 'amount' }],
      groupBy: [{ field: 'organisation' }],
      sort: most('sum_amount'),
    },
  },
  // Some of each, where none is both
  {
    ask: 'companies with both won and lost deals',
    query: {
      entity: 'organisations',
      filter: {
        and: [
          { relation: 'opportunities', where: is('state', 'won') },
          { relation: 'opportunities', where: is('state', 'lost') },
        ],
      },
    },
  },
  // So many in that time
  {
    ask: 'companies that have bought more than 2 times this year',
    query: {
      entity: 'organisations',
      filter: {
        relation: 'orders',
        count: { op: 'gt', value: 2 },
        where: { field: 'ordered_at', op: 'during', value: { period: 'year', offset: 0 } },
      },
    },
  },
  // What stands in a stage, and for how long
  {
    ask: 'deals in Proposal for more than 30 days',
    query: {
      entity: 'opportunities',
      filter: {
        and: [is('stage', 'Proposal'), { field: 'stage_changed_at', op: 'during', value: { to: '2026-10-21T15:00:00.000Z' } }, is('state', 'open')],
      },
    },
  },
  {
    ask: 'how much is in the Renewals pipeline',
    query: { entity: 'opportunities', filter: { and: [is('pipeline', 'Renewals'), is('state', 'open')] }, measures: [{ fn: 'sum', field: 'value' }] },
  },
  { ask: 'orders with a negative total', query: { entity: 'orders', filter: { field: 'total', op: 'lt', value: 0 } } },
]

/** What no condition says is not left out in silence. */
export const recordDeclined: readonly string[] = [
  'companies in the north of England',
  'companies over their limit',
  'tasks completed late',
  'events lasting more than an hour',
  'products starting next month',
  'which deals will we win',
  'the tallest company in Berlin',
  'contacts at Acme Corp with a blorptastic mobile',
  // Two conditions that no record meets at once
  'active deals that closed last month',
  'lost deals that are still open',
  'deals worth over 50k and under 20k',
  'companies with more than 500 and less than 100 employees',
  // What happened is not that the record came to be, and nothing was recorded in time to come
  'contacts e-mailed last week',
  'leads assigned last month',
  'deals approved last month',
  'deals that we did not win last year',
  'contacts updated tomorrow',
  // Every word has a place, and together they say something else
  'contacts with a German phone number',
  'tasks assigned to Raj Patel by Sofia Santos',
  'contacts we should not email',
  'last activity with Acme Corp',
  'deals we are about to lose',
  'contacts not in Wales',
  'deals lost because of price',
]

/** Declined by naming both conditions. */
export const recordContradictions: readonly (readonly [question: string, said: string])[] = [
  ['deals worth over 50k and under 20k', 'value is more than 50,000 and value is less than 20,000'],
  ['active deals that closed last month', 'state is open and'],
]
