import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { relatable } from './apply-concepts.ts'
import { addConstraint, attach, before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { type Attachment, attachState, newPhrase, type Phrase } from './phrase.ts'
import { routeBetween } from './routes.ts'

export const dimensions = new Set<EntityName>(['users', 'stages', 'pipelines', 'tags'])

export function readEntity(state: ParseState, item: Item, reading: ReadingOf<'entity'>): void {
  const { world } = state
  const previous = before(state, item.index)
  const following = next(state, item.index)
  // "Sarah's e-mail", "the e-mail of Sarah" ask for an address.
  if (
    reading.entity === 'emails' &&
    !reading.plural &&
    (previous?.reading.kind === 'record' ||
      previous?.reading.kind === 'possessive' ||
      (following?.reading.kind === 'preposition' && following.reading.word === 'of'))
  )
    state.cost += 0.8
  if (reading.entity === 'emails' && !reading.plural && (state.link === 'have' || state.negated) && state.phrases.length === 0)
    state.cost += state.negated ? 2.5 : 1
  if (joinsGroup(state, item)) state.grouping = true
  if (state.grouping && state.phrases.length === 0 && following?.reading.kind === 'group') state.grouping = false
  if (state.grouping && following?.reading.kind === 'field') {
    // "By customer city": the noun says whose city.
    const entity = reading.customer === true ? customerEntity(world).entity : reading.entity
    const own = following.reading.options.filter((option) => option.entity === entity)
    if (own.length > 0) {
      ;(following as { reading: Item['reading'] }).reading = { ...following.reading, options: own }
      return
    }
  }
  // "Top 3 customers by orders": by how many they have.
  const [ranked] = state.phrases
  if (state.grouping && state.superlative !== undefined && ranked !== undefined && routeBetween(ranked.entity, reading.entity)?.[0]?.kind === 'relation') {
    const phrase = newPhrase(reading.entity, false, world, item.index)
    flushPending(state, phrase)
    state.grouping = false
    state.rankBy = { kind: 'entity', phrase }
    state.phrases.push(phrase)
    return
  }
  if (state.grouping) {
    const entity = isSomebodyOfOurs(state, item, reading) ? 'users' : reading.entity
    state.groups.push({ kind: 'entity', entity, customer: reading.customer === true })
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
  const superlativeCount = ranks || (state.superlative !== undefined && (state.superlative.by === 'count' || /number of/.test(previous?.lexeme.text ?? '')))
  // "Owners with more than 10 won deals": reps, stages and pipelines are told by what they group.
  const comparedGroup =
    state.countTest !== undefined && head !== undefined && (head.entity === 'users' || head.entity === 'tags') && head.constraints.length === 0
  if (
    (superlativeCount || comparedGroup) &&
    (head !== undefined || (state.asks.length > 0 && state.groups.length === 0)) &&
    !(head === undefined && state.asks.includes('which') && previous?.reading.kind === 'ask')
  ) {
    const phrase = newPhrase(reading.entity, reading.customer === true, world, item.index)
    flushPending(state, phrase)
    if (comparedGroup && state.countTest !== undefined) {
      phrase.count = state.countTest
      state.countTest = undefined
    }
    state.rankBy = { kind: 'entity', phrase }
    state.current = phrase
    state.phrases.push(phrase)
    return
  }
  if (
    state.rankBy === undefined &&
    head !== undefined &&
    state.count &&
    (previous?.reading.kind === 'count' || state.pending.length > 0) &&
    state.superlative !== undefined &&
    state.phrases.length === 1
  ) {
    const phrase = newPhrase(reading.entity, reading.customer === true, world, item.index)
    flushPending(state, phrase)
    state.rankBy = { kind: 'entity', phrase }
    state.phrases.push(phrase)
    state.current = phrase
    return
  }
  const leading = prepositionBefore(state, item.index)
  if (head === undefined && leading !== undefined && state.pending.length > 0) {
    const title = state.items
      .slice(0, leading.index)
      .find((other) => other.reading.kind === 'value' && other.reading.options.some((option) => isPersonal(option)))
    if (title?.reading.kind === 'value') {
      const holder =
        title.reading.options.find((option) => isPersonal(option) && option.entity === 'contacts') ?? title.reading.options.find((option) => isPersonal(option))
      const people = newPhrase(holder?.entity ?? 'contacts', false, world, title.index)
      state.phrases.push(people)
      state.current = people
      flushPending(state, people)
      readEntity(state, item, reading)
      return
    }
  }
  // "Who works at law firms": people there.
  if (head === undefined && reading.entity === 'organisations' && state.verb === 'work' && state.asks.includes('who')) {
    const people = newPhrase('contacts', false, world, -1)
    state.phrases.push(people)
    state.current = people
    readEntity(state, item, reading)
    return
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
  const joint = jointBefore(state, item.index)
  const sibling = joint === undefined ? undefined : state.current?.parent
  const toSibling = sibling && routeBetween(sibling.entity, reading.entity)
  const denial = denialBefore(state, item.index)
  const apart = denial !== undefined && (/^but/i.test(denial.lexeme.text) || before(state, denial.index)?.reading.kind === 'conjunction')
  const toHead = routeBetween(head.entity, reading.entity)
  const beside = sibling !== undefined && toSibling !== undefined && toSibling.length > 0
  const owner = beside ? sibling : apart && toHead !== undefined && toHead.length > 0 ? head : nearestParent(state, reading.entity)
  const activity = entities[head.entity].fields.related_id !== undefined && relatable.has(reading.entity) ? head : undefined
  const parent = owner ?? activity
  if (parent === undefined) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "without an e-mail" is about the address, not about letters.
  if (reading.entity === 'emails' && entities[parent.entity].fields.email !== undefined) state.cost += 1.5
  const buyers = reading.customer === true && !purchases.has(head.entity)
  const child = newPhrase(reading.customer === true ? customerEntity(world).entity : reading.entity, buyers, world, item.index)
  child.parent = parent
  child.negated = state.negated || state.verbNegated
  if (state.countTest !== undefined) {
    child.count = state.countTest
    child.negated = false
  }
  state.countTest = undefined
  state.negated = false
  if (state.link === undefined && !beside && previous?.reading.kind === 'conjunction') {
    state.unexplained.push(item.lexeme.text)
    return
  }
  state.link = undefined
  state.phrases.push(child)
  state.current = child
  flushPending(state, child)
}

/** Work of people: what one wins, completes or writes. */
const work = new Set<EntityName>(['opportunities', 'tasks', 'events', 'notes', 'leads'])

/** "Deals won per person": whoever does the work is one of us. */
function isSomebodyOfOurs({ phrases: [head] }: ParseState, { lexeme }: Item, { entity }: ReadingOf<'entity'>): boolean {
  return entity === 'contacts' && head !== undefined && work.has(head.entity) && /^(?:person|individual)s?$/i.test(lexeme.text)
}

/** "At chemical companies", "working for chemical companies": the preposition before a noun and its adjectives. */
function prepositionBefore(state: ParseState, index: number): Item | undefined {
  for (let at = before(state, index); at !== undefined; at = before(state, at.index)) {
    if (at.reading.kind === 'preposition' || (at.reading.kind === 'verb' && at.reading.verb === 'work')) return at
    if (!['state', 'value', 'field'].includes(at.reading.kind)) return undefined
  }
  return undefined
}

/** Whoever has these has ordered. */
const purchases = new Set<EntityName>(['products', 'orders', 'order_lines'])

/** "With open deals or overdue tasks": the word that joins a noun, before its adjectives, to the noun before. */
function jointBefore(state: ParseState, index: number): Item | undefined {
  const first = state.current?.at ?? -1
  for (let at = before(state, index); at !== undefined && at.index > first; at = before(state, at.index)) {
    if (at.reading.kind === 'conjunction') return at
    if (!['state', 'value', 'number', 'comparison', 'negation'].includes(at.reading.kind)) return undefined
  }
  return undefined
}

/** "But no open tasks": what denies a noun may stand before its adjectives. */
function denialBefore(state: ParseState, index: number): Item | undefined {
  for (let at = before(state, index); at !== undefined; at = before(state, at.index)) {
    if (at.reading.kind === 'negation') return at
    if (!['state', 'value', 'number', 'comparison'].includes(at.reading.kind)) return undefined
  }
  return undefined
}

/** A job title, or a custom field of people: "plant managers", "influencers". */
function isPersonal(option: { entity: EntityName; path: string }): boolean {
  return option.path === 'title' || (option.entity === 'contacts' && option.path.startsWith('custom.'))
}

/** "By pipeline and stage": the second of two groups. */
export function joinsGroup(state: ParseState, item: Item): boolean {
  const joint = before(state, item.index)
  if (state.groups.length === 0 || joint?.reading.kind !== 'conjunction') return false
  const first = before(state, joint.index)
  const marker = first === undefined ? undefined : before(state, first.index)
  if (first?.reading.kind === 'bucket' || first?.reading.kind === 'unit') return true
  return (first?.reading.kind === 'entity' || first?.reading.kind === 'field') && marker?.reading.kind === 'group'
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
export function place(state: ParseState, item: Item, said: (phrase: Phrase) => Attachment | undefined, hold = true): void {
  state.negated = false
  const make = (phrase: Phrase) => {
    const attachment = said(phrase)
    if (attachment !== undefined) attachment.constraint.at ??= item.index
    return attachment
  }
  if ((hold && nounAhead(state, item.index) && !state.grouping && state.pending.length < 8) || state.phrases.length === 0) {
    state.pending.push(make)
    return
  }
  if (attach(state, make) === undefined) state.pending.push(make)
}

/** "Not closing this month" denies the month, not that they are open. */
const plans = new Set(['closing', 'upcoming'])

export function readStateWord(state: ParseState, item: Item, word: string, hold = true): void {
  // "Without open deals" denies the deals, not that they are open.
  const planned = state.negated && state.phrases.length > 0 && next(state, item.index)?.reading.kind === 'period' && plans.has(word)
  const carried = planned || (state.negated && state.phrases.length > 0 && nounAhead(state, item.index))
  const negated = state.negated && !carried
  const last = state.lastConstraint
  // "won or lost"
  const ownNoun = nounAhead(state, item.index) && last !== undefined && last.phrase.at < (before(state, item.index)?.index ?? 0) && last.phrase.at !== -1
  if (last?.constraint.slot === 'state' && before(state, item.index)?.reading.kind === 'conjunction' && !negated && !ownNoun) {
    const other = attachState(last.phrase, word, false, state.world)
    if (other !== undefined && isDenied(last.constraint.filter)) {
      const denied = listsWithOr(state, item) ? attachState(last.phrase, word, true, state.world) : undefined
      if (denied === undefined) placeState(state, item, word, false, hold)
      else {
        state.alternatives.add(before(state, item.index)?.index ?? -1)
        last.constraint.filter = neitherNor(last.constraint.filter, other.constraint.filter) ?? { and: [last.constraint.filter, denied.constraint.filter] }
      }
      return
    }
    if (other !== undefined) {
      const joined: Filter = joinStates(last.constraint.filter, other.constraint.filter)
      state.alternatives.add(before(state, item.index)?.index ?? -1)
      last.constraint.filter = joined
      return
    }
  }
  if (negated && deniedAgain(state, item, word)) return
  placeState(state, item, word, negated, hold)
  if (carried) state.negated = true
}

function placeState(state: ParseState, item: Item, word: string, negated: boolean, hold: boolean): void {
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
}

function isDenied(said: Filter): boolean {
  if ('and' in said) return said.and.every(isDenied)
  return 'not' in said || ('field' in said && (said.op === 'ne' || said.op === 'notIn'))
}

/** "Not won, lost or abandoned": none of them; "not won and overdue" says something else. */
function listsWithOr(state: ParseState, item: Item): boolean {
  const rest = state.items.slice(before(state, item.index)?.index ?? item.index)
  const end = rest.findIndex(({ reading }) => !['state', 'conjunction', 'filler'].includes(reading.kind))
  return (end === -1 ? rest : rest.slice(0, end)).some(({ reading }) => reading.kind === 'conjunction' && reading.word === 'or')
}

function neitherNor(said: Filter, other: Filter): Filter | undefined {
  if (!('field' in said) || !('field' in other) || said.field !== other.field || other.op !== 'eq') return undefined
  if (said.op !== 'ne' && said.op !== 'notIn') return undefined
  return { field: said.field, op: 'notIn', value: [said.value, other.value].flat() as string[] }
}

/** "With lost deals but no won ones": the noun is meant again, and there are none of it. */
function deniedAgain(state: ParseState, item: Item, word: string): boolean {
  const { current } = state
  const said = current?.constraints.find(({ slot }) => slot === 'state')?.filter
  if (current?.parent === undefined || said === undefined || !('field' in said) || said.op !== 'eq') return false
  const other = attachState(current, word, false, state.world)
  if (other?.constraint.slot !== 'state') return false
  const again: Phrase = { ...newPhrase(current.entity, false, state.world, item.index), parent: current.parent, negated: true }
  state.phrases.push(again)
  addConstraint(state, again, { ...other.constraint, at: item.index })
  state.current = again
  state.negated = false
  state.link = undefined
  return true
}

function joinStates(a: Filter, b: Filter): Filter {
  if ('field' in a && 'field' in b && a.field === b.field && a.op === 'eq' && b.op === 'eq')
    return { field: a.field, op: 'in', value: [a.value as string, b.value as string] }
  return { or: [a, b] }
}
