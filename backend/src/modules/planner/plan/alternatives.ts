import type { Filter } from '#contracts/query.ts'
import type { Constraint, Frame } from './frame.ts'
import type { Item, ParseState } from './parse-state.ts'
import { negateState } from './phrase.ts'

/**
 * Joins what stands on either side of an "or" into one test: "in London or tagged vip". It binds what is said beside it after the
 * noun; where several things stand on one side, what belongs to the alternative cannot be told and the "or" stays unexplained.
 */
export function joinAcrossFields(state: ParseState, constraints: readonly Constraint[], noun: number): Constraint[] {
  let joined = [...constraints]
  const ors = state.items.filter(({ reading, index }) => reading.kind === 'conjunction' && reading.word === 'or' && !state.alternatives.has(index))
  for (const or of ors) {
    const left = clause(joined, lastBefore(state, or.index, noun), or.index)
    const right = clause(joined, or.index, firstAfter(state, or.index))
    const first = left.length === 1 ? left[0] : lacksToo(left, right)
    if (first === undefined || right.length === 0 || !isOneClause(right)) continue
    // "In Texas, with no orders or no phone": what stands beside the "or" is a noun, which no test of this one says.
    if (state.phrases.some(({ parent, at }) => parent !== undefined && at > (first.at ?? 0) && at < or.index)) continue
    const other = right.length === 1 ? (right[0] as Constraint).filter : { and: right.map(({ filter }) => filter) }
    // "Not qualified or converted": neither.
    const [only] = right
    if (only !== undefined && right.length === 1 && [first, only].every(isState) && isDenied(first.filter) && !isDenied(only.filter)) {
      joined = joined.map((constraint) => (constraint === only ? { ...only, filter: negateState(only.filter) } : constraint))
      state.alternatives.add(or.index)
      continue
    }
    const alternatives = 'or' in first.filter && first.slot === 'alternatives' ? first.filter.or : [first.filter]
    const union: Constraint = { slot: 'alternatives', filter: { or: [...alternatives, other] }, at: first.at ?? or.index }
    joined = joined.flatMap((constraint) => (constraint === first ? [union] : right.includes(constraint) ? [] : [constraint]))
    state.alternatives.add(or.index)
  }
  return joined
}

function clause(constraints: readonly Constraint[], from: number, to: number): Constraint[] {
  return constraints.filter(({ at }) => at !== undefined && at > from && at < to)
}

/** "In Texas with no e-mail or no phone": of two that say what is lacking, whatever else was said before. */
function lacksToo(left: readonly Constraint[], right: readonly Constraint[]): Constraint | undefined {
  const nearest = left.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)).at(-1)
  return nearest !== undefined && right.length === 1 && right.every(isLack) && isLack(nearest) ? nearest : undefined
}

function isLack({ filter }: Constraint): boolean {
  return 'field' in filter && (filter.op === 'isEmpty' || filter.op === 'isNotEmpty')
}

function isState({ slot }: Constraint): boolean {
  return slot === 'state' || slot === 'status'
}

function isDenied(filter: Filter): boolean {
  if ('and' in filter) return filter.and.every(isDenied)
  return 'not' in filter || ('field' in filter && ['ne', 'notIn', 'isEmpty'].includes(filter.op))
}

/** "Closing this month" is one thing said in two words. */
function isOneClause(right: readonly Constraint[]): boolean {
  return right.length === 1 || (right.length === 2 && right.some(({ slot }) => slot.startsWith('time:')) && right.some(({ slot }) => slot === 'state'))
}

function isJoint({ reading }: Item): boolean {
  return reading.kind === 'conjunction'
}

function lastBefore({ items, alternatives }: ParseState, index: number, noun: number): number {
  const own = items[noun]
  for (let at = index - 1; at > noun; at--) {
    const item = items[at] as Item
    if (isJoint(item) && !alternatives.has(at)) return at
  }
  // Alternatives before their noun ("open or overdue tasks") begin with the question.
  return own !== undefined && noun < index ? noun : -1
}

function firstAfter({ items, alternatives }: ParseState, index: number): number {
  for (let at = index + 1; at < items.length; at++) {
    const { reading } = items[at] as Item
    if (reading.kind === 'entity') return at + 1
    if (reading.kind === 'conjunction' && !alternatives.has(at)) return at
  }
  return items.length
}

/** Words for "or" that are no part of the plan; one that only opens its alternatives ("either ... or ...") needs none. */
export function unusedAlternatives(state: ParseState, frame: Frame): Item[] {
  const said = JSON.stringify([frame.constraints, frame.part ?? null, frame.measures])
  const listed = /"op":"(?:in|notIn)"|"or":/.test(said)
  const ors = state.items.filter(({ reading, index }) => reading.kind === 'conjunction' && reading.word === 'or' && index > 0)
  const open = ors.filter(({ index }) => !state.alternatives.has(index) && !joinsPeriods(state, index, frame))
  if (open.length === 0) return []
  return state.alternatives.size > 0 && open.length < ors.length && listed ? open.filter(({ index }) => !opensAlternatives(state, index)) : listed ? [] : open
}

/** "This month or last month", compared or either of both. */
function joinsPeriods({ items }: ParseState, index: number, { constraints, derive }: Frame): boolean {
  const told = items.filter(({ reading }) => reading.kind !== 'filler' && reading.kind !== 'preposition')
  const at = told.findIndex((item) => item.index === index)
  const both = [told[at - 1], told[at + 1]].every((item) => item?.reading.kind === 'period')
  return both && (derive === 'compare' || constraints.some(({ slot, filter }) => slot.startsWith('time:') && 'or' in filter))
}

function opensAlternatives({ items, alternatives }: ParseState, index: number): boolean {
  return items.some((item) => item.index > index && alternatives.has(item.index))
}
