import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { joinsGroup } from './parse-nouns.ts'
import { asksWhat, before, type Item, next, type ParseState } from './parse-state.ts'
import { type Attachment, fieldOn, fieldTypeOf, newPhrase, type Phrase, slotOf } from './phrase.ts'
import { place } from './placing.ts'

export const numeric = new Set(['integer', 'number', 'money'])

export const temporal = new Set(['date', 'datetime'])

const afterSold = new Set<Item['reading']['kind']>(['period', 'currency', 'preposition', 'verb', 'superlative'])

/** "The 3 best selling brands", "which category sells best". */
function sellsBest({ items, superlative }: ParseState, item: Item): boolean {
  const following = items.slice(item.index + 1).find(({ reading }) => reading.kind !== 'filler')
  const previous = items.slice(0, item.index).findLast(({ reading }) => reading.kind !== 'filler')
  if (following !== undefined && !afterSold.has(following.reading.kind)) return false
  if (superlative?.by === 'sold') return true
  return previous?.reading.kind === 'ask' && following?.reading.kind === 'superlative' && following.reading.by === 'sold'
}

const ways = new Set(['send', 'receive', 'author'])

/** "E-mails from Sarah", "how many e-mails did Sarah send", "e-mails with Sarah": letters, and not addresses. */
function areLetters(state: ParseState, item: Item): boolean {
  const { items, superlative, world } = state
  const several = says(item.lexeme.text, 'letters', world.language)
  const beside = next(state, item.index)
  // "E-mails between us and Sarah"
  const between = items[item.index + 1]?.lexeme.readings.some(({ reading }) => reading.kind === 'comparator' && reading.op === 'between')
  if (between === true) return several
  if (beside?.reading.kind === 'preposition' && /^(?:from|to|about)$/.test(beside.reading.word)) return several || superlative?.by === 'time'
  if (!several) return false
  const isWritten = items.some(
    ({ reading }) =>
      (reading.kind === 'verb' && ways.has(reading.verb)) || (reading.kind === 'state' && (reading.state === 'inbound' || reading.state === 'outbound')),
  )
  const withSomebody = beside?.reading.kind === 'have' && next(state, beside.index)?.reading.kind === 'record'
  return isWritten || withSomebody || before(state, item.index)?.reading.kind === 'count'
}

