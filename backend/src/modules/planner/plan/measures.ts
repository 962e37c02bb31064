import { says } from '#backend/modules/planner/language/says.ts'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, Measure } from '#contracts/query.ts'
import { sharesOfCount } from './analytics/shares.ts'
import type { Frame } from './frame.ts'
import { loneField, measureEntity } from './infer-head.ts'
import { before, next, type ParseState } from './parse-state.ts'
import { fieldOn, fieldTypeOf, type Phrase } from './phrase.ts'
import { isPlural, sortGroups } from './sorting.ts'
import { isOurs } from './verbs.ts'

/** "Which industries do our companies belong to": the values of a field, each with its count. */
export function groupAskedField(state: ParseState, head: Phrase): void {
  // "In which countries do we have contacts" asks for the countries.
  const isAsk = ({ reading, lexeme }: ParseState['items'][number]) =>
    reading.kind === 'ask'
      ? reading.word === 'which' || reading.word === 'what'
      : reading.kind === 'filler' && says(lexeme.text, 'inWhich', state.world.language)
  const asked = state.items.findIndex(isAsk)
  const placed = fieldOfPlaces(state)
  const item = asked === -1 ? (placed ?? loneField(state.items)) : next(state, asked)
  if (item?.reading.kind !== 'field' || state.superlative !== undefined || state.count || state.aggregate !== undefined) return
  const [field] = state.fields
  if (field === undefined || field.concept !== item.reading.concept || head.constraints.some((constraint) => constraint.slot === 'record')) return
  const found = fieldOn(head, field.options, state.world)
  if (asked === -1 && placed === undefined && found?.type === 'text' && entities[head.entity].fields[found.path]?.vocabulary !== true) return
  if (found === undefined || !['choice', 'text', 'reference', 'tags', 'currency', 'multiChoice', 'boolean'].includes(found.type)) return
  state.fields.shift()
  state.groups.push({ kind: 'field', options: field.options, concept: field.concept })
}

const outcomes = new Set(['win', 'lose', 'close', 'won', 'lost', 'closed'])

/** "Who won deals this year": whoever of ours did, with how many, and not the deals. */
export function groupWhoWon(state: ParseState, head: Phrase): void {
  const { items, asks, groups, measures, superlative, rankBy, aggregate, records, fields, context } = state
  const who = items.findIndex(({ reading }) => reading.kind === 'ask' && reading.word === 'who')
  const deed = items.slice(who + 1).find(({ reading }) => reading.kind !== 'filler' && reading.kind !== 'have')?.reading
  const did = deed?.kind === 'verb' ? deed.verb : deed?.kind === 'state' ? deed.state : ''
  if (who === -1 || asks.length > 1 || context !== undefined || head.entity !== 'opportunities' || !isPlural(state, head) || !outcomes.has(did)) return
  const asked = [groups, measures, records, fields].some(({ length }) => length > 0) || [superlative, rankBy, aggregate].some((one) => one !== undefined)
  const compares = head.constraints.some(({ slot, filter }) => slot === 'owner' && 'field' in filter && (filter.op === 'eq' || filter.op === 'in'))
  if (asked || compares || state.count || state.share || state.phrases.length > 1) return
  state.groups.push({ kind: 'field', concept: 'owner', options: [{ entity: 'opportunities', path: 'owner' }] })
  const decided = head.constraints.find(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.op === 'in')
  if (decided === undefined || (did !== 'close' && did !== 'closed')) return
  // What somebody of ours closes is won.
  decided.filter = { field: 'state', op: 'eq', value: 'won' }
  state.assumptions.push({ note: 'closedIsWon' })
}

/** "The cities where we have contacts": where they are is asked, not who they are. */
function fieldOfPlaces(state: ParseState): ParseState['items'][number] | undefined {
  const where = state.items.find(({ reading }) => reading.kind === 'ask' && reading.word === 'where')
  const field = where === undefined ? undefined : before(state, where.index)
  return field?.reading.kind === 'field' ? field : undefined
}

