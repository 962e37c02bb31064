import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { singular, singularForms } from '#backend/modules/planner/world/world-query.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { relatable } from './apply-concepts.ts'
import { isAnybody } from './each-person.ts'
import { before, type Item, next, type ParseState } from './parse-state.ts'
import { takeTotal } from './parse-totals.ts'
import { newPhrase, type Phrase } from './phrase.ts'
import { flushPending } from './placing.ts'
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
      (previous?.reading.kind === 'anaphor' && following === undefined) ||
      (following?.reading.kind === 'preposition' && following.reading.word === 'of'))
  )
    state.cost += 0.8
  if (reading.entity === 'emails' && !reading.plural && (state.link === 'have' || state.negated) && state.phrases.length === 0)
    state.cost += state.negated ? 2.5 : 1
  // "Pipeline by stage": what stands in it, not the list of pipelines.
  if (reading.entity === 'pipelines' && !reading.plural && previous === undefined && following?.reading.kind === 'group') {
    state.status = true
    return
  }
  // "Pipeline closing this month by owner": what is to close then is worth.
  const closing = following?.reading.kind === 'state' && following.reading.state === 'closing'
  const grouped = state.items.some((other) => other.index > item.index && other.reading.kind === 'group')
  if (reading.entity === 'pipelines' && !reading.plural && closing && grouped && state.phrases.length === 0) {
    state.measures.push('pipelineValue')
    return
  }
  // "The pipeline for Weddings": what stands in that one.
  const named = following?.reading.kind === 'preposition' ? next(state, following.index)?.reading : undefined
  const ofOne = named?.kind === 'value' && named.options.some(({ entity, path }) => entity === 'opportunities' && path === 'pipeline')
  if (reading.entity === 'pipelines' && !reading.plural && ofOne && state.phrases.length === 0 && !state.count) {
    state.status = true
    return
  }
  // "My pipeline", "Amara's pipeline": what stands in it, too.
  const whose = previous?.reading.kind === 'possessive' || previous?.reading.kind === 'me'
  if (reading.entity === 'pipelines' && !reading.plural && whose && following === undefined && state.phrases.length === 0) {
    state.status = true
    return
  }
  // "Who has the biggest pipeline": by what stands in it.
  const biggest = state.superlative !== undefined && state.superlative.at === previous?.index && ['measure', 'any'].includes(state.superlative.by)
  if (reading.entity === 'pipelines' && !reading.plural && biggest && (state.asks.includes('who') || state.phrases[0]?.entity === 'users')) {
    state.measures.push('pipelineValue')
    state.link = undefined
    return
  }
  if (isAnybody(state, item)) return
  if (joinsGroup(state, item)) state.grouping = true
  if (state.grouping && state.phrases.length === 0 && following?.reading.kind === 'group') state.grouping = false
  // "The number of employees across our customers": the figure is theirs, and added up.
  const figureOf = state.aggregateField?.options.some(({ entity }) => entity === (reading.customer === true ? customerEntity(world).entity : reading.entity))
  if (state.grouping && state.phrases.length === 0 && reading.plural && figureOf === true && state.aggregate === 'sum') state.grouping = false
  if (state.grouping && following?.reading.kind === 'field') {
    // "By customer city": the noun says whose city.
    const entity = reading.customer === true ? customerEntity(world).entity : reading.entity
    const own = following.reading.options.filter((option) => option.entity === entity)
    if (own.length > 0) {
      ;(following as { reading: Item['reading'] }).reading = { ...following.reading, options: own }
      return
    }
  }
  // "Top 3 customers by orders", "customers by orders": by how many they have.
  const [ranked] = state.phrases
  const counts = state.superlative !== undefined || (reading.plural && reading.customer !== true)
  if (state.grouping && counts && ranked !== undefined && routeBetween(ranked.entity, reading.entity)?.[0]?.kind === 'relation') {
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
  const superlativeCount =
    ranks || (state.superlative !== undefined && (state.superlative.by === 'count' || says(previous?.lexeme.text ?? '', 'numberOf', state.world.language)))
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
  // "Trustees at charities that have an open deal": whoever has the job is asked for.
  const leading = prepositionBefore(state, item.index)?.index ?? (state.link === 'have' ? item.index : denialBefore(state, item.index)?.index)
  if (head === undefined && leading !== undefined && state.pending.length > 0) {
    const title = state.items.slice(0, leading).find((other) => other.reading.kind === 'value' && other.reading.options.some(isPersonal))
    const kind = title === undefined ? firmsBefore(state, leading, reading.entity) : undefined
    if (kind !== undefined) {
      state.current = newPhrase('organisations', false, world, kind.index)
      state.phrases.push(state.current)
      flushPending(state, state.current, leading)
      readEntity(state, item, reading)
      return
    }
    if (title?.reading.kind === 'value') {
      const holder = title.reading.options.filter(isPersonal).find(({ entity }) => entity === 'contacts') ?? title.reading.options.find(isPersonal)
      const people = newPhrase(holder?.entity ?? 'contacts', false, world, title.index)
      state.phrases.push(people)
      state.current = people
      // "Safety officers in German companies": the companies are German.
      flushPending(state, people, leading)
      const firms = state.items.slice(title.index + 1, leading).find((other) => other.reading.kind === 'value' && other.reading.options.some(isTrade))
      if (firms !== undefined && state.link === 'have') {
        state.current = { ...newPhrase('organisations', false, world, firms.index), parent: people }
        state.phrases.push(state.current)
      }
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
  // "Companies in Texas that are customers": who buys, of those; "contacts at our customers" are people there.
  const buyer = customerEntity(world).entity
  if (reading.customer && head.entity === buyer && state.link !== 'have') {
    if (state.negated) state.unexplained.push(item.lexeme.text)
    head.customer = true
    return
  }
  const within = state.link === 'preposition' || state.link === 'have' || (state.link === 'verb' && state.verb === 'work')
  if (reading.customer && (head.entity === 'contacts' || head.entity === 'organisations') && !within) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  const wanted = reading.customer === true ? buyer : reading.entity
  // A relation needs a word that makes one: with, at, who bought, without.
  const joint = jointBefore(state, item.index)
  const sibling = joint === undefined ? undefined : state.current?.parent
  const toSibling = sibling && routeBetween(sibling.entity, wanted)
  const denial = denialBefore(state, item.index)
  const apart = denial !== undefined && (says(denial.lexeme.text, 'but', state.world.language) || before(state, denial.index)?.reading.kind === 'conjunction')
  const toHead = routeBetween(head.entity, wanted)
  const beside = sibling !== undefined && toSibling !== undefined && toSibling.length > 0
  const owner = beside ? sibling : apart && toHead !== undefined && toHead.length > 0 ? head : nearestParent(state, wanted)
  const activity = entities[head.entity].fields.related_id !== undefined && relatable.has(reading.entity) ? head : undefined
  const parent = owner ?? activity
  if (parent === undefined) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "People we must not call" says what is not to be done, not that there was no call.
  if (reading.entity === 'events' && !reading.plural && previous?.reading.kind === 'negation' && says(previous.lexeme.text, 'not', world.language))
    state.unexplained.push(item.lexeme.text)
  // "without an e-mail" is about the address, not about letters.
  const addressed = reading.plural ? [parent] : state.phrases
  if (reading.entity === 'emails' && addressed.some(({ entity }) => entities[entity].fields.email !== undefined)) state.cost += 1.5
  const buyers = reading.customer === true && !purchases.has(head.entity)
  const child = newPhrase(reading.customer === true ? customerEntity(world).entity : reading.entity, buyers, world, item.index)
  child.parent = parent
  const alsoDenied = joint !== undefined && sibling !== undefined && isDeniedToo(state, joint, item)
  if (alsoDenied) state.alternatives.add(joint.index)
  // "Companies that never ordered with open deals" have them.
  child.negated = state.negated || (state.verbNegated && !(state.verb === 'buy' && state.link === 'have')) || alsoDenied
  const { preposition } = state
  // "E-mails from contacts in Texas" are those they wrote.
  const writes = preposition === 'from' || (preposition === 'by' && (state.verb === 'send' || state.verb === 'author'))
  if (parent.entity === 'emails' && state.link === 'preposition' && (writes || preposition === 'to') && correspondents.has(child.entity))
    child.side = writes ? 'from' : 'to'
  if (state.countTest !== undefined) {
    child.count = state.countTest
    child.negated = false
  }
  state.countTest = undefined
  takeTotal(state, child)
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

/** Those who write letters and get them. */
const correspondents = new Set<EntityName>(['contacts', 'leads', 'organisations'])

/** Work of people: what one wins, completes or writes. */
const work = new Set<EntityName>(['opportunities', 'tasks', 'events', 'notes', 'leads'])

/** "Deals won per person": whoever does the work is one of us. */
function isSomebodyOfOurs({ phrases: [head], context, world }: ParseState, { lexeme }: Item, { entity }: ReadingOf<'entity'>): boolean {
  const done = head?.entity ?? context
  return entity === 'contacts' && done !== undefined && work.has(done) && says(lexeme.text, 'person', world.language)
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

/** "Without tasks or notes": neither. */
function isDeniedToo({ current, items }: ParseState, joint: Item, { index }: Item): boolean {
  if (current?.negated !== true || joint.reading.kind !== 'conjunction') return false
  // "No contacts and no deals" says it again; "no orders and open deals" may mean some.
  if (joint.reading.word !== 'or') return index === joint.index + 1 && index === items.length - 1
  return items.slice(joint.index + 1, index).every(({ reading }) => ['filler', 'state', 'value'].includes(reading.kind))
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
function isPersonal(option: { entity: EntityName; path: string }, _at: number, all: readonly { entity: EntityName; path: string }[]): boolean {
  if (option.path === 'tags') return all.every(({ entity, path }) => path === 'tags' && (entity === 'contacts' || entity === 'leads'))
  return option.path === 'title' || (option.entity === 'contacts' && option.path.startsWith('custom.'))
}

/** "Certified shipyards with open deals", "premium buildings without deals": what firms are, said before what they have. */
function firmsBefore({ items }: ParseState, end: number, noun: EntityName): Item | undefined {
  return items.slice(0, end).findLast(({ reading, lexeme }) => {
    if (reading.kind !== 'value' || !reading.options.some((option) => isTrade(option) || isOwnOfFirms(option))) return false
    const said = fold(lexeme.text)
    const plural = singularForms(said).some((form) => form !== said && reading.options.some(({ value }) => form.includes(singular(fold(value)))))
    const tagged = reading.options.some(({ entity, path }) => path === 'tags' && entity === noun)
    return (plural && !tagged) || reading.options.every(({ entity, path }) => entity !== noun && path.startsWith('custom.'))
  })
}

function isOwnOfFirms(option: { entity: EntityName; path: string }): boolean {
  return option.entity === 'organisations' && (option.path.startsWith('custom.') || option.path === 'tags')
}

function isTrade(option: { entity: EntityName; path: string }): boolean {
  return option.entity === 'organisations' && option.path === 'industry'
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

const people = new Set<EntityName>(['contacts', 'leads'])

function nearestParent(state: ParseState, entity: EntityName): Phrase | undefined {
  let best: { phrase: Phrase; cost: number } | undefined
  ;[...state.phrases].reverse().forEach((phrase, distance) => {
    const route = routeBetween(phrase.entity, entity)
    if (route === undefined || route.length === 0) return
    // "Contacts without deals at vip companies": people are at companies.
    const works = people.has(phrase.entity) && entity === 'organisations' && state.link === 'preposition' && state.preposition === 'at'
    const cost = route.length + distance * 0.6 - (works ? 1 : 0)
    if (best === undefined || cost < best.cost) best = { phrase, cost }
  })
  return (best as { phrase: Phrase } | undefined)?.phrase
}
