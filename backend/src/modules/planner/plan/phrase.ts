import type { FieldOption, RecordOption, UserOption, ValueOption } from '#backend/modules/planner/language/reading.ts'
import { customerEntity, type World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities, type FieldType } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { statesApart } from './apart.ts'
import type { Constraint } from './frame.ts'
import { alongRoute, referencePath, routeBetween } from './routes.ts'
import { stateMeaning } from './states.ts'

/** A noun of the question with what is said of it; a child hangs on its parent by a route. */
export interface Phrase {
  entity: EntityName
  constraints: Constraint[]
  /** Set for "customers": what makes one of it is said unless the question says it otherwise. */
  customer?: boolean
  /** What its amounts are to come to together. */
  total?: { field: string; op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; value: number }
  /** Whether it is a customer is what is asked. */
  tested?: boolean
  parent?: Phrase
  /** The field of which some of each value are meant: "in both A and B". */
  eachOf?: string
  negated?: boolean
  /** Of letters: those who wrote them, or whom they went to. */
  side?: 'from' | 'to'
  count?: { op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; value: number }
  /** The time its period is about, when a word said so. */
  time?: string
  at: number
}

/** A constraint and how far-fetched it is: 0 for the phrase's own field. */
export interface Attachment {
  constraint: Constraint
  cost: number
}

export function fieldTypeOf(entity: EntityName, path: string, world: World): FieldType | undefined {
  if (path.startsWith('custom.'))
    return world.customFields.find((field) => field.entity === entity && `custom.${field.key}` === path)?.type as FieldType | undefined
  const [first, ...rest] = path.split('.')
  const field = entities[entity].fields[first as string]
  if (rest.length === 0 || field?.entity === undefined) return field?.type
  return fieldTypeOf(field.entity, rest.join('.'), world)
}

export function newPhrase(entity: EntityName, customer: boolean, world: World, at: number): Phrase {
  return customer ? { entity: customerEntity(world).entity, constraints: [], customer: true, at } : { entity, constraints: [], at }
}

function valueFilter(path: string, values: readonly string[], negated: boolean): Filter {
  const distinct = [...new Set(values)]
  if (distinct.length === 1) return { field: path, op: negated ? 'ne' : 'eq', value: distinct[0] as string }
  return { field: path, op: negated ? 'notIn' : 'in', value: distinct }
}

const ownPlaceCost = 1.2

/** A filter for a value that several fields hold: any of them, or none of them when negated. */
export function attachValue(phrase: Phrase, options: readonly ValueOption[], negated: boolean, world: World, onlyPath?: string): Attachment | undefined {
  let best: { cost: number; paths: Map<string, string[]> } | undefined
  const literal = options.some((option) => option.entity === phrase.entity && option.alias !== true)
  for (const option of options) {
    // "In Poland" is the country, not the language called Polish.
    if (option.alias === true && literal) continue
    if (onlyPath !== undefined && option.path !== onlyPath) continue
    // A choice of a custom field is meant of its own records only, when anything else is called so.
    if (option.entity !== phrase.entity && option.path.startsWith('custom.') && options.some((other) => !other.path.startsWith('custom.'))) continue
    let path: string | undefined
    let cost = 0
    if (option.entity === phrase.entity) path = option.path
    else {
      const route = routeBetween(phrase.entity, option.entity)
      const prefix = route && referencePath(route)
      if (prefix === undefined || route === undefined || prefix === '') {
        // A place that only other records have is still asked of this one's own: there are none.
        if (slotOf(option.path) === 'place' && entities[phrase.entity].fields[option.path] !== undefined && (best === undefined || best.cost >= ownPlaceCost)) {
          if (best === undefined || best.cost > ownPlaceCost) best = { cost: ownPlaceCost, paths: new Map() }
          best.paths.set(option.path, [...(best.paths.get(option.path) ?? []), option.value])
        }
        continue
      }
      path = `${prefix}.${option.path}`
      cost = route.length
      if (fieldTypeOf(phrase.entity, path, world) === undefined) continue
    }
    if (best === undefined || cost < best.cost) best = { cost, paths: new Map() }
    if (cost === best.cost) best.paths.set(path, [...(best.paths.get(path) ?? []), option.value])
  }
  if (best === undefined) return attachValueThroughRelation(phrase, options, negated, world, onlyPath)
  // "New York" is a city and a state: the city is meant unless the words say otherwise; a tag yields to every other field.
  let entries = [...best.paths]
  if (entries.length > 1) {
    const own = entries.filter(([path]) => !path.endsWith('tags'))
    if (own.length > 0) entries = own
    const states = entries.filter(([path]) => path.endsWith('state') || path.endsWith('city') || path.endsWith('country'))
    if (states.length > 1 && states.length === entries.length)
      entries = [entries.find(([path]) => path.endsWith('country')) ?? entries.find(([path]) => path.endsWith('city')) ?? (entries[0] as [string, string[]])]
  }
  const filters = entries.map(([path, values]) => valueFilter(path, values, negated))
  const [only] = filters
  const filter = filters.length === 1 && only !== undefined ? only : negated ? { and: filters } : { or: filters }
  return { constraint: { slot: slotOf(entries[0]?.[0] ?? ''), filter }, cost: best.cost }
}

