import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Frame } from './frame.ts'
import { asksWhichField, before, type Item, next, type ParseState } from './parse-state.ts'
import { stateMeaning, verbTime } from './states.ts'
import { noteUnmeantFigures } from './unmeant-figures.ts'

/** Notes the words of a plan that cannot be what was meant, though every one of them found a place in it. */
export function noteUnmeant(state: ParseState, frame: Frame): void {
  noteTwoStates(state, frame)
  noteUnmetVerbs(state, frame)
  noteMisplacedTimes(state, frame)
  noteUnjoined(state, frame)
  noteNounsAsVerbs(state)
  noteOriginOfNumbers(state)
  noteCapitals(state)
  noteAdjectives(state, frame)
  noteStrangePlaces(state, frame)
  noteToBeDone(state)
  noteLatestActivity(state, frame)
  noteReasons(state)
  noteFarFetched(state, frame)
  noteDimensions(state, frame)
  notePredictions(state)
  noteOthersRank(state, frame)
  noteBorrowedColumns(state, frame)
  noteIdlePeople(state, frame)
  noteDealsForPeople(state, frame)
  noteCrossed(state)
  noteNamesOfMonths(state, frame)
  noteNothingMade(state)
  noteListed(state)
  noteRateOfOne(state, frame)
  noteDeedsBeside(state)
  noteOurOwn(state)
  noteAskedField(state, frame)
  noteUnmeantFigures(state, frame)
}

/** "Revenue, orders and customers": several figures, of which one plan tells one. */
function noteListed({ items, measures, unexplained }: ParseState): void {
  const figure = items.find(({ reading }) => reading.kind === 'measure')
  if (measures.length === 0 || figure === undefined) return
  const isNoun = ({ lexeme }: Item) => lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.plural)
  for (const item of items.slice(figure.index + 1)) {
    const [joint] = items
      .slice(0, item.index)
      .filter(({ reading }) => reading.kind !== 'filler')
      .slice(-1)
    const plain = items.slice(figure.index + 1, item.index).every((one) => !describes.has(one.reading.kind) || isNoun(one))
    if (joint?.reading.kind === 'conjunction' && plain && isNoun(item)) unexplained.push(item.lexeme.text)
  }
}

/** What says of which records the figure is. */
const describes = new Set<ReadingKind>(['preposition', 'have', 'group', 'verb', 'versus'])

/** "Deals lost and win rate by owner": of lost deals alone, none is won. */
function noteRateOfOne({ items, unexplained }: ParseState, { measures, constraints }: Frame): void {
  if (!measures.some(({ fn }) => fn === 'winRate')) return
  const one = constraints.find(({ filter }) => 'field' in filter && filter.field === 'state' && filter.op === 'eq')
  if (one !== undefined) unexplained.push(items[one.at ?? -1]?.lexeme.text ?? 'state')
}

/** "Deals created vs won per month": two deeds are two figures. */
function noteDeedsBeside(state: ParseState): void {
  const versus = state.items.find(({ reading }) => reading.kind === 'versus')
  if (versus === undefined) return
  const [one, other] = [before(state, versus.index), next(state, versus.index)]
  const isDeed = (item: Item | undefined) => item?.reading.kind === 'verb' || item?.reading.kind === 'state'
  const isCreation = (item: Item | undefined) => item?.reading.kind === 'verb' && item.reading.verb === 'create'
  if (isDeed(one) && isDeed(other) && isCreation(one) !== isCreation(other)) state.unexplained.push(one?.lexeme.text ?? '?')
}

/** "How many employees do we have": ours are not recorded. */
function noteOurOwn({ items, phrases, countedField, unexplained, world: { language } }: ParseState): void {
  const own = items.some(({ lexeme }) => says(lexeme.text, 'weHave', language))
  if (own && countedField?.concept === 'size' && phrases.every(({ at }) => at < 0)) unexplained.push('employees')
}

/** "Which source brings the biggest deals": a source is asked for, and not the deals beside theirs. */
function noteAskedField(state: ParseState, { kind, limit, groupBy }: Frame): void {
  const { fields, superlative, unexplained } = state
  if (kind === 'list' && limit !== 1 && groupBy.length === 0 && superlative !== undefined && fields.length > 0 && asksWhichField(state))
    unexplained.push(fields[0]?.concept ?? 'which')
}

/** "Who has not logged anything": people are asked for, and not what was not made. */
function noteNothingMade({ asks, items, phrases: [head], unexplained }: ParseState): void {
  const made = items.find(({ reading }) => reading.kind === 'verb' && reading.verb === 'create')
  if (made === undefined || head === undefined || head.at >= 0 || !asks.includes('who')) return
  if (items.some(({ reading, index }) => reading.kind === 'negation' && index < made.index)) unexplained.push(made.lexeme.text)
}