export function readField(state: ParseState, item: Item, reading: ReadingOf<'field'>): void {
  const { options, concept } = reading
  if (concept === 'email' && areLetters(state, item)) state.cost += 2.6
  const following = next(state, item.index)
  const previous = before(state, item.index)
  const ran = ranOut(state, item, reading)
  for (const one of ran ?? []) {
    if (one.reading.kind === 'negation') state.negated = !state.negated
    ;(one as { reading: Item['reading'] }).reading = { kind: 'filler' }
  }
  if ((reading.lapsed === true || ran !== undefined) && following?.reading.kind !== 'period') {
    const { negated } = state
    place(state, item, (phrase) => lapsedTest(state, phrase, options, negated))
    state.link = undefined
    return
  }
  // "The tallest building by floors", where a label begins so: whatever has that label.
  const [holder] = options
  if (reading.part === true && holder !== undefined && state.superlative?.at === item.index - 1 && state.phrases.length === 0 && following !== undefined) {
    const phrase = newPhrase(holder.entity, false, state.world, item.index)
    state.phrases.push(phrase)
    state.current = phrase
    return
  }
  if (state.sorting) {
    state.sortBy = { options }
    state.sorting = false
    return
  }
  // "What are they worth?"
  if (concept === 'value' && (state.anaphor || asksWhat(state)) && says(item.lexeme.text, 'worth', state.world.language) && following === undefined) {
    state.aggregate ??= 'sum'
    state.aggregateField = { options }
    return
  }
  // "Best selling category": units by category.
  if (state.phrases.length === 0 && (concept === 'category' || concept === 'brand') && sellsBest(state, item)) {
    state.groups.push({ kind: 'field', options, concept })
    // "In pounds" asks for money.
    state.measures.push(state.items.some(({ reading }) => reading.kind === 'currency') ? 'revenue' : 'quantity')
    return
  }
  // "Opted in to the newsletter" says of a person what a yes-or-no field holds.
  if (!state.grouping && !joinsGroup(state, item) && (state.records.length === 0 || state.phrases.length > 0) && isCustomBoolean(state, options)) {
    // "Uncertified" is known not to be.
    const no = saysNo(state, item) || (reading.denied === true && !state.negated)
    const negated = state.negated && reading.denied !== true
    place(state, item, (phrase) => (no ? falseTest(state, phrase, options) : emptyTest(state, phrase, options, negated)))
    state.link = undefined
    return
  }
  if (state.grouping || joinsGroup(state, item)) {
    state.grouping = false
    if (readFigureGroup(state, item, options)) return
    if (state.superlative?.by === 'sold') {
      state.rankBy = { kind: 'measure', measure: concept === 'quantity' ? 'quantity' : 'revenue' }
      return
    }
    if (state.superlative?.by === 'top' || (state.superlative !== undefined && state.superlative.by !== 'count')) {
      const head = state.phrases[0]
      const found = head && fieldOn(head, options, state.world)
      if (found !== undefined && numeric.has(found.type)) {
        state.rankBy = { kind: 'field', options }
        return
      }
    }
    state.groups.push({ kind: 'field', options, concept })
    return
  }
  const valued = following?.reading.kind === 'value' && following.reading.options.some((value) => options.some((option) => option.path === value.path))
  if (
    valued ||
    following?.reading.kind === 'comparison' ||
    following?.reading.kind === 'text' ||
    following?.reading.kind === 'empty' ||
    following?.reading.kind === 'named'
  ) {
    state.fields.push({ options, concept })
    return
  }
  const joint = previous?.reading.kind === 'conjunction' ? previous : undefined
  const { emptied } = state
  // "Without a phone or an e-mail" lacks both; "with a phone or an e-mail" has either.
  if (joint !== undefined && emptied !== undefined && emptied.index === before(state, joint.index)?.index) {
    const empty = state.negated || emptied.empty
    if (emptied.empty && !state.negated) state.alternatives.add(joint.index)
    place(state, item, (phrase) => emptyTest(state, phrase, options, empty), false)
    state.emptied = { index: item.index, empty }
    state.link = undefined
    return
  }
  // "without a phone", "no email"
  if (state.negated && following?.reading.kind !== 'period') {
    const negated = state.negated
    place(state, item, (phrase) => emptyTest(state, phrase, options, negated), false)
    state.emptied = { index: item.index, empty: negated }
    state.link = undefined
    return
  }
  // "By number of staff trained": a figure of each record.
  if (state.rankCount && previous?.reading.kind === 'count' && isNumericField(state, options)) {
    state.rankCount = false
    state.rankBy = { kind: 'field', options }
    return
  }
  if (
    state.superlative !== undefined &&
    ['measure', 'any', 'count', 'top', 'price', 'size', 'time'].includes(state.superlative.by) &&
    state.superlative.at >= item.index - 3 &&
    state.rankBy === undefined
  ) {
    const { by } = state.superlative
    const sized = by === 'measure' || by === 'size' || by === 'price'
    const numericOption = options.filter(
      (option) =>
        // No date is bigger than another.
        !(sized && temporal.has(fieldTypeOf(option.entity, option.path, state.world) ?? '')) &&
        (numeric.has(entities[option.entity].fields[option.path]?.type ?? 'text') ||
          temporal.has(entities[option.entity].fields[option.path]?.type ?? 'text') ||
          isFigureOfOwn(state, option)),
    )
    if (numericOption.length > 0) {
      state.rankBy = { kind: 'field', options: numericOption }
      state.link = undefined
      return
    }
  }
  if (state.aggregate !== undefined && state.aggregateField === undefined && state.aggregate !== 'countDistinct') {
    state.aggregateField = { options }
    return
  }
  if (state.count && previous?.reading.kind === 'count' && isNumericField(state, options)) {
    // "How many employees" asks for a figure, not for how many figures there are.
    state.count = false
    state.aggregate = 'sum'
    state.aggregateField = { options }
    state.countedField = { options, concept }
    return
  }
  if ((state.aggregate === 'countDistinct' || (state.count && previous?.reading.kind === 'count')) && state.phrases.length === 0) {
    state.aggregate = 'countDistinct'
    state.aggregateField = { options }
    return
  }
  // "that have an e-mail address", "with a phone number"
  const theirs =
    state.items.slice((previous?.index ?? -1) + 1, item.index).some(({ lexeme }) => says(lexeme.text, 'theirs', state.world.language)) ||
    says(previous?.lexeme.text ?? '', 'theirs', state.world.language)
  // "Fleet managers with a mobile": those are told by their title, before any noun.
  const told = state.phrases.length > 0 || (state.pending.length > 0 && state.records.length === 0)
  if (state.link === 'have' && !theirs && reading.part !== true && told && following?.reading.kind !== 'period') {
    place(state, item, (phrase) => emptyTest(state, phrase, options, false), false)
    state.emptied = { index: item.index, empty: false }
    state.link = undefined
    return
  }
  if (following?.reading.kind === 'period') {
    const head = state.current ?? state.phrases[0]
    const found =
      head === undefined
        ? options.find((option) => temporal.has(fieldTypeOf(option.entity, option.path, state.world) ?? 'text'))
        : fieldOn(head, options, state.world)
    // "By month and owner in 2026": no owner lies in a year.
    const isTime = head === undefined || (found !== undefined && 'type' in found && temporal.has(found.type))
    if (found !== undefined && isTime) {
      state.time = found.path
      state.fields.push({ options, concept })
      return
    }
  }
  // "Lost to competitors", "lost because of the price" say why, and ask for no column.
  const because = (text: string) => says(text, 'onAccountOf', state.world.language)
  const marker = state.items.slice(0, item.index).findLast((one) => one.reading.kind !== 'filler' || because(one.lexeme.text))
  if (state.phrases.length > 0 && because(marker?.lexeme.text ?? '')) state.unexplained.push(item.lexeme.text)
  state.fields.push({ options, concept })
}

