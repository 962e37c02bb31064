import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, Measure } from '#contracts/query.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { emptyFrame, type Frame } from './frame.ts'
import { groupField, groupsOf } from './grouping.ts'
import { inferHead, measureEntity } from './infer-head.ts'
import { lookup } from './lookup.ts'
import { flushPending } from './parse-nouns.ts'
import { next, type ParseState } from './parse-state.ts'
import { constraintsOf, fieldOn, fieldTypeOf, type Phrase } from './phrase.ts'
import { spanOfBoth } from './parse-fields.ts'
import { ranking } from './ranking.ts'
import { verbTime } from './states.ts'

export interface Candidate {
  frame: Frame
  /** Higher is better; below zero something stayed unexplained. */
  score: number
  unexplained: string[]
  /** The message leans on the one before. */
  refers: boolean
  /** It names its own subject. */
  selfSufficient: boolean
  state: ParseState
}

/** Turns what was read into a frame and says how well it explains the question; undefined when nothing is asked. */
export function finish(state: ParseState): Candidate | undefined {
  const measured = state.rankBy?.kind === 'entity' ? state.rankBy.phrase : undefined
  let head = state.phrases.find((phrase) => phrase !== measured)
  const selfSufficient = state.phrases.length > 0 || state.measures.length > 0 || state.status || state.superlative?.by === 'sold'
  if (head === undefined) {
    head = state.context === undefined ? inferHead(state) : { entity: state.context, constraints: [], at: -1 }
    if (head === undefined) return undefined
    state.phrases.unshift(head)
    for (const phrase of state.phrases) if (phrase !== head && phrase.parent === undefined && phrase !== measured) phrase.parent = head
  }
  flushPending(state, head)
  applyVerbs(state, head)
  comparePeriods(state, head)
  const frame = build(state, head)
  if (frame === undefined) return undefined
  noteIdleVerbs(state, frame)
  for (const { filter } of frame.constraints) if ('field' in filter && pastOnly.test(filter.field) && liesAhead(filter.value)) state.unexplained.push('future')
  if (frame.kind === 'figure' || frame.kind === 'groups' || frame.kind === 'share') for (const field of state.fields) state.unexplained.push(field.concept)
  const unexplained = [...state.unexplained, ...state.pending.map(() => '?')]
  let score = -unexplained.length * 3 - state.cost
  if ((state.world.counts[frame.entity] ?? 1) === 0) score -= 1.5
  withoutCatalogue(state, frame)
  applyCurrency(state, frame)
  frame.assumptions.push(...state.assumptions)
  if (state.phrases.some((phrase) => phrase.customer)) frame.assumptions.push(customerNote(state))
  return { frame, score, unexplained, refers: state.anaphor || state.followUp.size > 0, selfSufficient, state }
}

/** Products of a workspace without a catalogue are what its order lines say. */
function withoutCatalogue(state: ParseState, frame: Frame): void {
  if (frame.entity !== 'products' || (state.world.counts.products ?? 0) > 0 || (state.world.counts.order_lines ?? 0) === 0) return
  const constraints = frame.constraints.map((constraint) => ('relation' in constraint.filter && constraint.filter.relation === 'order_lines' && constraint.filter.count === undefined ? { ...constraint, filter: constraint.filter.where } : { ...constraint, filter: undefined }))
  if (constraints.some((constraint) => constraint.filter === undefined) || frame.fields.length > 0 || frame.groupBy.length > 0) return
  frame.entity = 'order_lines'
  frame.constraints = constraints as Frame['constraints']
  if (frame.kind === 'figure') frame.measures = [{ fn: 'countDistinct', field: 'description' }]
  else {
    frame.kind = 'groups'
    frame.groupBy = [{ field: 'description' }]
    frame.measures = [{ fn: 'sum', field: 'quantity' }]
    frame.sort = [{ by: 'sum_quantity', direction: 'desc' }]
  }
  frame.assumptions.push('There is no product catalogue, so products are told apart by the description of their order lines.')
}

