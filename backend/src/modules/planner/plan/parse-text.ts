import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { singular } from '#backend/modules/planner/world/world-query.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Filter } from '#contracts/query.ts'
import { dropLastField } from './parse-fields.ts'
import { before, type Item, next, type ParseState } from './parse-state.ts'
import { fieldTypeOf } from './phrase.ts'
import { place } from './placing.ts'
import { isPhone, partsOfNames, textTest } from './text-test.ts'

/** What notes and e-mails are kept with; everything else they only mention. */
const discussed = new Set<EntityName>(['contacts', 'organisations', 'leads', 'opportunities'])

/** Whoever says something, of whom no text is kept. */
const people = new Set<EntityName>(['contacts', 'organisations', 'leads', 'users'])

/** "E-mails about invoices", "notes that mention an order": a noun with nothing said of it is what a text is about. */
export function readTopic(state: ParseState, item: Item, { entity, customer, plural }: ReadingOf<'entity'>): boolean {
  const previous = before(state, item.index)?.reading
  const following = next(state, item.index)?.reading
  const says = previous?.kind === 'contains' || (previous?.kind === 'verb' && previous.verb === 'mention')
  const about = says || (previous?.kind === 'preposition' && previous.word === 'about')
  // "E-mails about an invoice dispute": both words, and no order.
  const goesOn = state.items[item.index + 1]
  if (about && !plural && goesOn?.reading.kind === 'text' && isWritten(state) && !state.negated && customer !== true) {
    readText(state, item, `${item.lexeme.text} ${goesOn.lexeme.text}`)
    ;(goesOn as { reading: Item['reading'] }).reading = { kind: 'filler' }
    return true
  }
  // "Notes about invoice written this year": when it was written says nothing of an invoice.
  const written =
    (!plural || !discussed.has(entity)) &&
    (following?.kind === 'period' || (following?.kind === 'verb' && /^(?:author|create|send|receive)$/.test(following.verb)))
  if ((following !== undefined && !written) || !about || !isWritten(state) || state.negated || customer === true) return false
  readText(state, item, item.lexeme.text)
  return true
}

/** "E-mails about invoices", and "e-mails from customers about invoices". */
function isWritten({ current, phrases: [head] }: ParseState): boolean {
  return current !== undefined && (written.has(current.entity) || (current.parent === head && head !== undefined && written.has(head.entity)))
}

/** What is written, and so may hold any word. */
const written = new Set<EntityName>(['notes', 'emails'])
const titled = new Set<EntityName>(['notes', 'emails', 'tasks', 'events'])

/** "Asbestos notes", "notes where somebody praised the installers": what is nothing else is looked for in what is written. */
export function readMentioned(state: ParseState, item: Item): boolean {
  const { text } = item.lexeme
  const noun = next(state, item.index)
  const ahead = noun?.reading.kind === 'entity' && titled.has(noun.reading.entity) && noun.lexeme.start === item.lexeme.end ? noun.reading.entity : undefined
  const behind = state.current !== undefined && written.has(state.current.entity) && state.current === state.phrases[0] ? state.current.entity : undefined
  const entity = ahead ?? behind
  if (entity === undefined || text.length < 4 || !(written.has(entity) || isInData(text, state))) return false
  const { negated } = state
  const slot = `text:${item.index}`
  place(state, item, (phrase) => {
    const test = phrase.entity === entity ? textTest(state, phrase, text, undefined, negated, true) : undefined
    return test && { ...test, constraint: { ...test.constraint, slot } }
  })
  return true
}

function isInData(text: string, { world }: ParseState): boolean {
  const word = fold(text)
  return world.words.has(word) || world.words.has(singular(word))
}

/** "Tasks about scaffolding", "scaffolding tasks": a word of what is written, though deals have a field that is called so. */
export function readFieldAsText(state: ParseState, item: Item, { options }: ReadingOf<'field'>): boolean {
  if (isTopic(state, item, options)) readText(state, item, item.lexeme.text)
  else return isTitle(state, item, options) && readMentioned(state, item)
  return true
}

function isTopic(state: ParseState, item: Item, options: ReadingOf<'field'>['options']): boolean {
  const previous = before(state, item.index)?.reading
  const about =
    (previous?.kind === 'preposition' && previous.word === 'about') ||
    (previous?.kind === 'verb' && (previous.verb === 'mention' || previous.verb === 'relate'))
  return about && isOthersOwn(options, state.current?.entity)
}

function isTitle(state: ParseState, item: Item, options: ReadingOf<'field'>['options']): boolean {
  const noun = next(state, item.index)?.reading
  return noun?.kind === 'entity' && state.phrases.length === 0 && !state.grouping && isOthersOwn(options, noun.entity)
}

/** A field of the workspace's own, of other records than these, which are told by what they are called. */
function isOthersOwn(options: ReadingOf<'field'>['options'], entity: string | undefined): boolean {
  return (
    ['tasks', 'events', 'notes', 'emails'].includes(entity ?? '') && options.every((option) => option.path.startsWith('custom.') && option.entity !== entity)
  )
}

