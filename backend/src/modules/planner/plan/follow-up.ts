import { periodBefore } from '#backend/modules/planner/language/calendar.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { english } from '#backend/modules/planner/vocabulary/en.ts'
import { entities } from '#contracts/entities.ts'
import type { Condition, Filter } from '#contracts/query.ts'
import type { Candidate } from './finish.ts'
import type { Constraint, Frame } from './frame.ts'
import { groupsOf } from './grouping.ts'
import { askedFields } from './lookup.ts'
import type { ParseState } from './parse-state.ts'
import { fieldOn } from './phrase.ts'
import { keyOf } from './sorting.ts'

/** Whether a message leans on the answer before it: it names no subject of its own, or points back. */
export function isFollowUp(candidate: Candidate | undefined, previous: PlannerTurn | undefined): boolean {
  if (previous === undefined || candidate === undefined) return false
  if (candidate.state.anaphor) return true
  return !candidate.selfSufficient
}

const having = new Set(english.dialogue.having.split('|'))
const timeOrder = new Set(english.dialogue.timeOrder.split('|'))

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
  const frame: Frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  const head = { entity: before.entity }
  let changed = false

  if (state.followUp.has('more') && said.constraints.length === 0) {
    frame.offset = (before.offset ?? 0) + (before.limit ?? pageSize)
    if (before.kind === 'figure' || before.kind === 'share') return toList(frame)
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

  const ranked = rankGroups(state, before, said)
  if (ranked !== undefined) return ranked

  const had = heldFields(state, before)
  if (had.length > 0) {
    changed = true
    mergeConstraints(frame, had, state, false)
    state.fields = []
    said = { ...said, fields: [] }
  }
  if (said.constraints.length > 0) {
    changed = true
    mergeConstraints(frame, said.constraints, state, manner.joins)
  }
  if (state.currencyWord !== undefined) {
    changed = true
    frame.currency = state.currencyWord
    if (frame.measures.length === 0 && entities[frame.entity].fields.currency !== undefined)
      mergeConstraints(frame, [{ slot: 'currency', filter: { field: 'currency', op: 'eq', value: state.currencyWord } }], state, false)
  }
  // One group of several is asked for: its records.
  if (
    before.kind === 'groups' &&
    before.groupBy.some((group) => said.constraints.some((constraint) => constraint.slot === group.field)) &&
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
    frame.groupBy = groups
    if (frame.measures.length === 0 || frame.kind === 'share') frame.measures = [{ fn: 'count' }]
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
    (state.measures.length > 0 || state.aggregate !== undefined || state.count || state.fields.length > 0 || state.asks.includes('howMuch'))
  ) {
    changed = true
    frame.measures = said.measures
    if (frame.kind === 'list' || frame.kind === 'lookup') {
      frame.kind = 'figure'
      frame.sort = []
      delete frame.limit
    } else if (frame.kind === 'groups' && frame.measures[0] !== undefined && frame.groupBy[0]?.bucket === undefined)
      frame.sort = [{ by: keyOf(frame.measures[0]), direction: 'desc' }]
  }
  const turns = state.direction !== undefined && state.sortBy === undefined && state.superlative === undefined && frame.sort[0] !== undefined
  const ofTime = state.items.some(({ reading, lexeme }) => reading.kind === 'direction' && timeOrder.has(lexeme.text.toLowerCase()))
  if (said.sort.length > 0 && groups.length === 0 && !state.count && !(turns && !ofTime)) {
    changed = true
    toList(frame)
    frame.sort = said.sort
    if (said.limit !== undefined) frame.limit = said.limit
    else delete frame.limit
  } else if (state.limit !== undefined && groups.length === 0) {
    changed = true
    frame.limit = state.limit
    if (frame.kind === 'figure') toList(frame)
  } else if (state.direction !== undefined && frame.sort[0] !== undefined) {
    changed = true
    frame.sort = [{ ...frame.sort[0], direction: state.direction }]
  }
  const fields = [...said.fields]
  for (const field of state.fields) {
    const found = fieldOn(head, field.options, state.world)
    if (found !== undefined && !fields.includes(found.path)) fields.push(found.path)
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
    frame.fields = said.fields
    if (said.sort.length > 0) frame.sort = said.sort
    if (said.limit !== undefined) frame.limit = said.limit
  }
  // "show them", "list them", "who are they?"
  if (!changed && state.anaphor) {
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
  return changed ? frame : undefined
}

/** "Those orders" after an answer about deals. */
function pointsElsewhere(state: ParseState, before: Frame): boolean {
  return state.items.some(({ reading }, index) => {
    const noun = state.items[index + 1]?.reading
    return (
      reading.kind === 'anaphor' && /^(?:those|these)$/.test(reading.word) && noun?.kind === 'entity' && noun.entity !== before.entity && noun.customer !== true
    )
  })
}

/** A new value of the same kind replaces the one before ("and Germany?"); "only" narrows further. */
function mergeConstraints(frame: Frame, constraints: readonly Constraint[], state: ParseState, joins: boolean): void {
  for (const constraint of constraints) {
    if (constraint.slot === 'ranked') {
      frame.constraints.push(constraint)
      continue
    }
    const timed = constraint.slot.startsWith('time:')
    // The period of the question before keeps its meaning: closed last month, and the month before?
    const existing = timed ? frame.constraints.find((one) => one.slot.startsWith('time:')) : frame.constraints.find((one) => one.slot === constraint.slot)
    if (existing === undefined) {
      frame.constraints.push(constraint)
      continue
    }
    if (
      timed &&
      'field' in existing.filter &&
      'field' in constraint.filter &&
      state.time === undefined &&
      constraint.slot === `time:${entities[frame.entity].defaultTime}`
    ) {
      existing.filter = { ...stepBack(constraint.filter, existing.filter), field: existing.filter.field }
    } else if (joins) joinConstraint(frame, existing, constraint)
    else {
      existing.filter = constraint.filter
      existing.slot = constraint.slot
      if (constraint.record !== undefined) existing.record = constraint.record
      else delete existing.record
    }
  }
}

/** "Only those with a phone", and after that "and an e-mail": records that have something in a field. */
function heldFields(state: ParseState, before: Frame): Constraint[] {
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

const rankWords = new Set(['filler', 'ask', 'top', 'superlative', 'number', 'conjunction', 'have'])

/** What a message says that has its meaning only in the conversation: the parser alone leaves it unexplained. */
export function explainedByConversation(state: ParseState, before: Frame): Set<string> {
  const explained = new Set<string>()
  for (const { reading, lexeme } of state.items) {
    if (reading.kind === 'superlative' && state.asks.includes('who') && reading.by === 'count') explained.add(lexeme.text)
    if (reading.kind === 'field' && heldFields(state, before).length > 0) explained.add(reading.concept)
  }
  return explained
}

/** "Which has the most?" of groups picks one of them; "who has the most?" of records groups them by owner. */
function rankGroups(state: ParseState, before: Frame, said: Frame): Frame | undefined {
  const { superlative } = state
  const asks =
    state.asks.includes('who') ||
    state.asks.includes('which') ||
    state.asks.includes('what') ||
    (before.kind === 'groups' && state.items.every(({ reading }) => rankWords.has(reading.kind)))
  const bare = state.groups.length === 0 && state.fields.length === 0 && state.measures.length === 0 && said.constraints.every(({ slot }) => slot === 'ranked')
  if (superlative === undefined || !asks || !bare || state.rankBy !== undefined) return undefined
  // In a ranking the first is the highest.
  const direction = superlative.by === 'time' ? (superlative.direction === 'asc' ? 'desc' : 'asc') : superlative.direction
  const [group] = before.groupBy
  const [measure] = before.measures
  if (before.kind === 'groups' && group !== undefined && measure !== undefined && group.bucket === undefined) {
    const frame = structuredClone(before)
    frame.assumptions = []
    frame.sort = [{ by: keyOf(measure), direction }]
    frame.limit = state.limit ?? 1
    frame.constraints.push({ slot: 'ranked', filter: { field: group.field, op: 'isNotEmpty' } })
    return frame
  }
  const counts = superlative.by === 'count' && state.asks.includes('who') && entities[before.entity].fields.owner !== undefined
  if (!counts || (before.kind !== 'list' && before.kind !== 'figure')) return undefined
  const frame = toList(structuredClone(before))
  frame.assumptions = []
  frame.fields = []
  frame.kind = 'groups'
  frame.measures = [{ fn: 'count' }]
  frame.groupBy = [{ field: 'owner' }]
  frame.sort = [{ by: 'count', direction }]
  frame.limit = state.limit ?? 1
  frame.constraints = [...frame.constraints.filter(({ slot }) => slot !== 'ranked'), { slot: 'ranked', filter: { field: 'owner', op: 'isNotEmpty' } }]
  return frame
}

/** The field of the one condition said, when it is an amount. */
function amountTested(constraints: readonly Constraint[], state: ParseState): string | undefined {
  const [only] = constraints
  if (constraints.length !== 1 || only === undefined || !('field' in only.filter) || state.items.some(({ reading }) => reading.kind === 'comparison'))
    return undefined
  const { field } = only.filter
  return ['integer', 'number'].includes(entities[state.context ?? 'contacts'].fields[field]?.type ?? '') ? field : undefined
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

/** "The month before" steps back from the period of the answer before. */
function stepBack(said: Condition, before: Condition): Condition {
  const [range, last] = [said.value, before.value]
  if (typeof range !== 'object' || !('period' in range) || range.offset !== periodBefore) return said
  const offset = typeof last === 'object' && 'period' in last && last.period === range.period ? (last.offset ?? 0) - 1 : -1
  return { ...said, value: { ...range, offset } }
}

function toList(frame: Frame): Frame {
  if (frame.kind === 'list' || frame.kind === 'lookup') {
    frame.kind = 'list'
    return frame
  }
  frame.kind = 'list'
  frame.groupBy = []
  frame.measures = []
  frame.sort = []
  delete frame.having
  delete frame.limit
  delete frame.part
  return frame
}

function toFigure(frame: Frame): void {
  frame.kind = 'figure'
  frame.measures = [{ fn: 'count' }]
  frame.groupBy = []
  frame.sort = []
  frame.fields = []
  frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
  delete frame.limit
}

/** A list drawn as a chart is its count by the thing one would look at first. */
function chartable(frame: Frame): void {
  const { fields, defaultTime, defaultMeasure } = entities[frame.entity]
  const field = ['stage', 'status', 'industry', 'category', 'source', 'owner'].find((name) => fields[name] !== undefined)
  const money =
    frame.kind === 'figure'
      ? frame.measures
      : defaultMeasure !== undefined && fields[defaultMeasure]?.type === 'money' && frame.sort[0]?.by === defaultMeasure
        ? [{ fn: 'sum' as const, field: defaultMeasure }]
        : [{ fn: 'count' as const }]
  frame.kind = 'groups'
  frame.measures = money
  frame.groupBy = field === undefined ? [{ field: defaultTime, bucket: 'month' }] : [{ field }]
  frame.sort = []
  delete frame.limit
}
