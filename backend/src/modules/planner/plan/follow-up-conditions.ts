import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import type { Constraint, Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { fieldOn } from './phrase.ts'
import { stepBack } from './stepping.ts'

const havings = perLanguage(({ dialogue }) => new Set(dialogue.having.split('|')))

/** A new value of the same kind replaces the one before ("and Germany?"); "only" narrows further. */
export function mergeConstraints(frame: Frame, constraints: readonly Constraint[], state: ParseState, joins: boolean): void {
  for (const constraint of constraints) {
    if (constraint.slot === 'ranked') {
      frame.constraints.push(constraint)
      continue
    }
    const timed = constraint.slot.startsWith('time:')
    // The period of the question before keeps its meaning: closed last month, and the month before?
    const existing = timed ? frame.constraints.find((one) => one.slot.startsWith('time:')) : frame.constraints.find((one) => one.slot === constraint.slot)
    if (existing === undefined) {
      if (!timed || !timesPurchases(frame, constraint, state)) frame.constraints.push(constraint)
      continue
    }
    const said = 'field' in constraint.filter ? constraint.filter : undefined
    const sameTime = constraint.slot === existing.slot || constraint.slot === `time:${entities[frame.entity].defaultTime}`
    const again = timed && state.time === undefined && sameTime ? said : undefined
    if (again !== undefined && existing.everyYear === true) existing.filter = { ...again, field: existing.slot.slice('time:'.length) }
    else if (again !== undefined && 'field' in existing.filter) {
      existing.filter = { ...stepBack(again, existing.filter), field: existing.filter.field }
    } else if (deniesOther(existing.filter, constraint.filter)) frame.constraints.push({ ...constraint, slot: `not:${constraint.slot}` })
    else if (joins) joinConstraint(frame, existing, constraint)
    else if (isOtherBound(existing.filter, constraint.filter)) frame.constraints.push({ ...constraint, slot: `${constraint.slot}:bound` })
    else {
      existing.filter = constraint.filter
      existing.slot = constraint.slot
      if (constraint.record !== undefined) existing.record = constraint.record
      else delete existing.record
    }
  }
}

/** "In Spain", and after that "not in Malaga": Spain still holds. */
function deniesOther(before: Filter, said: Filter): boolean {
  if (!('field' in said) || !('field' in before) || (said.op !== 'ne' && said.op !== 'notIn') || before.op !== 'eq') return false
  return said.field !== before.field || ![said.value].flat().includes(before.value as string)
}

/** "Over 10k", and after that "under 20k": between the two. */
function isOtherBound(before: Filter, said: Filter): boolean {
  const [low, high] = [amountOf(before, ['gt', 'gte']) ?? amountOf(said, ['gt', 'gte']), amountOf(said, ['lt', 'lte']) ?? amountOf(before, ['lt', 'lte'])]
  return low !== undefined && high !== undefined && low.field === high.field && low.value < high.value
}

function amountOf(filter: Filter, ops: readonly string[]): { field: string; value: number } | undefined {
  const tests = 'and' in filter ? filter.and : [filter]
  for (const test of tests) if ('field' in test && ops.includes(test.op) && typeof test.value === 'number') return { field: test.field, value: test.value }
  return undefined
}

/** "Who bought X?" and then "in 2025 only": the time is that of the purchase. */
function timesPurchases(frame: Frame, { slot, filter }: Constraint, state: ParseState): boolean {
  const own = entities[frame.entity].defaultTime
  if (slot !== `time:${own}` || own === 'ordered_at' || state.time !== undefined || state.verb !== undefined || !('field' in filter)) return false
  const purchases = frame.constraints.flatMap((constraint) => {
    const one = constraint.filter
    const bought = 'relation' in one && (one.relation === 'orders' || one.relation === 'order_lines') && one.count === undefined
    return bought ? [{ constraint, one }] : []
  })
  const purchase = purchases.find(({ one }) => one.where !== undefined) ?? purchases[0]
  if (purchase === undefined) return false
  const { constraint, one } = purchase
  const time: Filter = { ...filter, field: 'ordered_at' }
  constraint.filter = { ...one, where: one.where === undefined ? time : { and: [...('and' in one.where ? one.where.and : [one.where]), time] } }
  return true
}

/** "Only those with a phone", and after that "and an e-mail": records that have something in a field. */
export function heldFields(state: ParseState, before: Frame): Constraint[] {
  const having = havings(state.world.language)
  const last = before.constraints.at(-1)?.filter
  const goesOn = state.followUp.has('and') && last !== undefined && 'field' in last && (last.op === 'isNotEmpty' || last.op === 'isEmpty') ? last.op : undefined
  const kinds = state.items.filter(({ reading }) => reading.kind !== 'filler')
  return kinds.flatMap(({ reading }, index) => {
    const previous = kinds[index - 1]
    const held = previous !== undefined && having.has(previous.lexeme.text.toLowerCase())
    const only = goesOn !== undefined && kinds.length === 2 && index === 1
    if (reading.kind !== 'field' || !(held || only) || kinds[index + 1]?.reading.kind === 'comparison') return []
    const found = fieldOn({ entity: before.entity }, reading.options, state.world)
    return found === undefined ? [] : [{ slot: found.path, filter: { field: found.path, op: held ? 'isNotEmpty' : (goesOn ?? 'isNotEmpty') } }]
  })
}

/** What a message says that has its meaning only in the conversation: the parser alone leaves it unexplained. */
export function explainedByConversation(state: ParseState, before: Frame): Set<string> {
  const explained = new Set<string>()
  for (const { reading, lexeme } of state.items) {
    if (reading.kind === 'superlative' && state.asks.includes('who') && reading.by === 'count') explained.add(lexeme.text)
    if (reading.kind === 'field' && heldFields(state, before).length > 0) explained.add(reading.concept)
  }
  return explained
}

/** "Include closed ones too": either of both; what is open or closed is anything. */
function joinConstraint(frame: Frame, existing: Constraint, further: Constraint): void {
  const [a, b] = [existing.filter, further.filter]
  delete existing.record
  const [one, other] = [equalTo(a), equalTo(b)]
  if (
    existing.slot === 'state' &&
    one !== undefined &&
    other !== undefined &&
    one.values.includes('open') &&
    other.values.includes('won') &&
    other.values.includes('lost')
  )
    frame.constraints = frame.constraints.filter((constraint) => constraint !== existing)
  else if (one !== undefined && other !== undefined && one.field === other.field)
    existing.filter = { field: one.field, op: 'in', value: [...new Set([...one.values, ...other.values])] }
  else existing.filter = { or: [a, b] }
}

/** The values of which a filter wants any. */
function equalTo(filter: Filter): { field: string; values: (string | number)[] } | undefined {
  if (!('field' in filter) || (filter.op !== 'eq' && filter.op !== 'in')) return undefined
  const values = [filter.value].flat()
  return values.every((value) => typeof value === 'string' || typeof value === 'number') ? { field: filter.field, values } : undefined
}

/** "Which of them are in euros?" after the five biggest: among those five, and not the five biggest in euros. */
export function amongShown({ anaphor, groups }: ParseState, { frame: before, shown }: PlannerTurn, said: Frame, narrows: boolean): Constraint | undefined {
  const isTop = before.kind === 'list' && before.limit !== undefined && before.limit > 1 && shown.entity === before.entity && shown.ids.length > 1
  const all = shown.ids.length <= (before.limit ?? 0)
  const tells = narrows || said.constraints.length > 0 || said.kind === 'figure'
  if (!anaphor || !isTop || !all || !tells || said.sort.length > 0 || groups.length > 0) return undefined
  return { slot: 'record', filter: { field: 'id', op: 'in', value: [...shown.ids] } }
}

/** "What is her win rate?" after the deals she lost: of all that were decided. */
export function ofDecided({ entity, measures, constraints }: Frame): Constraint[] {
  const isRate = entity === 'opportunities' && measures.some(({ fn }) => fn === 'winRate')
  return isRate ? constraints.filter(({ slot }) => slot !== 'state') : constraints
}

/** "And her phone?" after the contact of a deal was told: the contact's, and not their company's. */
export function ofContactTold(field: string, { kind, entity, fields }: Frame): string {
  const [of, own] = field.split('.')
  const told = kind === 'lookup' && fields.includes('contact') && entities[entity].fields.contact !== undefined
  return told && of === 'organisation' && own !== undefined && entities.contacts.fields[own] !== undefined ? `contact.${own}` : field
}
