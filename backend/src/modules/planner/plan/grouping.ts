import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Frame } from './frame.ts'
import type { GroupTarget, ParseState } from './parse-state.ts'
import { fieldOn, fieldTypeOf } from './phrase.ts'
import { referencePath, routeBetween } from './routes.ts'

/** Group fields of the query for the targets a question named; a target that cannot be one stays unexplained. */
export function groupsOf(state: ParseState, entity: EntityName): Frame['groupBy'] {
  const groups: Frame['groupBy'] = []
  for (const target of state.groups) {
    // "Average size per company" is one of all companies.
    if (target.kind === 'entity' && !target.customer && target.entity === entity && state.aggregateField !== undefined) continue
    const group = groupField(state, entity, target)
    if (group === undefined) state.unexplained.push(target.kind === 'field' ? target.concept : target.kind === 'part' ? target.text : target.kind)
    else if (!groups.some((other) => other.field === group.field && other.bucket === group.bucket)) groups.push(group)
  }
  return groups
}

export function groupField(state: ParseState, entity: EntityName, target: GroupTarget): Frame['groupBy'][number] | undefined {
  const { world } = state
  if (target.kind === 'bucket') {
    const time = target.field ?? timeInUse(state) ?? timeOfRate(state, entity) ?? entities[entity].defaultTime
    return { field: time, bucket: target.unit }
  }
  if (target.kind === 'part') {
    const time = target.field ?? timeInUse(state) ?? timeOfRate(state, entity) ?? entities[entity].defaultTime
    // A date has no hours.
    if (target.part === 'hour' && fieldTypeOf(entity, time, world) === 'date') return undefined
    return { field: `${time}.${target.part}` }
  }
  if (target.kind === 'field') {
    if (target.concept === 'place')
      return groupField(state, entity, { kind: 'field', concept: 'city', options: target.options.filter((option) => option.path === 'city') })
    const found = fieldOn({ entity }, target.options, world)
    // Nobody means groups of equal amounts.
    if (found === undefined || found.type === 'money') return undefined
    // "Won deals by state": those of one outcome are in one such group, so a place is meant.
    if (entity === 'opportunities' && found.path === 'state' && ofOneOutcome(state)) return undefined
    state.cost += found.cost * 0.3
    if (found.type === 'date' || found.type === 'datetime') return { field: found.path, bucket: 'month' }
    return { field: found.path }
  }
  const wanted = target.customer ? customerEntity(world).entity : target.entity
  if (target.customer && (entity === 'orders' || entity === 'order_lines')) return { field: customerGroup(state) }
  if (target.customer && entity === 'quotes') return { field: 'organisation' }
  // Orders are owned by whoever owns their customer.
  if (wanted === 'users' && (entity === 'orders' || entity === 'order_lines')) return { field: `${entities[customerEntity(world).entity].singular}.owner` }
  if (wanted === 'tags') return entities[entity].fields.tags === undefined ? undefined : { field: 'tags' }
  if (wanted === 'products' && entity === 'order_lines') return { field: productGroup(state) }
  const route = routeBetween(entity, wanted)
  const path = route && referencePath(route)
  return path === undefined || path === '' ? undefined : { field: path }
}

function ofOneOutcome({ phrases: [head], measures }: ParseState): boolean {
  if (measures.some((measure) => measure === 'winRate' || measure === 'lossRate' || measure === 'cycleDays')) return true
  return head?.constraints.some(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.field === 'state' && filter.op === 'eq') === true
}

/** Lines of products in the catalogue group by product, others by what the line says. */
export function productGroup(state: ParseState): string {
  return (state.world.counts.products ?? 0) > 0 ? 'product' : 'description'
}

/** A customer of orders is a contact or an organisation; when mostly contacts order, the order's own customer text. */
export function customerGroup(state: ParseState): string {
  const { organisations, contacts } = state.world.customerOrders
  // What a person orders is ordered by the organisation as well: its revenue is the same wherever it is told.
  if (organisations > 0 && contacts > 0) return customerEntity(state.world).entity === 'organisations' ? 'organisation' : 'customer'
  return organisations > 0 ? 'organisation' : contacts > 0 ? 'contact' : 'customer'
}

/** Rates and cycles are of what was decided. */
function timeOfRate(state: ParseState, entity: EntityName): string | undefined {
  if (entity === 'leads' && state.measures.includes('conversionDays')) return 'converted_at'
  const rate = state.measures.some((measure) => measure === 'winRate' || measure === 'cycleDays' || measure === 'lossRate')
  return rate && entity === 'opportunities' ? 'actual_close_date' : undefined
}

/** The time field a period or a state of the question is about. */
function timeInUse(state: ParseState): string | undefined {
  const [head] = state.phrases
  const constraint = head?.constraints.find((one) => one.slot.startsWith('time:'))
  return constraint?.slot.slice('time:'.length) ?? head?.time
}