const domain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i

/** "An address at postbox.example": what an address ends in. */
function readDomain(state: ParseState, item: Item, text: string): void {
  const { negated } = state
  const previous = before(state, item.index)
  const beside = previous?.reading.kind === 'preposition' ? before(state, previous.index) : previous
  if (beside?.reading.kind === 'field') dropLastField(state)
  const following = next(state, item.index)
  if (following?.reading.kind === 'field') (following as { reading: Item['reading'] }).reading = { kind: 'filler' }
  place(
    state,
    item,
    (phrase) => {
      const { fields } = entities[phrase.entity]
      if (fields.email !== undefined) {
        const filter: Filter = { field: 'email', op: 'endsWith', value: `@${text}` }
        return { constraint: { slot: 'email', filter: negated ? { not: filter } : filter }, cost: 0 }
      }
      return fields.domain === undefined
        ? undefined
        : { constraint: { slot: 'domain', filter: { field: 'domain', op: negated ? 'ne' : 'eq', value: text } }, cost: 0 }
    },
    false,
  )
}

/** The field that several texts are of: "Dairy" or "Bakeries" in their name. */
function fieldAhead(state: ParseState, index: number): { item: Item; direct: boolean } | undefined {
  let following = next(state, index)
  let direct = true
  for (let hops = 0; hops < 4 && following?.reading.kind === 'conjunction'; hops++) {
    const other = next(state, following.index)
    following = other === undefined ? undefined : next(state, other.index)
    direct = false
  }
  let item = following?.reading.kind === 'preposition' ? next(state, following.index) : undefined
  if (item?.reading.kind === 'anaphor') item = next(state, item.index)
  return item?.reading.kind === 'field' ? { item, direct } : undefined
}

/** Fields of which every value is known. */
export const ofKnownValues: ReadonlySet<string> = new Set([
  'source',
  'status',
  'industry',
  'category',
  'brand',
  'stage',
  'pipeline',
  'priority',
  'tags',
  'title',
  'city',
  'state',
  'country',
])

/** A quoted text, an e-mail address, or words that name nothing: something that a text field may say. */
export function readText(state: ParseState, item: Item, text: string): void {
  const previous = before(state, item.index)
  const negated = state.negated
  // "In the stage called Negotiation": there is none, and no deal that is called so is meant.
  const holder = previous?.reading.kind === 'named' ? before(state, previous.index) : previous
  const isPlace =
    holder?.reading.kind === 'entity'
      ? !holder.reading.plural && (holder.reading.entity === 'stages' || holder.reading.entity === 'pipelines')
      : holder?.reading.kind === 'field' && holder.reading.options.every(({ path }) => path === 'stage' || path === 'pipeline')
  if (isPlace) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  if (mailProvider.test(text)) {
    readProvider(state, item, text)
    return
  }
  if (domain.test(text) && !text.includes('@') && !(previous !== undefined && edgeOf(previous, state.world.language) === 'endsWith')) {
    readDomain(state, item, text)
    return
  }
  const ahead = fieldAhead(state, item.index)
  const inField = ahead?.item
  const named1 = previous?.reading.kind === 'contains' ? before(state, previous.index) : undefined
  const between = state.items.slice((previous?.index ?? -1) + 1, item.index)
  const adjacent = between.every((other) => says(other.lexeme.text, 'linking', state.world.language))
  const another = joinedText(state, item)
  if (another !== undefined) {
    const { filter } = another
    another.filter =
      'or' in filter || filter.op === 'contains'
        ? { or: [...('or' in filter ? filter.or : [filter]), { field: labelOf(filter), op: 'contains', value: text }] }
        : { field: filter.field, op: 'in', value: [...[filter.value].flat().map(String), text] }
    state.alternatives.add(previous?.index ?? -1)
    return
  }
  const options =
    previous?.reading.kind === 'field' && adjacent
      ? previous.reading.options
      : named1?.reading.kind === 'field'
        ? named1.reading.options
        : inField?.reading.kind === 'field'
          ? inField.reading.options
          : undefined
  const quoted = state.phrases.length > 0 && item.lexeme.readings.some(({ reading }) => reading.kind === 'text' && reading.quoted === true)
  const plain = !text.includes('@') && !isPhone(text) && !quoted
  // "Which competitors raised their prices": no word of the data, and not written as a name would be.
  const free = previous?.reading.kind === 'field' && previous.reading.options.some(({ path }) => path.endsWith('name') || path === 'subject')
  const beside = adjacent && previous?.reading.kind === 'field' && !free
  // "In the category Fireworks": all that there are is known, and this is none of them.
  const isKnown = previous?.reading.kind === 'field' && previous.reading.options.every(({ path }) => ofKnownValues.has(path))
  const strange = plain && beside && (isKnown || /^\p{Ll}/u.test(text)) && text.split(' ').every((word) => !isInData(word, state))
  if (strange && !item.lexeme.readings.some(({ reading }) => reading.kind === 'text' && reading.quoted)) state.unexplained.push(item.lexeme.text)
  // "Support tickets" are nothing of a support tier.
  if (plain && adjacent && previous?.reading.kind === 'field' && previous.reading.part === true) state.unexplained.push(item.lexeme.text)
  const introduced =
    previous?.reading.kind === 'contains' ||
    previous?.reading.kind === 'named' ||
    (previous?.reading.kind === 'preposition' && /^(?:about|regarding|re|on|concerning)$/.test(previous.reading.word)) ||
    (previous?.reading.kind === 'preposition' && previous.reading.word === 'to' && (state.current?.entity === 'tasks' || state.current?.entity === 'events')) ||
    (previous?.reading.kind === 'verb' && /^(?:mention|relate)$/.test(previous.reading.verb))
  if (options !== undefined) {
    if (
      plain &&
      !options.some((option) => ['text', 'longText', 'email', 'phone', 'choice', 'list'].includes(fieldTypeOf(option.entity, option.path, state.world) ?? ''))
    )
      state.unexplained.push(item.lexeme.text)
    if (inField === undefined) dropLastField(state)
    else if (ahead?.direct === true) (inField as { reading: Item['reading'] }).reading = { kind: 'filler' }
  } else if (isEmployer(state, previous, text)) {
    place(state, item, (phrase) => textTest(state, phrase, text, [{ entity: 'leads', path: 'organisation' }], negated, true), false)
    return
  } else if (plain && (!introduced || state.phrases.length === 0)) {
    if (!readMentioned(state, item)) state.unexplained.push(item.lexeme.text)
    return
  }
  // "Customers who complained about delivery": nobody is called so; it is in notes, of whoever they are about.
  const speaks = previous?.lexeme.readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'mention') === true
  if (speaks && options === undefined && people.has(state.current?.entity ?? 'notes')) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "Companies that start with L": by what they are called.
  const edge = edgeOf(previous, state.world.language)
  const named = previous?.reading.kind === 'named' || (edge !== undefined && options === undefined)
  place(
    state,
    item,
    (phrase) =>
      textTest(
        state,
        phrase,
        text,
        named ? [{ entity: phrase.entity, path: entities[phrase.entity].labelField }] : options,
        negated,
        previous?.reading.kind === 'contains' || named,
        edge,
      ),
    false,
  )
}

