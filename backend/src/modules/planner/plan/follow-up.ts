import { says } from '#backend/modules/planner/language/says.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { isRanked, recordsOfRanked } from './dialogue/records-of.ts'
import type { Candidate } from './finish.ts'
import { comparedWith, comparesTimes, retimeGroups } from './follow-up-comparison.ts'
import { amongShown, heldFields, mergeConstraints, namesOther, ofContactTold, ofDecided } from './follow-up-conditions.ts'
import { askedOfDeal, whoSent } from './follow-up-deeds.ts'
import { amountsOfEach, countsOfEach, otherFigureOfEach, sharesOfEach } from './follow-up-measures.ts'
import { groupsCounted, rankGroups } from './follow-up-ranking.ts'
import { fromWhere, whatItSays, whoWrote } from './follow-up-told.ts'
import type { Constraint, Frame } from './frame.ts'
import { groupsOf } from './grouping.ts'
import { loneField } from './infer-head.ts'
import { askedFields } from './lookup.ts'
import type { ParseState } from './parse-state.ts'
import { fieldOn } from './phrase.ts'
import { chartable, toFigure, toList } from './reshape.ts'
import { firstOfEachBefore } from './similar/first-of-each.ts'
import { keyOf } from './sorting.ts'
import { inTimeOf, retimed, stillOpen } from './time-of-frame.ts'

/** Whether a message leans on the answer before it: it names no subject of its own, or points back. */
export function isFollowUp(candidate: Candidate | undefined, previous: PlannerTurn | undefined): boolean {
  if (previous === undefined || candidate === undefined) return false
  if (candidate.state.anaphor) return true
  return !candidate.selfSufficient
}

const timeOrders = perLanguage(({ dialogue }) => new Set(dialogue.timeOrder.split('|')))

export interface FollowUpManner {
  /** Values are added to those before, not put in their place. */
  joins: boolean
  /** What was said before is wrong. */
  corrects: boolean
}

