import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { dropLastField, isNumericField, numeric } from './parse-fields.ts'
import { before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { type Attachment, fieldOn, type Phrase, slotOf } from './phrase.ts'
import { place } from './placing.ts'
import { routeBetween } from './routes.ts'

/** A number of records, and no amount. */
const mostCounted = 100
/** An amount of money, when nothing says of what it is. */
const leastAmount = 5000
/** What may stand between an amount and its noun. */
const describing = new Set(['filler', 'state', 'value', 'me', 'aggregate'])

/** "Won" says what they are, whatever deed it is too. */
function isState(item: Item | undefined): boolean {
  return item?.lexeme.readings.some(({ reading }) => reading.kind === 'state') === true
}

/** A number before a state, "and", and another number. */
function isListedAgain(state: ParseState, item: Item): boolean {
  const said = next(state, item.index)
  const joint = said === undefined ? undefined : next(state, said.index)
  const other = joint === undefined ? undefined : next(state, joint.index)
  return item.reading.kind === 'comparison' && isState(said) && joint?.reading.kind === 'conjunction' && other?.reading.kind === 'comparison'
}

export function readComparisonItem(state: ParseState, item: Item, reading: ReadingOf<'comparison'>): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  const afterNext = following === undefined ? undefined : next(state, following.index)
  // "more than 3 orders", "at least two open deals"
  const noun = following?.reading.kind === 'entity' ? following : nounAhead(state, item.index) && following?.reading.kind !== 'field' ? following : undefined
  const people = noun?.reading.kind === 'entity' && noun.reading.entity === 'contacts' && says(noun.lexeme.text, 'staff', state.world.language)
  const [head] = state.phrases
  // "Companies with over 100 people" employ them.
  if (people && noun !== undefined && head?.entity === 'organisations' && state.link === 'have') {
    ;(noun as { reading: Item['reading'] }).reading = { kind: 'filler' }
    const { negated } = state
    place(state, item, (phrase) => compareField(state, phrase, [{ entity: 'organisations', path: 'size' }], reading, negated), false)
    state.link = undefined
    return
  }
  // "Ordered by at least 5 different companies", "orders with 3 different products": how many of them, and no amount.
  const distinct = following?.reading.kind === 'aggregate' && says(following.lexeme.text, 'distinct', state.world.language)
  if (distinct && afterNext?.reading.kind === 'entity') {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "At least one won and at least one lost deal": some of each is said by the two states; other numbers of each are not.
  const ofState = isState(following)
  if (ofState && (isListedAgain(state, item) || state.items.slice(0, item.index).some((other) => isListedAgain(state, other)))) {
    if (reading.op !== 'gte' || reading.values[0] !== 1) state.unexplained.push(item.lexeme.text)
    return
  }
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
  const worthOf = amountOf(state, item, reading)
  if (worthOf !== undefined) {
    if (reading.op === 'between') state.unexplained.push(item.lexeme.text)
    else state.totalTest = { field: worthOf, op: reading.op, value: reading.values[0] as number, currency: reading.currency }
    return
  }
  const fieldBefore = previous?.reading.kind === 'preposition' && previous.reading.word === 'of' ? before(state, previous.index) : previous
  let options = fieldBefore?.reading.kind === 'field' ? fieldBefore.reading.options : undefined
  if (options !== undefined) {
    dropLastField(state)
    sayAgain(following, options)
  }
  const fieldAfter =
    following?.reading.kind === 'field' ? following : following?.reading.kind === 'preposition' && afterNext?.reading.kind === 'field' ? afterNext : undefined
  if (options === undefined && fieldAfter?.reading.kind === 'field' && isNumericField(state, fieldAfter.reading.options)) {
    options = fieldAfter.reading.options
    // The field is explained by this comparison; reading it again must not ask for it.
    ;(fieldAfter as { reading: Item['reading'] }).reading = { kind: 'filler' }
  }
  // "Less than 10 left": of what is in stock.
  if (options === undefined && plain && head?.entity === 'products' && following?.reading.kind === 'state' && following.reading.state === 'inStock') {
    options = [{ entity: 'products', path: 'stock' }]
    ;(following as { reading: Item['reading'] }).reading = { kind: 'filler' }
  }
  // "Products we have less than 20 of": in stock, too.
  const ofThem = following?.reading.kind === 'preposition' && following.reading.word === 'of' && afterNext === undefined
  if (options === undefined && plain && head?.entity === 'products' && ofThem) options = [{ entity: 'products', path: 'stock' }]
  // "Less than 20 but more than 0 in stock": both bounds are of one field.
  const other = following?.reading.kind === 'conjunction' ? afterNext : following
  const beyond = other?.reading.kind === 'comparison' ? next(state, other.index) : undefined
  const shared = beyond?.reading.kind === 'preposition' ? next(state, beyond.index) : beyond
  if (options === undefined && shared?.reading.kind === 'field' && isNumericField(state, shared.reading.options)) options = shared.reading.options
  if (options === undefined && state.rankBy?.kind === 'field' && state.superlative === undefined) options = state.rankBy.options
  const { measures } = state
  const negated = state.negated
  if (!negated && addsUp(state, item, reading, options)) return
  const often = reading.times === true || says(state.items[item.index + 1]?.lexeme.text ?? '', 'times', state.world.language)
  if (options === undefined && state.verb === 'buy' && plain && often) {
    const count = { op: reading.op as 'gt', value: reading.values[0] as number }
    place(state, item, (phrase) =>
      routeBetween(phrase.entity, 'orders')?.[0]?.kind === 'relation'
        ? { constraint: { slot: 'orders', filter: { relation: 'orders', count } }, cost: 0 }
        : undefined,
    )
    return
  }
  // "Customers who ordered more than 2": of what is not said, and it is not of their employees.
  const buyer = head?.entity === 'organisations' || head?.entity === 'contacts'
  if (options === undefined && plain && buyer && state.verb === 'buy' && following?.reading.kind !== 'entity' && state.phrases.length === 1) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  // "Sold fewer than 100 times" is no amount.
  if (options === undefined && plain && often) {
    state.unexplained.push(item.lexeme.text)
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
  // "Open deals per organisation with more than 2": so many in a group.
  const few = plain && options === undefined && following === undefined && Number.isInteger(reading.values[0]) && (reading.values[0] ?? 0) < mostCounted
  if (few && head !== undefined && head.count === undefined && state.groups.length > 0 && state.measures.length === 0 && state.aggregate === undefined) {
    head.count = { op: reading.op as 'gt', value: reading.values[0] as number }
    return
  }
  if (reading.currency !== undefined) state.currency ??= reading.currency
  const chosen = options
  place(state, item, (phrase) => compareField(state, phrase, chosen, reading, negated), chosen === undefined)
}

/** "With more than 50k of open deals", "over £20k in orders": the field of which each has so much in total. */
function amountOf(state: ParseState, item: Item, { values, currency, percent }: ReadingOf<'comparison'>): string | undefined {
  const [head] = state.phrases
  const joint = next(state, item.index)
  const joins =
    (joint?.reading.kind === 'preposition' && ['of', 'in'].includes(joint.reading.word)) || (joint?.reading.kind === 'aggregate' && joint.reading.fn === 'sum')
  if (head === undefined || state.link !== 'have' || joint === undefined || !joins) return undefined
  const noun = state.items.slice(joint.index + 1).find(({ reading }) => !describing.has(reading.kind))?.reading
  if (noun?.kind !== 'entity' || !noun.plural || percent === true || (currency === undefined && (values[0] ?? 0) < mostCounted)) return undefined
  const { defaultMeasure = '', fields } = entities[noun.entity]
  const isTheirs = noun.entity !== head.entity && routeBetween(head.entity, noun.entity)?.length === 1
  return isTheirs && fields[defaultMeasure]?.type === 'money' ? defaultMeasure : undefined
}

/** "With open deals that add up to more than 100k", "worth over 100k in total": the amounts of all that each has. */
function addsUp(
  state: ParseState,
  item: Item,
  { op, values, currency, percent }: ReadingOf<'comparison'>,
  options: ReadingOf<'field'>['options'] | undefined,
): boolean {
  const { current } = state
  const isSum = (other: Item | undefined) => other?.reading.kind === 'aggregate' && other.reading.fn === 'sum'
  // "A total open deal value above 50k" says it before its noun.
  const ahead = current?.parent === undefined ? undefined : state.items.slice(current.parent.at + 1, current.at).findLast(isSum)
  const said = [before(state, item.index), next(state, item.index)].find(isSum) ?? ahead
  const field = current === undefined ? undefined : entities[current.entity].defaultMeasure
  const [value] = values
  if (said === undefined || current?.parent === undefined || field === undefined || value === undefined || op === 'between' || percent === true) return false
  if (options !== undefined && !options.some((option) => option.entity === current.entity && option.path === field)) return false
  if (entities[current.entity].fields[field]?.type !== 'money' || routeBetween(current.parent.entity, current.entity)?.[0]?.kind !== 'relation') return false
  current.total = { field, op, value }
  if (currency !== undefined) current.constraints.push({ slot: 'currency', filter: { field: 'currency', op: 'eq', value: currency } })
  if (state.aggregate === 'sum') state.aggregate = undefined
  ;(said as { reading: Item['reading'] }).reading = { kind: 'filler' }
  state.verb = undefined
  return true
}

/** "Expecting at least 100 delegates", "employ fewer than 25 people": what follows the amount only says again what it is of. */
function sayAgain(item: Item | undefined, options: ReadingOf<'field'>['options']): void {
  const same = item?.reading.kind === 'field' && item.reading.options.some(({ path }) => options.some((option) => option.path === path))
  const people = item?.reading.kind === 'entity' && item.reading.entity === 'contacts' && options.some(({ path }) => path === 'size')
  if (item !== undefined && (same || people)) (item as { reading: Item['reading'] }).reading = { kind: 'filler' }
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
    // "Companies with over 10k ..." are none with so many employees.
    if (type !== 'money' && !reading.percent && (reading.values[0] ?? 0) >= leastAmount) return undefined
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
