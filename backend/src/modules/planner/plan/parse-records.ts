import type { ReadingOf, RecordOption, UserOption } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { singular, singularForms } from '#backend/modules/planner/world/world-query.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Filter } from '#contracts/query.ts'
import { addConstraint, before, type Item, next, type ParseState } from './parse-state.ts'
import { readText } from './parse-text.ts'
import { dropField } from './parse-values.ts'
import { attachRecords, attachUser, newPhrase, type Phrase } from './phrase.ts'
import { flushPending, place } from './placing.ts'
import { alongRoute, routeBetween } from './routes.ts'
import { searched, textTest } from './text-test.ts'

/** Fields whose values are known, so that a record is none of them. */
const ofFewValues = new Set(['tags', 'source', 'status', 'industry', 'category', 'stage', 'priority'])

export function readRecord(state: ParseState, item: Item, reading: ReadingOf<'record'>): void {
  const negated = state.negated
  const previous = before(state, item.index)
  const following = next(state, item.index)
  let options = reading.options
  // "Whose name contains Fox"
  const holder = previous?.reading.kind === 'contains' ? before(state, previous.index) : undefined
  if (previous?.reading.kind === 'contains' && says(previous.lexeme.text, 'inName', state.world.language) && state.phrases.length > 0) {
    const labelled = (phrase: Phrase) => [{ entity: phrase.entity, path: entities[phrase.entity].labelField }]
    place(state, item, (phrase) => textTest(state, phrase, item.lexeme.text, labelled(phrase), negated, true), false)
    return
  }
  if (holder?.reading.kind === 'field' && state.phrases.length > 0) {
    readText(state, item, item.lexeme.text)
    return
  }
  // "Companies tagged gold": no tag is called so, and no product that they bought is meant.
  if (previous?.reading.kind === 'field' && previous.reading.options.every(({ path }) => ofFewValues.has(path)) && state.phrases.length > 0) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "company Open Door", "the Acme deal": the noun beside a name says what it is.
  const nouns = [previous?.reading, following?.reading].filter((other) => other?.kind === 'entity').map((other) => other.entity)
  const same = options.filter((option) => nouns.includes(option.entity))
  const justNamed = same.length > 0 && previous?.reading.kind === 'entity'
  // "Deals stringybark medical": all that are called after the one firm, and so the firm's.
  const firm =
    reading.exact || same.length < 2 ? undefined : options.find((one) => one.entity === 'organisations' && same.every((other) => isNamedAfter(other, one)))
  if (justNamed) options = firm === undefined ? same : [firm]
  if ((state.preposition === 'at' || state.preposition === 'from') && state.link === 'preposition') {
    const organisations = options.filter((option) => option.entity === 'organisations')
    if (organisations.length > 0) options = organisations
  }
  // "Bought chairs but no tables".
  const boughtNot = previous?.reading.kind === 'negation' && options.some(({ entity }) => entity === 'products')
  const bought = state.verb === 'buy' && (previous?.reading.kind === 'verb' || boughtNot) && !reading.exact
  if (bought) {
    options = options.filter((option) => option.entity === 'products')
    if (options.length === 0) {
      state.unexplained.push(item.lexeme.text)
      return
    }
  }
  // "Who complained about a wrong invoice": letters are called so, and who wrote them is not asked of letters.
  if (state.verb === 'mention' && holder === undefined && options.every(({ entity }) => entity === 'emails') && state.current?.entity !== 'emails') {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "Solar deals" are no deals of whoever bought a solar cable.
  const described = following?.reading.kind === 'entity' && following.lexeme.start === item.lexeme.end ? following.reading.entity : undefined
  if (!reading.exact && described !== undefined && !traded.has(described) && options.every(({ entity }) => entity === 'products')) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "Deals that include backup" are no deals of whoever bought SafeCopy Backup.
  const bare = state.phrases[0]?.entity === 'opportunities' && (state.verb === undefined || !trades.has(state.verb))
  const deals = options.filter(({ entity }) => entity === 'opportunities')
  const goods = options.filter(({ entity }) => entity === 'products')
  if (!reading.exact && bare && goods.length > 0 && goods.length + deals.length === options.length) {
    if (deals.length > 0) readRecord(state, item, { ...reading, options: deals })
    else state.unexplained.push(item.lexeme.text)
    return
  }
  if (readTitles(state, item, reading, negated)) return
  if (!reading.exact && !justNamed) options = likeliestRecords(options)
  if (readKind(state, item, reading, options, negated)) return
  if (
    previous?.reading.kind === 'field' &&
    !state.sharing &&
    previous.reading.options.some((option) => ['text', 'email', 'longText'].includes(entities[option.entity].fields[option.path]?.type ?? '')) &&
    state.phrases.length > 0
  ) {
    readText(state, item, item.lexeme.text)
    return
  }
  const named = previous?.reading.kind === 'named' && state.phrases.length > 0
  if (named && !reading.exact) {
    place(
      state,
      item,
      (phrase) => textTest(state, phrase, item.lexeme.text, [{ entity: phrase.entity, path: entities[phrase.entity].labelField }], negated, true),
      false,
    )
    return
  }
  // "notes about pricing" is about the word, whatever other notes are called.
  const activity = state.current !== undefined && entities[state.current.entity].fields.related_id !== undefined
  if (
    activity &&
    options.every(
      (option) => entities[option.entity].fields.related_id !== undefined || (!reading.exact && ['opportunities', 'products'].includes(option.entity)),
    )
  ) {
    readText(state, item, item.lexeme.text)
    return
  }
  if (activity) options = options.filter((option) => ['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders'].includes(option.entity))
  if (activity && options.length === 0) {
    readText(state, item, item.lexeme.text)
    return
  }
  state.records.push(options)
  const chosen = options
  const side = state.current === undefined || state.current.entity === 'emails' ? directionOf(state, item) : undefined
  place(
    state,
    item,
    (phrase) => {
      const attachment = attachRecords(phrase, chosen, negated)
      if (attachment !== undefined && side !== undefined && phrase.entity === 'emails') attachment.constraint.side = side
      return attachment
    },
    following?.reading.kind === 'possessive' || following?.reading.kind === 'entity' || following?.reading.kind === 'state',
  )
}

function isNamedAfter(record: RecordOption, { label }: RecordOption): boolean {
  return record.entity === 'opportunities' && fold(record.label).startsWith(fold(label))
}

/** What is made of products. */
const traded = new Set<EntityName>(['products', 'orders', 'order_lines', 'quotes', 'quote_lines'])

/** "To Acme", "to anybody at Acme", "Acme sent us", "did we email Acme": where letters go. */
function directionOf(state: ParseState, item: Item): 'from' | 'to' | undefined {
  const { items, current, world } = state
  const after = next(state, item.index)
  // "When did Acme last email us"
  const verb = after?.reading.kind === 'top' ? next(state, after.index) : after
  if (verb?.reading.kind === 'verb' && verb.reading.verb === 'send') return 'from'
  if (verb?.reading.kind === 'verb' && verb.reading.verb === 'receive')
    return says(verb.lexeme.text.split(' ').at(-1) ?? '', 'us', world.language) ? 'from' : 'to'
  const place = before(state, item.index)
  if (place?.reading.kind === 'state' && place.reading.state === 'outbound') return 'to'
  const subject = items.slice(0, current?.at ?? 0).findLast(({ reading }) => reading.kind !== 'top' && reading.kind !== 'superlative')
  const byUs = subject?.reading.kind === 'filler' && says(subject.lexeme.text.split(' ').at(-1) ?? '', 'us', world.language)
  if (byUs && items[current?.at ?? -1]?.reading.kind === 'entity' && place === items[current?.at ?? -1]) return 'to'
  const person = place?.reading.kind === 'preposition' ? before(state, place.index) : undefined
  const direction = person?.reading.kind === 'ask' && person.reading.word === 'who' ? before(state, person.index) : undefined
  const word = direction?.reading.kind === 'preposition' ? direction.reading.word : state.preposition
  return word === 'from' || word === 'to' ? word : undefined
}

/** Names that share a word and are meant by it: fewer are asked back. */
const fewestOfKind = 2
const trades = new Set(['sell', 'buy', 'spend'])

/** "Contacts at hospitals": in the plural and in small letters, a word of many organisations' names says what they are. */
function readKind(state: ParseState, item: Item, { exact, query }: ReadingOf<'record'>, options: ReadingOf<'record'>['options'], negated: boolean): boolean {
  const kind = singularForms(query).find((form) => options.some(({ label }) => ` ${fold(label)} `.includes(` ${form} `))) ?? singular(query)
  const bears = (label: string) => [kind, query].some((word) => ` ${fold(label).replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${word} `))
  const wanted = options.every(({ entity }) => entity === 'products') ? 'products' : 'organisations'
  const named = options.filter(({ entity, label }) => entity === wanted && bears(label))
  const noun = next(state, item.index)
  // "The Trinity organisations": all that are called so.
  const called = noun?.reading.kind === 'entity' && noun.reading.entity === 'organisations' && noun.reading.plural && noun.lexeme.start === item.lexeme.end
  if (exact || (!called && (kind === query || !/^\p{Ll}/u.test(item.lexeme.text))) || named.length < fewestOfKind || named.length < options.length) return false
  const filter: Filter = { field: 'name', op: negated ? 'notContains' : 'contains', value: kind }
  const test = (phrase: Phrase) => {
    const route = routeBetween(phrase.entity, wanted)
    if (route === undefined) return undefined
    // "Bought a marquee but no chairs": none of what they bought is one.
    const none = negated && route.some((step) => step.kind === 'relation')
    const test: Filter = none ? { not: alongRoute(route, { field: 'name', op: 'contains', value: kind }) } : alongRoute(route, filter)
    return { constraint: { slot: wanted === 'products' ? 'record:products' : 'kind', filter: test }, cost: route.length }
  }
  // "Law firms and hospitals" are either, which one test of each does not say.
  if (before(state, item.index)?.reading.kind === 'conjunction') state.unexplained.push(item.lexeme.text)
  state.assumptions.push({ note: 'kindByName', entity: wanted, text: item.lexeme.text, word: kind })
  // "Lab managers at hospitals": whoever has the job there is asked for.
  const joint = before(state, item.index)
  const jobs = state.items
    .slice(0, item.index)
    .find((other) => other.reading.kind === 'value' && other.reading.options.some(({ entity, path }) => entity === 'contacts' && path === 'title'))
  if (state.phrases.length === 0 && jobs !== undefined && joint?.reading.kind === 'preposition') {
    const people = newPhrase('contacts', false, state.world, jobs.index)
    state.phrases.push(people)
    state.current = people
    flushPending(state, people)
  }
  // "Which councils do we have deals with": they are asked for, whatever is said of them.
  const behind = next(state, item.index)
  const isTraded = wanted === 'products' && state.items.some((other) => other.reading.kind === 'verb' && trades.has(other.reading.verb))
  if (isTraded) {
    place(state, item, test)
    return true
  }
  if (state.phrases.length === 0 && !(behind?.reading.kind === 'entity' && behind.lexeme.start === item.lexeme.end)) {
    const kinds = newPhrase(wanted, false, state.world, item.index)
    state.phrases.push(kinds)
    state.current = kinds
    state.negated = false
    addConstraint(state, kinds, { slot: 'kind', filter, at: item.index })
    return true
  }
  place(state, item, test)
  return true
}