function attachValueThroughRelation(
  phrase: Phrase,
  options: readonly ValueOption[],
  negated: boolean,
  world: World,
  onlyPath?: string,
): Attachment | undefined {
  for (const option of options) {
    if (onlyPath !== undefined && option.path !== onlyPath) continue
    const route = routeBetween(phrase.entity, option.entity)
    if (
      route === undefined ||
      route.length > 2 ||
      (world.counts[option.entity] ?? 1) === 0 ||
      route.some((step) => step.kind === 'reference' && step.field === 'owner')
    )
      continue
    const inner = alongRoute(route, valueFilter(option.path, [option.value], false))
    return { constraint: { slot: slotOf(option.path), filter: negated ? { not: inner } : inner }, cost: route.length + 1 }
  }
  return undefined
}

export function slotOf(path: string): string {
  const last = path
    .split('.')
    .slice(path.includes('custom.') ? -2 : -1)
    .join('.')
  return last === 'city' || last === 'state' || last === 'country' ? 'place' : last
}

export function attachUser(phrase: Phrase, users: readonly UserOption[], negated: boolean): Attachment | undefined {
  const names = users.map((user) => user.id)
  const fields = entities[phrase.entity].fields
  const path = fields.owner !== undefined ? 'owner' : fields.author !== undefined ? 'author' : phrase.entity === 'users' ? 'id' : undefined
  if (path !== undefined) return { constraint: { slot: 'owner', filter: valueFilter(path, names, negated) }, cost: 0 }
  const route = routeBetween(phrase.entity, 'users')
  const prefix = route && referencePath(route)
  if (prefix === undefined) return undefined
  return { constraint: { slot: 'owner', filter: valueFilter(prefix, names, negated) }, cost: 1 }
}

export function attachRecords(phrase: Phrase, records: readonly RecordOption[], negated: boolean): Attachment | undefined {
  const byEntity = new Map<EntityName, RecordOption[]>()
  for (const record of records) byEntity.set(record.entity, [...(byEntity.get(record.entity) ?? []), record])
  let best: Attachment | undefined
  for (const [entity, some] of byEntity) {
    const ids = some.map((record) => record.id)
    const byId = valueFilter('id', ids, false)
    let filter: Filter | undefined
    let cost: number
    if (entity === phrase.entity) {
      filter = byId
      cost = 0
    } else if (phrase.entity === 'leads' && entity === 'organisations') {
      // A lead's company is a name.
      filter = valueFilter(
        'organisation',
        some.map(({ label }) => label),
        false,
      )
      cost = 1
    } else if (entities[phrase.entity].fields.related_id !== undefined) {
      filter = valueFilter('related_id', ids, false)
      cost = 1.1
    } else {
      const route = routeBetween(phrase.entity, entity)
      if (route === undefined || route.length === 0) continue
      filter = alongRoute(route, byId)
      cost = route.length + (route.some((step) => step.kind === 'reference' && step.field === 'owner') ? 3 : 0)
    }
    if (best !== undefined && best.cost <= cost) continue
    const [only] = some
    best = {
      constraint: {
        slot: entity === phrase.entity ? 'record' : `record:${entity}`,
        filter: negated ? negateId(filter) : filter,
        ...(some.length === 1 && only !== undefined && !negated ? { record: only } : {}),
      },
      cost,
    }
  }
  return best
}

