import { says } from '#backend/modules/planner/language/says.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { askForExceptions } from './exceptions.ts'
import { type Constraint, emptyFrame, type Frame } from './frame.ts'
import { customerGroup } from './grouping.ts'
import type { ParseState } from './parse-state.ts'
import type { Phrase } from './phrase.ts'
import { presumeOpen } from './presume-open.ts'
import { comparableBy } from './similar/duplicates.ts'
import { sharesWith } from './similar/same-as.ts'
import { hasLikeness } from './similar/similar-records.ts'

/** The record that a question names as its own subject. */
function takeRecord(head: Phrase): Constraint | undefined {
  const constraint = head.constraints.find(({ slot, record }) => slot === 'record' && record !== undefined)
  if (constraint !== undefined) head.constraints = head.constraints.filter((one) => one !== constraint)
  return constraint
}

/** Ideas that change what is said of the head, before its figures are read. */
export function prepareConcepts(state: ParseState, head: Phrase): void {
  if (state.alsoBought !== undefined && state.verb === 'work') {
    state.alsoBought = undefined
    state.colleague = true
  }
  if (state.colleague) {
    if (head.entity === 'organisations') colleaguesOfEmployer(head)
    const constraint = takeRecord(head)
    const id = constraint?.record?.id
    if (id === undefined || head.entity !== 'contacts') state.unexplained.push('colleague')
    else {
      head.constraints.push({ slot: 'colleagues', filter: { relation: 'organisation.contacts', where: { field: 'id', op: 'eq', value: id } } })
      head.constraints.push({ slot: 'record', filter: { field: 'id', op: 'ne', value: id } })
      state.records = []
      state.fields = state.fields.filter(({ concept }) => concept !== 'organisation')
      state.verb = undefined
      state.assumptions.push({ note: 'colleagues' })
    }
  }
  sharesWith(state, head)
  if (state.firstTime) firstOrder(state, head)
  broughtIn(state, head)
  ownerOf(state, head)
  staffOf(state, head)
  edgeOfOrders(state, head)
  if (head.entity === 'orders') linesOf(state, head)
  if (state.whether && head.customer === true) head.tested = true
}

/** "Who is the owner of Acme": what is asked is Acme's owner. */
function ownerOf(state: ParseState, head: Phrase): void {
  const [only] = head.constraints
  const said = state.items[head.at]?.reading
  const record = only?.record
  if (head.entity !== 'users' || said?.kind !== 'entity' || said.plural || record === undefined || head.constraints.length > 1 || state.phrases.length > 1)
    return
  if (entities[record.entity].fields.owner === undefined || state.fields.length > 0 || state.count || state.negated) return
  head.entity = record.entity
  head.constraints = [{ slot: 'record', filter: { field: 'id', op: 'eq', value: record.id }, record }]
  state.fields = [{ concept: 'owner', options: [{ entity: record.entity, path: 'owner' }] }]
}

/** "What did Hamish bring in, won deals only": what they are worth. */
function broughtIn(state: ParseState, head: Phrase): void {
  const brings = state.items.some(({ lexeme }) => says(lexeme.text, 'bringsIn', state.world.language))
  if (!brings || head.entity !== 'opportunities' || head.at === -1 || state.count || state.aggregate !== undefined || state.measures.length > 0) return
  state.aggregate = 'sum'
  if (!head.constraints.some(({ slot }) => slot === 'state')) head.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'won' } })
}

/** "How many people work for Acme": how many it employs, where that is known of organisations. */
function staffOf(state: ParseState, head: Phrase): void {
  const [only] = head.constraints
  const said = state.items[head.at]?.lexeme.text ?? ''
  const staff = head.entity === 'contacts' && state.count && state.verb === 'work' && says(said, 'staff', state.world.language)
  if (!staff || only?.slot !== 'record:organisations' || only.record === undefined || head.constraints.length > 1 || state.phrases.length > 1) return
  head.entity = 'organisations'
  head.constraints = [{ slot: 'record', filter: { field: 'id', op: 'eq', value: only.record.id }, record: only.record }]
  state.count = false
  state.fields = [{ concept: 'size', options: [{ entity: 'organisations', path: 'size' }] }]
}