const titled = new Set<EntityName>(['opportunities', 'tasks', 'events', 'emails', 'notes'])

/** "Wedding deals", "quarterly reviews": several records called so are meant together, by their name. */
function readTitles(state: ParseState, item: Item, reading: ReadingOf<'record'>, negated: boolean): boolean {
  const noun = next(state, item.index)?.reading
  const [first] = reading.options
  const alike = first !== undefined && reading.options.length > 1 && reading.options.every(({ entity }) => entity === first.entity)
  const head = noun?.kind === 'entity' ? noun.entity : reading.exact || alike ? first?.entity : undefined
  if (head === undefined || !titled.has(head)) return false
  // Letters and notes are meant by what they are called when it is said whole, and not as what they mention.
  const written = head === 'emails' || head === 'notes'
  if (written && ((!reading.exact && noun?.kind !== 'entity') || state.verb === 'mention' || before(state, item.index)?.reading.kind === 'contains'))
    return false
  const own = reading.options.filter((option) => option.entity === head)
  const text = reading.exact ? (own[0]?.label ?? '') : reading.query
  const words = reading.exact ? fold(text) : searched(fold(text))
  const called = own.every((option) => (reading.exact ? fold(option.label) === words : ` ${fold(option.label)}`.includes(` ${words}`)))
  const apart = reading.options.filter(({ entity }) => entity !== head)
  const beside = noun?.kind === 'entity' && apart.every(({ entity }) => titled.has(entity))
  if (own.length < 2 || (apart.length > 0 && !beside) || !called) return false
  if (state.phrases.length > 0 && state.phrases[0]?.entity !== head && noun?.kind !== 'entity') return false
  if (noun?.kind !== 'entity') state.records.push(own)
  const field = entities[head].labelField
  const filter: Filter = reading.exact
    ? { field, op: negated ? 'ne' : 'eq', value: text }
    : { field, op: negated ? 'notContains' : 'contains', value: searched(reading.query === fold(item.lexeme.text) ? item.lexeme.text : reading.query) }
  place(state, item, (phrase) => (phrase.entity === head ? { constraint: { slot: 'title', filter }, cost: 0 } : undefined))
  return true
}

