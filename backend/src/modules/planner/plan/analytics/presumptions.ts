import { says } from '#backend/modules/planner/language/says.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { fieldTypeOf, newPhrase, type Phrase } from '#backend/modules/planner/plan/phrase.ts'
import { entities } from '#contracts/entities.ts'
import { asksForUnit } from './units.ts'

/** "Which month had the highest order value": what the records of each month come to together. */
function sumOfUnits(state: ParseState): void {
  const { rankBy, superlative, phrases, measures, aggregate, count } = state
  if (rankBy?.kind !== 'field' || superlative === undefined || phrases.length > 0 || measures.length > 0 || aggregate !== undefined || count) return
  const isMoney = rankBy.options.some(({ entity, path }) => entities[entity].fields[path]?.type === 'money')
  if (!isMoney || !asksForUnit(state)) return
  state.aggregate = 'sum'
  state.aggregateField = { options: rankBy.options }
  state.rankBy = undefined
}

/** Figures that have no field. */
const figures = new Set(['winRate', 'cycleDays', 'share'])
const byFigure = new Set(['measure', 'any', 'top'])

/** "Our best quarter" without a figure is the one with the most sales. */
export function presumeSales(state: ParseState): void {
  const { superlative } = state
  const [field] = state.fields
  const isKind = field?.options.every(({ entity, path }) => entity === 'products' && (path === 'category' || path === 'brand')) === true
  const bare = state.phrases.length === 0 && state.measures.length === 0 && state.aggregate === undefined && !state.count && state.rankBy === undefined
  // "The best product category" is what sold for most, and no product of a high price.
  if (isKind && bare && state.fields.length === 1 && state.context === undefined && superlative !== undefined && byFigure.has(superlative.by)) {
    state.measures.push('revenue')
    state.assumptions.push({ note: 'rankedByRevenue' })
    return
  }
  // After an answer its own figure is meant.
  if (superlative === undefined || state.context !== undefined || !byFigure.has(superlative.by) || !asksForUnit(state)) return
  if (state.phrases.length > 0 || state.measures.length > 0 || state.fields.length > 0 || state.aggregate !== undefined || state.count) return
  state.measures.push('revenue')
  state.assumptions.push({ note: 'rankedByRevenue' })
}

/** "Expected revenue, weighted by probability" is one figure; "more X in A or B" compares. */
export function settleFigures(state: ParseState): void {
  const said = state.measures
  if (said.includes('forecast')) state.measures = ['forecast']
  else if (said.includes('weightedValue')) state.measures = ['weightedValue']
  if (state.items.some(({ reading }) => reading.kind === 'movement' && reading.movement === 'compare')) state.versus = true
  // "Top category by revenue" without a noun: the figure is what there is.
  if (state.rankBy?.kind === 'measure' && state.phrases.length === 0 && state.fields.length === 1 && said.length === 0 && state.superlative !== undefined) {
    state.measures = [state.rankBy.measure]
    state.rankBy = undefined
  }
  quickest(state)
  sumOfUnits(state)
  const place = state.items.find(({ reading }) => reading.kind === 'rank')
  // "The fifth contact ever added" counts from the first.
  if (place !== undefined && state.superlative === undefined && state.sortBy === undefined && state.verb === 'create')
    state.superlative = { direction: 'asc', by: 'time', at: place.index }
}

/** "Who closes fastest": by the days from a deal's creation to its win, of which the fastest need the fewest. */
function quickest(state: ParseState): void {
  const { superlative, verb, measures, rankBy, world, items, phrases, asks } = state
  const word = items[superlative?.at ?? -1]?.lexeme.text ?? ''
  if (superlative === undefined || rankBy !== undefined || (!says(word, 'fast', world.language) && !says(word, 'slow', world.language))) return
  const [deals] = phrases
  const ofDeals = deals?.entity === 'opportunities' && deals.constraints.every(({ slot }) => slot === 'state')
  const closes =
    verb === 'close' || verb === 'win' || measures[0] === 'cycleDays' || items.some(({ reading }) => reading.kind === 'state' && reading.state === 'won')
  if (!closes && !ofDeals) return
  const isPerson = deals?.entity === 'users' || (asks.includes('who') && (deals === undefined || ofDeals))
  // "Our fastest deal": no deal is ranked by how long it took.
  if (!isPerson) {
    state.unexplained.push(word)
    return
  }
  if (ofDeals) state.phrases = [newPhrase('users', false, world, -1), ...phrases.slice(1)]
  state.measures = ['cycleDays']
  state.superlative = { ...superlative, by: 'measure', direction: says(word, 'fast', world.language) ? 'asc' : 'desc' }
}