const joining = new Set<ReadingKind>(['conjunction', 'versus', 'negation', 'share', 'movement', 'group', 'preposition'])

/** "Lost deals that are still open": two states of one record that nothing joins are no choice between them. */
function noteTwoStates({ items, unexplained, world }: ParseState, { entity, constraints }: Frame): void {
  const isEither = constraints.some(({ filter }) => 'field' in filter && filter.field === 'state' && filter.op === 'in')
  if (entity !== 'opportunities' || !isEither) return
  const said = items.flatMap((item) => {
    const filter = item.reading.kind === 'state' ? stateMeaning(item.reading.state, entity, world)?.filter : undefined
    return filter !== undefined && 'field' in filter && filter.field === 'state' && filter.op === 'eq' ? [{ item, value: filter.value }] : []
  })
  for (const [at, { item, value }] of said.entries()) {
    const after = said[at + 1]
    if (after === undefined || after.value === value) continue
    if (!items.slice(item.index + 1, after.item.index).some(({ reading }) => joining.has(reading.kind))) unexplained.push(after.item.lexeme.text)
  }
}

/** Between a time and what happened then. */
const beside = new Set<ReadingKind>(['filler', 'preposition', 'me', 'user', 'record', 'anaphor', 'ask', 'have', 'followUp'])
/** Verbs that say what is, not what happened. */
const lasting = new Set(['create', 'own', 'live', 'work', 'worth', 'cost', 'interested', 'relate'])

/** Readings under which a participle would be lost. */
const silent = new Set<ReadingKind>(['filler', 'named', 'movement', 'contains'])

/** "Contacts e-mailed last week" were not created then: only what says so puts a time on the creation of a record. */
function noteMisplacedTimes(state: ParseState, { constraints, entity }: Frame): void {
  for (const { slot, at } of constraints) {
    if (slot !== 'time:created_at' || at === undefined || state.items[at]?.reading.kind !== 'period') continue
    // "Created and won in 2025": the time is of both.
    if (constraints.some((other) => other.at === at && other.slot.startsWith('time:') && other.slot !== slot)) continue
    for (let index = at - 1; index >= 0; index--) {
      const { reading, lexeme } = state.items[index] as Item
      if (isHappening(state, state.items[index] as Item, entity, index === at - 1)) state.unexplained.push(lexeme.text)
      if (!beside.has(reading.kind)) break
    }
  }
}

/** It says that something happened, other than that a record came to be. */
function isHappening({ world, phrases }: ParseState, { reading, lexeme, index }: Item, entity: EntityName, adjacent: boolean): boolean {
  const { language } = world
  if (reading.kind === 'verb')
    return (!lasting.has(reading.verb) && verbTime(reading.verb, entity) !== 'created_at') || says(lexeme.text, 'handedOver', language)
  // "Notes titled Complaint" say what they are called; "contacts called last week" say what was done.
  if (reading.kind === 'named' && !adjacent) return false
  if (silent.has(reading.kind)) return says(lexeme.text, 'happened', language)
  if (!adjacent || (phrases[0]?.at ?? index) >= index) return false
  if (reading.kind === 'state') return stateMeaning(reading.state, entity, world)?.time !== undefined
  return reading.kind === 'value' && says(lexeme.text, 'happened', language)
}

const outcomes: Readonly<Record<string, string>> = { win: 'won', lose: 'lost' }

/** "Open deals that we lost", "open deals that closed last month": the verb says that they are open no more. */
function noteUnmetVerbs({ items, unexplained, world: { language } }: ParseState, { entity, constraints }: Frame): void {
  if (entity !== 'opportunities') return
  const states = constraints.flatMap(({ filter }) =>
    'field' in filter && filter.field === 'state' && (filter.op === 'eq' || filter.op === 'in') ? [filter] : [],
  )
  const values = states.flatMap(({ value }) => value)
  if (values.length === 0) return
  for (const { reading, lexeme, index } of items) {
    const verb = reading.kind === 'verb' ? reading.verb : reading.kind === 'field' && reading.concept === 'actual_close_date' ? 'close' : ''
    if (verb === '') continue
    const outcome = outcomes[verb]
    if (items[index - 1]?.reading.kind === 'negation') {
      // "Not won last year": lost then, or won at another time.
      if (outcome !== undefined && constraints.some(({ slot }) => slot === 'time:actual_close_date')) unexplained.push(lexeme.text)
      continue
    }
    const closed =
      verb === 'close' && says(lexeme.text, 'happened', language) && !items.slice(0, index).some(({ lexeme: { text } }) => says(text, 'toBe', language))
    if (outcome !== undefined ? !values.includes(outcome) : closed && values.every((value) => value === 'open')) unexplained.push(lexeme.text)
  }
}