/** "Value by owner, top 5": so many of the groups. */
function topOfGroups({ superlative, groups, limit, rankBy }: ParseState): boolean {
  return superlative?.by === 'top' && groups.length > 0 && limit !== undefined && rankBy === undefined
}

interface MeasureChoice {
  entity: EntityName
  measure: Measure
  constraint?: Frame['constraints'][number]
  assumption?: Note
}

/** The figure asked for, if one is. */
export function measureOf(state: ParseState, head: Phrase): MeasureChoice | undefined {
  const choice = measureSaid(state, head)
  const percentile = state.items.find(({ reading }) => reading.kind === 'percentile')
  if (choice?.measure.fn !== 'median' || percentile?.reading.kind !== 'percentile') return choice
  return { ...choice, measure: { ...choice.measure, fn: 'percentile', at: percentile.reading.at } }
}

function measureSaid(state: ParseState, head: Phrase): MeasureChoice | undefined {
  const entity = head.entity
  const [named] = state.measures
  // "Average monthly revenue" is a mean of sums.
  const meanOfSums = state.aggregate === 'avg' && state.groups.length > 0 && (named === 'revenue' || named === 'quantity' || named === 'pipelineValue')
  const fn = state.aggregate === 'countDistinct' || state.aggregate === undefined || meanOfSums ? 'sum' : state.aggregate
  if (named !== undefined) {
    const target = measureEntity(state)
    switch (named) {
      case 'revenue':
        if (entity === 'orders') return { entity, measure: { fn: fn === 'sum' ? 'sum' : fn, field: 'total' } }
        if (entity === 'opportunities')
          return {
            entity,
            measure: { fn, field: 'value' },
            ...(hasState(state) ? {} : { constraint: { slot: 'state', filter: { field: 'state', op: 'eq', value: 'won' } }, assumption: { note: 'sales' } }),
          }
        return { entity: target, measure: { fn, field: 'amount' } }
      case 'quantity':
        return { entity: target, measure: { fn, field: 'quantity' } }
      case 'pipelineValue':
        return {
          entity: target,
          measure: { fn, field: 'value' },
          ...(hasState(state) ? {} : { constraint: { slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } } }),
        }
      case 'winRate':
        return { entity: target, measure: { fn: 'winRate' } }
      case 'cycleDays':
      case 'conversionDays':
        return { entity: target, measure: { fn: 'cycleDays' } }
      case 'averageOrder':
        return { entity: target, measure: { fn: 'avg', field: 'total' } }
      case 'averageDeal':
        return { entity: target, measure: { fn: 'avg', field: 'value' } }
      case 'conversionRate':
      case 'lossRate':
      case 'forecast':
      case 'weightedValue':
        return undefined
    }
  }
  if (state.aggregate === 'countDistinct') {
    const found = state.aggregateField && fieldOn(head, state.aggregateField.options, state.world)
    if (found !== undefined) return { entity, measure: { fn: 'countDistinct', field: found.path } }
    return { entity, measure: { fn: 'count' } }
  }
  if (state.aggregate !== undefined) {
    // "The total quantity of X sold by year" is in pieces.
    if (state.count && state.aggregate === 'sum' && entity === 'order_lines' && head.at === -1) return { entity, measure: { fn: 'sum', field: 'quantity' } }
    if (state.count && state.aggregateField === undefined) return undefined
    if (state.aggregateField === undefined && state.asks.includes('howLong')) return undefined
    // "Average deals per month" counts them, "average deal per month" is what one is worth.
    if (state.aggregate === 'avg' && state.aggregateField === undefined && state.groups.length > 0 && isPlural(state, head)) return undefined
    const found = state.aggregateField === undefined ? undefined : fieldOn(head, state.aggregateField.options, state.world)
    const path = found?.path ?? entities[entity].defaultMeasure
    if (state.aggregateField !== undefined && found === undefined) return undefined
    if (path === undefined) return undefined
    const type = fieldTypeOf(entity, path, state.world)
    if (!['integer', 'number', 'money'].includes(type ?? '')) return undefined
    if (path === entities[entity].defaultMeasure && state.aggregateField === undefined && type !== 'money') return undefined
    return { entity, measure: { fn: fn as 'sum', field: path } }
  }
  // "The value of open deals (by owner)": a figure named before its noun.
  // "At the Negotiation stage": a field that a constraint already tells is not asked for.
  if (state.fields.length > 1)
    state.fields = state.fields.filter((field, index) => index === 0 || !head.constraints.some((constraint) => constraint.slot === field.concept))
  const [figure] = state.fields
  if (
    figure !== undefined &&
    state.fields.length === 1 &&
    (state.superlative === undefined || topOfGroups(state)) &&
    state.sortBy === undefined &&
    !state.count &&
    head.at > 0 &&
    !head.constraints.some((constraint) => constraint.slot === 'record')
  ) {
    const said = state.items.findIndex((item) => item.reading.kind === 'field' && item.reading.concept === figure.concept)
    const found = fieldOn(head, figure.options, state.world)
    if (said !== -1 && said < head.at && found?.type === 'money') {
      state.fields.shift()
      return { entity, measure: { fn: 'sum', field: found.path } }
    }
  }
  // "Won value by owner": a figure without a noun, grouped or compared.
  if (
    figure !== undefined &&
    state.fields.length === 1 &&
    head.at === -1 &&
    (state.groups.length > 0 || hasState(state) || loneField(state.items) !== undefined) &&
    state.sortBy === undefined &&
    state.superlative === undefined &&
    !state.count &&
    state.records.length === 0
  ) {
    const found = fieldOn(head, figure.options, state.world)
    if (found !== undefined && summable(found) && (!found.path.includes('.') || found.path.startsWith('custom.'))) {
      state.fields.shift()
      return { entity, measure: { fn: 'sum', field: found.path } }
    }
  }
  const asksAmount = state.asks.includes('howMuch')
  if (
    asksAmount &&
    (state.verb === 'worth' ||
      state.fields.length > 0 ||
      state.verb === 'spend' ||
      state.verb === 'buy' ||
      state.verb === 'sell' ||
      entity === 'opportunities' ||
      entity === 'order_lines') &&
    state.records.length === 0
  ) {
    const [field] = state.fields
    const found = field && fieldOn(head, field.options, state.world)
    const path = found !== undefined && ['integer', 'number', 'money'].includes(found.type) ? found.path : entities[entity].defaultMeasure
    if (path !== undefined) {
      if (found?.path === path) state.fields.shift()
      return { entity, measure: { fn: 'sum', field: path } }
    }
  }
  if (
    entity === 'order_lines' &&
    state.phrases[0]?.at === -1 &&
    state.superlative === undefined &&
    !state.asks.includes('what') &&
    !state.asks.includes('which') &&
    (asksAmount || state.count || !onlyReturns(state))
  )
    return { entity, measure: { fn: 'sum', field: asksAmount || !state.count ? 'amount' : 'quantity' } }
  return undefined
}

