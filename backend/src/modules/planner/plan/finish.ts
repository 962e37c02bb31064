import { says } from '#backend/modules/planner/language/says.ts'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { entities } from '#contracts/entities.ts'
import { joinAcrossFields } from './alternatives.ts'
import { activityRanking } from './analytics/activity-ranking.ts'
import { askedConversion, askedCycle, convertsBest } from './analytics/cycles.ts'
import { stateNote } from './analytics/deal-states.ts'
import { eachPeriod } from './analytics/each-period.ts'
import { forecastFrame } from './analytics/forecasts.ts'
import { applyHaving, groupByComparedCount } from './analytics/having.ts'
import { meanPerGroup } from './analytics/means.ts'
import { applyMovement, bucketForMovement, comparedSpans } from './analytics/movements.ts'
import { takePlace } from './analytics/ordinals.ts'
import { joinStates, noteContradictions, noteUnrankedCounts, presumeSales, retimeUnits, settleFigures } from './analytics/presumptions.ts'
import { groupRankedField } from './analytics/ranked-dimension.ts'
import { lossRateFrame, ratioFrame, sharesOfSum } from './analytics/shares.ts'
import { timeSpending } from './analytics/spending.ts'
import { conceptFrame, markConcepts, prepareConcepts } from './apply-concepts.ts'
import { excludeOthers } from './exclusive.ts'
import { emptyFrame, type Frame } from './frame.ts'
import { groupsOf } from './grouping.ts'
import { inferHead } from './infer-head.ts'
import { joinAlternatives, orderedByGroup, rankedField, rankedOwner } from './joining.ts'
import { noteLeftovers } from './leftovers.ts'
import { lookup } from './lookup.ts'
import { conversionFrame, groupAskedField, groupWhoWon, measureOf, shareFrame, shareOfSum } from './measures.ts'
import type { ParseState } from './parse-state.ts'
import { peopleOf } from './people-of.ts'
import { constraintsOf, fieldOn, fieldTypeOf, type Phrase } from './phrase.ts'
import { flushPending } from './placing.ts'
import { ranking } from './ranking.ts'
import { relatedRanking } from './related-ranking.ts'
import { isOneOfThem, isPlural, keyOf, orderMeant, sortBySaid, sortGroups } from './sorting.ts'
import { stalledAfterDays } from './states.ts'
import { applyVerbs, comparePeriods, liesAhead, noteIdleVerbs, pastOnly } from './verbs.ts'

/** What a word costs that is no part of the plan. */
export const unexplainedCost = 3

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
  settleFigures(state)
  presumeSales(state)
  const measured = state.rankBy?.kind === 'entity' ? state.rankBy.phrase : undefined
  const people = peopleOf(state)
  if (people !== undefined) {
    const [firms] = state.phrases
    state.phrases.unshift(people)
    if (firms !== undefined) firms.parent = people
  }
  let head = state.phrases.find((phrase) => phrase !== measured)
  // "The phone number of Jaden White" names its record and what is wanted of it: nothing before it matters.
  const isLookup = state.records.length > 0 && state.fields.length > 0 && state.followUp.size === 0
  const selfSufficient = !state.leans && (state.phrases.length > 0 || state.measures.length > 0 || state.status || state.superlative?.by === 'sold' || isLookup)
  if (head === undefined) {
    head = state.context === undefined ? inferHead(state) : { entity: state.context, constraints: [], at: -1 }
    if (head === undefined) return undefined
    state.phrases.unshift(head)
    for (const phrase of state.phrases) if (phrase !== head && phrase.parent === undefined && phrase !== measured) phrase.parent = head
  }
  // A lead's company is a field of the lead.
  if (head.entity === 'organisations' && state.verb === 'work' && state.records[0]?.every((option) => option.entity === 'leads') === true) head.entity = 'leads'
  flushPending(state, head)
  askedCycle(state, head)
  askedConversion(state, head)
  convertsBest(state, head)
  applyVerbs(state, head)
  prepareConcepts(state, head)
  retimeUnits(state, head)
  timeSpending(state, head)
  comparedSpans(state, state.phrases)
  comparePeriods(state, head)
  for (const phrase of state.phrases) phrase.constraints = joinAcrossFields(state, phrase.constraints, phrase.at)
  rankedField(state, head)
  rankedOwner(state, head)
  orderedByGroup(state)
  groupRankedField(state, head)
  groupByComparedCount(state, head)
  bucketForMovement(state)
  const frame = build(state, head)
  if (frame === undefined) return undefined
  withoutEmptyGroup(state, frame)
  noteIdleVerbs(state, frame)
  joinAlternatives(state, frame, (field) => fieldTypeOf(frame.entity, field, state.world) === 'multiChoice')
  eachPeriod(state, frame)
  analyse(state, head, frame)
  excludeOthers(state, frame)
  if (saysOnlyWhen(state)) state.unexplained.push(state.items.find(({ reading }) => reading.kind === 'period')?.lexeme.text ?? '?')
  noteLeftovers(state, frame)
  markConcepts(state, head, frame)
  // An amount was asked for and only records would come.
  // "How much contacts" counts them.
  const { defaultMeasure } = entities[frame.entity]
  if (
    frame.kind === 'list' &&
    state.asks.includes('howMuch') &&
    isPlural(state, head) &&
    entities[frame.entity].fields[defaultMeasure ?? '']?.type !== 'money'
  ) {
    frame.kind = 'figure'
    frame.measures = [{ fn: 'count' }]
    frame.sort = []
  }
  if (frame.kind === 'list' && (state.asks.includes('howMuch') || state.asks.includes('howLong'))) state.unexplained.push('how much')
  // "How much pipeline do we create" counts no pipelines.
  const dimension = frame.entity === 'pipelines' || frame.entity === 'stages'
  if (dimension && frame.kind !== 'list' && !isPlural(state, head)) state.unexplained.push(state.items[head.at]?.lexeme.text ?? '?')
  for (const { filter } of frame.constraints) if ('field' in filter && pastOnly.test(filter.field) && liesAhead(filter.value)) state.unexplained.push('future')
  if (frame.kind === 'figure' || frame.kind === 'groups' || frame.kind === 'share') for (const field of state.fields) state.unexplained.push(field.concept)
  const unexplained = [...state.unexplained, ...state.pending.map(() => '?')]
  let score = -unexplained.length * unexplainedCost - state.cost
  if ((state.world.counts[frame.entity] ?? 1) === 0) score -= 1.5
  withoutCatalogue(state, frame)
  heldAlready(state, frame)
  worthAsked(state, frame)
  applyCurrency(state, frame)
  frame.assumptions.push(...state.assumptions)
  if (state.phrases.some((phrase) => phrase.customer)) frame.assumptions.push(customerNote(state))
  return { frame, score, unexplained, refers: state.anaphor || state.followUp.size > 0, selfSufficient, state }
}