function negateId(filter: Filter): Filter {
  if ('field' in filter && filter.op === 'eq') return { ...filter, op: 'ne' }
  if ('field' in filter && filter.op === 'in') return { ...filter, op: 'notIn' }
  return { not: filter }
}

export function attachState(phrase: Phrase, state: string, negated: boolean, world: World): (Attachment & { time?: string }) | undefined {
  const meaning = stateMeaning(state, phrase.entity, world)
  if (meaning?.filter === undefined) return undefined
  const { filter } = meaning
  return {
    constraint: { slot: meaning.slot, filter: negated ? negateState(filter) : filter },
    cost: 0,
    ...(meaning.time === undefined ? {} : { time: meaning.time }),
  }
}

/** What is denied of a state: "not won". */
export function negateState(filter: Filter): Filter {
  if ('field' in filter) {
    if (filter.op === 'eq' && typeof filter.value === 'boolean') return { ...filter, value: !filter.value }
    if (filter.op === 'eq') return { ...filter, op: 'ne' }
    if (filter.op === 'in') return { ...filter, op: 'notIn' }
    if (filter.op === 'isEmpty') return { ...filter, op: 'isNotEmpty' }
    if (filter.op === 'isNotEmpty') return { ...filter, op: 'isEmpty' }
  }
  return { not: filter }
}

/** A field of the phrase that one of the options names, with its path from the phrase. */
export function fieldOn(
  phrase: { entity: EntityName },
  options: readonly FieldOption[],
  world: World,
): { path: string; cost: number; type: FieldType } | undefined {
  let best: { path: string; cost: number; type: FieldType } | undefined
  for (const option of options) {
    const route = routeBetween(phrase.entity, option.entity)
    const prefix = route && referencePath(route)
    if (route === undefined || prefix === undefined) continue
    const path = prefix === '' ? option.path : `${prefix}.${option.path}`
    const type = fieldTypeOf(phrase.entity, path, world)
    // What is said of an order is said of its customer.
    const customer = (phrase.entity === 'orders' || phrase.entity === 'order_lines') && option.entity === customerEntity(world).entity ? 0.1 : 0
    const cost = route.length + (prefix.includes('owner') || prefix.includes('author') ? 2 : 0) - customer
    if (type !== undefined && (best === undefined || cost < best.cost)) best = { path, cost, type }
  }
  return best
}