/** "Returns", "returns last month": what came back, and not what it was worth. */
function onlyReturns({ items }: ParseState): boolean {
  return items.every(({ reading }) => ['filler', 'period', 'preposition'].includes(reading.kind) || (reading.kind === 'state' && reading.state === 'returned'))
}

/** What is meaningful added up. */
function summable({ path, type }: { path: string; type: string }): boolean {
  return type === 'money' || ((type === 'integer' || type === 'number') && path !== 'rating' && path !== 'probability')
}

function hasState(state: ParseState): boolean {
  return state.phrases.some((phrase) => phrase.constraints.some((constraint) => constraint.slot === 'state'))
}

/** "What percentage of contacts have a phone": the last thing said of the head against the rest. */
export function shareFrame(state: ParseState, head: Phrase, frame: Frame): Frame | undefined {
  const rate = wonOfDecided(state, frame) ?? outcomeOfDecided(state, frame) ?? wonByUs(state, frame)
  if (rate !== undefined) return rate
  if (frame.groupBy.length > 0) {
    return sharesOfCount(state, frame)
  }
  placeCurrency(state, frame)
  const base = frame.constraints.filter((constraint) => constraint.slot === 'orders' && head.customer)
  const rest = frame.constraints.filter((constraint) => !base.includes(constraint))
  const part = rest.at(-1)
  if (part === undefined) return undefined
  // A period narrows the whole, whatever else is said; the last other test is the part.
  const tests = rest.filter((constraint) => !constraint.slot.startsWith('time:') || rest.length === 1)
  const last = tests.at(-1) ?? part
  // "Contacts with a mobile in Denmark": of those there.
  const held = last.slot === 'place' ? tests.findLast(({ filter }) => 'field' in filter && (filter.op === 'isNotEmpty' || filter.op === 'isEmpty')) : undefined
  const chosen = held ?? last
  frame.kind = 'share'
  frame.part = chosen.filter
  // "Have a rating of 5": those without one have none of 5 either, and are leads all the same.
  const isHeld = ({ filter }: Frame['constraints'][number]) =>
    'field' in filter && 'field' in chosen.filter && filter.op === 'isNotEmpty' && filter.field === chosen.filter.field
  frame.constraints = frame.constraints
    .filter((constraint) => constraint !== chosen && !isHeld(constraint))
    .map((constraint) => ofAll(constraint, chosen.filter))
  frame.measures = [
    { fn: 'count', as: 'part', where: chosen.filter },
    { fn: 'count', as: 'whole' },
  ]
  return frame
}