/** Changes the frame before by what the message says; undefined when it says nothing that can be applied. */
export function applyFollowUp(
  candidate: Candidate,
  previous: PlannerTurn,
  pageSize: number,
  manner: FollowUpManner = { joins: false, corrects: false },
): Frame | undefined {
  const { state } = candidate
  const before = previous.frame
  if (pointsElsewhere(state, before)) return undefined
  const same = candidate.frame.entity === previous.frame.entity
  let said: Frame = same ? candidate.frame : { ...candidate.frame, constraints: [], sort: [], fields: [] }
  const unsaid = state.time === undefined && state.verb === undefined && !state.newOnes
  if (unsaid) said = { ...said, constraints: said.constraints.map((constraint) => retimed(constraint, before)) }
  if (unsaid && ranksByTime(state)) said = inTimeOf(said, before)
  const closes = state.items.some(
    ({ reading, lexeme }) => reading.kind === 'verb' && reading.verb === 'close' && says(lexeme.text, 'closes', state.world.language),
  )
  if (closes) said = stillOpen(said, before)
  retimeGroups(state, before)
  const frame: Frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  // "Who owns them?" after a yes is no yes or no.
  if (!state.whether) {
    delete frame.whether
    delete frame.exceptions
  }
  const head = { entity: before.entity }
  let changed = false

  // "List the bursars among them" after a count.
  const lists =
    before.kind === 'figure' && !state.count && groupsOf(state, before.entity).length === 0 && state.aggregate === undefined && state.fields.length === 0
  const which = state.anaphor && state.asks.includes('which')
  if (lists && said.constraints.length > 0 && said.sort.length === 0 && (which || says(state.items[0]?.lexeme.text ?? '', 'lists', state.world.language)))
    toList(frame)

  // "Who has more?" asks for no further page.
  const asksOfMore = state.verb !== undefined || state.fields.length > 0 || state.asks.some((word) => word === 'who' || word === 'which')
  if (state.followUp.has('more') && asksOfMore) return undefined
  if (state.followUp.has('more') && said.constraints.length === 0) {
    const counted = before.kind === 'figure' || before.kind === 'share'
    // "All of them together" adds up several answers, of which only the last is known.
    if (counted && state.items.some(({ lexeme }) => says(lexeme.text, 'together', state.world.language))) return undefined
    if (counted) return toList(frame)
    frame.offset = (before.offset ?? 0) + (before.limit ?? pageSize)
    delete frame.limit
    return frame
  }

  // "How many do we have in stock?" of the one product shown asks for a figure of it.
  const figure = previous.shown.ids.length === 1 && state.count ? amountTested(said.constraints, state) : undefined
  if (figure !== undefined) return { ...frame, kind: 'lookup', fields: [figure] }

  // "When does it close?", "where are they?" of the one record shown.
  if (previous.shown.ids.length === 1 && state.anaphor && (state.asks.includes('when') || state.asks.includes('where'))) {
    const asked = askedFields(state, before.entity) ?? []
    if (asked.length > 0) return { ...frame, kind: 'lookup', fields: asked }
  }

  // "Who is attending?" of meetings: whoever was invited.
  const attends = before.entity === 'events' && state.verb === 'attend' && state.records.length === 0 && state.phrases.every(({ at }) => at < 0)
  if (attends && before.kind !== 'groups' && said.constraints.length === 0)
    return { ...toList(frame), kind: previous.shown.ids.length === 1 ? 'lookup' : 'list', fields: ['attendees'] }

  const asked = askedOfDeal(state, previous, closes)
  if (asked !== undefined) return asked

  // "Who is the contact?" of the one record shown: no groups.
  const [group] = state.groups
  const bare = previous.shown.ids.length === 1 && previous.shown.entity === before.entity && !state.items.some(({ reading }) => reading.kind === 'group')
  if (bare && state.groups.length === 1 && group?.kind === 'field' && !state.count && state.superlative === undefined && said.constraints.length === 0) {
    const found = fieldOn(head, group.options, state.world)
    if (found !== undefined) return { ...frame, kind: 'lookup', fields: [found.path] }
  }

  const text = whatItSays(state, previous)
  if (text !== undefined) return text

  const counted = groupsCounted(state, before)
  if (counted !== undefined) return counted

  if (candidate.frame.expansion?.kind === 'firstOfEach')
    return same && before.kind === 'list' && before.expansion === undefined ? firstOfEachBefore(candidate.frame, before) : undefined

  const sources = fromWhere(state, before)
  if (sources !== undefined) return sources

  const authors = whoWrote(state, before) ?? whoSent(state, previous)
  if (authors !== undefined) return authors

  const compared = comparedWith(state, before, said)
  if (compared !== undefined) return compared

  // "The first 5" of what is in an order.
  if (state.superlative?.by === 'top' && state.limit !== undefined && before.kind === 'list' && before.sort.length > 0 && onlyRanks(state, said))
    return { ...frame, limit: state.limit, sort: state.superlative.direction === 'asc' ? frame.sort.map(turned) : frame.sort }

  // What a ranking shows first is no record that "it" could stand for.
  if (before.kind === 'groups' && before.limit === 1 && state.anaphor && state.verb !== undefined && said.constraints.every(({ slot }) => slot === 'ranked'))
    return undefined

  const had = heldFields(state, before)
  const among = amongShown(state, previous, said, had.length > 0)
  if (among !== undefined) {
    mergeConstraints(frame, [among], state, false)
    delete frame.limit
  }

  const ranked = rankGroups(state, before, said)
  if (ranked !== undefined) return ranked

  const amounts = amountsOfEach(state, before) ?? countsOfEach(state, before) ?? otherFigureOfEach(state, before)
  if (amounts !== undefined) return amounts

  if (had.length > 0) {
    changed = true
    mergeConstraints(frame, had, state, false)
    state.fields = []
    said = { ...said, fields: [] }
  }
  if (namesOther(frame, said.constraints)) changed = true
  else if (said.constraints.length > 0) {
    changed = true
    mergeConstraints(frame, said.constraints, state, manner.joins)
  }
  if (state.currencyWord !== undefined) {
    changed = true
    frame.currency = state.currencyWord
    if (!state.followUp.has('only') && valued(frame)) {
      state.fields = []
      said = { ...said, fields: [] }
    }
    if (frame.measures.length === 0 && entities[frame.entity].fields.currency !== undefined)
      mergeConstraints(frame, [{ slot: 'currency', filter: { field: 'currency', op: 'eq', value: state.currencyWord } }], state, false)
  }
  // One group of several is asked for: its records.
  if (
    before.kind === 'groups' &&
    before.measures.every(({ fn }) => fn === 'count' || fn === 'sum') &&
    before.groupBy.some((group) => said.constraints.some(({ slot, filter }) => slot === group.field && !denies(filter))) &&
    state.groups.length === 0 &&
    !state.count
  )
    toList(frame)
  if (state.shape !== undefined) {
    frame.shape = state.shape
    changed = true
    if (state.shape !== 'table' && frame.groupBy.length === 0 && state.groups.length === 0) chartable(frame)
  }
  const groups = groupsOf(state, before.entity)
  if (groups.length > 0) {
    changed = true
    // "By stage as well": within the groups before.
    const adds = manner.joins && before.kind === 'groups' && before.groupBy.length === 1 && before.derive === undefined
    // "This year against last" sets the groups before beside one another.
    const beside = comparesTimes(state) && before.kind === 'groups' ? before.groupBy.filter(({ bucket }) => bucket === undefined) : []
    const kept = adds ? before.groupBy.filter(({ field }) => !groups.some((group) => group.field === field)) : beside
    frame.groupBy = [...kept, ...groups]
    if (comparesTimes(state) && candidate.frame.derive !== undefined) frame.derive = candidate.frame.derive
    const shares = sharesOfEach(before)
    // What share of a sum each has is no share of the records.
    if (before.kind === 'share' && shares === undefined) return undefined
    // "Value by owner" after a list.
    const amounts = same && frame.measures.length === 0 && said.kind === 'groups' && said.measures.some(({ fn }) => fn !== 'count') ? said.measures : undefined
    if (shares !== undefined || frame.measures.length === 0) frame.measures = shares ?? amounts ?? [{ fn: 'count' }]
    delete frame.part
    frame.kind = 'groups'
    delete frame.limit
    if (state.limit !== undefined) frame.limit = state.limit
    else if (state.superlative?.by === 'count') frame.limit = 1
    const [group] = groups
    const [measure] = frame.measures
    frame.sort =
      group?.bucket !== undefined ? [{ by: group.field, direction: 'asc' }] : measure === undefined ? [] : [{ by: keyOf(measure), direction: 'desc' }]
    frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
    // The most is had by somebody: those of nobody do not compete.
    if (frame.limit === 1 && group !== undefined) frame.constraints.push({ slot: 'ranked', filter: { field: group.field, op: 'isNotEmpty' } })
  }
  if (state.count && groups.length === 0) {
    changed = true
    toFigure(frame)
  } else if (
    said.kind === 'figure' &&
    said.measures.length > 0 &&
    said.entity === frame.entity &&
    (state.measures.length > 0 ||
      state.aggregate !== undefined ||
      state.count ||
      state.fields.length > 0 ||
      state.asks.includes('howMuch') ||
      loneField(state.items) !== undefined)
  ) {
    changed = true
    frame.measures = said.measures
    frame.constraints = ofDecided(frame)
    if (frame.kind === 'list' || frame.kind === 'lookup') {
      frame.kind = 'figure'
      frame.sort = []
      delete frame.limit
    } else if (frame.kind === 'groups' && frame.measures[0] !== undefined && frame.groupBy[0]?.bucket === undefined)
      frame.sort = [{ by: keyOf(frame.measures[0]), direction: 'desc' }]
  }
  const turns = state.direction !== undefined && state.sortBy === undefined && state.superlative === undefined && frame.sort[0] !== undefined
  const timeOrder = timeOrders(state.world.language)
  const ofTime = state.items.some(({ reading, lexeme }) => reading.kind === 'direction' && timeOrder.has(lexeme.text.toLowerCase()))
  if (said.sort.length > 0 && groups.length === 0 && !state.count && !(turns && !ofTime)) {
    changed = true
    toList(frame)
    frame.sort = said.sort
    if (said.limit !== undefined) frame.limit = said.limit
    else delete frame.limit
    // "And the second biggest?"
    if (said.place !== undefined) frame.place = said.place
    else delete frame.place
  } else if (state.limit !== undefined && groups.length === 0) {
    changed = true
    frame.limit = state.limit
    if (frame.kind === 'figure') toList(frame)
  } else if (state.direction !== undefined && frame.sort[0] !== undefined) {
    changed = true
    frame.sort = [{ ...frame.sort[0], direction: state.direction }]
  }
  const tested = new Set(said.constraints.flatMap(({ filter }) => ('field' in filter ? [filter.field] : [])))
  const fields = said.fields.filter((field) => !tested.has(field)).map((field) => ofContactTold(field, before))
  for (const field of state.fields) {
    const found = fieldOn(head, field.options, state.world)
    const path = found === undefined ? undefined : ofContactTold(found.path, before)
    if (path !== undefined && !fields.includes(path) && !tested.has(path)) fields.push(path)
  }
  if (fields.length > 0 && groups.length === 0 && said.sort.length === 0 && !state.count && said.kind !== 'figure') {
    changed = true
    toList(frame)
    frame.fields = fields
    if (previous.shown.ids.length === 1) frame.kind = 'lookup'
  } else if (said.kind === 'lookup' && said.fields.length > 0) {
    changed = true
    toList(frame)
    frame.kind = 'lookup'
    frame.fields = said.fields.map((field) => ofContactTold(field, before))
    if (said.sort.length > 0) frame.sort = said.sort
    if (said.limit !== undefined) frame.limit = said.limit
  }
  // "show them", "list them", "who are they?"
  const asksElse = state.asks.includes('who') && state.verb === 'create'
  if (!changed && state.anaphor && !asksElse && isRanked(before)) return recordsOfRanked(previous)
  // "When do they close?" of several is told beside each.
  const told =
    state.anaphor && state.verb !== undefined && (state.asks.includes('when') || state.asks.includes('where')) ? askedFields(state, before.entity) : []
  if (!changed && before.kind === 'list' && told !== undefined && told.length > 0) return { ...frame, fields: told }
  // "What did they say?" of a list asks for something else than the list once more.
  const again = before.kind === 'list' && state.asks.some((word) => word !== 'which' && word !== 'who') && state.verb !== 'own'
  // "And to them?" asks for another side of what was shown.
  const beside = state.items.some(({ reading }, at) => reading.kind === 'anaphor' && state.items[at - 1]?.reading.kind === 'preposition')
  const owned = state.verb === 'own' && entities[before.entity].fields.owner === undefined
  if (!changed && (again || owned || (beside && before.kind === 'list'))) return undefined
  if (!changed && state.anaphor && !asksElse) {
    changed = true
    toList(frame)
    if (state.verb === 'own' && entities[before.entity].fields.owner !== undefined) {
      frame.fields = ['owner']
      if (previous.shown.ids.length === 1) frame.kind = 'lookup'
    }
  }
  if (state.measures.length > 0 && said.entity !== before.entity) return undefined
  // A sum or an average of something that these records do not have.
  if (state.aggregate !== undefined && state.aggregate !== 'countDistinct' && !frame.measures.some(({ fn }) => fn === state.aggregate)) return undefined
  // Who did most is no record of another kind.
  const person = ['contacts', 'users', 'leads'].includes(before.entity)
  if (state.asks.includes('who') && state.superlative !== undefined && frame.kind === 'list' && !person && state.verb !== 'own') {
    if (state.superlative.by === 'count' || entities[before.entity].fields.owner === undefined || frame.limit !== 1) return undefined
    return { ...frame, kind: 'lookup', fields: ['owner'] }
  }
  return changed ? frame : undefined
}