/** "What was on order 17": its lines. */
function linesOf(state: ParseState, head: Phrase): void {
  const order = head.constraints.find(({ slot, record }) => slot === 'record' && record?.entity === 'orders')
  const asks = state.fields.length === 0 && state.measures.length === 0 && !state.count && state.verb === undefined
  const what = state.asks.includes('what')
  const inside = state.items.some(
    ({ reading }) =>
      (reading.kind === 'preposition' && ['on', 'in', 'inside'].includes(reading.word)) || (what && (reading.kind === 'contains' || reading.kind === 'have')),
  )
  if (order?.record === undefined || !asks || !inside) return
  head.entity = 'order_lines'
  head.constraints = [{ slot: 'record:orders', filter: { field: 'order_id', op: 'eq', value: order.record.id }, record: order.record }]
}

/** "Who else works at Sarah's company": the company is only said to be hers. */
function colleaguesOfEmployer(head: Phrase): void {
  const person = head.constraints.find(({ slot, record }) => slot === 'record:contacts' && record !== undefined)
  if (person?.record === undefined || head.constraints.length > 1) return
  head.entity = 'contacts'
  head.constraints = [{ slot: 'record', filter: { field: 'id', op: 'eq', value: person.record.id }, record: person.record }]
}

/** "Whose last order was before June": the latest of each one's orders, and not any of them. */
function edgeOfOrders(state: ParseState, head: Phrase): void {
  const { superlative } = state
  if (superlative === undefined || !['time', 'top'].includes(superlative.by) || (head.entity !== 'contacts' && head.entity !== 'organisations')) return
  const child = state.phrases.find((phrase) => phrase.parent === head && phrase.entity === 'orders' && phrase.at > superlative.at && head.at < superlative.at)
  if (child === undefined) return
  const timed = child.constraints.find(({ slot }) => slot === 'time:ordered_at')?.filter
  if (
    child.constraints.length !== 1 ||
    timed === undefined ||
    !('field' in timed) ||
    timed.op !== 'during' ||
    typeof timed.value !== 'object' ||
    Array.isArray(timed.value)
  ) {
    state.unexplained.push('order')
    return
  }
  const test = { field: 'ordered_at', op: 'during' as const, value: timed.value }
  state.phrases = state.phrases.filter((phrase) => phrase !== child)
  head.constraints.push({
    slot: 'orders',
    filter: superlative.direction === 'desc' ? { relation: 'orders', latest: test } : { relation: 'orders', earliest: test },
  })
  state.superlative = undefined
}

/** "Ordered for the first time this year": the first of their orders lies in that time. */
function firstOrder(state: ParseState, head: Phrase): void {
  const constraint = head.constraints.find(({ slot, filter }) => slot === 'orders' && 'relation' in filter && filter.relation === 'orders')
  const filter = constraint?.filter
  const where = filter !== undefined && 'relation' in filter ? filter.where : undefined
  if (
    constraint === undefined ||
    where === undefined ||
    !('field' in where) ||
    where.op !== 'during' ||
    typeof where.value !== 'object' ||
    Array.isArray(where.value)
  ) {
    state.unexplained.push('first')
    return
  }
  constraint.filter = { relation: 'orders', earliest: { field: 'ordered_at', op: 'during', value: where.value } }
}

/** Questions whose whole answer is an idea of its own; undefined for all others. */
export function conceptFrame(state: ParseState, head: Phrase): Frame | undefined {
  if (state.alsoBought !== undefined) return boughtWith(state, head)
  if (head.tested !== true && head.customer === true && (state.asks.includes('howLong') || state.asks.includes('when'))) return customerSince(head)
  if (
    (head.entity === 'orders' || head.entity === 'order_lines') &&
    state.superlative !== undefined &&
    ['time', 'top'].includes(state.superlative.by) &&
    state.measures.length === 0
  )
    return edgeOrders(state, head)
  if (head.entity === 'products' && state.superlative?.by === 'count' && state.rankBy === undefined) return mostReturned(state, head)
  return undefined
}