const verbEntities: Readonly<Record<string, readonly EntityName[]>> = {
  win: ['opportunities'], lose: ['opportunities'], close: ['opportunities'], stageChange: ['opportunities'], convert: ['leads'], complete: ['tasks'], due: ['tasks', 'opportunities'], born: ['contacts'],
  contact: ['contacts'], buy: ['contacts', 'organisations', 'products', 'orders', 'order_lines'], spend: ['contacts', 'organisations', 'orders', 'order_lines'], sell: ['products', 'orders', 'order_lines', 'opportunities'],
}

const pastOnly = /(?:actual_close_date|created_at|ordered_at|sent_at|last_contacted_at|completed_at|converted_at)$/

/** What has been recorded lies behind; of the time to come only plans are known. */
function liesAhead(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'next' in value || ('period' in value && 'offset' in value && typeof value.offset === 'number' && value.offset > 0)
}

/** A verb that says something of no noun here has not been understood. */
function noteIdleVerbs(state: ParseState, frame: Frame): void {
  for (const { reading, lexeme } of state.items) {
    const fitting = reading.kind === 'verb' ? verbEntities[reading.verb] : undefined
    if (fitting !== undefined && !fitting.includes(frame.entity) && !state.phrases.some((phrase) => fitting.includes(phrase.entity))) state.unexplained.push(lexeme.text)
  }
}

/** "In euros": only money in that currency. */
function applyCurrency(state: ParseState, frame: Frame): void {
  if (state.currencyWord === undefined) return
  if (frame.measures.some((measure) => measure.field !== undefined && entities[frame.entity].fields[measure.field]?.type === 'money') || frame.kind === 'pipeline') frame.currency = state.currencyWord
  else if (entities[frame.entity].fields.currency !== undefined) frame.constraints.push({ slot: 'currency', filter: { field: 'currency', op: 'eq', value: state.currencyWord } })
}

function customerNote(state: ParseState): string {
  const { entity, ordered } = customerEntity(state.world)
  return ordered ? `Customers here are the ${entity} that have ordered.` : `Customers here are your ${entity}.`
}

/** Verbs that say something by themselves: "who ordered", "never contacted", "won deals". */
function applyVerbs(state: ParseState, head: Phrase): void {
  const { verb } = state
  const me = state.world.users.length > 0 && state.me
  if (me) state.currency = state.currency ?? undefined
  const wins: Record<string, string> = { win: 'won', lose: 'lost', close: 'closed' }
  const deal = state.phrases.find((phrase) => phrase.entity === 'opportunities')
  if (verb !== undefined && wins[verb] !== undefined && deal !== undefined && !deal.constraints.some((constraint) => constraint.slot === 'state')) {
    // "How many deals did we close" means won; "closed" alone means decided either way.
    const value = verb === 'close' ? (state.asks.includes('who') || state.count ? 'won' : undefined) : wins[verb]
    deal.constraints.push({ slot: 'state', filter: value === undefined ? { field: 'state', op: 'in', value: ['won', 'lost'] } : { field: 'state', op: 'eq', value: value as string } })
  }
  const mail = state.phrases.find((phrase) => phrase.entity === 'emails')
  if (mail !== undefined && (verb === 'receive' || verb === 'send' || state.items.some((item) => /^(?:came|come|coming)(?: in)?$/i.test(item.lexeme.text))) && !mail.constraints.some((constraint) => constraint.slot === 'direction' || constraint.slot === 'address' || constraint.slot.startsWith('record'))) {
    mail.constraints.push({ slot: 'direction', filter: { field: 'direction', op: 'eq', value: verb === 'send' ? 'outbound' : 'inbound' } })
  }
  if (verb === 'contact' && !state.verbNegated && head.entity === 'contacts' && state.superlative === undefined && !state.asks.includes('when') && !head.constraints.some((constraint) => constraint.slot === 'time:last_contacted_at' || constraint.slot === 'record')) {
    head.constraints.push({ slot: 'time:last_contacted_at', filter: { field: 'last_contacted_at', op: 'isNotEmpty' } })
  }
  if (verb === 'contact' && state.verbNegated && head.entity === 'contacts' && !head.constraints.some((constraint) => constraint.slot === 'time:last_contacted_at')) {
    head.constraints.push({ slot: 'time:last_contacted_at', filter: { field: 'last_contacted_at', op: 'isEmpty' } })
  }
  if (verb === 'buy' && (head.entity === 'contacts' || head.entity === 'organisations') && !head.customer && !state.phrases.some((phrase) => phrase.entity === 'orders' || phrase.entity === 'order_lines') && !head.constraints.some((constraint) => constraint.slot === 'orders' || constraint.slot === 'record:products')) {
    head.constraints.push({ slot: 'orders', filter: state.verbNegated ? { relation: 'orders', count: { op: 'eq', value: 0 } } : { relation: 'orders' } })
  }
  if (verb === 'buy' && head.customer && state.verbNegated && !head.constraints.some((constraint) => constraint.slot === 'orders')) head.constraints.push({ slot: 'orders', filter: { relation: 'orders', count: { op: 'eq', value: 0 } } })
  if (verb === 'convert' && head.entity === 'leads' && !state.verbNegated && !state.share && !head.constraints.some((constraint) => constraint.slot === 'state' || constraint.slot === 'time:converted_at')) head.constraints.push({ slot: 'state', filter: { field: 'converted_at', op: 'isNotEmpty' } })
  if (verb === 'complete' && head.entity === 'tasks' && !head.constraints.some((constraint) => constraint.slot.startsWith('time:completed_at') || constraint.slot === 'state')) head.constraints.push({ slot: 'state', filter: { field: 'completed_at', op: state.verbNegated ? 'isEmpty' : 'isNotEmpty' } })
}