const byLikelihood: readonly EntityName[] = [
  'organisations',
  'contacts',
  'leads',
  'products',
  'orders',
  'opportunities',
  'quotes',
  'tasks',
  'events',
  'notes',
  'emails',
]

/** Of records whose name holds the words, companies and people are meant before what is named after them. */
function likeliestRecords(options: ReadingOf<'record'>['options']): ReadingOf<'record'>['options'] {
  const present = byLikelihood.filter((entity) => options.some((option) => option.entity === entity))
  const wanted = present.includes('organisations') && present.includes('contacts') ? ['organisations', 'contacts'] : present.slice(0, 1)
  return options.filter((option) => wanted.includes(option.entity))
}

/** "E-mails from Sofia", "e-mails that Anaya sent": letters have no owner but a sender and recipients. */
function readSender(state: ParseState, options: readonly UserOption[]): boolean {
  const letters = state.phrases.find((phrase) => phrase.entity === 'emails')
  if (letters === undefined || state.current?.entity !== 'emails') return false
  const received = state.preposition === 'to' && state.link === 'preposition'
  const field = received ? 'to' : 'from'
  const tests = options.map((option): Filter => {
    const email = state.world.users.find((user) => user.id === option.id)?.email
    if (email !== null && email !== undefined) return { field, op: received ? 'contains' : 'eq', value: email }
    return { field, op: received ? 'contains' : 'startsWith', value: fold(option.name).split(' ')[0] as string }
  })
  const filter: Filter = tests.length === 1 ? (tests[0] as Filter) : { or: tests }
  addConstraint(state, letters, { slot: 'address', filter: state.negated ? { not: filter } : filter })
  state.negated = false
  return true
}

