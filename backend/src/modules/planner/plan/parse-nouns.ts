import type { ReadingOf, UserOption } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { readText, textTest } from './parse-fields.ts'
import { addConstraint, attach, before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { attachRecords, attachState, attachUser, attachValue, newPhrase, type Attachment, type Phrase } from './phrase.ts'
import { routeBetween } from './routes.ts'

const dimensions = new Set<EntityName>(['users', 'stages', 'pipelines', 'tags'])

export function readEntity(state: ParseState, item: Item, reading: ReadingOf<'entity'>): void {
  const { world } = state
  const previous = before(state, item.index)
  const following = next(state, item.index)
  // "Sarah's e-mail", "the e-mail of Sarah" ask for an address.
  if (reading.entity === 'emails' && !reading.plural && (previous?.reading.kind === 'record' || previous?.reading.kind === 'possessive' || (following?.reading.kind === 'preposition' && following.reading.word === 'of'))) state.cost += 0.8
  if (state.grouping && state.phrases.length === 0 && following?.reading.kind === 'group') state.grouping = false
  if (state.grouping) {
    state.groups.push({ kind: 'entity', entity: reading.entity, customer: reading.customer === true })
    state.grouping = false
    return
  }
  const head = state.phrases[0]
  if (state.sorting) {
    state.sortBy = { entity: reading.entity }
    state.sorting = false
    return
  }
  // "the owner of Acme", "which stage is X in": a dimension of the thing, not a list of owners.
  const ranks = state.rankCount
  state.rankCount = false
  const [asked] = state.fields
  if (head === undefined && asked !== undefined && (ranks || state.superlative?.by === 'count') && !state.negated) {
    // "Which country has the most contacts": contacts by country.
    state.fields.shift()
    state.groups.push({ kind: 'field', options: asked.options, concept: asked.concept })
    state.superlative ??= { direction: 'desc', by: 'count', at: item.index }
  }
  const superlativeCount = ranks || state.superlative !== undefined && (state.superlative.by === 'count' || /number of/.test(previous?.lexeme.text ?? ''))
  if (superlativeCount && (head !== undefined || (state.asks.length > 0 && state.groups.length === 0)) && !(head === undefined && state.asks.includes('which') && previous?.reading.kind === 'ask')) {
    const phrase = newPhrase(reading.entity, reading.customer === true, world, item.index)
    flushPending(state, phrase)
    state.rankBy = { kind: 'entity', phrase }
    state.current = phrase
    state.phrases.push(phrase)
    return
  }
  if (state.rankBy === undefined && head !== undefined && state.count && (previous?.reading.kind === 'count' || state.pending.length > 0) && state.superlative !== undefined && state.phrases.length === 1) {
    const phrase = newPhrase(reading.entity, reading.customer === true, world, item.index)
    flushPending(state, phrase)
    state.rankBy = { kind: 'entity', phrase }
    state.phrases.push(phrase)
    state.current = phrase
    return
  }
  if (head === undefined && previous?.reading.kind === 'preposition' && state.pending.length > 0 && state.link === 'preposition') {
    const title = state.items.slice(0, item.index).find((other) => other.reading.kind === 'value' && other.reading.options.some((option) => option.path === 'title'))
    if (title?.reading.kind === 'value') {
      const holder = title.reading.options.find((option) => option.path === 'title' && option.entity === 'contacts') ?? title.reading.options.find((option) => option.path === 'title')
      const people = newPhrase(holder?.entity ?? 'contacts', false, world, title.index)
      state.phrases.push(people)
      state.current = people
      flushPending(state, people)
      return readEntity(state, item, reading)
    }
  }
  if (head === undefined) {
    const phrase = newPhrase(reading.entity, reading.customer === true, world, item.index)
    state.negatedHead = state.negated && previous?.reading.kind === 'negation'
    if (state.countTest !== undefined) phrase.count = state.countTest
    state.countTest = undefined
    state.negated = false
    state.phrases.push(phrase)
    state.current = phrase
    flushPending(state, phrase)
    state.link = undefined
    return
  }
  if (dimensions.has(reading.entity) && !state.negated && state.countTest === undefined && following?.reading.kind !== 'have') {
    const path = routeBetween(head.entity, reading.entity)
    const valued = following?.reading.kind === 'user' || following?.reading.kind === 'value'
    if (path !== undefined && path.length > 0 && !valued && state.link !== 'have') {
      const field = reading.entity === 'users' ? 'owner' : reading.entity === 'tags' ? 'tags' : entities[reading.entity].singular
      state.fields.push({ concept: field, options: [{ entity: head.entity, path: field }] })
      flushPending(state, head)
      return
    }
    if (valued || reading.entity === 'users') {
      if (state.link === 'have' || valued) {
        flushPending(state, head)
        return
      }
    }
  }
  if (reading.entity === head.entity && !state.negated && state.countTest === undefined && !reading.customer) {
    // The same noun again ("contacts who are contacts in London") adds nothing.
    flushPending(state, state.current ?? head)
    return
  }
  if (reading.customer && (head.entity === 'contacts' || head.entity === 'organisations') && state.link !== 'have') return
  // A relation needs a word that makes one: with, at, who bought, without.
  const apart = previous?.reading.kind === 'negation' && (/^but/i.test(previous.lexeme.text) || before(state, previous.index)?.reading.kind === 'conjunction')
  const toHead = routeBetween(head.entity, reading.entity)
  const owner = apart && toHead !== undefined && toHead.length > 0 ? head : nearestParent(state, reading.entity)
  if (owner === undefined) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "without an e-mail" is about the address, not about letters.
  if (reading.entity === 'emails' && entities[owner.entity].fields.email !== undefined) state.cost += 1.5
  const child = newPhrase(reading.entity, false, world, item.index)
  child.parent = owner
  child.negated = state.negated || state.verbNegated
  if (state.countTest !== undefined) {
    child.count = state.countTest
    child.negated = false
  }
  state.countTest = undefined
  state.negated = false
  if (state.link === undefined && previous?.reading.kind === 'conjunction') {
    state.unexplained.push(item.lexeme.text)
    return
  }
  state.link = undefined
  state.phrases.push(child)
  state.current = child
  flushPending(state, child)
}

function nearestParent(state: ParseState, entity: EntityName): Phrase | undefined {
  let best: { phrase: Phrase; cost: number } | undefined
  ;[...state.phrases].reverse().forEach((phrase, distance) => {
    const route = routeBetween(phrase.entity, entity)
    if (route === undefined || route.length === 0) return
    const cost = route.length + distance * 0.6
    if (best === undefined || cost < best.cost) best = { phrase, cost }
  })
  return (best as { phrase: Phrase } | undefined)?.phrase
}

/** What was said before a noun belongs to it, else to whatever has it. */
export function flushPending(state: ParseState, phrase: Phrase): void {
  const pending = state.pending
  state.pending = []
  for (const make of pending) {
    const attachment = make(phrase)
    if (attachment !== undefined && attachment.cost < 3) {
      addConstraint(state, phrase, attachment.constraint)
      state.cost += attachment.cost * 0.3
    } else if (attach(state, make) === undefined) state.pending.push(make)
  }
}

/** Attaches now, or waits for the noun that it describes. */
export function place(state: ParseState, item: Item, make: (phrase: Phrase) => Attachment | undefined, hold = true): void {
  state.negated = false
  if ((hold && nounAhead(state, item.index) && !state.grouping && state.pending.length < 8) || state.phrases.length === 0) {
    state.pending.push(make)
    return
  }
  if (attach(state, make) === undefined) state.pending.push(make)
}

export function readValue(state: ParseState, item: Item, reading: ReadingOf<'value'>): void {
  const carried = state.negated && state.phrases.length > 0 && nounAhead(state, item.index)
  const negated = state.negated && !carried
  const previous = before(state, item.index)
  const said = previous?.reading.kind === 'contains' || (previous?.reading.kind === 'verb' && previous.reading.verb === 'mention') || (previous?.reading.kind === 'preposition' && previous.reading.word === 'about')
  const fieldSaid = previous?.reading.kind === 'contains' && before(state, previous.index)?.reading.kind === 'field'
  if (said && state.current !== undefined && (fieldSaid || ['notes', 'emails', 'tasks', 'events'].includes(state.current.entity))) return readText(state, item, item.lexeme.text)
  const expected = previous?.reading.kind === 'field' ? previous.reading : undefined
  // "the Renewals pipeline", "stage Proposal"
  const following = next(state, item.index)
  const named = following?.reading.kind === 'field' ? following.reading : following?.reading.kind === 'entity' && (following.reading.entity === 'pipelines' || following.reading.entity === 'stages' || following.reading.entity === 'tags') ? following.reading : undefined
  const namedBefore = previous?.reading.kind === 'entity' && dimensions.has(previous.reading.entity) ? previous.reading : undefined
  let options = reading.options
  let narrowed = false
  for (const hint of [expected, named, namedBefore]) {
    if (hint === undefined) continue
    const paths = hint.kind === 'field' ? hint.options.map((option) => option.path) : [hint.entity === 'tags' ? 'tags' : entities[hint.entity].singular]
    const some = options.filter((option) => paths.includes(option.path))
    if (some.length > 0) {
      options = some
      narrowed = true
      if (hint === expected) dropField(state, expected?.concept ?? '')
      // "the Chemicals industry": the word after the value only says what the value is.
      if (hint === named && following !== undefined && hint.kind === 'field') (following as { reading: Item['reading'] }).reading = { kind: 'filler' }
      break
    }
  }
  const last = state.lastConstraint
  const joint = before(state, item.index)
  if (last !== undefined && joint !== undefined && joinable(state, item.index) && last.options !== undefined) {
    const merged = attachValue(last.phrase, [...(last.options as typeof options), ...options], false, state.world)
    const single = attachValue(last.phrase, options, false, state.world)
    const bothTags = (last.options as typeof options).every((option) => option.path === 'tags') && before(state, item.index)?.reading.kind === 'conjunction' && (before(state, item.index)?.reading as { word?: string }).word === 'and'
    if (!bothTags && merged !== undefined && single !== undefined && single.constraint.slot === last.constraint.slot && !('and' in last.constraint.filter)) {
      const wasNegated = 'field' in last.constraint.filter && (last.constraint.filter.op === 'ne' || last.constraint.filter.op === 'notIn')
      const both = attachValue(last.phrase, mergeByPath(last.options as typeof options, options), wasNegated || negated, state.world)
      if (both !== undefined) {
        last.constraint.filter = both.constraint.filter
        last.options = mergeByPath(last.options as typeof options, options)
        state.negated = false
        return
      }
    }
  }
  const rememberOptions = options
  place(
    state,
    item,
    (phrase) => {
      const attachment = attachValue(phrase, rememberOptions, negated, state.world)
      return attachment === undefined ? undefined : { ...attachment, cost: attachment.cost + (narrowed ? 0 : 0.05) }
    },
    !(following?.reading.kind === 'conjunction' && state.phrases.length > 0 && !adjectiveOf(state, item)),
  )
  if (carried) state.negated = true
  if (state.lastConstraint !== undefined && state.lastConstraint.index === -1) {
    state.lastConstraint.index = item.index
    state.lastConstraint.options = rememberOptions
  }
}

function adjectiveOf(state: ParseState, item: Item): boolean {
  const following = next(state, item.index)
  return following?.reading.kind === 'entity'
}

function mergeByPath<T extends { path: string; entity: string; value: string }>(a: readonly T[], b: readonly T[]): T[] {
  const common = a.filter((one) => b.some((other) => other.path === one.path && other.entity === one.entity))
  if (common.length === 0) return [...a, ...b]
  return [...common, ...b.filter((one) => common.some((other) => other.path === one.path && other.entity === one.entity))]
}

/** Only "and", "or", commas, prepositions and fillers stand between the last constraint and here. */
function joinable(state: ParseState, index: number): boolean {
  let conjunction = false
  for (let at = index - 1; at >= 0; at--) {
    const { reading } = state.items[at] as Item
    if (reading.kind === 'conjunction') conjunction = true
    else if (reading.kind === 'value') return conjunction && state.lastConstraint?.index === at
    else if (!['preposition', 'filler', 'field'].includes(reading.kind)) return false
  }
  return false
}

function dropField(state: ParseState, concept: string): void {
  const last = state.fields.at(-1)
  if (last?.concept === concept) state.fields.pop()
}

export function readRecord(state: ParseState, item: Item, reading: ReadingOf<'record'>): void {
  const negated = state.negated
  const previous = before(state, item.index)
  const following = next(state, item.index)
  let options = reading.options
  // "company Open Door", "the Acme deal": the noun beside a name says what it is.
  const nouns = [previous?.reading, following?.reading].filter((other) => other?.kind === 'entity').map((other) => other.entity)
  const same = options.filter((option) => nouns.includes(option.entity))
  const justNamed = same.length > 0 && previous?.reading.kind === 'entity'
  if (justNamed) options = same
  if ((state.preposition === 'at' || state.preposition === 'from') && state.link === 'preposition') {
    const organisations = options.filter((option) => option.entity === 'organisations')
    if (organisations.length > 0) options = organisations
  }
  const bought = state.verb === 'buy' && previous?.reading.kind === 'verb' && !reading.exact
  if (bought) {
    options = options.filter((option) => option.entity === 'products')
    if (options.length === 0) {
      state.unexplained.push(item.lexeme.text)
      return
    }
  }
  if (!reading.exact && !justNamed) options = likeliestRecords(options)
  if (previous?.reading.kind === 'field' && previous.reading.options.some((option) => ['text', 'email', 'longText'].includes(entities[option.entity].fields[option.path]?.type ?? '')) && state.phrases.length > 0) return readText(state, item, item.lexeme.text)
  const named = previous?.reading.kind === 'named' && state.phrases.length > 0
  if (named && !reading.exact) {
    place(state, item, (phrase) => textTest(state, phrase, item.lexeme.text, [{ entity: phrase.entity, path: entities[phrase.entity].labelField }], negated, true), false)
    return
  }
  // "notes about pricing" is about the word, whatever other notes are called.
  const activity = state.current !== undefined && entities[state.current.entity].fields.related_id !== undefined
  if (activity && options.every((option) => entities[option.entity].fields.related_id !== undefined || (!reading.exact && ['opportunities', 'products'].includes(option.entity)))) return readText(state, item, item.lexeme.text)
  if (activity) options = options.filter((option) => ['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders'].includes(option.entity))
  if (activity && options.length === 0) return readText(state, item, item.lexeme.text)
  state.records.push(options)
  const chosen = options
  place(state, item, (phrase) => attachRecords(phrase, chosen, negated), following?.reading.kind === 'possessive' || following?.reading.kind === 'entity' || following?.reading.kind === 'state')
}

const byLikelihood: readonly EntityName[] = ['organisations', 'contacts', 'leads', 'products', 'orders', 'opportunities', 'tasks', 'events', 'notes', 'emails']

/** Of records whose name holds the words, companies and people are meant before what is named after them. */
function likeliestRecords(options: ReadingOf<'record'>['options']): ReadingOf<'record'>['options'] {
  const present = byLikelihood.filter((entity) => options.some((option) => option.entity === entity))
  const wanted = present.includes('organisations') && present.includes('contacts') ? ['organisations', 'contacts'] : present.slice(0, 1)
  return options.filter((option) => wanted.includes(option.entity))
}

export function readUsers(state: ParseState, item: Item, options: readonly UserOption[]): void {
  const negated = state.negated || (state.verb === 'own' && state.verbNegated)
  const last = state.lastConstraint
  if (last?.constraint.slot === 'owner' && 'field' in last.constraint.filter && before(state, item.index)?.reading.kind === 'conjunction') {
    const { filter } = last.constraint
    const values = Array.isArray(filter.value) ? filter.value : [filter.value as string]
    last.constraint.filter = { ...filter, op: filter.op === 'ne' || filter.op === 'notIn' ? 'notIn' : 'in', value: [...values, ...options.map((user) => user.id)] as string[] }
    return
  }
  const beside = before(state, item.index)
  if (beside?.reading.kind === 'have' || state.verb === 'attend') {
    // Meetings with somebody: among those who attend.
    const events = state.phrases.find((phrase) => phrase.entity === 'events')
    if (events !== undefined) {
      const people = state.world.users.filter((user) => options.some((option) => option.id === user.id))
      const tests = people.flatMap((user): Filter[] => [{ field: 'attendees', op: 'contains', value: user.name }, ...(user.email === null ? [] : [{ field: 'attendees', op: 'contains' as const, value: user.email }])])
      addConstraint(state, events, { slot: 'attendees', filter: { or: [...tests, { field: 'owner', op: 'in', value: options.map((option) => option.id) }] } })
      state.negated = false
      return
    }
  }
  dropField(state, 'owner')
  place(state, item, (phrase) => attachUser(phrase, options, negated))
  if (state.verb === 'own') state.verb = undefined
}

export function readStateWord(state: ParseState, item: Item, word: string, hold = true): void {
  // "Without open deals" denies the deals, not that they are open.
  const carried = state.negated && state.phrases.length > 0 && nounAhead(state, item.index)
  const negated = state.negated && !carried
  const last = state.lastConstraint
  // "won or lost"
  if (last?.constraint.slot === 'state' && before(state, item.index)?.reading.kind === 'conjunction' && !negated) {
    const other = attachState(last.phrase, word, false, state.world)
    if (other !== undefined) {
      const joined: Filter = joinStates(last.constraint.filter, other.constraint.filter)
      last.constraint.filter = joined
      return
    }
  }
  place(
    state,
    item,
    (phrase) => {
      const attachment = attachState(phrase, word, negated, state.world)
      if (attachment?.time !== undefined && !negated) phrase.time = attachment.time
      return attachment
    },
    hold,
  )
  if (carried) state.negated = true
}

function joinStates(a: Filter, b: Filter): Filter {
  if ('field' in a && 'field' in b && a.field === b.field && a.op === 'eq' && b.op === 'eq') return { field: a.field, op: 'in', value: [a.value as string, b.value as string] }
  return { or: [a, b] }
}