/** "This quarter against last": both periods in one range, a group for each. */
function comparePeriods(state: ParseState, head: Phrase): void {
  if (!state.versus) return
  const states = head.constraints.filter((one) => one.slot === 'state' && 'field' in one.filter && one.filter.op === 'eq')
  if (states.length > 1) {
    const values = states.map((one) => ('field' in one.filter ? String(one.filter.value) : ''))
    head.constraints = head.constraints.filter((one) => !states.includes(one))
    head.constraints.push({ slot: 'state', filter: { field: 'state', op: 'in', value: values } })
    state.groups.push({ kind: 'field', concept: 'state', options: [{ entity: head.entity, path: 'state' }] })
  }
  for (const constraint of head.constraints.filter((one) => one.slot.startsWith('time:'))) {
    const other = head.constraints.find((one) => one !== constraint && one.slot === constraint.slot)
    if (other === undefined || !('field' in constraint.filter) || !('field' in other.filter)) continue
    const both = spanOfBoth(constraint.filter.value, other.filter.value)
    if (both === undefined) continue
    constraint.filter = { ...constraint.filter, value: both.range }
    head.constraints.splice(head.constraints.indexOf(other), 1)
    state.groups.push({ kind: 'bucket', unit: both.unit, field: constraint.filter.field })
    return
  }
}

function build(state: ParseState, head: Phrase): Frame | undefined {
  const { world } = state
  if (state.status && state.measures.length === 0) return pipelineFrame(state, head)
  const ranked = ranking(state, head)
  if (ranked !== undefined) return ranked
  const frame = emptyFrame(head.entity)
  frame.constraints = constraintsOf(head, state.phrases, world)
  if (state.shape !== undefined) frame.shape = state.shape
  const known = lookup(state, head, frame)
  if (known !== undefined) return known
  groupAskedField(state, head)
  const measure = measureOf(state, head)
  frame.groupBy = groupsOf(state, head.entity)
  if (measure !== undefined) {
    if (measure.entity !== head.entity) return undefined
    if (state.share) return shareOfSum(frame, measure)
    frame.measures = [measure.measure]
    if (measure.constraint !== undefined) frame.constraints.push(measure.constraint)
    frame.kind = frame.groupBy.length > 0 ? 'groups' : 'figure'
    if (measure.assumption !== undefined) frame.assumptions.push(measure.assumption)
    sortGroups(state, frame)
    return frame
  }
  if (state.measures[0] === 'conversionRate') return conversionFrame(state, frame)
  if (state.share) return shareFrame(state, head, frame)
  if (frame.groupBy.length > 0) {
    frame.kind = 'groups'
    frame.measures = [{ fn: 'count' }]
    sortGroups(state, frame)
    return frame
  }
  if (state.count) {
    frame.kind = 'figure'
    frame.measures = [{ fn: 'count' }]
    return frame
  }
  return listFrame(state, head, frame)
}

