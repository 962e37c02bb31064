import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { joinsGroup, place } from './parse-nouns.ts'
import { before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { type Attachment, fieldOn, type Phrase, slotOf } from './phrase.ts'
import { routeBetween } from './routes.ts'

export const numeric = new Set(['integer', 'number', 'money'])

export const temporal = new Set(['date', 'datetime'])

export function readField(state: ParseState, item: Item, reading: ReadingOf<'field'>): void {
  const { options, concept } = reading
  // "e-mails from Sarah" are letters.
  const beside = next(state, item.index)
  if (
    concept === 'email' &&
    (/s$/i.test(item.lexeme.text) || state.superlative?.by === 'time') &&
    beside?.reading.kind === 'preposition' &&
    /^(?:from|to|about)$/.test(beside.reading.word)
  )
    state.cost += 2.6
  const following = next(state, item.index)
  const previous = before(state, item.index)
  if (state.sorting) {
    state.sortBy = { options }
    state.sorting = false
    return
  }
  // "What are they worth?"
  if (concept === 'value' && state.anaphor && /^worth$/i.test(item.lexeme.text) && following === undefined) {
    state.aggregate ??= 'sum'
    state.aggregateField = { options }
    return
  }
  // "Best selling category": units by category.
  if (state.superlative?.by === 'sold' && state.phrases.length === 0 && (concept === 'category' || concept === 'brand') && following === undefined) {
    state.groups.push({ kind: 'field', options, concept })
    state.measures.push('quantity')
    return
  }
  // "Opted in to the newsletter" says of a person what a yes-or-no field holds.
  if (!state.grouping && !joinsGroup(state, item) && (state.records.length === 0 || state.phrases.length > 0) && isCustomBoolean(state, options)) {
    const no = saysNo(state, item)
    const { negated } = state
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
  if (
    state.superlative !== undefined &&
    ['measure', 'any', 'count', 'top', 'price', 'size', 'time'].includes(state.superlative.by) &&
    state.superlative.at >= item.index - 3 &&
    state.rankBy === undefined
  ) {
    const numericOption = options.filter(
      (option) =>
        numeric.has(entities[option.entity].fields[option.path]?.type ?? 'text') ||
        temporal.has(entities[option.entity].fields[option.path]?.type ?? 'text') ||
        isFigureOfOwn(state, option),
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
  if (state.link === 'have' && state.phrases.length > 0 && following?.reading.kind !== 'period') {
    place(state, item, (phrase) => emptyTest(state, phrase, options, false), false)
    state.emptied = { index: item.index, empty: false }
    state.link = undefined
    return
  }
  if (following?.reading.kind === 'period') {
    const head = state.current ?? state.phrases[0]
    const found =
      head === undefined
        ? options.find((option) => temporal.has(entities[option.entity].fields[option.path]?.type ?? 'text'))
        : fieldOn(head, options, state.world)
    // "By month and owner in 2026": no owner lies in a year.
    const isTime = head === undefined || (found !== undefined && 'type' in found && temporal.has(found.type))
    if (found !== undefined && isTime) {
      state.time = found.path
      state.fields.push({ options, concept })
      return
    }
  }
  state.fields.push({ options, concept })
}

/** A custom field that has an order worth asking for. */
function isFigureOfOwn({ world }: ParseState, { entity, path }: { entity: string; path: string }): boolean {
  const field = world.customFields.find((one) => one.entity === entity && `custom.${one.key}` === path)
  return field?.type === 'number' || field?.type === 'date'
}

function isCustomBoolean(state: ParseState, options: ReadingOf<'field'>['options']): boolean {
  return options.every((option) => state.world.customFields.some((field) => `custom.${field.key}` === option.path && field.type === 'boolean'))
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
  if (!asked && /^by$/i.test(marker) && found.type !== 'longText') {
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
  const filter: Filter =
    found.type === 'boolean' ? { field: found.path, op: empty ? 'ne' : 'eq', value: true } : { field: found.path, op: empty ? 'isEmpty' : 'isNotEmpty' }
  return { constraint: { slot: slotOf(found.path), filter }, cost: found.cost }
}

export function readComparisonItem(state: ParseState, item: Item, reading: ReadingOf<'comparison'>): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  const afterNext = following === undefined ? undefined : next(state, following.index)
  // "more than 3 orders", "at least two open deals"
  const noun = following?.reading.kind === 'entity' ? following : nounAhead(state, item.index) && following?.reading.kind !== 'field' ? following : undefined
  const plain = reading.currency === undefined && reading.percent !== true && reading.op !== 'between'
  if (
    noun !== undefined &&
    plain &&
    previous?.reading.kind !== 'field' &&
    Number.isInteger(reading.values[0]) &&
    (state.link === 'have' || state.phrases.length === 0 || state.link === 'verb' || state.rankBy === undefined)
  ) {
    state.countTest = { op: reading.op as 'gt', value: reading.values[0] as number }
    return
  }
  const fieldBefore = previous?.reading.kind === 'preposition' && previous.reading.word === 'of' ? before(state, previous.index) : previous
  let options = fieldBefore?.reading.kind === 'field' ? fieldBefore.reading.options : undefined
  if (options !== undefined) dropLastField(state)
  const fieldAfter =
    following?.reading.kind === 'field' ? following : following?.reading.kind === 'preposition' && afterNext?.reading.kind === 'field' ? afterNext : undefined
  if (options === undefined && fieldAfter?.reading.kind === 'field' && isNumericField(state, fieldAfter.reading.options)) {
    options = fieldAfter.reading.options
    // The field is explained by this comparison; reading it again must not ask for it.
    ;(fieldAfter as { reading: Item['reading'] }).reading = { kind: 'filler' }
  }
  // "Less than 20 but more than 0 in stock": both bounds are of one field.
  const other = following?.reading.kind === 'conjunction' ? afterNext : following
  const beyond = other?.reading.kind === 'comparison' ? next(state, other.index) : undefined
  const shared = beyond?.reading.kind === 'preposition' ? next(state, beyond.index) : beyond
  if (options === undefined && shared?.reading.kind === 'field' && isNumericField(state, shared.reading.options)) options = shared.reading.options
  if (options === undefined && state.rankBy?.kind === 'field' && state.superlative === undefined) options = state.rankBy.options
  const { measures } = state
  const negated = state.negated
  if (options === undefined && state.verb === 'buy' && plain && /^times$/i.test(state.items[item.index + 1]?.lexeme.text ?? '')) {
    const count = { op: reading.op as 'gt', value: reading.values[0] as number }
    place(state, item, (phrase) =>
      routeBetween(phrase.entity, 'orders')?.[0]?.kind === 'relation'
        ? { constraint: { slot: 'orders', filter: { relation: 'orders', count } }, cost: 0 }
        : undefined,
    )
    return
  }
  if (options === undefined && measures.length > 0 && (measures[0] === 'revenue' || measures[0] === 'quantity')) {
    const field = measures[0] === 'revenue' ? 'amount' : 'quantity'
    measures.shift()
    place(state, item, (phrase) => sumTest(phrase, field, reading))
    return
  }
  if (options === undefined && (state.verb === 'spend' || (state.verb === 'buy' && reading.currency !== undefined))) {
    place(state, item, (phrase) => sumTest(phrase, 'amount', reading))
    state.verb = undefined
    return
  }
  if (reading.currency !== undefined) state.currency ??= reading.currency
  const chosen = options
  place(state, item, (phrase) => compareField(state, phrase, chosen, reading, negated), chosen === undefined)
}

export function dropLastField(state: ParseState): void {
  state.fields.pop()
}

function isNumericField(state: ParseState, options: ReadingOf<'field'>['options']): boolean {
  return options.some(
    (option) =>
      numeric.has(entities[option.entity].fields[option.path]?.type ?? '') ||
      state.world.customFields.some((field) => field.entity === option.entity && `custom.${field.key}` === option.path && field.type === 'number'),
  )
}

function compareField(
  state: ParseState,
  phrase: Phrase,
  options: ReadingOf<'field'>['options'] | undefined,
  reading: ReadingOf<'comparison'>,
  negated: boolean,
): Attachment | undefined {
  let path: string | undefined
  let cost = 0
  if (options !== undefined) {
    const found = fieldOn(phrase, options, state.world)
    if (found === undefined || !(numeric.has(found.type) || found.type === 'text' || found.type === 'choice')) return undefined
    path = found.path
    cost = found.cost
  } else {
    path = reading.percent && entities[phrase.entity].fields.probability !== undefined ? 'probability' : entities[phrase.entity].defaultMeasure
    if (path === undefined) return undefined
    const type = entities[phrase.entity].fields[path]?.type
    if (reading.currency !== undefined && type !== 'money') return undefined
    cost = type !== 'money' && !reading.percent ? 0.9 : reading.currency === undefined && !reading.percent ? 0.5 : 0
  }
  const type = fieldOn(phrase, [{ entity: phrase.entity, path }], state.world)?.type
  const filters: Filter[] = [comparisonFilter(path, reading, negated)]
  if (reading.currency !== undefined && type === 'money')
    filters.push({ field: path.includes('.') ? path.replace(/[^.]+$/, 'currency') : 'currency', op: 'eq', value: reading.currency })
  return { constraint: { slot: slotOf(path), filter: filters.length === 1 ? (filters[0] as Filter) : { and: filters } }, cost }
}

function comparisonFilter(path: string, reading: ReadingOf<'comparison'>, negated: boolean): Filter {
  const [low, high] = reading.values as [number, number | undefined]
  if (reading.op === 'between') return { field: path, op: 'between', value: [low, high as number] }
  const opposite = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt', eq: 'ne' } as const
  return { field: path, op: negated ? opposite[reading.op] : reading.op, value: low }
}

/** "who spent over 1000": the sum of their order lines. */
function sumTest(phrase: Phrase, field: string, reading: ReadingOf<'comparison'>): Attachment | undefined {
  const route = routeBetween(phrase.entity, 'order_lines')
  const [first, ...rest] = route ?? []
  if (first?.kind !== 'relation' || rest.length > 0) return undefined
  const [low, high] = reading.values as [number, number | undefined]
  const where: Filter | undefined = reading.currency === undefined ? undefined : { field: 'currency', op: 'eq', value: reading.currency }
  const test = (op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq', value: number): Filter => ({
    relation: first.name,
    ...(where === undefined ? {} : { where }),
    sum: { field, op, value },
  })
  const filter: Filter = reading.op === 'between' ? { and: [test('gte', low), test('lte', high as number)] } : test(reading.op, low)
  return { constraint: { slot: 'orders', filter }, cost: 0 }
}
