import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { judgedDealState } from './analytics/deal-states.ts'

export interface StateMeaning {
  filter?: Filter
  /** The time that a period beside the state is about. */
  time?: string
  slot: string
}

export const stalledAfterDays = 60
const now = { now: true } as const
const doneStatus = /^(?:done|complete|completed|closed|finished|cancel|resolved|erledigt)/i

/** What an adjective such as "open", "overdue" or "unassigned" says of an entity; undefined when it says nothing of it. */
export function stateMeaning(state: string, entity: EntityName, world: World): StateMeaning | undefined {
  const fields = entities[entity].fields
  if (state === 'unassigned') return fields.owner === undefined ? undefined : { filter: { field: 'owner', op: 'isEmpty' }, slot: 'owner' }
  if (state === 'untagged') return fields.tags === undefined ? undefined : { filter: { field: 'tags', op: 'isEmpty' }, slot: 'tags' }
  if (state === 'neverSold' && (entity === 'contacts' || entity === 'organisations'))
    return { filter: { relation: 'orders', count: { op: 'eq', value: 0 } }, slot: 'orders' }
  switch (entity) {
    case 'opportunities':
      return opportunityState(state, world.settings?.stalledDays ?? stalledAfterDays)
    case 'tasks':
      return taskState(state, world)
    case 'leads':
      if (state === 'converted') return { filter: { field: 'converted_at', op: 'isNotEmpty' }, time: 'converted_at', slot: 'state' }
      if (state === 'unconverted' || state === 'open' || state === 'active') return { filter: { field: 'converted_at', op: 'isEmpty' }, slot: 'state' }
      return undefined
    case 'events':
      if (state === 'upcoming' || state === 'open') return { filter: { field: 'starts_at', op: 'gt', value: now }, time: 'starts_at', slot: 'state' }
      if (state === 'past' || state === 'completed') return { filter: { field: 'starts_at', op: 'lt', value: now }, time: 'starts_at', slot: 'state' }
      return undefined
    case 'emails':
      if (state === 'inbound' || state === 'outbound') return { filter: { field: 'direction', op: 'eq', value: state }, slot: 'direction' }
      return undefined
    case 'products':
      return productState(state)
    case 'quotes':
      return quoteState(state, world)
    case 'order_lines':
      return state === 'returned' ? { filter: { field: 'quantity', op: 'lt', value: 0 }, slot: 'state' } : undefined
    case 'orders':
      return state === 'returned' ? { filter: { relation: 'order_lines', where: { field: 'quantity', op: 'lt', value: 0 } }, slot: 'state' } : undefined
    case 'contacts':
    case 'organisations':
      if (state === 'returned') return { filter: { relation: 'order_lines', where: { field: 'quantity', op: 'lt', value: 0 } }, slot: 'returned' }
      return state === 'repeat' ? { filter: { relation: 'orders', count: { op: 'gte', value: 2 } }, slot: 'orders' } : undefined
    case 'users':
      if (state === 'active' || state === 'inactive') return { filter: { field: 'active', op: 'eq', value: state === 'active' }, slot: 'active' }
      return undefined
    default:
      return undefined
  }
}

function opportunityState(state: string, stalledDays: number): StateMeaning | undefined {
  const is = (value: string): Filter => ({ field: 'state', op: 'eq', value })
  switch (state) {
    case 'open':
    case 'active':
      return { filter: is('open'), slot: 'state' }
    case 'won':
    case 'lost':
      return { filter: is(state), time: 'actual_close_date', slot: 'state' }
    case 'abandoned':
      return { filter: is(state), time: 'actual_close_date', slot: 'state' }
    case 'suspended':
      return { filter: is(state), slot: 'state' }
    case 'closed':
    case 'closedOn':
    case 'completed':
      return { filter: { field: 'state', op: 'in', value: ['won', 'lost'] }, time: 'actual_close_date', slot: 'state' }
    case 'closing':
    case 'upcoming':
      return { filter: is('open'), time: 'forecast_close_date', slot: 'state' }
    case 'overdue':
      return { filter: { and: [is('open'), { field: 'forecast_close_date', op: 'lt', value: now }] }, time: 'forecast_close_date', slot: 'state' }
    case 'inactive':
    case 'stalled':
      return { filter: { and: [is('open'), { field: 'stage_changed_at', op: 'lt', value: { now: true, daysAgo: stalledDays } }] }, slot: 'state' }
    default:
      return judgedDealState(state, stalledDays)
  }
}