/** "Which industries do our companies belong to": the values of a field, each with its count. */
function groupAskedField(state: ParseState, head: Phrase): void {
  const asked = state.items.findIndex((item) => item.reading.kind === 'ask' && (item.reading.word === 'which' || item.reading.word === 'what'))
  const item = asked === -1 ? undefined : next(state, asked)
  if (item?.reading.kind !== 'field' || state.superlative !== undefined || state.count || state.aggregate !== undefined) return
  const [field] = state.fields
  if (field === undefined || field.concept !== item.reading.concept || head.constraints.some((constraint) => constraint.slot === 'record')) return
  const found = fieldOn(head, field.options, state.world)
  if (found === undefined || !['choice', 'text', 'reference', 'tags', 'currency', 'multiChoice', 'boolean'].includes(found.type)) return
  state.fields.shift()
  state.groups.push({ kind: 'field', options: field.options, concept: field.concept })
}

function listFrame(state: ParseState, head: Phrase, frame: Frame): Frame {
  const entity = entities[head.entity]
  const { superlative } = state
  if (state.sortBy !== undefined && 'options' in state.sortBy) {
    const found = fieldOn(head, state.sortBy.options, state.world)
    if (found === undefined) state.unexplained.push('sort')
    else frame.sort = [{ by: found.path, direction: state.direction ?? (['integer', 'number', 'money', 'date', 'datetime'].includes(found.type) ? 'desc' : 'asc') }]
  } else if (superlative !== undefined) {
    const by = state.rankBy?.kind === 'field' ? fieldOn(head, state.rankBy.options, state.world)?.path : sortBySaid(state, head, superlative.by)
    if (by === undefined) state.unexplained.push(superlative.by)
    else {
      if (superlative.by === 'count' && state.rankBy === undefined) state.cost += 0.6
      frame.sort = [{ by, direction: superlative.direction }]
      if (superlative.by === 'next') frame.constraints.push({ slot: 'state', filter: { field: by, op: 'gt', value: { now: true } } })
      frame.constraints.push({ slot: 'ranked', filter: { field: by, op: 'isNotEmpty' } })
      frame.limit = state.limit ?? (isPlural(state, head) ? 10 : 1)
      // "recent deals" is a list with the newest first.
      if (superlative.by === 'time' && state.periods > 0 && state.limit === undefined && isPlural(state, head)) delete frame.limit
    }
  } else if (state.newOnes || (state.direction !== undefined && entity.defaultTime !== undefined)) frame.sort = [{ by: state.newOnes ? 'created_at' : entity.defaultTime, direction: state.direction ?? 'desc' }]
  if (state.limit !== undefined) frame.limit = state.limit
  for (const field of state.fields) {
    const found = fieldOn(head, field.options, state.world)
    if (found === undefined) state.unexplained.push(field.concept)
    else if (!frame.fields.includes(found.path)) frame.fields.push(found.path)
  }
  return frame
}

export function isPlural(state: ParseState, head: Phrase): boolean {
  const item = state.items[head.at]
  return item?.reading.kind === 'entity' ? item.reading.plural : false
}

/** "Most recently contacted", "latest won": the time that the verb or the state is about. */
function sortBySaid(state: ParseState, head: Phrase, by: string): string | undefined {
  if (by !== 'time') return sortFieldOf(head.entity, by)
  const word = state.items[state.superlative?.at ?? 0]?.lexeme.text ?? ''
  const recent = /latest|recent|last/i.test(word)
  return (state.verb === undefined ? undefined : verbTime(state.verb, head.entity)) ?? (recent ? head.time : undefined) ?? sortFieldOf(head.entity, by)
}