export function readUsers(state: ParseState, item: Item, options: readonly UserOption[]): void {
  // "Who hasn't Sofia contacted": that she did is denied, and not that it was she.
  const deed = state.negated && before(state, item.index)?.reading.kind === 'negation' && next(state, item.index)?.reading.kind === 'verb'
  const joint = before(state, item.index)
  // "Apart from Mary and Tom": neither of them.
  const alsoDenied = joint?.reading.kind === 'conjunction' && state.denied !== undefined && state.denied === before(state, joint.index)?.index
  const negated = (state.negated && !deed) || (state.verb === 'own' && state.verbNegated) || alsoDenied
  if (negated) state.denied = item.index
  const last = state.lastConstraint
  if (last?.constraint.slot === 'owner' && 'field' in last.constraint.filter && before(state, item.index)?.reading.kind === 'conjunction') {
    const { filter } = last.constraint
    const values = Array.isArray(filter.value) ? filter.value : [filter.value as string]
    state.alternatives.add(before(state, item.index)?.index ?? -1)
    last.constraint.filter = {
      ...filter,
      op: filter.op === 'ne' || filter.op === 'notIn' ? 'notIn' : 'in',
      value: [...values, ...options.map((user) => user.id)] as string[],
    }
    return
  }
  const beside = before(state, item.index)
  if (beside?.reading.kind === 'have' || state.verb === 'attend') {
    // Meetings with somebody: among those who attend.
    const events = state.phrases.find((phrase) => phrase.entity === 'events')
    if (events !== undefined) {
      const people = state.world.users.filter((user) => options.some((option) => option.id === user.id))
      const tests = people.flatMap((user): Filter[] => [
        { field: 'attendees', op: 'contains', value: user.name },
        ...(user.email === null ? [] : [{ field: 'attendees', op: 'contains' as const, value: user.email }]),
      ])
      addConstraint(state, events, { slot: 'attendees', filter: { or: [...tests, { field: 'owner', op: 'in', value: options.map((option) => option.id) }] } })
      state.negated = false
      return
    }
  }
  if (readSender(state, options)) return
  dropField(state, 'owner')
  // "Owned by someone other than Sofia": by someone.
  const denial = negated ? before(state, item.index) : undefined
  const somebody = denial === undefined ? undefined : before(state, denial.index)
  if (somebody?.reading.kind === 'ask' && somebody.reading.word === 'who' && state.verb === 'own') {
    state.asks.pop()
    place(state, item, (phrase) =>
      entities[phrase.entity].fields.owner === undefined ? undefined : { constraint: { slot: 'owned', filter: { field: 'owner', op: 'isNotEmpty' } }, cost: 0 },
    )
  }
  place(state, item, (phrase) => attachUser(phrase, options, negated))
  if (deed) state.negated = true
  if (state.verb !== 'own') return
  // "Not owned by Claire, closing this quarter": whose they are is denied, and nothing after it.
  state.verb = undefined
  state.verbNegated = false
}