/** "Warranty has already expired": of the date that a word of its label names. */
function ranOut(state: ParseState, item: Item, { part, options }: ReadingOf<'field'>): Item[] | undefined {
  const isDate = options.some(({ entity, path }) => path.startsWith('custom.') && fieldTypeOf(entity, path, state.world) === 'date')
  if (part !== true || !isDate) return undefined
  const described = state.items[item.index - 1]
  if (described?.reading.kind === 'filler' && says(described.lexeme.text, 'ranOut', state.world.language)) return []
  const told: Item[] = []
  let following = next(state, item.index)
  while (following?.reading.kind === 'have' || following?.reading.kind === 'negation') {
    told.push(following)
    following = next(state, following.index)
  }
  if (following === undefined || !says(following.lexeme.text, 'ranOut', state.world.language)) return undefined
  return next(state, following.index)?.reading.kind === 'period' ? undefined : [...told, following]
}

/** A custom field that has an order worth asking for. */
function isFigureOfOwn({ world }: ParseState, { entity, path }: { entity: string; path: string }): boolean {
  const field = world.customFields.find((one) => one.entity === entity && `custom.${one.key}` === path)
  return field?.type === 'number' || field?.type === 'date'
}

function isCustomBoolean(state: ParseState, options: ReadingOf<'field'>['options']): boolean {
  return options.every((option) => state.world.customFields.some((field) => `custom.${field.key}` === option.path && field.type === 'boolean'))
}

