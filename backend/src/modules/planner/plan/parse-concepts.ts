import type { ConceptName } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'
import { addConstraint, before, type Item, next, type ParseState } from './parse-state.ts'

/** The words that open a yes-or-no question carry nothing else. */
export function withoutOpening(items: readonly Item[]): Item[] {
  return items.map((item) => (item.reading.kind === 'concept' && item.reading.concept === 'whether' ? { ...item, reading: { kind: 'filler' } } : item))
}

const bare = new Set(['ask', 'filler', 'user', 'period', 'preposition', 'conjunction', 'possessive'])

/** "What did Raj do last week" names a person and nothing that is asked of them. */
export function asksWhatHappened(items: readonly Item[]): boolean {
  const asks = items.some(({ reading }) => reading.kind === 'ask' && reading.word === 'what')
  return (
    asks &&
    items.some(({ reading }) => reading.kind === 'user') &&
    items.some(({ reading }) => reading.kind === 'period') &&
    items.every(({ reading }) => bare.has(reading.kind))
  )
}

export function readConcept(state: ParseState, item: Item, concept: ConceptName): void {
  switch (concept) {
    case 'whether':
      return
    case 'correction':
      // It takes back something else than it says instead, so which of the two is meant stays open.
      state.unexplained.push(item.lexeme.text)
      return
    case 'activity':
      readActivity(state, item)
      return
    case 'timeline':
      state.timeline = {}
      return
    case 'duplicate':
      state.duplicate = true
      return
    case 'sharing':
      state.sharing = true
      state.link = undefined
      return
    case 'similar':
      state.similar = true
      state.link = undefined
      return
    case 'colleague':
      state.colleague = true
      return
    case 'firstTime':
      state.firstTime = true
      return
    case 'alsoBought':
      state.alsoBought ??= 'customer'
      return
    case 'boughtTogether':
      state.alsoBought = 'order'
      return
    case 'team':
      state.unexplained.push(item.lexeme.text)
  }
}

const times: Readonly<Record<string, string>> = { notes: 'created_at', tasks: 'created_at', events: 'starts_at', emails: 'sent_at' }

/** Something logged about a record, in a time when one is said; none of it when negated. */
export function activityFilter(entity: EntityName, negated: boolean, range?: TimeRange): Filter | undefined {
  const names = Object.keys(entities[entity].relations).filter((name) => times[name] !== undefined)
  if (names.length === 0) return undefined
  const tests = names.map((relation): Filter => {
    const where: Filter | undefined = range === undefined ? undefined : { field: times[relation] as string, op: 'during', value: range }
    return { relation, ...(where === undefined ? {} : { where }), ...(negated ? { count: { op: 'eq', value: 0 } } : {}) }
  })
  return negated ? { and: tests } : { or: tests }
}

/** "Companies with no activity" says something of them; "the activity of Acme" asks for it. */
function readActivity(state: ParseState, item: Item): void {
  // "The most activity", "by activities": they are counted.
  const most = state.superlative !== undefined && before(state, item.index)?.index === state.superlative.at
  if (!state.negated && (most || state.grouping || state.sorting)) {
    state.ranksActivity = item.lexeme.text
    state.grouping = false
    state.sorting = false
    state.link = undefined
    return
  }
  const phrase = state.current ?? state.phrases[0]
  const { negated } = state
  const said = negated || state.link === 'have' || before(state, item.index)?.reading.kind === 'have'
  const filter = phrase === undefined || !said ? undefined : activityFilter(phrase.entity, negated)
  if (phrase === undefined || filter === undefined) {
    if (negated || next(state, item.index)?.reading.kind === 'entity') state.unexplained.push(item.lexeme.text)
    else state.timeline = {}
    return
  }
  const constraint = { slot: 'activity', filter, at: item.index }
  addConstraint(state, phrase, constraint)
  state.activity = { index: item.index, constraint, entity: phrase.entity, negated }
  state.negated = false
  state.link = undefined
  state.assumptions.push({ note: 'activity' })
}

/** "No activity in the last 30 days": the time is that of the activity. */
export function readActivityPeriod(state: ParseState, item: Item, range: TimeRange): boolean {
  if (state.timeline !== undefined) {
    state.timeline = { range }
    return true
  }
  const { activity } = state
  const previous = before(state, item.index)
  const beside = previous?.reading.kind === 'preposition' ? before(state, previous.index) : previous
  if (activity === undefined || beside?.index !== activity.index) return false
  activity.constraint.filter = activityFilter(activity.entity, activity.negated, range) ?? activity.constraint.filter
  return true
}