/** The field that "biggest", "newest" or "cheapest" compare. */
export function sortFieldOf(name: EntityName, by: string): string | undefined {
  const entity = entities[name]
  if (by === 'time') return name === 'tasks' ? 'created_at' : entity.defaultTime
  if (by === 'price') return entity.fields.price === undefined ? entity.defaultMeasure : 'price'
  if (by === 'close') return entity.fields.forecast_close_date === undefined ? undefined : 'forecast_close_date'
  if (by === 'due') return entity.fields.due_at === undefined ? undefined : 'due_at'
  if (by === 'sold') return undefined
  if (by === 'next') return entity.fields.starts_at !== undefined ? 'starts_at' : entity.fields.due_at !== undefined ? 'due_at' : entity.fields.forecast_close_date !== undefined ? 'forecast_close_date' : undefined
  return entity.defaultMeasure
}

function sortGroups(state: ParseState, frame: Frame): void {
  const [group] = frame.groupBy
  const [measure] = frame.measures
  if (group === undefined || measure === undefined) return
  if (group.bucket !== undefined) frame.sort = [{ by: group.field, direction: state.direction ?? 'asc' }]
  else frame.sort = [{ by: keyOf(measure), direction: state.direction ?? (state.superlative?.direction === 'asc' ? 'asc' : 'desc') }]
  if (state.limit !== undefined) frame.limit = state.limit
  else if (state.superlative !== undefined) frame.limit = 1
}

export function keyOf(measure: Measure): string {
  return measure.as ?? (measure.field === undefined ? measure.fn : `${measure.fn}_${measure.field.replaceAll('.', '_')}`)
}

interface MeasureChoice {
  entity: EntityName
  measure: Measure
  constraint?: Frame['constraints'][number]
  assumption?: string
}

/** The figure asked for, if one is. */
export function measureOf(state: ParseState, head: Phrase): MeasureChoice | undefined {
  const entity = head.entity
  const [named] = state.measures
  const fn = state.aggregate === 'countDistinct' || state.aggregate === undefined ? 'sum' : state.aggregate
  if (named !== undefined) {
    const target = measureEntity(state)
    switch (named) {
      case 'revenue':
        if (entity === 'orders') return { entity, measure: { fn: fn === 'sum' ? 'sum' : fn, field: 'total' } }
        if (entity === 'opportunities') return { entity, measure: { fn, field: 'value' }, ...(hasState(state) ? {} : { constraint: { slot: 'state', filter: { field: 'state', op: 'eq', value: 'won' } }, assumption: 'Sales are the value of won opportunities.' }) }
        return { entity: target, measure: { fn, field: 'amount' } }
      case 'quantity':
        return { entity: target, measure: { fn, field: 'quantity' } }
      case 'pipelineValue':
        return { entity: target, measure: { fn, field: 'value' }, ...(hasState(state) ? {} : { constraint: { slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } } }) }
      case 'winRate':
        return { entity: target, measure: { fn: 'winRate' } }
      case 'cycleDays':
        return { entity: target, measure: { fn: 'cycleDays' } }
      case 'averageOrder':
        return { entity: target, measure: { fn: 'avg', field: 'total' } }
      case 'averageDeal':
        return { entity: target, measure: { fn: 'avg', field: 'value' } }
      case 'conversionRate':
        return undefined
    }
  }
  if (state.aggregate === 'countDistinct') {
    const found = state.aggregateField && fieldOn(head, state.aggregateField.options, state.world)
    if (found !== undefined) return { entity, measure: { fn: 'countDistinct', field: found.path } }
    return { entity, measure: { fn: 'count' } }
  }
  if (state.aggregate !== undefined) {
    if (state.count) return undefined
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
  const [figure] = state.fields
  if (figure !== undefined && state.fields.length === 1 && state.superlative === undefined && state.sortBy === undefined && !state.count && head.at > 0 && !head.constraints.some((constraint) => constraint.slot === 'record')) {
    const said = state.items.findIndex((item) => item.reading.kind === 'field' && item.reading.concept === figure.concept)
    const found = fieldOn(head, figure.options, state.world)
    if (said !== -1 && said < head.at && found?.type === 'money') {
      state.fields.shift()
      return { entity, measure: { fn: 'sum', field: found.path } }
    }
  }
  const asksAmount = state.asks.includes('howMuch')
  if (asksAmount && (state.verb === 'worth' || state.fields.length > 0 || state.verb === 'spend' || state.verb === 'buy' || state.verb === 'sell' || entity === 'opportunities' || entity === 'order_lines') && state.records.length === 0) {
    const [field] = state.fields
    const found = field && fieldOn(head, field.options, state.world)
    const path = found !== undefined && ['integer', 'number', 'money'].includes(found.type) ? found.path : entities[entity].defaultMeasure
    if (path !== undefined) return { entity, measure: { fn: 'sum', field: path } }
  }
  if (entity === 'order_lines' && state.phrases[0]?.at === -1 && state.superlative === undefined && !state.asks.includes('what') && !state.asks.includes('which')) return { entity, measure: { fn: 'sum', field: asksAmount || !state.count ? 'amount' : 'quantity' } }
  return undefined
}

