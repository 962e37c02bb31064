import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { type Constraint, emptyFrame, type Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { fieldTypeOf } from '../phrase.ts'
import { keyOf } from '../sorting.ts'
import { stateMeaning } from '../states.ts'
import { canonical } from './canonical.ts'

/** "And leads?", "I meant companies": nothing is said but another noun, with something of its own at most. */
export function namesOnly({ state, frame }: Interpretation): boolean {
  return (
    state.phrases.length === 1 &&
    (frame.kind === 'list' || frame.kind === 'lookup') &&
    frame.fields.length === 0 &&
    frame.sort.length === 0 &&
    frame.limit === undefined &&
    state.asks.length === 0 &&
    state.records.length === 0 &&
    !state.anaphor
  )
}

const counting = new Set(['followUp', 'conjunction', 'count', 'entity', 'state'])

/** "And how many contacts?": counted as the records before were. */
export function countsOnly({ state, frame }: Interpretation, before: Frame): boolean {
  const [measure] = frame.measures
  return (
    before.kind === 'figure' &&
    frame.kind === 'figure' &&
    measure?.fn === 'count' &&
    state.phrases.length === 1 &&
    state.items.every(({ reading }) => counting.has(reading.kind)) &&
    frame.constraints.every(({ slot }) => slot === 'state')
  )
}

/** "And the average deal size?" after another figure: nothing is said but what is measured. */
export function figureOnly({ state, frame }: Interpretation, before: Frame): boolean {
  const figures = before.kind === 'figure' || before.kind === 'groups'
  return (
    figures &&
    before.derive === undefined &&
    before.limit === undefined &&
    frame.kind === 'figure' &&
    frame.derive === undefined &&
    frame.constraints.length === 0 &&
    (state.measures.length > 0 || state.aggregate !== undefined || state.count) &&
    state.periods === 0 &&
    !state.anaphor &&
    before.constraints.length + before.groupBy.length > 0
  )
}

/** The other figure, of the same records and groups as the one before. */
export function measuredAgain(before: Frame, own: Interpretation, world: World): Frame {
  const frame = carryOver(before, own, world)
  const [measure] = own.frame.measures
  frame.measures = own.frame.measures
  const [group] = frame.groupBy
  if (frame.kind === 'groups' && measure !== undefined && group !== undefined)
    frame.sort = group.bucket === undefined ? [{ by: keyOf(measure), direction: 'desc' }] : [{ by: group.field, direction: 'asc' }]
  return frame
}

/** The question before, of other records: whatever of its conditions they can meet; the rest is said to be left out. */
export function carryOver(before: Frame, own: Interpretation, world: World): Frame {
  const { entity } = own.frame
  const frame: Frame = { ...emptyFrame(entity), kind: before.kind === 'lookup' ? 'list' : before.kind, constraints: [...own.frame.constraints] }
  frame.assumptions = [...own.frame.assumptions]
  const dropped: string[] = []
  for (const constraint of before.constraints) {
    if (constraint.slot === 'ranked' || frame.constraints.some((one) => sameSlot(one.slot, constraint.slot))) continue
    const carried = carryConstraint(constraint, before.entity, entity, world)
    if (carried === undefined) dropped.push(constraint.slot)
    else frame.constraints.push(carried)
  }
  if (before.kind === 'figure' || before.kind === 'groups') {
    const measures = before.measures.map((measure) =>
      measure.field === undefined || fieldTypeOf(entity, measure.field, world) !== undefined ? measure : undefined,
    )
    const groups = before.groupBy.filter(({ field }) => fieldTypeOf(entity, field, world) !== undefined)
    frame.measures = measures.every((measure) => measure !== undefined) ? measures : [{ fn: 'count' }]
    frame.groupBy = groups
    if (before.kind === 'groups' && groups.length < before.groupBy.length) frame.kind = groups.length === 0 ? 'figure' : 'groups'
    if (frame.kind === 'groups' && before.measures.length === frame.measures.length) frame.sort = before.sort
  } else if (before.kind !== 'list' && before.kind !== 'lookup') frame.kind = 'list'
  if (dropped.length > 0) frame.assumptions.push({ note: 'dropped', entity, from: before.entity, slots: dropped })
  return frame
}

function sameSlot(a: string, b: string): boolean {
  return a === b || (a.startsWith('time:') && b.startsWith('time:'))
}

function carryConstraint(constraint: Constraint, from: EntityName, to: EntityName, world: World): Constraint | undefined {
  const { slot, filter } = constraint
  if (slot === 'state' && from !== to) return carryState(filter, from, to, world)
  const moved = moveFilter(filter, from, to, world)
  return moved === undefined ? undefined : { ...constraint, slot: slot.startsWith('time:') && 'field' in moved ? `time:${moved.field}` : slot, filter: moved }
}

/** "Open" deals become open tasks, where that word says something of them. */
function carryState(filter: Filter, from: EntityName, to: EntityName, world: World): Constraint | undefined {
  for (const word of ['open', 'won', 'lost', 'overdue', 'converted', 'unconverted', 'completed', 'upcoming']) {
    const [here, there] = [stateMeaning(word, from, world), stateMeaning(word, to, world)]
    if (here !== undefined && there?.filter !== undefined && canonical(here.filter) === canonical(filter)) return { slot: 'state', filter: there.filter }
  }
  return undefined
}

const linked = new Set(['organisation', 'contact', 'opportunity'])

/** The same condition on the other records' field of that name. */
function moveFilter(filter: Filter, from: EntityName, to: EntityName, world: World): Filter | undefined {
  if ('and' in filter || 'or' in filter) {
    const parts = ('and' in filter ? filter.and : filter.or).map((part) => moveFilter(part, from, to, world))
    if (parts.some((part) => part === undefined)) return undefined
    return 'and' in filter ? { and: parts as Filter[] } : { or: parts as Filter[] }
  }
  if ('not' in filter) {
    const inner = moveFilter(filter.not, from, to, world)
    return inner === undefined ? undefined : { not: inner }
  }
  if ('relation' in filter) return entities[to].relations[filter.relation] === undefined ? undefined : filter
  const wanted = filter.field === entities[from].defaultTime && filter.op === 'during' ? [filter.field, entities[to].defaultTime] : [filter.field]
  const last = filter.field.split('.').at(-1) as string
  const type = fieldTypeOf(from, filter.field, world)
  for (const field of [...wanted, last, `organisation.${last}`])
    if (field !== 'id' && type !== undefined && fieldTypeOf(to, field, world) === type) return { ...filter, field }
  // Work for an organisation is linked to it.
  if (type === 'reference' && linked.has(filter.field) && entities[to].fields.related_id !== undefined) return { ...filter, field: 'related_id' }
  return undefined
}