/** "Last order per customer": the time of each one's. */
function edgeOrders(state: ParseState, head: Phrase): Frame | undefined {
  const [group] = state.groups
  const customers = group?.kind === 'entity' && (group.customer || group.entity === 'organisations' || group.entity === 'contacts')
  if (!customers || state.groups.length > 1) return undefined
  const last = state.superlative?.direction === 'desc'
  const frame = emptyFrame('orders')
  frame.kind = 'groups'
  frame.constraints = [...head.constraints]
  frame.groupBy = [{ field: customerGroup(state) }]
  frame.measures = [{ fn: last ? 'max' : 'min', field: 'ordered_at', as: last ? 'last_order' : 'first_order' }]
  frame.sort = [{ by: last ? 'last_order' : 'first_order', direction: last ? 'desc' : 'asc' }]
  state.fields = state.fields.filter(({ concept }) => concept !== 'ordered_at')
  return frame
}

/** "How long has Acme been a customer": since the first order. */
function customerSince(head: Phrase): Frame | undefined {
  const record = head.constraints.find(({ slot, record }) => slot === 'record' && record !== undefined)?.record
  if (record === undefined) return undefined
  const frame = emptyFrame('orders')
  frame.kind = 'lookup'
  frame.constraints = [
    { slot: `record:${head.entity}`, filter: { field: head.entity === 'contacts' ? 'contact' : 'organisation', op: 'eq', value: record.id }, record },
  ]
  frame.fields = ['customer', 'ordered_at']
  frame.sort = [{ by: 'ordered_at', direction: 'asc' }]
  frame.limit = 1
  frame.assumptions.push({ note: 'customerSince', label: record.label })
  return frame
}

/** "Which products were returned most": by the lines that came back. */
function mostReturned(state: ParseState, head: Phrase): Frame | undefined {
  if (!state.items.some(({ reading }) => reading.kind === 'state' && reading.state === 'returned')) return undefined
  const frame = emptyFrame('order_lines')
  frame.kind = 'groups'
  frame.constraints = [
    { slot: 'state', filter: { field: 'quantity', op: 'lt', value: 0 } },
    { slot: 'ranked', filter: { field: 'product', op: 'isNotEmpty' } },
    ...head.constraints.flatMap(({ slot, filter }) =>
      slot.startsWith('time:') && 'field' in filter ? [{ slot: 'time:ordered_at', filter: { ...filter, field: 'ordered_at' } }] : [],
    ),
  ]
  frame.groupBy = [{ field: 'product' }]
  frame.measures = [{ fn: 'count' }]
  frame.sort = [{ by: 'count', direction: state.superlative?.direction ?? 'desc' }]
  frame.limit = state.limit ?? 10
  return frame
}

/** What customers of a product bought besides, or what stood with it in an order, by how many of them. */
function boughtWith(state: ParseState, head: Phrase): Frame | undefined {
  const products = state.records.find((options) => options.every(({ entity }) => entity === 'products'))
  if (products === undefined) {
    state.unexplained.push('also')
    return undefined
  }
  const ids = products.map(({ id }) => id)
  const one = (field: string): Filter => (ids.length === 1 ? { field, op: 'eq', value: ids[0] as string } : { field, op: 'in', value: ids })
  const whole = state.alsoBought === 'order' ? 'order_id' : customerEntity(state.world).entity === 'organisations' ? 'organisation' : 'contact'
  const frame = emptyFrame('order_lines')
  frame.kind = 'groups'
  frame.constraints = [
    { slot: 'with', filter: { relation: `${whole}.order_lines`, where: one('product') } },
    { slot: 'record:products', filter: { not: one('product') } },
    { slot: 'bought', filter: { field: 'quantity', op: 'gt', value: 0 } },
    { slot: 'ranked', filter: { field: 'product', op: 'isNotEmpty' } },
    ...head.constraints.filter(({ slot }) => slot === 'time:ordered_at'),
  ]
  frame.groupBy = [{ field: 'product' }]
  frame.measures = [{ fn: 'countDistinct', field: whole, as: whole === 'order_id' ? 'orders' : 'customers' }]
  frame.sort = [{ by: whole === 'order_id' ? 'orders' : 'customers', direction: 'desc' }]
  frame.limit = state.limit ?? 10
  frame.assumptions.push({ note: whole === 'order_id' ? 'bothInOneOrder' : 'boughtBoth' })
  return frame
}