/** "Which share of the open deals is in euros": the currency is a test like others, in its place among them. */
function placeCurrency(state: ParseState, frame: Frame): void {
  const { currencyWord: value, items } = state
  const at = items.findIndex(({ reading }) => reading.kind === 'currency')
  if (value === undefined || at === -1 || entities[frame.entity].fields.currency === undefined) return
  const said = { slot: 'currency', filter: { field: 'currency', op: 'eq' as const, value }, at }
  const isLast = frame.constraints.every((constraint) => (constraint.at ?? -1) < at)
  frame.constraints = isLast ? [...frame.constraints, said] : [said, ...frame.constraints]
  state.currencyWord = undefined
}

/** "What percentage did Ife win, out of those won or lost": the win rate. */
function wonOfDecided(state: ParseState, frame: Frame): Frame | undefined {
  // "Win" may be read as what was done or as what they are.
  const won = state.items.filter(({ reading }) => (reading.kind === 'verb' && reading.verb === 'win') || (reading.kind === 'state' && reading.state === 'won'))
  const wins = won.length > 1
  const isState = (filter: Filter): boolean => ('or' in filter ? filter.or.every(isState) : 'field' in filter && filter.field === 'state')
  const states = frame.constraints.filter(({ filter }) => isState(filter))
  const said = JSON.stringify(states)
  if (frame.entity !== 'opportunities' || !wins || frame.groupBy.length > 0 || !said.includes('"won"') || !said.includes('"lost"')) return undefined
  for (const { reading, index } of state.items) if (reading.kind === 'conjunction') state.alternatives.add(index)
  return { ...frame, kind: 'figure', measures: [{ fn: 'winRate' }], constraints: frame.constraints.filter((constraint) => !states.includes(constraint)) }
}

