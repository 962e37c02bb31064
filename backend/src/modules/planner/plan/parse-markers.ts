import type { Reading } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { readField } from './parse-fields.ts'
import { before, type Item, next, type ParseState } from './parse-state.ts'

/** "Top", "best", "last": which end of a ranking, or of time, is wanted. */
export function readTop(state: ParseState, item: Item, { direction, time }: Extract<Reading, { kind: 'top' }>): void {
  // "Highest budget first" is an order by a field.
  if (time === 'first' && next(state, item.index) === undefined && state.superlative !== undefined && state.rankBy?.kind === 'field') {
    const named = before(state, item.index)?.reading
    if (named?.kind === 'field' && before(state, before(state, item.index)?.index ?? 0)?.index === state.superlative.at) {
      state.sortBy = { options: state.rankBy.options }
      state.direction = state.superlative.direction
      state.superlative = undefined
      state.rankBy = undefined
      return
    }
  }
  if (state.superlative !== undefined) return
  // "High priority ones first" is an order that puts some before the others.
  const described = before(state, item.index)?.reading.kind
  if (time === 'first' && next(state, item.index) === undefined && (described === 'value' || described === 'state')) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "the last 5 orders", "our first customer" are about time.
  if (time === 'last') state.superlative = { direction: 'desc', by: 'time', at: item.index }
  else if (time === 'first' && (next(state, item.index) === undefined || next(state, item.index)?.reading.kind === 'entity'))
    state.superlative = { direction: 'asc', by: 'time', at: item.index }
  else state.superlative = { direction, by: 'top', at: item.index }
}

/** "Rank the 10 biggest open deals": what stands between the order and its noun. */
const describes = new Set<Reading['kind']>(['number', 'state', 'value', 'me', 'possessive'])

/** "Sort deals ...", "rank owners ...": an order that names its records first. */
export function ordersNoun(state: ParseState, item: Item): boolean {
  let named = next(state, item.index)
  while (named !== undefined && describes.has(named.reading.kind)) named = next(state, named.index)
  if (before(state, item.index) !== undefined || named === undefined) return false
  return named.reading.kind === 'entity' || (named.reading.kind === 'field' && next(state, named.index)?.reading.kind === 'group')
}

/** "By", "per", "each": groups, unless it says who did it or how the records are sorted. */
export function readGroupMarker(state: ParseState, item: Item): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  // "How many leads does each of us own?"
  if (says(item.lexeme.text, 'ofUs', state.world.language)) {
    state.groups.push({ kind: 'entity', entity: 'users', customer: false })
    return
  }
  // "Who has overdue tasks, and how many each?"
  if (following === undefined && state.count && says(item.lexeme.text, 'each', state.world.language)) {
    if (state.asks.includes('who')) {
      state.groups.push({ kind: 'entity', entity: 'users', customer: false })
      state.asks = state.asks.filter((word) => word !== 'who')
    } else state.unexplained.push(item.lexeme.text)
    return
  }
  // "owned by Raj", "ordered by Acme", "sorted by value"
  if (previous?.reading.kind === 'sort') return
  const opening = state.items.find(({ reading }) => reading.kind !== 'filler')
  if (opening?.reading.kind === 'sort' && ordersNoun(state, opening) && !state.sorting && state.sortBy === undefined) {
    state.sorting = true
    return
  }
  // "Reach her by phone"
  if (says(item.lexeme.text, 'by', state.world.language) && following?.reading.kind === 'field' && /^(?:phone|mobile|email)$/.test(following.reading.concept))
    return
  if (
    says(item.lexeme.text, 'byWhom', state.world.language) &&
    (following?.reading.kind === 'user' || following?.reading.kind === 'record' || following?.reading.kind === 'value')
  ) {
    state.link = 'preposition'
    state.preposition = 'by'
    return
  }
  // "Bought by customers in Texas", "owned by managers": who did it; "won by owner" makes groups.
  const alone =
    state.phrases.length === 0 &&
    !state.count &&
    state.aggregate === undefined &&
    state.measures.length === 0 &&
    state.fields.length === 0 &&
    state.superlative === undefined &&
    state.items.filter(({ reading }) => reading.kind === 'entity' || reading.kind === 'measure').length === 1
  // "Pull up every contact in Porto": all of them.
  const groups = says(item.lexeme.text, 'grouping', state.world.language)
  if (alone && !groups && isSingular(nounBehind(state, following))) return
  const doers = previous?.reading.kind === 'verb' && following?.reading.kind === 'entity' && following.reading.plural
  if (doers) {
    state.link = 'preposition'
    state.preposition = 'by'
    return
  }
  state.grouping = true
}

/** The noun after its adjectives: "every abandoned opportunity". */
function nounBehind(state: ParseState, following: Item | undefined): Item | undefined {
  let item = following
  while (item !== undefined && (item.reading.kind === 'state' || item.reading.kind === 'value')) item = next(state, item.index)
  return item
}

function isSingular(item: Item | undefined): boolean {
  return item?.reading.kind === 'entity' && !item.reading.plural
}

/** A figure that is asked for, or by which records are ranked. */
export function readMeasure(state: ParseState, item: Item, reading: Extract<Reading, { kind: 'measure' }>): void {
  const previous = before(state, item.index)
  if (state.sorting || (state.grouping && previous?.reading.kind === 'group')) {
    state.rankBy = { kind: 'measure', measure: reading.measure }
    if (state.sorting) state.sortBy = { measure: reading.measure }
    state.grouping = false
    state.sorting = false
    return
  }
  state.measures.push(reading.measure)
  state.negated = false
}

/** "Missing", "blank": the field before it holds nothing. */
export function readEmpty(state: ParseState, item: Item): void {
  const previous = [...state.items.slice(0, item.index)].reverse().find((other) => other.reading.kind === 'field' || other.reading.kind === 'entity')
  if (previous?.reading.kind === 'field') {
    state.fields.pop()
    const negated = state.negated
    state.negated = !negated
    readField(state, { ...item, reading: previous.reading }, previous.reading)
    state.negated = false
    return
  }
  state.unexplained.push(item.lexeme.text)
}

/** "Excluding those without a phone": what is denied twice is said, and those with one are left. */
export function readNegation(state: ParseState, item: Item): void {
  const denied = state.items.slice(0, item.index).findLast(({ reading }) => !pointsToThem.has(reading.kind))
  const pointed = item.index - (denied?.index ?? item.index) > 1
  const isTwice = state.negated && pointed && denied?.reading.kind === 'negation'
  // "Those without a phone and without an e-mail": which of them is left is not said.
  if (state.deniedTwice) state.unexplained.push(item.lexeme.text)
  state.negated = !isTwice
  if (!isTwice) return
  state.deniedTwice = true
  state.link = 'have'
}

/** What stands for the records between "excluding" and what is said of them: "those that", "the ones". */
const pointsToThem = new Set<Reading['kind']>(['filler', 'anaphor', 'followUp', 'ask', 'concept'])
