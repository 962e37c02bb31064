import type { Lexeme, Reading, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { namedInPart } from './analytics/named-in-part.ts'
import { readTimePart, readUnit, timeOfBucket } from './analytics/units.ts'
import { withoutCorrected } from './corrections.ts'
import { everybodys, exceptsSomebody, ofEach } from './each-person.ts'
import { readComparisonItem } from './parse-comparisons.ts'
import { asksWhatHappened, readConcept, withoutOpening } from './parse-concepts.ts'
import { readField } from './parse-fields.ts'
import { ordersNoun, readEmpty, readGroupMarker, readMeasure, readNegation, readTop } from './parse-markers.ts'
import { readEntity } from './parse-nouns.ts'
import { countsRecords, readNumberItem } from './parse-numbers.ts'
import { readPeriodItem, readRecurringItem } from './parse-periods.ts'
import { readMe, somebody } from './parse-persons.ts'
import { readRecord, readUsers } from './parse-records.ts'
import { addConstraint, before, createState, type Item, next, type ParseState } from './parse-state.ts'
import { readStateWord } from './parse-states.ts'
import { readFieldAsText, readText, readTopic } from './parse-text.ts'
import { readValue } from './parse-values.ts'
import { denialsFirst, readVerb } from './parse-verbs.ts'
import { peopleWithout } from './people-of.ts'
import { newPhrase } from './phrase.ts'
import { reduce } from './reduce.ts'

/** Reads chosen meanings from left to right into nouns, what is said of them, and what is asked. */
export function parse(chosen: readonly { lexeme: Lexeme; reading: Reading }[], world: World, context?: EntityName): ParseState {
  const state = createState(withoutCorrected(withoutOpening(denialsFirst(reduce(namedInPart(chosen, world)), world.language)), world.language), world, context)
  state.whether = chosen.some(({ reading }) => reading.kind === 'concept' && reading.concept === 'whether')
  if (asksWhatHappened(state.items)) state.timeline = {}
  // "In the venue hire pipeline", "at organisations in Leeds": said of what the answer before is about.
  const first = state.items.find(({ reading }) => reading.kind !== 'filler' && reading.kind !== 'followUp' && reading.kind !== 'conjunction')
  if (
    context !== undefined &&
    first?.reading.kind === 'preposition' &&
    state.items.some(({ reading }) => reading.kind === 'entity' || (reading.kind === 'value' && reading.noun !== undefined))
  ) {
    const head = newPhrase(context, false, world, -1)
    state.phrases.push(head)
    state.current = head
    state.leans = true
  }
  if (state.whether && context === undefined) somebody(state)
  for (const item of state.items) {
    const soFar = said(state)
    readItem(state, item)
    if ((item.reading.kind === 'state' || item.reading.kind === 'value') && said(state) === soFar) state.unexplained.push(item.lexeme.text)
  }
  return state
}

/** How much has been understood so far; a condition that adds nothing to it would be dropped in silence. */
function said({
  phrases,
  pending,
  fields,
  groups,
  alternatives,
  unexplained,
  records,
  cost,
  asks,
  newOnes,
  superlative,
  rankBy,
  ranksActivity,
}: ParseState): string {
  const constraints = phrases.map((phrase) => phrase.constraints.map(({ filter }) => JSON.stringify(filter)).join())
  const counts = [pending, fields, groups, unexplained, records, asks].map(({ length }) => length)
  return [...constraints, ...counts, alternatives.size, cost, newOnes, superlative?.by, rankBy?.kind, ranksActivity].join('|')
}

function readItem(state: ParseState, item: Item): void {
  const { reading } = item
  // "Deals whose company is in Leeds and whose owner is Iris": it is said of the first noun, not of the second.
  if (state.phrases.length > 1 && says(item.lexeme.text, 'whose', state.world.language) && before(state, item.index)?.reading.kind === 'conjunction')
    state.unexplained.push(item.lexeme.text)
  switch (reading.kind) {
    case 'filler':
    case 'contains':
    case 'comparator':
      if (exceptsSomebody(state, item)) state.negated = true
      // "Products ending with Set": what they are to say is lost.
      if (reading.kind === 'contains' && next(state, item.index) === undefined) state.unexplained.push(item.lexeme.text)
      // "Closed above their original value": what it is compared with is no number.
      if (says(item.lexeme.text, 'comparedTo', state.world.language) && comparesFigures(state, item)) state.unexplained.push(item.lexeme.text)
      return
    case 'possessive':
      everybodys(state, item)
      return
    case 'conjunction':
      // "Leads not assigned, status new": what is denied before a comma is not what comes after it.
      if (item.lexeme.text === ',' && state.negated && (state.verb === undefined || state.verb === 'own')) {
        state.unexplained.push('not')
        state.negated = false
      }
      return
    case 'concept':
      readConcept(state, item, reading.concept)
      return
    case 'entity':
      if (!readTopic(state, item, reading)) readEntity(state, item, reading)
      return
    case 'value':
      readValue(state, item, reading)
      return
    case 'record':
      readRecord(state, item, reading)
      return
    case 'user':
      readUsers(state, item, reading.options)
      return
    case 'me':
      readMe(state, item)
      return
    case 'state':
      // "The most active rep" has done most.
      if (reading.state === 'active' && state.superlative?.by === 'count' && before(state, item.index)?.index === state.superlative.at) {
        state.ranksActivity = item.lexeme.text
        return
      }
      readStateWord(state, item, reading.state)
      return
    case 'field':
      if (!readFieldAsText(state, item, reading) && !readAsState(state, item, reading)) readField(state, item, reading)
      return
    case 'comparison':
      readComparisonItem(state, item, reading)
      return
    case 'number':
      readNumberItem(state, item, reading)
      return
    case 'period':
      readPeriodItem(state, item, reading.period)
      return
    case 'unit':
      readUnit(state, item, reading.unit)
      return
    case 'timePart':
      readTimePart(state, item, reading.part)
      return
    case 'recurring':
      readRecurringItem(state, item, reading)
      return
    case 'rank':
    case 'movement':
      return
    case 'percentile':
      state.aggregate = 'median'
      return
    case 'text':
      // "E-mails nobody answered": what was not done, and no word that is not in them.
      if (state.negated && before(state, item.index)?.reading.kind === 'negation' && says(reading.text, 'happened', state.world.language)) {
        state.unexplained.push(item.lexeme.text)
        return
      }
      readText(state, item, reading.text)
      return
    case 'verb':
      readVerb(state, item, reading.verb)
      return
    case 'count':
      if (ofEach(state, item)) return
      // "by number of deals", "sorted by number of orders" rank by a count.
      if (state.grouping || state.sorting) {
        state.rankCount = true
        state.grouping = false
        state.sorting = false
      } else if (!namesField(state, item)) state.count = true
      return
    case 'aggregate':
      // "Above the average" compares with a figure that no condition holds.
      if (reading.fn === 'avg' && comparesWith(state, item)) state.unexplained.push(item.lexeme.text)
      if (state.aggregate !== undefined && state.aggregate !== 'sum' && state.aggregate !== reading.fn) state.unexplained.push(item.lexeme.text)
      state.aggregate = reading.fn
      return
    case 'share':
      state.share = true
      // "How big is the share": no amount is asked for.
      if (before(state, item.index)?.reading.kind === 'ask') state.asks = state.asks.filter((word) => word !== 'howMuch')
      return
    case 'measure':
      readMeasure(state, item, reading)
      return
    case 'superlative':
      // "Who has the most overdue tasks" counts them.
      if (
        reading.by === 'due' &&
        says(item.lexeme.text, 'mostOverdue', state.world.language) &&
        (state.asks.includes('who') || state.phrases.some(({ entity }) => entity === 'users'))
      ) {
        state.superlative = { direction: 'desc', by: 'count', at: item.index }
        readStateWord(state, item, 'overdue')
      } else if (state.superlative === undefined || state.superlative.by === 'top')
        state.superlative = { direction: reading.direction, by: reading.by, at: item.index }
      return
    case 'top':
      readTop(state, item, reading)
      return
    case 'group':
      readGroupMarker(state, item)
      return
    case 'bucket':
      if (
        says(item.lexeme.text, 'byDate', state.world.language) &&
        state.phrases[0] !== undefined &&
        state.items.some((other) => other.reading.kind === 'direction')
      ) {
        const { entity } = state.phrases[0]
        state.sortBy = { options: [{ entity, path: entities[entity].defaultTime }] }
        return
      }
      {
        const field = timeOfBucket(state, item)
        state.groups.push({ kind: 'bucket', unit: reading.unit, ...(field === undefined ? {} : { field }) })
      }
      state.grouping = false
      return
    case 'negation':
      readNegation(state, item)
      return
    case 'empty':
      readEmpty(state, item)
      return
    case 'sort':
      // "Rank owners by leads": what they are ranked by is still to come.
      if (ordersNoun(state, item)) return
      state.sorting = true
      return
    case 'direction':
      state.direction = reading.direction
      return
    case 'currency':
      if (!notInCurrency(state, item, reading.code)) state.currencyWord = reading.code
      return
    case 'shape':
      state.shape = reading.shape
      return
    case 'preposition':
      state.link = state.link === 'have' ? 'have' : 'preposition'
      state.preposition = reading.word
      return
    case 'ask':
      if (reading.word === 'howMuch' && countsRecords(state, item)) {
        state.count = true
        return
      }
      // After a noun it is a relative pronoun: "contacts who ...".
      if (reading.word === 'who') {
        backToPeople(state, item)
        peopleWithout(state, item)
      }
      if (state.phrases.length === 0 || (reading.word !== 'who' && reading.word !== 'which' && reading.word !== 'what')) state.asks.push(reading.word)
      return
    case 'anaphor':
      state.anaphor = true
      return
    case 'followUp':
      state.followUp.add(reading.word)
      return
    case 'named':
      // "Contacts to be called" names none.
      if (next(state, item.index) === undefined) state.unexplained.push(item.lexeme.text)
      state.link = 'have'
      return
    case 'status':
      state.status = true
      // "How is my pipeline": that of who asks.
      if (state.world.me !== undefined && says(item.lexeme.text, 'mine', state.world.language)) readUsers(state, item, [state.world.me])
      return
    case 'versus':
      state.versus = true
      return
    case 'have':
      state.link = 'have'
      return
    default:
      state.unexplained.push(item.lexeme.text)
  }
}

/** "Where the number of seats is missing": a field that is a number, and nothing to be counted. */
function namesField(state: ParseState, item: Item): boolean {
  const field = next(state, item.index)
  return (
    state.phrases.length > 0 &&
    field?.reading.kind === 'field' &&
    field.lexeme.start === item.lexeme.end &&
    says(item.lexeme.text, 'numberOf', state.world.language) &&
    before(state, item.index)?.reading.kind !== 'conjunction'
  )
}

/** "Which winches are active": said of those before, and no column of what is so or is not. */
function readAsState(state: ParseState, item: Item, { options }: ReadingOf<'field'>): boolean {
  const meant = item.lexeme.readings.flatMap(({ reading }) => (reading.kind === 'state' ? [reading.state] : []))[0]
  const yesOrNo = options.every(({ entity, path }) => entities[entity].fields[path]?.type === 'boolean')
  const following = next(state, item.index)?.reading.kind
  if (
    meant === undefined ||
    !yesOrNo ||
    (state.current === undefined && state.pending.length === 0) ||
    (following !== undefined && following !== 'conjunction')
  )
    return false
  readStateWord(state, item, meant)
  return true
}

const people = new Set<EntityName>(['contacts', 'leads', 'users'])

/** "Contacts at companies with 200 employees who have no phone": it is the contacts who have none; "companies who" are companies. */
function backToPeople(state: ParseState, item: Item): void {
  const { phrases } = state
  const last = phrases.at(-1)
  if (last === undefined || people.has(last.entity)) return
  const person = phrases.findLast(({ entity, at }) => people.has(entity) && at >= 0 && at < last.at)
  const previous = before(state, item.index)
  if (person !== undefined && previous !== undefined && previous.index !== last.at) state.who = { phrase: person, among: phrases.length }
}

function comparesFigures(state: ParseState, { index }: Item): boolean {
  const { items } = state
  if (before(state, index) === undefined) return false
  const against = items.slice(index + 1).find(({ reading }) => reading.kind !== 'filler' && reading.kind !== 'anaphor')?.reading.kind
  return against === 'field' || against === 'measure'
}

const comparing = new Set(['over', 'under', 'above', 'below', 'than'])

function comparesWith(state: ParseState, item: Item): boolean {
  const previous = before(state, item.index)?.reading
  if (state.items[item.index - 1]?.lexeme.readings.some((one) => one.reading.kind === 'comparator') || previous?.kind === 'comparison') return true
  return (previous?.kind === 'movement' && previous.movement === 'compare') || (previous?.kind === 'preposition' && comparing.has(previous.word))
}

/** "Deals not in US dollars": all the other currencies. */
function notInCurrency(state: ParseState, item: Item, code: string): boolean {
  const phrase = state.current ?? state.phrases[0]
  if (!state.negated || phrase === undefined || entities[phrase.entity].fields.currency === undefined) return false
  addConstraint(state, phrase, { slot: 'currency', filter: { field: 'currency', op: 'ne', value: code }, at: item.index })
  state.negated = false
  return true
}
