import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { dimensions, readEntity } from './parse-nouns.ts'
import { before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { ofKnownValues, readText } from './parse-text.ts'
import { attachValue, type Phrase } from './phrase.ts'
import { place } from './placing.ts'

export function readValue(state: ParseState, item: Item, reading: ReadingOf<'value'>): void {
  // "Key accounts" says of which records the value is.
  const { noun } = reading
  if (noun !== undefined && state.phrases.length === 0 && !state.grouping && reading.options.some(({ entity, path }) => entity === noun && path !== 'title'))
    readEntity(state, item, { kind: 'entity', entity: noun, plural: true })
  const carried = state.negated && ((state.phrases.length > 0 && nounAhead(state, item.index)) || deniesDeed(state, reading.options))
  const alsoDenied = deniedTogether(state, item, reading.options)
  const negated = (state.negated && !carried) || alsoDenied
  if (negated) state.denied = item.index
  const previous = before(state, item.index)
  const said =
    previous?.reading.kind === 'contains' ||
    (previous?.reading.kind === 'verb' && previous.reading.verb === 'mention') ||
    (previous?.reading.kind === 'preposition' && previous.reading.word === 'about')
  const fieldSaid = previous?.reading.kind === 'contains' && before(state, previous.index)?.reading.kind === 'field'
  if (said && state.current !== undefined && (fieldSaid || ['notes', 'emails', 'tasks', 'events'].includes(state.current.entity))) {
    readText(state, item, item.lexeme.text)
    return
  }
  const expected = previous?.reading.kind === 'field' ? previous.reading : undefined
  // "Products of the brand Nice": a place is no brand.
  const paths = expected?.options.map(({ path }) => path) ?? []
  const introduced = previous === undefined ? undefined : before(state, previous.index)?.reading.kind
  const isTag = !paths.some((path) => path !== 'tags')
  const isOf = (isTag || introduced === 'preposition' || introduced === 'have') && previous?.index === item.index - 1 && !nounAhead(state, item.index)
  if (isOf && paths.length > 0 && paths.every((path) => ofKnownValues.has(path)) && !reading.options.some(({ path }) => paths.includes(path)))
    state.unexplained.push(item.lexeme.text)
  // "the Renewals pipeline", "stage Proposal"
  const following = next(state, item.index)
  const named =
    following?.reading.kind === 'field'
      ? following.reading
      : following?.reading.kind === 'entity' &&
          (following.reading.entity === 'pipelines' || following.reading.entity === 'stages' || following.reading.entity === 'tags')
        ? following.reading
        : undefined
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
    options = settled(options, last.phrase)
    const merged = attachValue(last.phrase, [...(last.options as typeof options), ...options], false, state.world)
    const single = attachValue(last.phrase, options, false, state.world)
    const bothTags =
      'field' in last.constraint.filter &&
      holdsSeveral(state, last.phrase.entity, last.constraint.filter.field) &&
      joint.reading.kind === 'conjunction' &&
      joint.reading.word === 'and'
    const within = joint.lexeme.text === ',' && isWithin(last.options as typeof options, options)
    if (
      !bothTags &&
      !within &&
      merged !== undefined &&
      single !== undefined &&
      single.constraint.slot === last.constraint.slot &&
      !('and' in last.constraint.filter)
    ) {
      const wasNegated = 'field' in last.constraint.filter && (last.constraint.filter.op === 'ne' || last.constraint.filter.op === 'notIn')
      const both = attachValue(last.phrase, mergeByPath(last.options as typeof options, options), wasNegated || negated, state.world)
      if (both !== undefined) {
        // "In London or Ontario": a city or a state.
        const apart =
          common(last.options as typeof options, options).length === 0 && !JSON.stringify(both.constraint.filter).includes(JSON.stringify(options[0]?.value))
        last.constraint.filter = apart ? eitherOf(last.constraint.filter, single.constraint.filter, wasNegated) : both.constraint.filter
        last.options = mergeByPath(last.options as typeof options, options)
        if (joint.reading.kind === 'conjunction' && joint.reading.word === 'and' && saysBoth(state, joint)) last.phrase.eachOf = last.constraint.slot
        state.alternatives.add(joint.index)
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
    state.lastConstraint.options = settled(rememberOptions, state.lastConstraint.phrase)
  }
}

/** "Excluding Texas and Oregon": neither, when they wait for their noun together. */
function deniedTogether(state: ParseState, item: Item, options: ReadingOf<'value'>['options']): boolean {
  const joint = before(state, item.index)
  const first = joint?.reading.kind === 'conjunction' ? before(state, joint.index) : undefined
  return first?.reading.kind === 'value' && first.index === state.denied && common(first.reading.options, options).length > 0
}

/** "Both A and B". */
function saysBoth({ items, world }: ParseState, joint: Item): boolean {
  const first = items.slice(0, joint.index).findLastIndex(({ reading }) => reading.kind === 'value')
  return items.slice(Math.max(0, first - 2), first).some(({ lexeme }) => says(lexeme.text, 'eachOfTwo', world.language))
}

/** Deeds of which a value beside them says whose they are, or where. */
const deeds = new Set(['contact', 'convert', 'complete'])
const purchases = new Set(['buy', 'spend'])

/** "Whom we have never contacted in Singapore": that they were contacted is denied, and not the place. */
function deniesDeed({ verb, verbNegated }: ParseState, options: ReadingOf<'value'>['options']): boolean {
  if (!verbNegated || verb === undefined) return false
  return deeds.has(verb) || (purchases.has(verb) && options.every(({ path }) => places.includes(path)))
}

/** "The UK or Canada": whether each was meant by another name is decided before they are joined. */
function settled(options: ReadingOf<'value'>['options'], { entity }: Phrase): ReadingOf<'value'>['options'] {
  const literal = options.some((option) => option.entity === entity && option.alias !== true)
  return (literal ? options.filter(({ alias }) => alias !== true) : options).map(({ alias: _, ...option }) => option)
}

function adjectiveOf(state: ParseState, item: Item): boolean {
  const following = next(state, item.index)
  return following?.reading.kind === 'entity'
}

/** Tags and choices of which a record may have more than one: "both A and B". */
function holdsSeveral({ world }: ParseState, entity: string, path: string): boolean {
  return path === 'tags' || world.customFields.some((field) => field.entity === entity && `custom.${field.key}` === path && field.type === 'multiChoice')
}

const places = ['city', 'state', 'country']

/** "London, Ontario": the second place is the one that the first lies in. */
function isWithin(inner: ReadingOf<'value'>['options'], outer: ReadingOf<'value'>['options']): boolean {
  const isPlace = ({ path }: { path: string }) => places.includes(path)
  return inner.every(isPlace) && outer.every(isPlace) && common(inner, outer).length === 0
}

function common<T extends { path: string; entity: string }>(a: readonly T[], b: readonly T[]): T[] {
  return a.filter((one) => b.some((other) => other.path === one.path && other.entity === one.entity))
}

function eitherOf(a: Filter, b: Filter, negated: boolean): Filter {
  return negated ? { and: [a, { not: b }] } : { or: [a, b] }
}

function mergeByPath<T extends { path: string; entity: string; value: string }>(a: readonly T[], b: readonly T[]): T[] {
  const shared = common(a, b)
  if (shared.length === 0) return [...a, ...b]
  return [...shared, ...common(b, shared)]
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

export function dropField(state: ParseState, concept: string): void {
  const last = state.fields.at(-1)
  if (last?.concept === concept) state.fields.pop()
}