/** "The most X" ranks who has them; a list of other records by their own figure is no answer to it. */
export function noteUnrankedCounts(state: ParseState, frame: Frame): void {
  const { superlative } = state
  const word = state.items[superlative?.at ?? -1]?.lexeme.text ?? 'most'
  // "The most active": nothing has more of a yes than another.
  if (superlative !== undefined && frame.groupBy.some(({ field }) => fieldTypeOf(frame.entity, field, state.world) === 'boolean')) state.unexplained.push(word)
  // "Top 3 products by revenue in each category": the best of each are no one query.
  const [measure] = frame.measures
  if (frame.kind === 'groups' && state.rankBy?.kind === 'measure' && measure?.field === undefined && !figures.has(measure?.fn ?? ''))
    state.unexplained.push(word)
  // "Top 3 deals per rep", "lowest price by category": best is none of them for being many.
  const marker = state.items.findLast(({ reading }) => reading.kind === 'group')?.lexeme.text ?? ''
  const apart = says(marker, 'each', state.world.language)
  const judged = superlative?.by === 'top' ? apart : marker !== '' && ['measure', 'any', 'price'].includes(superlative?.by ?? '')
  const many = frame.kind === 'groups' && measure?.fn === 'count' && frame.measures.length === 1 && frame.groupBy.every(({ bucket }) => bucket === undefined)
  const ranked = state.rankCount || (state.rankBy !== undefined && state.rankBy.kind !== 'field') || state.context !== undefined || state.count
  if (judged && many && !ranked) state.unexplained.push(word)
  const asksWhich = state.asks.includes('which') || state.asks.includes('who') || state.asks.includes('what')
  if (superlative !== undefined && says(word, 'comparative', state.world.language) && (frame.kind === 'list' || !asksWhich)) state.unexplained.push(word)
  if (superlative?.by !== 'count') return
  if (frame.kind === 'list' && state.rankBy?.kind === 'entity' && frame.sort.length === 0) state.unexplained.push(word)
  const activity = state.activity !== undefined || state.timeline !== undefined
  if (frame.kind === 'list' && state.rankBy === undefined && activity) state.unexplained.push(word)
  const [group] = frame.groupBy
  const type = group === undefined ? undefined : entities[frame.entity].fields[group.field]?.type
  if (frame.kind === 'groups' && state.asks.includes('who') && type !== 'reference' && type !== 'text') state.cost += 1
}

/** "Which month of 2026 had the most won deals": the months are those of what was won, wherever its state was said. */
export function retimeUnits(state: ParseState, head: Phrase): void {
  const { time, entity } = head
  const said = entities[entity].defaultTime
  if (time === undefined || time === said || state.verb === 'create') return
  const whole = asksForUnit(state) || state.versus
  for (const constraint of head.constraints) {
    if (constraint.slot !== `time:${said}` || !('field' in constraint.filter)) continue
    // "Deals between March and May that we won": the time is that of the state, wherever that is said.
    if (!whole && !state.presumedTimes.has(JSON.stringify(constraint.filter.value))) continue
    constraint.slot = `time:${time}`
    constraint.filter = { ...constraint.filter, field: time }
  }
}

/** A test that a field is empty and is not leaves nothing. */
export function noteContradictions(state: ParseState, frame: Frame): void {
  const tests = frame.constraints.map(({ filter }) => filter).filter((filter) => 'field' in filter)
  for (const { field, op } of tests)
    if (op === 'isEmpty' && tests.some((other) => other.field === field && other.op === 'isNotEmpty')) state.unexplained.push(field)
}

/** The states of records that the question tests for equality, when it names two that no record has at once. */
export function joinStates(state: ParseState, frame: Frame): void {
  const states = frame.constraints.filter(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.field === 'state' && filter.op === 'eq')
  const [first] = states
  if (first === undefined || states.length < 2) return
  const values = [...new Set(states.map(({ filter }) => ('field' in filter ? String(filter.value) : '')))]
  frame.constraints = frame.constraints.filter((constraint) => constraint === first || !states.includes(constraint))
  if (values.length === 1) return
  first.filter = { field: 'state', op: 'in', value: values }
  if (frame.kind === 'groups' && state.superlative === undefined && !frame.groupBy.some((group) => group.field === 'state') && frame.groupBy.length < 3)
    frame.groupBy.push({ field: 'state' })
}