/** "Assigned to Ben by Gareth": two people or values that nothing joins are not either of them. */
function noteUnjoined({ items, unexplained }: ParseState, { constraints }: Frame): void {
  const lists = constraints.flatMap(({ filter }) =>
    'field' in filter && filter.op === 'in' && Array.isArray(filter.value) ? [filter.value as readonly unknown[]] : [],
  )
  if (lists.length === 0) return
  const named = items.flatMap(({ reading, lexeme, index }): { kind: ReadingKind; lexeme: Item['lexeme']; index: number; values: string[] }[] => {
    if (reading.kind === 'user') return [{ kind: reading.kind, lexeme, index, values: reading.options.map(({ id }) => id) }]
    return reading.kind === 'value' ? [{ kind: reading.kind, lexeme, index, values: reading.options.map(({ value }) => value) }] : []
  })
  for (const [at, one] of named.entries()) {
    const other = named[at + 1]
    if (other === undefined || other.kind !== one.kind) continue
    const listed = lists.some((list) => [one, other].every(({ values }) => values.some((value) => list.includes(value))))
    const apart = items.slice(one.index + 1, other.index).every(({ reading }) => reading.kind === 'preposition' || reading.kind === 'filler')
    if (listed && apart && other.index > one.index + 1 && !one.values.some((value) => other.values.includes(value))) unexplained.push(other.lexeme.text)
  }
}

const addresses = new Set(['email', 'phone', 'mobile'])

/** "Whom we should not email", "where am I meeting": nouns that are verbs there, of which nothing is known. */
function noteNounsAsVerbs({ items, unexplained, world: { language } }: ParseState): void {
  for (const { reading, lexeme, index } of items) {
    const following = items[index + 1]
    if (following === undefined) continue
    const address = following.reading.kind === 'field' && addresses.has(following.reading.concept)
    const letter = following.reading.kind === 'entity' && following.reading.entity === 'emails' && !following.reading.plural
    const singular = address || (following.reading.kind === 'entity' && !following.reading.plural)
    const denied = reading.kind === 'negation' && says(lexeme.text, 'not', language) && items[index - 1]?.reading.kind === 'filler' && (address || letter)
    const subject = reading.kind === 'me' && says(lexeme.text, 'i', language) && singular && following.lexeme.end === following.lexeme.start + 1
    // Nobody buys an address: "whom we received e-mails from" is about letters.
    const taken = reading.kind === 'verb' && reading.verb === 'buy' && address
    if (denied || subject || taken) unexplained.push(following.lexeme.text)
  }
}

const numbers = new Set(['phone', 'mobile'])

/** "With a German phone number": the number's country, not that of whoever has it. */
function noteOriginOfNumbers(state: ParseState): void {
  for (const { reading, lexeme, index } of state.items) {
    const following = state.items[index + 1]?.reading
    const had = before(state, index)?.reading.kind
    if (reading.kind === 'value' && following?.kind === 'field' && numbers.has(following.concept) && (had === 'have' || had === 'negation'))
      state.unexplained.push(lexeme.text)
  }
}

/** "US" in capitals is a country, whatever "us" says. */
function noteCapitals({ items, unexplained }: ParseState): void {
  for (const { reading, lexeme } of items) {
    const named = lexeme.readings.some((other) => other.reading.kind === 'value')
    if (reading.kind === 'filler' && named && /^\p{Lu}{2,}$/u.test(lexeme.text)) unexplained.push(lexeme.text)
  }
}

/** "Active deals" says of the deals that they are so; it asks for no column. */
function noteAdjectives({ items, unexplained }: ParseState, { fields }: Frame): void {
  for (const { reading, lexeme, index } of items) {
    if (reading.kind !== 'field' || items[index + 1]?.reading.kind !== 'entity' || items[index - 1]?.reading.kind === 'group') continue
    const isState = lexeme.readings.some((other) => other.reading.kind === 'state')
    const isColumn = reading.options.some(({ path }) => fields.some((field) => field === path || field.endsWith(`.${path}`)))
    if (isState && isColumn) unexplained.push(lexeme.text)
  }
}