/** "What percent of deals are we winning": the win rate, unless it is said of all. */
function wonByUs({ items, phrases, world: { language } }: ParseState, frame: Frame): Frame | undefined {
  const won = items.find(({ reading }) => (reading.kind === 'verb' && reading.verb === 'win') || (reading.kind === 'state' && reading.state === 'won'))
  const ofAll = items.some(({ reading, lexeme }) => reading.kind === 'share' && says(lexeme.text, 'ofEvery', language))
  const outcome = frame.constraints.find(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.op === 'eq' && filter.value === 'won')
  const states = frame.constraints.filter(({ slot }) => slot === 'state')
  if (won === undefined || !isOurs(items[won.index - 1], language) || ofAll || states.length !== 1 || outcome === undefined) return undefined
  if (frame.entity !== 'opportunities' || frame.groupBy.length > 0) return undefined
  // The rate says it now.
  for (const phrase of phrases) phrase.constraints = phrase.constraints.filter((constraint) => constraint !== outcome)
  return { ...frame, kind: 'figure', measures: [{ fn: 'winRate' }], constraints: frame.constraints.filter((constraint) => constraint !== outcome) }
}

/** "What share did we lose, out of those decided": of the ones that were won or lost. */
function outcomeOfDecided({ verb }: ParseState, frame: Frame): Frame | undefined {
  const outcome = verb === 'win' ? 'won' : verb === 'lose' ? 'lost' : undefined
  const decided = frame.constraints.find(
    ({ filter }) => 'field' in filter && filter.field === 'state' && filter.op === 'in' && [filter.value].flat().length === 2,
  )
  if (outcome === undefined || decided === undefined || frame.entity !== 'opportunities' || frame.groupBy.length > 0) return undefined
  const part: Filter = { field: 'state', op: 'eq', value: outcome }
  const measures: Measure[] = [
    { fn: 'count', as: 'part', where: part },
    { fn: 'count', as: 'whole' },
  ]
  return { ...frame, kind: 'share', part, measures }
}

/** "What percentage of leads converted this year": of those that came in then, as in a conversion rate. */
function ofAll(constraint: Frame['constraints'][number], part: Filter): Frame['constraints'][number] {
  const { slot, filter } = constraint
  const same = 'field' in part && part.op === 'isNotEmpty' && slot === `time:${part.field}` && 'field' in filter
  return same ? { ...constraint, slot: 'time:created_at', filter: { ...filter, field: 'created_at' } } : constraint
}

/** "What share of revenue comes from Germany": a part of a sum, in each currency. */
export function shareOfSum(frame: Frame, choice: MeasureChoice): Frame | undefined {
  if (choice.measure.fn !== 'sum' || choice.measure.field === undefined || frame.groupBy.length > 0) return undefined
  const part = frame.constraints.filter((constraint) => !constraint.slot.startsWith('time:')).at(-1)
  if (part === undefined) return undefined
  frame.constraints = frame.constraints.filter((constraint) => constraint !== part)
  if (choice.constraint !== undefined) frame.constraints.push(choice.constraint)
  frame.kind = 'share'
  frame.part = part.filter
  frame.measures = [
    { ...choice.measure, as: 'part', where: part.filter },
    { ...choice.measure, as: 'whole' },
  ]
  return frame
}

/** Converted leads among all. */
export function conversionFrame(state: ParseState, frame: Frame): Frame | undefined {
  if (frame.entity !== 'leads') return undefined
  const converted: Filter = { field: 'converted_at', op: 'isNotEmpty' }
  if (frame.groupBy.length > 0) {
    frame.kind = 'groups'
    frame.measures = [
      { fn: 'share', as: 'conversion_rate', where: converted },
      { fn: 'count', as: 'converted', where: converted },
      { fn: 'count', as: 'leads' },
    ]
    sortGroups(state, frame)
    return frame
  }
  frame.measures = [
    { fn: 'count', as: 'part', where: converted },
    { fn: 'count', as: 'whole' },
  ]
  frame.part = converted
  frame.kind = 'share'
  return frame
}