/** "Our last meeting": one that was held, and none that is to come. */
function heldAlready({ items, superlative, world }: ParseState, { entity, sort: [sort], constraints }: Frame): void {
  if (entity !== 'events' || sort?.by !== 'starts_at' || sort.direction !== 'desc' || superlative === undefined) return
  if (!says(items[superlative.at]?.lexeme.text ?? '', 'recent', world.language) || constraints.some(({ slot }) => /^(?:time:|state)/.test(slot))) return
  constraints.push({ slot: 'state', filter: { field: 'starts_at', op: 'lt', value: { now: true } } })
}

/** "The most common job title" is one: those without are no group to be ranked. */
function withoutEmptyGroup(state: ParseState, frame: Frame): void {
  const [group] = frame.groupBy
  if (frame.kind !== 'groups' || state.superlative === undefined || frame.limit === undefined || frame.groupBy.length !== 1 || group?.bucket !== undefined)
    return
  const field = group?.field ?? ''
  const said = frame.constraints.some(({ filter }) => 'field' in filter && filter.field === field)
  if (!said && field !== 'customer' && !/\.(?:weekday|hour|day|month)$/.test(field))
    frame.constraints.push({ slot: 'ranked', filter: { field, op: 'isNotEmpty' } })
}

/** "Stalled for 30 days" leaves nothing to be taken for granted. */
function saysHowLong(word: string, { constraints }: Frame): boolean {
  return (word === 'stalled' || word === 'inactive') && constraints.some(({ slot }) => slot === 'time:stage_changed_at')
}

const saysNothing = new Set(['filler', 'followUp', 'conjunction', 'preposition', 'period', 'user'])

/** "How was October?", "how did Iris do this year?" say when and who, and not of what. */
function saysOnlyWhen({ items, context, timeline }: ParseState): boolean {
  if (context !== undefined || timeline !== undefined) return false
  return items.some(({ reading }) => reading.kind === 'period') && items.every(({ reading }) => saysNothing.has(reading.kind))
}

/** What is made of the figures, and what was taken for granted. */
function analyse(state: ParseState, head: Phrase, frame: Frame): void {
  joinStates(state, frame)
  if (frame.kind === 'list' && (state.aggregate === 'avg' || state.aggregate === 'median')) state.unexplained.push(state.aggregate)
  noteUnrankedCounts(state, frame)
  noteContradictions(state, frame)
  applyHaving(state, head, frame)
  applyMovement(state, frame)
  takePlace(state, frame)
  for (const { reading } of state.items) {
    if (reading.kind === 'period' && reading.period.note !== undefined) frame.assumptions.push(reading.period.note)
    const note =
      reading.kind === 'state' && frame.entity === 'opportunities' && !saysHowLong(reading.state, frame)
        ? stateNote(reading.state, state.world.settings?.stalledDays ?? stalledAfterDays)
        : undefined
    if (note !== undefined) frame.assumptions.push(note)
    if (reading.kind === 'comparison' && reading.about !== undefined) frame.assumptions.push({ note: 'aboutIsTenPercent' })
  }
}