/** Folds a phrase and its children into constraints of the head. */
export function constraintsOf(phrase: Phrase, children: readonly Phrase[], world: World): Constraint[] {
  const constraints = [...phrase.constraints]
  let ordersSaid = false
  for (const child of children.filter((other) => other.parent === phrase).flatMap(statesApart)) {
    const inner = constraintsOf(child, children, world).map((constraint) => constraint.filter)
    const route = routeBetween(phrase.entity, child.entity)
    if (route === undefined) {
      const about: Filter | undefined = inner.length === 0 ? undefined : inner.length === 1 ? (inner[0] as Filter) : { and: inner }
      constraints.push({
        slot: `about:${child.entity}`,
        filter: { field: 'related_id', op: 'isNotEmpty' },
        about: { entity: child.entity, ...(about === undefined ? {} : { filter: about }), ...(child.negated ? { none: true } : {}) },
        ...(child.side === undefined ? {} : { side: child.side }),
        at: child.at,
      })
      continue
    }
    const where: Filter | undefined = inner.length === 0 ? undefined : inner.length === 1 ? (inner[0] as Filter) : { and: inner }
    // "Customers with no orders since January" have ordered before.
    if ((child.entity === 'orders' || child.entity === 'order_lines') && !(child.negated === true && where !== undefined)) ordersSaid = true
    const [first, ...rest] = route
    let filter: Filter
    if (child.total !== undefined && first?.kind === 'relation' && rest.length === 0)
      filter = { relation: first.name, ...(where === undefined ? {} : { where }), sum: child.total }
    else if (child.count !== undefined && first?.kind === 'relation' && rest.length === 0)
      filter = { relation: first.name, ...(where === undefined ? {} : { where }), count: child.count }
    else if (first?.kind === 'relation' && rest.length === 0)
      filter = { relation: first.name, ...(where === undefined ? {} : { where }), ...(child.negated ? { count: { op: 'eq', value: 0 } } : {}) }
    else {
      const reference = referencePath(route)
      if (where === undefined) {
        if (reference === undefined) filter = alongRoute(route, { field: 'id', op: 'isNotEmpty' })
        else filter = { field: reference, op: child.negated ? 'isEmpty' : 'isNotEmpty' }
      } else filter = child.negated ? { not: alongRoute(route, where) } : alongRoute(route, where)
      // "Contacts at companies that have not ordered": those without a company are at none.
      if (where !== undefined && reference !== undefined && !child.negated && denies(where)) filter = { and: [{ field: reference, op: 'isNotEmpty' }, filter] }
      if (where === undefined && reference === undefined && child.negated) filter = { not: filter }
    }
    constraints.push({ slot: `with:${child.entity}`, filter, at: child.at })
  }
  mergePurchases(constraints)
  countWithin(constraints)
  if (
    phrase.customer &&
    !ordersSaid &&
    customerEntity(world).ordered &&
    !constraints.some(
      (constraint) => (constraint.slot === 'orders' && !('not' in constraint.filter)) || (constraint.slot === 'record' && phrase.tested !== true),
    )
  ) {
    constraints.unshift({ slot: 'orders', filter: { relation: 'orders' } })
  }
  return constraints
}

/** What is true of nothing too. */
function denies(filter: Filter): boolean {
  if ('and' in filter) return filter.and.every(denies)
  if ('relation' in filter) return filter.count?.op === 'eq' && filter.count.value === 0
  return 'not' in filter || ('field' in filter && ['ne', 'notIn', 'notContains', 'isEmpty'].includes(filter.op))
}

/** That there is one, with nothing counted, added up or compared of them. */
export function isPlainTest(filter: Extract<Filter, { relation: string }>): boolean {
  const { relation: _, where: __, ...figures } = filter
  return Object.values(figures).every((figure) => figure === undefined)
}

/** "Ordered more than 3 times this year": so many in that time. */
function countWithin(constraints: Constraint[]): void {
  const orders = constraints.filter(({ slot, filter }) => slot === 'orders' && 'relation' in filter && filter.relation === 'orders')
  const counted = orders.find(({ filter }) => 'relation' in filter && filter.count !== undefined && filter.count.value > 0 && filter.where === undefined)
  const timed = orders.find(({ filter }) => 'relation' in filter && filter.where !== undefined && isPlainTest(filter))
  if (counted === undefined || timed === undefined || !('relation' in counted.filter) || !('relation' in timed.filter) || timed.filter.where === undefined)
    return
  counted.filter = { ...counted.filter, where: timed.filter.where }
  constraints.splice(constraints.indexOf(timed), 1)
}

/** "Bought X in March" is one purchase: the time and the product are of the same line. */
export function mergePurchases(constraints: Constraint[]): void {
  const positive = (constraint: Constraint) =>
    'relation' in constraint.filter && constraint.filter.where !== undefined && isPlainTest(constraint.filter) ? constraint.filter : undefined
  const timed = constraints.find((constraint) => {
    const filter = positive(constraint)
    return (
      filter !== undefined &&
      (filter.relation === 'orders' || filter.relation === 'order_lines') &&
      filter.where !== undefined &&
      'field' in filter.where &&
      filter.where.field === 'ordered_at'
    )
  })
  const bought = constraints.find((constraint) => constraint !== timed && positive(constraint)?.relation === 'order_lines')
  const time = timed && positive(timed)
  const lines = bought && positive(bought)
  if (timed === undefined || bought === undefined || time?.where === undefined || lines?.where === undefined) return
  bought.filter = { relation: 'order_lines', where: { and: [...('and' in lines.where ? lines.where.and : [lines.where]), time.where] } }
  constraints.splice(constraints.indexOf(timed), 1)
}