function taskState(state: string, world: World): StateMeaning | undefined {
  const done = world.statuses.filter((status) => doneStatus.test(status))
  const open: Filter[] = [{ field: 'completed_at', op: 'isEmpty' }]
  if (done.length > 0) open.push({ field: 'status', op: 'notIn', value: done })
  switch (state) {
    case 'open':
    case 'active':
    case 'todo':
      return { filter: { and: open }, time: 'due_at', slot: 'state' }
    case 'overdue':
      return { filter: { and: [{ field: 'due_at', op: 'lt', value: now }, ...open] }, time: 'due_at', slot: 'state' }
    case 'upcoming':
      return { filter: { and: [{ field: 'due_at', op: 'gt', value: now }, ...open] }, time: 'due_at', slot: 'state' }
    case 'completed':
    case 'closed': {
      const completed: Filter = { field: 'completed_at', op: 'isNotEmpty' }
      return { filter: done.length === 0 ? completed : { or: [completed, { field: 'status', op: 'in', value: done }] }, time: 'completed_at', slot: 'state' }
    }
    default:
      return undefined
  }
}

const acceptedStatus = /^(?:accepted|won|ordered|angenommen|beauftragt)/i
const refusedStatus = /^(?:declined|rejected|lost|refused|denied|cancel|abgelehnt|storniert)/i

/** A quote is open until it was accepted or declined. */
function quoteState(state: string, world: World): StateMeaning | undefined {
  const those = (pattern: RegExp) => world.quoteStatuses.filter((status) => pattern.test(status))
  const accepted = those(acceptedStatus)
  const refused = those(refusedStatus)
  const among = (values: string[]): StateMeaning | undefined =>
    values.length === 0
      ? undefined
      : {
          filter: values.length === 1 ? { field: 'status', op: 'eq', value: values[0] as string } : { field: 'status', op: 'in', value: values },
          slot: 'state',
        }
  const decided = [...accepted, ...refused]
  const open: Filter[] = decided.length === 0 ? [] : [{ field: 'status', op: 'notIn', value: decided }]
  switch (state) {
    case 'open':
    case 'active':
      return { filter: open[0] ?? { field: 'id', op: 'isNotEmpty' }, slot: 'state' }
    case 'won':
    case 'accepted':
      return among(accepted)
    case 'lost':
    case 'declined':
      return among(refused)
    case 'closed':
    case 'completed':
      return among(decided)
    case 'overdue':
    case 'expired':
      return { filter: { and: [{ field: 'expiration_date', op: 'lt', value: now }, ...open] }, time: 'expiration_date', slot: 'state' }
    default:
      return undefined
  }
}

function productState(state: string): StateMeaning | undefined {
  switch (state) {
    case 'active':
    case 'inactive':
      return { filter: { field: 'active', op: 'eq', value: state === 'active' }, slot: 'active' }
    case 'outOfStock':
      return { filter: { field: 'stock', op: 'lte', value: 0 }, slot: 'stock' }
    case 'inStock':
      return { filter: { field: 'stock', op: 'gt', value: 0 }, slot: 'stock' }
    case 'lowStock':
      return { filter: { field: 'stock', op: 'lte', value: 10 }, slot: 'stock' }
    case 'neverSold':
      return { filter: { relation: 'order_lines', count: { op: 'eq', value: 0 } }, slot: 'orders' }
    case 'returned':
      return { filter: { relation: 'order_lines', where: { field: 'quantity', op: 'lt', value: 0 } }, slot: 'state' }
    default:
      return undefined
  }
}

/** The time field a verb is about, by entity. */
export function verbTime(verb: string, entity: EntityName): string | undefined {
  const fields = entities[entity].fields
  const first = (...names: string[]) => names.find((name) => fields[name] !== undefined)
  switch (verb) {
    case 'create':
      if (entity === 'orders' || entity === 'order_lines') return 'ordered_at'
      return entity === 'emails' ? 'sent_at' : first('created_at', 'ordered_at')
    case 'update':
      return first('updated_at')
    case 'close':
    case 'win':
    case 'lose':
      return first('actual_close_date')
    case 'contact':
      return first('last_contacted_at')
    case 'convert':
      return first('converted_at')
    case 'complete':
      return first('completed_at')
    case 'due':
      return first('due_at', 'forecast_close_date', 'expiration_date')
    case 'start':
      return first('starts_at')
    case 'author':
      return entity === 'notes' ? 'created_at' : first('sent_at')
    case 'send':
      return first('sent_at')
    case 'receive':
      return first('sent_at', 'ordered_at') ?? (entity === 'leads' ? 'created_at' : undefined)
    case 'stageChange':
      return first('stage_changed_at')
    case 'sell':
      return entity === 'opportunities' ? 'actual_close_date' : first('ordered_at')
    case 'buy':
    case 'spend':
      return first('ordered_at')
    case 'born':
      return first('date_of_birth')
    default:
      return undefined
  }
}
