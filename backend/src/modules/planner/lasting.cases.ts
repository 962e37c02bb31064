import type { Filter } from '#contracts/query.ts'
import type { PlannerCase } from './planner.cases.ts'

const is = (field: string, value: string): Filter => ({ field, op: 'eq', value })
const before = (field: string, daysAgo: number): Filter => ({ field, op: 'lt', value: { now: true, daysAgo } })
const overdue: readonly Filter[] = [
  { field: 'due_at', op: 'lt', value: { now: true } },
  { field: 'completed_at', op: 'isEmpty' },
  { field: 'status', op: 'notIn', value: ['Completed'] },
]
const during = (field: string, value: { from?: string; to?: string }): Filter => ({ field, op: 'during', value })

/** How long something has been so; now is Friday, 20 November 2026, 15:00. */
export const lastingCases: readonly PlannerCase[] = [
  { ask: 'deals stalled for 30 days', query: { entity: 'opportunities', filter: { and: [is('state', 'open'), before('stage_changed_at', 30)] } } },
  {
    ask: 'deals stalled for more than 90 days',
    query: { entity: 'opportunities', filter: { and: [is('state', 'open'), during('stage_changed_at', { to: '2026-08-22T15:00:00.000Z' })] } },
  },
  { ask: 'tasks overdue for 2 weeks', query: { entity: 'tasks', filter: { and: [...overdue, before('due_at', 14)] } } },
  {
    ask: 'tasks more than 14 days overdue',
    query: { entity: 'tasks', filter: { and: [during('due_at', { to: '2026-11-06T15:00:00.000Z' }), ...overdue] } },
  },
  {
    ask: 'tasks due tomorrow or the day after',
    query: {
      entity: 'tasks',
      filter: {
        or: [
          { field: 'due_at', op: 'during', value: { period: 'day', offset: 1 } },
          { field: 'due_at', op: 'during', value: { period: 'day', offset: 2 } },
        ],
      },
    },
  },
  {
    ask: 'revenue this year compared to the same period last year',
    query: {
      entity: 'order_lines',
      filter: {
        or: [{ field: 'ordered_at', op: 'during', value: { period: 'year', offset: 0 } }, during('ordered_at', { from: '2025-01-01', to: '2025-11-21' })],
      },
      measures: [{ fn: 'sum', field: 'amount' }],
      groupBy: [{ field: 'ordered_at', bucket: 'year' }],
      sort: [{ by: 'ordered_at', direction: 'asc' }],
    },
  },
  {
    ask: 'countries by number of contacts',
    query: {
      entity: 'contacts',
      measures: [{ fn: 'count' }],
      groupBy: [{ field: 'country' }],
      sort: [{ by: 'count', direction: 'desc' }],
    },
    limit: 200,
  },
]

/** What is recorded of none of them. */
export const lastingDeclined: readonly string[] = [
  'deals stalled since March',
  'which deals stalled in the last 30 days',
  'deals that took more than 90 days to close',
  'products sold fewer than 100 times',
  'tasks sorted by priority',
]