/** Products of a workspace without a catalogue are what its order lines say. */
function withoutCatalogue(state: ParseState, frame: Frame): void {
  if (frame.entity !== 'products' || (state.world.counts.products ?? 0) > 0 || (state.world.counts.order_lines ?? 0) === 0) return
  const constraints = frame.constraints.map((constraint) =>
    'relation' in constraint.filter && constraint.filter.relation === 'order_lines' && constraint.filter.count === undefined
      ? { ...constraint, filter: constraint.filter.where }
      : { ...constraint, filter: undefined },
  )
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
  frame.assumptions.push({ note: 'noCatalogue' })
}

/** "What did each owner win, in euros?" asks what it was worth. */
function worthAsked(state: ParseState, frame: Frame): void {
  const { defaultMeasure, fields } = entities[frame.entity]
  const [measure] = frame.measures
  const inMoney = state.currencyWord !== undefined || frame.groupBy.some(({ field }) => field === 'currency')
  const asks = state.asks.includes('what') && !state.count && inMoney
  if (!asks || frame.kind !== 'groups' || measure?.fn !== 'count' || frame.measures.length > 1) return
  if (defaultMeasure === undefined || fields[defaultMeasure]?.type !== 'money') return
  const sum = { fn: 'sum' as const, field: defaultMeasure }
  frame.measures = [sum]
  frame.sort = frame.sort.map((sort) => (sort.by === 'count' ? { ...sort, by: keyOf(sum) } : sort))
}

/** "In euros": only money in that currency. */
function applyCurrency(state: ParseState, frame: Frame): void {
  if (state.currencyWord === undefined) return
  if (
    frame.measures.some((measure) => measure.field !== undefined && entities[frame.entity].fields[measure.field]?.type === 'money') ||
    frame.kind === 'pipeline'
  )
    frame.currency = state.currencyWord
  else if (entities[frame.entity].fields.currency !== undefined)
    frame.constraints.push({ slot: 'currency', filter: { field: 'currency', op: 'eq', value: state.currencyWord } })
}

function customerNote(state: ParseState): Note {
  const { entity, ordered } = customerEntity(state.world)
  return { note: 'customersAre', entity, ordered }
}