/** "The last one", "the latest": by no time that it names. */
function ranksByTime({ superlative, items, fields, world }: ParseState): boolean {
  const item = items[superlative?.at ?? -1]
  if (superlative?.by !== 'time' || item === undefined || fields.length > 0) return false
  return item.reading.kind === 'top' || says(item.lexeme.text, 'recent', world.language)
}

/** "Without the New stage" asks for all groups but one. */
function denies(filter: Filter): boolean {
  return 'not' in filter || ('field' in filter && (filter.op === 'ne' || filter.op === 'notIn'))
}

/** "In dollars" after counts asks what they are worth. */
function valued(frame: Frame): boolean {
  const { defaultMeasure, fields } = entities[frame.entity]
  const [measure] = frame.measures
  if (measure?.fn !== 'count' || frame.measures.length > 1 || defaultMeasure === undefined || fields[defaultMeasure]?.type !== 'money') return false
  const sum = { fn: 'sum' as const, field: defaultMeasure }
  frame.measures = [sum]
  frame.sort = frame.sort.map((sort) => (sort.by === keyOf(measure) ? { ...sort, by: keyOf(sum) } : sort))
  return true
}

function turned<T extends { direction: 'asc' | 'desc' }>(sort: T): T {
  return { ...sort, direction: sort.direction === 'asc' ? 'desc' : 'asc' }
}

function onlyRanks(state: ParseState, said: Frame): boolean {
  return state.groups.length === 0 && state.measures.length === 0 && state.fields.length === 0 && said.constraints.every(({ slot }) => slot === 'ranked')
}

/** "Those orders" after an answer about deals. */
function pointsElsewhere(state: ParseState, before: Frame): boolean {
  return state.items.some(({ reading }, index) => {
    const noun = state.items[index + 1]?.reading
    return (
      reading.kind === 'anaphor' &&
      says(reading.word, 'those', state.world.language) &&
      noun?.kind === 'entity' &&
      noun.entity !== before.entity &&
      noun.customer !== true
    )
  })
}

/** The field of the one condition said, when it is an amount. */
function amountTested(constraints: readonly Constraint[], state: ParseState): string | undefined {
  const [only] = constraints
  if (constraints.length !== 1 || only === undefined || !('field' in only.filter) || state.items.some(({ reading }) => reading.kind === 'comparison'))
    return undefined
  const { field } = only.filter
  return ['integer', 'number'].includes(entities[state.context ?? 'contacts'].fields[field]?.type ?? '') ? field : undefined
}