/** "Contacts not in England", where nobody is recorded to be: everybody is elsewhere, which is no answer. */
function noteStrangePlaces({ items, unexplained, world }: ParseState, { constraints }: Frame): void {
  for (const { slot, filter, at } of constraints) {
    if (slot !== 'place' || at === undefined || !('field' in filter) || (filter.op !== 'ne' && filter.op !== 'notIn')) continue
    const values = [filter.value].flat().map(String)
    if (values.every((value) => !world.values.has(fold(value)))) unexplained.push(items[at]?.lexeme.text ?? values.join())
  }
}

/** "To", "need to": what follows is still to be done. */
export function isObliged(previous: Item | undefined, language: Language): boolean {
  return previous !== undefined && says(previous.lexeme.text, 'obliged', language)
}

const done = new Set(['completed', 'won', 'lost', 'win', 'lose'])

/** "What do I need to complete", "deals we are about to lose": that is not what is completed, or lost. */
function noteToBeDone({ items, measures, unexplained, world: { language } }: ParseState): void {
  if (measures.length > 0) return
  for (const { reading, lexeme, index } of items) {
    const said = reading.kind === 'state' ? reading.state : reading.kind === 'verb' ? reading.verb : ''
    const awaits = says(items[index - 1]?.lexeme.text.split(' ').at(-1) ?? '', 'toBe', language) || isObliged(items[index - 1], language)
    if (said === 'contact' && awaits) unexplained.push(lexeme.text)
    if (done.has(said) && !says(lexeme.text, 'happened', language) && isObliged(items[index - 1], language)) unexplained.push(lexeme.text)
  }
}

/** What is told of records, and so no reason for anything. */
const columns = new Set<ReadingKind>(['field', 'measure', 'entity', 'aggregate', 'verb'])

/** "Lost because of the price": a reason is no column. */
function noteReasons({ items, unexplained }: ParseState): void {
  for (const { reading, index } of items) {
    const reason = items.slice(index + 1).find((one) => one.reading.kind !== 'filler')
    if (reading.kind === 'preposition' && reading.word === 'because' && reason !== undefined && columns.has(reason.reading.kind))
      unexplained.push(reason.lexeme.text)
  }
}

/** "The last activity with Acme" is one activity, not whoever has the most. */
function noteLatestActivity(state: ParseState, { kind, sort }: Frame): void {
  const activity = state.items.find(({ reading }) => reading.kind === 'concept' && reading.concept === 'activity')
  const latest = activity === undefined ? undefined : before(state, activity.index)
  const isLatest =
    (latest?.reading.kind === 'top' && latest.reading.time !== undefined) || (latest?.reading.kind === 'superlative' && latest.reading.by === 'time')
  if (kind === 'list' && isLatest && next(state, activity?.index ?? 0) !== undefined && sort.some(({ by }) => by.endsWith('count')))
    state.unexplained.push(latest.lexeme.text)
}

/** "The tallest building" is no building manager at the tallest: a part of a value, ranked by what another record has. */
function noteFarFetched({ items, unexplained }: ParseState, { sort }: Frame): void {
  if (!sort.some(({ by }) => by.includes('custom.'))) return
  for (const { reading, lexeme } of items) if (reading.kind === 'value' && reading.near === 'part') unexplained.push(lexeme.text)
}

/** "The tallest crane": what is high is measured by a field that is named, or not at all. */
function noteDimensions({ items, unexplained, world: { language } }: ParseState, { sort, measures }: Frame): void {
  const said = items.find(({ reading, lexeme }) => reading.kind === 'superlative' && says(lexeme.text, 'dimension', language))
  const named = items.some(({ reading, index }) => reading.kind === 'group' && index > (said?.index ?? 0))
  if (said !== undefined && sort.length > 0 && !named && !measures.some(({ fn }) => fn === 'cycleDays')) unexplained.push(said.lexeme.text)
}

/** What is seen only once it is done. */
const predicted = new Set(['create', 'buy', 'spend', 'win', 'lose', 'won', 'lost', 'sell', 'convert'])

/** Somebody, and no time to come. */
const named = new Set<ReadingKind>(['user', 'record', 'text', 'value'])

/** "Which deals will we win", "is Acme going to pay": what has been done tells nothing of it. */
function notePredictions({ items, measures, unexplained, world: { language } }: ParseState): void {
  const will = items.find(({ lexeme, reading }) => !named.has(reading.kind) && says(lexeme.text, 'will', language))
  if (will === undefined || measures.length > 0) return
  const deed = items.find(
    ({ reading, index }) => index > will.index && predicted.has(reading.kind === 'verb' ? reading.verb : reading.kind === 'state' ? reading.state : ''),
  )
  if (deed !== undefined) unexplained.push('future')
}