function hasState(state: ParseState): boolean {
  return state.phrases.some((phrase) => phrase.constraints.some((constraint) => constraint.slot === 'state'))
}

/** "What percentage of contacts have a phone": the last thing said of the head against the rest. */
function shareFrame(state: ParseState, head: Phrase, frame: Frame): Frame | undefined {
  if (frame.groupBy.length > 0) {
    if (frame.constraints.some((constraint) => constraint.slot === 'state')) return undefined
    frame.kind = 'groups'
    frame.measures = [{ fn: 'count' }, { fn: 'share' }]
    frame.sort = [{ by: 'count', direction: 'desc' }]
    return frame
  }
  const base = frame.constraints.filter((constraint) => constraint.slot === 'orders' && head.customer)
  const rest = frame.constraints.filter((constraint) => !base.includes(constraint))
  const part = rest.at(-1)
  if (part === undefined) return undefined
  // A period narrows the whole, whatever else is said; the last other test is the part.
  const tests = rest.filter((constraint) => !constraint.slot.startsWith('time:') || rest.length === 1)
  const chosen = tests.at(-1) ?? part
  frame.kind = 'share'
  frame.part = chosen.filter
  frame.constraints = frame.constraints.filter((constraint) => constraint !== chosen)
  frame.measures = [{ fn: 'count', as: 'part', where: chosen.filter }, { fn: 'count', as: 'whole' }]
  return frame
}

/** "What share of revenue comes from Germany": a part of a sum, in each currency. */
function shareOfSum(frame: Frame, choice: MeasureChoice): Frame | undefined {
  if (choice.measure.fn !== 'sum' || choice.measure.field === undefined || frame.groupBy.length > 0) return undefined
  const part = frame.constraints.filter((constraint) => !constraint.slot.startsWith('time:')).at(-1)
  if (part === undefined) return undefined
  frame.constraints = frame.constraints.filter((constraint) => constraint !== part)
  if (choice.constraint !== undefined) frame.constraints.push(choice.constraint)
  frame.kind = 'share'
  frame.part = part.filter
  frame.measures = [{ ...choice.measure, as: 'part', where: part.filter }, { ...choice.measure, as: 'whole' }]
  return frame
}

/** Converted leads among all. */
function conversionFrame(state: ParseState, frame: Frame): Frame | undefined {
  if (frame.entity !== 'leads') return undefined
  const converted: Filter = { field: 'converted_at', op: 'isNotEmpty' }
  frame.measures = [{ fn: 'count', as: 'part', where: converted }, { fn: 'count', as: 'whole' }]
  frame.part = converted
  frame.kind = frame.groupBy.length > 0 ? 'groups' : 'share'
  if (frame.kind === 'groups') sortGroups(state, frame)
  return frame
}

function pipelineFrame(state: ParseState, head: Phrase): Frame {
  const frame = emptyFrame('opportunities')
  frame.kind = 'pipeline'
  const deals = head.entity === 'opportunities' ? head : { ...head, entity: 'opportunities' as const }
  frame.constraints = constraintsOf(deals, state.phrases, state.world)
  if (!frame.constraints.some((constraint) => constraint.slot === 'state')) frame.constraints.unshift({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  frame.groupBy = groupsOf(state, 'opportunities')
  if (frame.groupBy.length === 0) frame.groupBy = [{ field: 'pipeline' }, { field: 'stage' }]
  frame.measures = [{ fn: 'count' }, { fn: 'sum', field: 'value' }]
  if (state.shape !== undefined) frame.shape = state.shape
  return frame
}

export { groupField }