function build(state: ParseState, head: Phrase): Frame | undefined {
  const { world } = state
  const conceptual = conceptFrame(state, head)
  if (conceptual !== undefined) return conceptual
  if (state.status && state.measures.length === 0) return pipelineFrame(state, head)
  const active = activityRanking(state, head)
  if (active !== undefined) return active
  const ranked = ranking(state, head)
  if (ranked !== undefined) return ranked
  const related = relatedRanking(state, head)
  if (related !== undefined) return related
  const frame = emptyFrame(head.entity)
  frame.constraints = joinAcrossFields(state, constraintsOf(head, state.phrases, world), head.at)
  if (state.shape !== undefined) frame.shape = state.shape
  const known = lookup(state, head, frame)
  if (known !== undefined) return known
  groupAskedField(state, head)
  groupWhoWon(state, head)
  const measure = measureOf(state, head)
  frame.groupBy = groupsOf(state, head.entity)
  if (measure !== undefined) {
    if (measure.entity !== head.entity) return undefined
    const shares = state.share ? sharesOfSum(state, frame, measure.measure) : undefined
    // "Share of the open pipeline by owner": of what is open.
    if (shares !== undefined && measure.constraint !== undefined) shares.constraints.push(measure.constraint)
    if (shares !== undefined && measure.assumption !== undefined) shares.assumptions.push(measure.assumption)
    if (state.share) return shares ?? shareOfSum(frame, measure)
    const mean = meanPerGroup(state, frame, measure.measure)
    if (mean === undefined && state.aggregate === 'avg' && measure.measure.fn === 'sum') state.unexplained.push('average')
    if (mean !== undefined) {
      if (measure.constraint !== undefined) frame.constraints.push(measure.constraint)
      if (measure.assumption !== undefined) frame.assumptions.push(measure.assumption)
      return mean
    }
    frame.measures = [measure.measure]
    if (measure.constraint !== undefined) frame.constraints.push(measure.constraint)
    frame.kind = frame.groupBy.length > 0 ? 'groups' : 'figure'
    if (measure.assumption !== undefined) frame.assumptions.push(measure.assumption)
    sortGroups(state, frame)
    return frame
  }
  if (state.measures[0] === 'conversionRate') return conversionFrame(state, frame)
  if (state.measures[0] === 'forecast' || state.measures[0] === 'weightedValue') return forecastFrame(state, frame)
  if (state.measures[0] === 'lossRate') return lossRateFrame(state, frame)
  const saysRatio = state.items.some(({ reading, lexeme }) => reading.kind === 'share' && says(lexeme.text, 'ratio', state.world.language))
  const ratio = state.share && (saysRatio || state.groups.length === 0) ? ratioFrame(head, structuredClone(frame)) : undefined
  if (ratio !== undefined && state.groups.length === 0) return ratio
  // "The ratio of won to lost deals per pipeline": one by the other is told of all alone.
  if (ratio !== undefined) state.unexplained.push('ratio')
  if (state.share) return shareFrame(state, head, frame)
  if (frame.groupBy.length > 0) {
    const mean = meanPerGroup(state, frame, { fn: 'count' })
    if (mean !== undefined) return mean
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

function listFrame(state: ParseState, head: Phrase, frame: Frame): Frame {
  const { superlative } = state
  if (state.sortBy !== undefined && 'options' in state.sortBy) {
    const found = fieldOn(head, state.sortBy.options, state.world)
    // Urgent, high, low: in the order of the alphabet they are in none that was meant.
    if (found === undefined || found.path === 'priority') state.unexplained.push(found === undefined ? 'sort' : 'priority')
    else frame.sort = [{ by: found.path, direction: state.direction ?? usualDirection(found) }]
  } else if (superlative !== undefined) {
    const by = state.rankBy?.kind === 'field' ? fieldOn(head, state.rankBy.options, state.world)?.path : sortBySaid(state, head, superlative.by)
    if (by === undefined) state.unexplained.push(state.items[superlative.at]?.lexeme.text ?? superlative.by)
    else {
      if (superlative.by === 'count' && state.rankBy === undefined) state.unexplained.push(state.items[superlative.at]?.lexeme.text ?? superlative.by)
      // The longest is what began first.
      const opposite = superlative.direction === 'desc' ? 'asc' : 'desc'
      frame.sort = [{ by, direction: superlative.by === 'long' && state.rankBy === undefined ? opposite : superlative.direction }]
      if (superlative.by === 'next') frame.constraints.push({ slot: 'state', filter: { field: by, op: 'gt', value: { now: true } } })
      frame.constraints.push({ slot: 'ranked', filter: { field: by, op: 'isNotEmpty' } })
      frame.limit = state.limit ?? (isPlural(state, head) && !isOnScale(head.entity, by, state) && !isOneOfThem(state, head) ? 10 : 1)
      // "recent deals" is a list with the newest first.
      if (superlative.by === 'time' && state.periods > 0 && state.limit === undefined && isPlural(state, head)) delete frame.limit
    }
  } else if (state.newOnes || state.direction !== undefined) {
    const by = state.newOnes ? 'created_at' : orderMeant(state, head)
    if (by === undefined) state.unexplained.push('sort')
    else frame.sort = [{ by, direction: state.direction ?? 'desc' }]
  }
  if (state.limit !== undefined) frame.limit = state.limit
  for (const field of state.fields) {
    const found = fieldOn(head, field.options, state.world)
    if (found === undefined) state.unexplained.push(field.concept)
    else if (!frame.fields.includes(found.path)) frame.fields.push(found.path)
  }
  return frame
}

/** "Leads with the best rating": of the few steps of a scale one is the best, and all who have it tie. */
function isOnScale(entity: Frame['entity'], path: string, { rankBy }: ParseState): boolean {
  const field = entities[entity].fields[path]
  return rankBy?.kind === 'field' && field?.type === 'integer' && field.max !== undefined
}

/** Figures from the highest, what lies behind from the newest, what is to come from the soonest. */
function usualDirection({ path, type }: { path: string; type: string }): 'asc' | 'desc' {
  if (/(?:forecast_close_date|due_at|starts_at|ends_at)$/.test(path)) return 'asc'
  return ['integer', 'number', 'money', 'date', 'datetime'].includes(type) ? 'desc' : 'asc'
}

function pipelineFrame(state: ParseState, head: Phrase): Frame {
  const frame = emptyFrame('opportunities')
  frame.kind = 'pipeline'
  const deals = head.entity === 'opportunities' ? head : { ...head, entity: 'opportunities' as const }
  frame.constraints = constraintsOf(deals, state.phrases, state.world)
  if (!frame.constraints.some((constraint) => constraint.slot === 'state'))
    frame.constraints.unshift({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  frame.groupBy = groupsOf(state, 'opportunities')
  if (frame.groupBy.length === 0) frame.groupBy = [{ field: 'pipeline' }, { field: 'stage' }]
  frame.measures = [{ fn: 'count' }, { fn: 'sum', field: 'value' }]
  if (state.shape !== undefined) frame.shape = state.shape
  return frame
}