/** "Which rep has the oldest deal": the deals are ranked, and not whoever has them. */
function noteOthersRank({ items, phrases, superlative, unexplained }: ParseState, { kind, entity, sort }: Frame): void {
  const [head] = phrases
  if (superlative === undefined || head === undefined || head.entity !== entity || sort.length === 0 || (kind !== 'list' && kind !== 'lookup')) return
  const own = sort.every(({ by }) => !by.includes('.') && !by.endsWith('count'))
  const other = phrases.find((phrase) => phrase.parent === head && phrase.at > superlative.at && head.at < superlative.at && head.at !== -1)
  if (own && other !== undefined && superlative.by !== 'count') unexplained.push(items[superlative.at]?.lexeme.text ?? '?')
}

/** "Phone system deals": right before a noun that has no phone of its own, the word names the records and asks for no column. */
function noteBorrowedColumns({ items, phrases: [head], context, unexplained }: ParseState, { kind, fields }: Frame): void {
  if (kind !== 'list' || head === undefined || head.at < 1 || context !== undefined) return
  const beside = items.slice(0, head.at).findLast(({ reading }) => reading.kind !== 'filler')
  if (beside?.reading.kind !== 'field') return
  const { options } = beside.reading
  if (fields.some((field) => field.includes('.') && options.some(({ path }) => field.endsWith(`.${path}`)))) unexplained.push(beside.lexeme.text)
}

/** What somebody of ours does. */
const deeds = new Set<EntityName>(['opportunities', 'notes', 'tasks', 'events', 'emails', 'leads'])

/** "Who has not won anything": people without a deed are asked for, and not what was not done. */
function noteIdlePeople({ items, asks, unexplained }: ParseState, { entity, constraints, groupBy }: Frame): void {
  const denial = items.find(({ reading }) => reading.kind === 'negation')
  if (denial === undefined || !asks.includes('who') || !deeds.has(entity) || groupBy.length > 0) return
  const denied = constraints.some(
    ({ slot, filter }) => (slot === 'state' || slot.startsWith('time:')) && /"op":"(?:ne|notIn)"|"not":/.test(JSON.stringify(filter)),
  )
  if (denied) unexplained.push(denial.lexeme.text)
}

/** "Who are our biggest competitors": somebody, and no deals that were lost to one. */
function noteDealsForPeople({ items, phrases, unexplained, world: { language } }: ParseState, { entity }: Frame): void {
  if (entity !== 'opportunities' || phrases.some(({ at }) => at >= 0) || !items.some(({ lexeme }) => says(lexeme.text, 'whoIs', language))) return
  const said = items.find(
    ({ reading, lexeme }) =>
      reading.kind === 'value' &&
      reading.options.every((option) => option.entity === entity && option.path.startsWith('custom.')) &&
      reading.options.some(({ value }) => fold(lexeme.text) === `${fold(value)}s`),
  )
  if (said !== undefined) unexplained.push(said.lexeme.text)
}

const deed = (item: Item | undefined) => item?.reading.kind === 'state' || item?.reading.kind === 'verb'
const told = new Set<ReadingKind>(['filler', 'preposition'])

/** "Won by Claire or lost by Owen": each did one of the two, which no two lists say. */
function noteCrossed({ items, unexplained }: ParseState): void {
  const said = items.filter(({ reading }) => !told.has(reading.kind))
  for (const [at, { reading, lexeme }] of said.entries())
    if (
      reading.kind === 'conjunction' &&
      deed(said[at - 2]) &&
      said[at - 1]?.reading.kind === 'user' &&
      deed(said[at + 1]) &&
      said[at + 2]?.reading.kind === 'user'
    )
      unexplained.push(lexeme.text)
}

/** "The phone number of May", "May's e-mail": somebody, and no month. */
function noteNamesOfMonths({ items, phrases, unexplained }: ParseState, { fields, constraints }: Frame): void {
  const whose = items.find(({ reading }, at) => reading.kind === 'possessive' && items[at - 1]?.reading.kind === 'filler')
  if (whose !== undefined) unexplained.push(items[whose.index - 1]?.lexeme.text ?? '?')
  if (phrases.some(({ at }) => at >= 0) || constraints.some(({ slot }) => slot === 'record')) return
  const asked = items.some(({ reading }) => reading.kind === 'field' && addresses.has(reading.concept)) || fields.some((field) => addresses.has(field))
  const month = items.find(({ reading }) => reading.kind === 'period')
  if (asked && month !== undefined) unexplained.push(month.lexeme.text)
}
