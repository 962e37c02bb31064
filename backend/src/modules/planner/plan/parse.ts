import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { readUnit } from './analytics/units.ts'
import { asksWhatHappened, readConcept, withoutOpening } from './parse-concepts.ts'
import { readComparisonItem, readField } from './parse-fields.ts'
import { readEntity, readStateWord } from './parse-nouns.ts'
import { readPeriodItem } from './parse-periods.ts'
import { readRecord, readUsers } from './parse-records.ts'
import { addConstraint, before, createState, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { readText, readTopic } from './parse-text.ts'
import { readValue } from './parse-values.ts'
import { newPhrase } from './phrase.ts'
import { reduce } from './reduce.ts'

/** Reads chosen meanings from left to right into nouns, what is said of them, and what is asked. */
export function parse(chosen: readonly { lexeme: Lexeme; reading: Reading }[], world: World, context?: EntityName): ParseState {
  const state = createState(withoutOpening(reduce(chosen)), world, context)
  state.whether = chosen.some(({ reading }) => reading.kind === 'concept' && reading.concept === 'whether')
  if (asksWhatHappened(state.items)) state.timeline = {}
  if (state.whether && context === undefined) somebody(state)
  for (const item of state.items) {
    const soFar = said(state)
    readItem(state, item)
    if ((item.reading.kind === 'state' || item.reading.kind === 'value') && said(state) === soFar) state.unexplained.push(item.lexeme.text)
  }
  return state
}

/** How much has been understood so far; a condition that adds nothing to it would be dropped in silence. */
function said({ phrases, pending, fields, groups, alternatives, unexplained, records, cost, asks, newOnes, superlative, rankBy }: ParseState): string {
  const constraints = phrases.map((phrase) => phrase.constraints.map(({ filter }) => JSON.stringify(filter)).join())
  const counts = [pending, fields, groups, unexplained, records, asks].map(({ length }) => length)
  return [...constraints, ...counts, alternatives.size, cost, newOnes, superlative?.by, rankBy?.kind].join('|')
}

/** "Is there anybody at Acme with a phone": people, when nothing else is named. */
function somebody(state: ParseState): void {
  const first = state.items.find(({ reading }) => reading.kind !== 'filler')
  if (first?.reading.kind !== 'ask' || first.reading.word !== 'who' || (state.world.counts.contacts ?? 0) === 0) return
  if (state.items.some(({ reading }) => reading.kind === 'entity' || reading.kind === 'verb' || reading.kind === 'superlative')) return
  const people = newPhrase('contacts', false, state.world, first.index)
  state.phrases.push(people)
  state.current = people
}

function readItem(state: ParseState, item: Item): void {
  const { reading } = item
  switch (reading.kind) {
    case 'filler':
    case 'contains':
    case 'comparator':
    case 'possessive':
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
      readStateWord(state, item, reading.state)
      return
    case 'field':
      readField(state, item, reading)
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
    case 'recurring':
    case 'rank':
    case 'movement':
      return
    case 'percentile':
      state.aggregate = 'median'
      return
    case 'text':
      readText(state, item, reading.text)
      return
    case 'verb':
      readVerb(state, item, reading.verb)
      return
    case 'count':
      // "by number of deals", "sorted by number of orders" rank by a count.
      if (state.grouping || state.sorting) {
        state.rankCount = true
        state.grouping = false
        state.sorting = false
      } else state.count = true
      return
    case 'aggregate':
      if (state.aggregate !== undefined && state.aggregate !== 'sum' && state.aggregate !== reading.fn) state.unexplained.push(item.lexeme.text)
      state.aggregate = reading.fn
      return
    case 'share':
      state.share = true
      return
    case 'measure':
      readMeasure(state, item, reading)
      return
    case 'superlative':
      // "Who has the most overdue tasks" counts them.
      if (reading.by === 'due' && /^most overdue$/i.test(item.lexeme.text) && state.asks.includes('who')) {
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
      if (/^by date$/i.test(item.lexeme.text) && state.phrases[0] !== undefined && state.items.some((other) => other.reading.kind === 'direction')) {
        const { entity } = state.phrases[0]
        state.sortBy = { options: [{ entity, path: entities[entity].defaultTime }] }
        return
      }
      state.groups.push({ kind: 'bucket', unit: reading.unit })
      state.grouping = false
      return
    case 'negation':
      state.negated = true
      return
    case 'empty':
      readEmpty(state, item)
      return
    case 'sort':
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
      if (state.phrases.length === 0 || (reading.word !== 'who' && reading.word !== 'which' && reading.word !== 'what')) state.asks.push(reading.word)
      return
    case 'anaphor':
      state.anaphor = true
      return
    case 'followUp':
      state.followUp.add(reading.word)
      return
    case 'named':
      state.link = 'have'
      return
    case 'status':
      state.status = true
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

/** "Deals not in US dollars": all the other currencies. */
function notInCurrency(state: ParseState, item: Item, code: string): boolean {
  const phrase = state.current ?? state.phrases[0]
  if (!state.negated || phrase === undefined || entities[phrase.entity].fields.currency === undefined) return false
  addConstraint(state, phrase, { slot: 'currency', filter: { field: 'currency', op: 'ne', value: code }, at: item.index })
  state.negated = false
  return true
}

const ofMoney = new Set(['cost', 'worth', 'spend', 'buy', 'sell'])

/** "How much orders": things that are counted, unless what they are worth is asked. */
function countsRecords(state: ParseState, item: Item): boolean {
  const { items } = state
  const noun = items[item.index + 1]?.reading
  if (!/^how much$/i.test(item.lexeme.text) || noun?.kind !== 'entity' || !noun.plural) return false
  return items.every(({ reading, index }) => {
    const amount = ['measure', 'aggregate', 'field'].includes(reading.kind) || (reading.kind === 'verb' && ofMoney.has(reading.verb))
    return !amount || next(state, index)?.reading.kind === 'comparison'
  })
}

/** "My deals", "assigned to me", "do I have"; a bare "me" or "I" elsewhere is only politeness. */
function readMe(state: ParseState, item: Item): void {
  const word = item.lexeme.text.toLowerCase()
  const { me } = state.world
  if (me === undefined) return
  const owns = state.verb === 'own' || before(state, item.index)?.reading.kind === 'preposition'
  if (word === 'me' && !owns) return
  if (state.phrases.some((phrase) => phrase.constraints.some((constraint) => constraint.slot === 'owner'))) return
  const asked = ({ reading }: Item) => reading.kind === 'entity' || reading.kind === 'measure' || (reading.kind === 'state' && reading.state === 'todo')
  if (word === 'i' && !state.items.some(asked)) return
  // "I search the contacts": who asks; "I have", "I won": whose they are.
  const does = next(state, item.index)?.reading.kind
  if (word === 'i' && does !== 'have' && does !== 'verb' && does !== 'state') return
  readUsers(state, item, [me])
}

function readNumberItem(state: ParseState, item: Item, reading: Extract<Reading, { kind: 'number' }>): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  const limits =
    previous?.reading.kind === 'top' ||
    previous?.reading.kind === 'superlative' ||
    following?.reading.kind === 'superlative' ||
    following?.reading.kind === 'top'
  if (limits && Number.isInteger(reading.value) && reading.value > 0 && reading.currency === undefined) {
    state.limit = reading.value
    return
  }
  // "Top 5 USD deals": how many, and in which currency.
  if (
    previous?.reading.kind === 'top' &&
    Number.isInteger(reading.value) &&
    reading.value > 0 &&
    reading.currency !== undefined &&
    nounAhead(state, item.index)
  ) {
    state.limit = reading.value
    state.currencyWord = reading.currency
    return
  }
  // "with 3 orders", "rating 5", "state = 7"
  const ofField = previous?.reading.kind === 'preposition' && previous.reading.word === 'of' ? before(state, previous.index) : undefined
  if (
    ofField?.reading.kind === 'field' ||
    previous?.reading.kind === 'field' ||
    previous?.reading.kind === 'comparator' ||
    (previous?.reading.kind === 'verb' && /^(?:cost|worth)$/.test(previous.reading.verb))
  ) {
    readComparisonItem(state, item, {
      kind: 'comparison',
      op: 'eq',
      values: [reading.value],
      ...(reading.currency === undefined ? {} : { currency: reading.currency }),
      ...(reading.percent ? { percent: true } : {}),
    })
    return
  }
  // "The three countries with the most companies": so many groups.
  if (
    following?.reading.kind === 'field' &&
    !following.reading.options.some(isFigure) &&
    Number.isInteger(reading.value) &&
    reading.value > 0 &&
    reading.currency === undefined
  ) {
    state.limit = reading.value
    return
  }
  if (following?.reading.kind === 'field' || (previous?.reading.kind === 'have' && following?.reading.kind === 'entity')) {
    readComparisonItem(state, item, { kind: 'comparison', op: 'eq', values: [reading.value] })
    return
  }
  if (
    (following?.reading.kind === 'entity' || nounAhead(state, item.index)) &&
    state.phrases.length === 0 &&
    Number.isInteger(reading.value) &&
    reading.value > 0
  ) {
    state.limit = reading.value
    return
  }
  if (reading.value === 1 && /^one$/i.test(item.lexeme.text)) return
  if (reading.currency !== undefined || reading.percent) {
    readComparisonItem(state, item, {
      kind: 'comparison',
      op: 'eq',
      values: [reading.value],
      ...(reading.currency === undefined ? {} : { currency: reading.currency }),
      ...(reading.percent ? { percent: true } : {}),
    })
    return
  }
  state.unexplained.push(item.lexeme.text)
}

function isFigure({ entity, path }: { entity: EntityName; path: string }): boolean {
  return path.startsWith('custom.') || ['integer', 'number', 'money'].includes(entities[entity].fields[path]?.type ?? '')
}

function readTop(state: ParseState, item: Item, { direction, time }: Extract<Reading, { kind: 'top' }>): void {
  if (state.superlative !== undefined) return
  // "the last 5 orders", "our first customer" are about time.
  if (time === 'last') state.superlative = { direction: 'desc', by: 'time', at: item.index }
  else if (time === 'first' && (next(state, item.index) === undefined || next(state, item.index)?.reading.kind === 'entity'))
    state.superlative = { direction: 'asc', by: 'time', at: item.index }
  else state.superlative = { direction, by: 'top', at: item.index }
}

function readGroupMarker(state: ParseState, item: Item): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  // "owned by Raj", "ordered by Acme", "sorted by value"
  if (previous?.reading.kind === 'sort') return
  // "Reach her by phone"
  if (/^by$/i.test(item.lexeme.text) && following?.reading.kind === 'field' && /^(?:phone|mobile|email)$/.test(following.reading.concept)) return
  if (/^by/i.test(item.lexeme.text) && (following?.reading.kind === 'user' || following?.reading.kind === 'record' || following?.reading.kind === 'value')) {
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
  const groups = /^(?:by|per)\b/i.test(item.lexeme.text)
  if (alone && !groups && following?.reading.kind === 'entity' && !following.reading.plural) return
  const doers = previous?.reading.kind === 'verb' && following?.reading.kind === 'entity' && following.reading.plural
  if (doers) {
    state.link = 'preposition'
    state.preposition = 'by'
    return
  }
  state.grouping = true
}

function readMeasure(state: ParseState, item: Item, reading: Extract<Reading, { kind: 'measure' }>): void {
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

function readVerb(state: ParseState, item: Item, verb: string): void {
  const following = next(state, item.index)
  if (verb === 'create' && /^(?:new|newly)/i.test(item.lexeme.text)) state.newOnes = true
  // "Who complained about delivery" asks for what was noted.
  if (verb === 'mention' && state.phrases.length === 0 && !state.items.some(({ reading }) => reading.kind === 'entity')) {
    const notes = newPhrase('notes', false, state.world, item.index)
    state.phrases.push(notes)
    state.current = notes
    state.assumptions.push('I looked for notes that mention it; whether they praise or complain I cannot tell.')
  }
  state.verb = verb
  state.verbNegated = state.negated
  state.link = 'verb'
  state.preposition = undefined
  if (verb === 'worth' && following?.reading.kind !== 'comparison' && following?.reading.kind !== 'number' && (state.asks.includes('howMuch') || state.anaphor))
    state.aggregate ??= 'sum'
  if (state.negated && following?.reading.kind !== 'period') {
    applyNegatedVerb(state, verb)
    return
  }
}

/** "never contacted", "haven't ordered", "not converted". */
function applyNegatedVerb(state: ParseState, verb: string): void {
  if (verb === 'own') return
  if (verb === 'convert') {
    // The word says itself what it denies.
    state.negated = false
    readStateWord(state, state.items[0] as Item, 'unconverted', false)
  }
}

function readEmpty(state: ParseState, item: Item): void {
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