/** "Last name Day or Post": the test of the name before, which takes either. */
function joinedText(state: ParseState, item: Item): { filter: FieldTest | Extract<Filter, { or: unknown }> } | undefined {
  const joint = before(state, item.index)
  const first = joint === undefined ? undefined : before(state, joint.index)
  const { constraint } = state.lastConstraint ?? {}
  const filter = constraint?.filter
  if (joint?.reading.kind !== 'conjunction' || first?.reading.kind !== 'text' || constraint?.at !== first.index || filter === undefined) return undefined
  const named = before(state, first.index)?.reading.kind === 'named' || 'or' in filter
  const either = named && [filter, ...('or' in filter ? filter.or : [])].some((one) => 'field' in one && one.field === 'name' && one.op === 'contains')
  const part = 'field' in filter && partsOfNames.test(filter.field) && (filter.op === 'eq' || filter.op === 'in')
  return part || either ? (constraint as { filter: FieldTest }) : undefined
}

function labelOf(filter: Filter): string {
  const [first] = 'or' in filter ? filter.or : [filter]
  return first !== undefined && 'field' in first ? first.field : 'name'
}

type FieldTest = Extract<Filter, { field: string }>

/** "Leads at Marlow College": a lead's company is a name, whether it is among the organisations or not. */
function isEmployer(state: ParseState, previous: Item | undefined, text: string): boolean {
  const at = previous?.reading.kind === 'preposition' && ['at', 'from', 'of'].includes(previous.reading.word)
  return at && state.current?.entity === 'leads' && /^\p{Lu}/u.test(text)
}

const mailProvider = /^(?:gmail|outlook|hotmail|yahoo|icloud|gmx|protonmail)(?: (?:address(?:es)?|e-?mails?|accounts?))?$/i

/** "Gmail addresses": what an address says after its at sign. */
function readProvider(state: ParseState, item: Item, text: string): void {
  const negated = state.negated
  const following = next(state, item.index)
  if (following?.reading.kind === 'field' || (following?.reading.kind === 'entity' && following.reading.entity === 'emails'))
    (following as { reading: Item['reading'] }).reading = { kind: 'filler' }
  const value = `@${text.split(' ')[0]?.toLowerCase()}.`
  place(
    state,
    item,
    (phrase) =>
      entities[phrase.entity].fields.email === undefined
        ? undefined
        : { constraint: { slot: 'email', filter: { field: 'email', op: negated ? 'notContains' : 'contains', value } }, cost: 0 },
    false,
  )
}

/** "Starts with", "ends in". */
function edgeOf(item: Item | undefined, language: ParseState['world']['language']): 'startsWith' | 'endsWith' | undefined {
  if (item?.reading.kind !== 'contains') return undefined
  return says(item.lexeme.text, 'startsWith', language) ? 'startsWith' : says(item.lexeme.text, 'endsWith', language) ? 'endsWith' : undefined
}