const comparedNames: Readonly<Record<string, string>> = { organisation: 'nameAndOrganisation', website: 'domain' }

/** Ideas that are filled in from the records, or told with the answer, once the frame stands. */
export function markConcepts(state: ParseState, head: Phrase, frame: Frame): void {
  const own = frame.constraints.find(({ slot, record }) => slot === 'record' && record !== undefined)
  if (state.duplicate || state.sharing) {
    const fields = state.fields.map(({ concept }) => comparedNames[concept] ?? concept)
    const by = comparableBy(frame.entity, fields.includes('nameAndOrganisation') ? ['nameAndOrganisation'] : fields)
    if (by === undefined || (frame.kind !== 'list' && frame.kind !== 'figure' && frame.kind !== 'lookup')) state.unexplained.push('same')
    else {
      frame.constraints = frame.constraints.filter((constraint) => constraint !== own && !isFilledTest(constraint, by))
      const [shared] = by
      if (frame.kind === 'list' && own === undefined && fields.length === 1 && shared !== undefined && entities[frame.entity].fields[shared] !== undefined) {
        shareValue(frame, shared)
        state.fields = []
        return
      }
      frame.expansion = { kind: 'duplicates', by: [...by], ...(own?.record === undefined ? {} : { of: own.record }) }
      frame.kind = frame.kind === 'figure' ? 'figure' : 'list'
      frame.fields = by.filter((field) => entities[frame.entity].fields[field] !== undefined && field !== 'name')
      state.fields = []
    }
  }
  if (state.sameAs !== undefined) frame.expansion = state.sameAs
  if (state.similar) {
    if (own?.record === undefined || !hasLikeness(frame.entity)) state.unexplained.push('similar')
    else {
      frame.constraints = frame.constraints.filter((constraint) => constraint !== own)
      frame.expansion = { kind: 'similar', to: own.record }
      frame.kind = 'list'
    }
  }
  if (state.timeline !== undefined) {
    const person = head.entity === 'users' && frame.constraints.length > 0
    if (own === undefined && !person) state.unexplained.push('activity')
    else {
      frame.kind = 'lookup'
      frame.timeline = state.timeline
    }
  }
  presumeOpen(state, frame)
  if (
    state.whether &&
    !state.count &&
    state.asks.length === 0 &&
    (frame.kind === 'list' || frame.kind === 'lookup') &&
    frame.sort.length === 0 &&
    frame.timeline === undefined
  )
    frame.whether = true
  askForExceptions(state, frame)
}

/** "With the same phone number": the numbers that several have. */
function shareValue(frame: Frame, field: string): void {
  frame.kind = 'groups'
  frame.constraints.push({ slot: 'ranked', filter: { field, op: 'isNotEmpty' } })
  frame.groupBy = [{ field }]
  frame.measures = [{ fn: 'count' }]
  frame.having = [{ measure: 'count', op: 'gt', value: 1 }]
  frame.sort = [{ by: 'count', direction: 'desc' }]
  frame.fields = []
}

function isFilledTest({ filter }: Constraint, by: readonly string[]): boolean {
  return 'field' in filter && filter.op === 'isNotEmpty' && by.includes(filter.field)
}

/** Kinds of records that an activity may be linked to. */
export const relatable = new Set<EntityName>(['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders'])