/** "With expired frameworks", "without expired frameworks". */
function lapsedTest(state: ParseState, phrase: Phrase, options: ReadingOf<'field'>['options'], negated: boolean): Attachment | undefined {
  const found = fieldOn(phrase, options, state.world)
  if (found === undefined) return undefined
  const filter: Filter = { field: found.path, op: 'lt', value: { now: true } }
  return { constraint: { slot: slotOf(found.path), filter: negated ? { not: filter } : filter }, cost: found.cost }
}

function falseTest(state: ParseState, phrase: Phrase, options: ReadingOf<'field'>['options']): Attachment | undefined {
  const found = fieldOn(phrase, options, state.world)
  return found === undefined ? undefined : { constraint: { slot: slotOf(found.path), filter: { field: found.path, op: 'eq', value: false } }, cost: found.cost }
}

/** "Newsletter set to no": a denial that ends the question is the value. */
function saysNo(state: ParseState, item: Item): boolean {
  const following = next(state, item.index)
  const value = following?.reading.kind === 'preposition' || following?.reading.kind === 'comparator' ? next(state, following.index) : following
  if (value?.reading.kind !== 'negation' || next(state, value.index) !== undefined) return false
  ;(value as { reading: Item['reading'] }).reading = { kind: 'filler' }
  return true
}

/** "By price" puts records in order and "compare A and B by value" adds up; groups of equal amounts are never meant. */
function readFigureGroup(state: ParseState, item: Item, options: ReadingOf<'field'>['options']): boolean {
  const head = state.phrases[0]
  const holder = head ?? options.find((option) => entities[option.entity].fields[option.path]?.type === 'money')
  const found = holder === undefined ? undefined : fieldOn(holder, options, state.world)
  if (found === undefined || state.superlative !== undefined) return false
  const amount = found.type === 'money' || found.type === 'longText' || (found.type === 'number' && found.path.startsWith('custom.'))
  const figure = amount || ['size', 'stock', 'quantity'].includes(found.path)
  if (!figure && !temporal.has(found.type)) return false
  const marker = before(state, item.index)?.lexeme.text ?? ''
  const asked = state.count || state.aggregate !== undefined || state.measures.length > 0 || state.groups.length > 0
  if (figure && state.versus) {
    state.aggregate ??= 'sum'
    state.aggregateField = { options }
    return true
  }
  if (!asked && says(marker, 'by', state.world.language) && found.type !== 'longText') {
    state.sortBy = { options }
    return true
  }
  if (!amount) return false
  state.unexplained.push(item.lexeme.text)
  return true
}

function emptyTest(state: ParseState, phrase: Phrase, options: ReadingOf<'field'>['options'], empty: boolean): Attachment | undefined {
  const found = fieldOn(phrase, options, state.world)
  if (found === undefined) return undefined
  const filter = found.type === 'boolean' ? { field: found.path, op: empty ? ('ne' as const) : ('eq' as const), value: true } : emptyFilter(found, empty)
  return { constraint: { slot: slotOf(found.path), filter }, cost: found.cost }
}

/** Of what is counted, none is nothing said or zero: "companies with no cranes". */
function emptyFilter({ path, type }: { path: string; type: string }, empty: boolean): Filter {
  const test: Filter = { field: path, op: empty ? 'isEmpty' : 'isNotEmpty' }
  if (!path.includes('custom.') || type !== 'number') return test
  return empty ? { or: [test, { field: path, op: 'eq', value: 0 }] } : { and: [test, { field: path, op: 'ne', value: 0 }] }
}

export function dropLastField(state: ParseState): void {
  state.fields.pop()
}

export function isNumericField(state: ParseState, options: ReadingOf<'field'>['options']): boolean {
  return options.some(
    (option) =>
      numeric.has(entities[option.entity].fields[option.path]?.type ?? '') ||
      state.world.customFields.some((field) => field.entity === option.entity && `custom.${field.key}` === option.path && field.type === 'number'),
  )
}
