import type { PeriodValue, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'
import { before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { place } from './parse-nouns.ts'
import { fieldOn, fieldTypeOf, type Attachment, type Phrase, slotOf } from './phrase.ts'
import { alongRoute, routeBetween } from './routes.ts'
import { stateMeaning, verbTime } from './states.ts'

const numeric = new Set(['integer', 'number', 'money'])
const temporal = new Set(['date', 'datetime'])
/** What lasts: a time beside it and something that happens is about what happens. */
const things = new Set<EntityName>(['organisations', 'contacts', 'products', 'users', 'stages', 'pipelines'])

export function readField(state: ParseState, item: Item, reading: ReadingOf<'field'>): void {
  const { options, concept } = reading
  // "e-mails from Sarah" are letters.
  const beside = next(state, item.index)
  if (concept === 'email' && /s$/i.test(item.lexeme.text) && beside?.reading.kind === 'preposition' && /^(?:from|to|about)$/.test(beside.reading.word)) state.cost += 1
  const following = next(state, item.index)
  const previous = before(state, item.index)
  if (state.sorting) {
    state.sortBy = { options }
    state.sorting = false
    return
  }
  if (state.grouping) {
    state.grouping = false
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
  if (valued || following?.reading.kind === 'comparison' || following?.reading.kind === 'text' || following?.reading.kind === 'empty' || following?.reading.kind === 'named') {
    state.fields.push({ options, concept })
    return
  }
  // "without a phone", "no email"
  if (state.negated && following?.reading.kind !== 'period') {
    const negated = state.negated
    place(state, item, (phrase) => emptyTest(state, phrase, options, negated), false)
    state.link = undefined
    return
  }
  if (state.superlative !== undefined && ['measure', 'any', 'count', 'top', 'price', 'size', 'time'].includes(state.superlative.by) && state.superlative.at >= item.index - 3 && state.rankBy === undefined) {
    const numericOption = options.filter((option) => numeric.has(entities[option.entity].fields[option.path]?.type ?? 'text') || temporal.has(entities[option.entity].fields[option.path]?.type ?? 'text') || option.path.startsWith('custom.'))
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
    state.link = undefined
    return
  }
  if (following?.reading.kind === 'period') {
    const head = state.current ?? state.phrases[0]
    const found = head === undefined ? options.find((option) => temporal.has(entities[option.entity].fields[option.path]?.type ?? 'text')) : fieldOn(head, options, state.world)
    if (found !== undefined) {
      state.time = found.path
      state.fields.push({ options, concept })
      return
    }
  }
  state.fields.push({ options, concept })
}

function emptyTest(state: ParseState, phrase: Phrase, options: ReadingOf<'field'>['options'], empty: boolean): Attachment | undefined {
  const own = options.filter((option) => option.entity === phrase.entity)
  const found = fieldOn(phrase, options, state.world)
  if (found === undefined) return undefined
  const filter: Filter = { field: found.path, op: empty ? 'isEmpty' : 'isNotEmpty' }
  // A contact is reached by its phone or its mobile: "without a phone" means neither.
  if (found.path === 'phone' && own.length === 1 && entities[phrase.entity].fields.mobile !== undefined && false) return { constraint: { slot: 'phone', filter }, cost: 0 }
  return { constraint: { slot: slotOf(found.path), filter }, cost: found.cost }
}

export function readComparisonItem(state: ParseState, item: Item, reading: ReadingOf<'comparison'>): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  const afterNext = following === undefined ? undefined : next(state, following.index)
  // "more than 3 orders", "at least two open deals"
  const noun = following?.reading.kind === 'entity' ? following : nounAhead(state, item.index) && following?.reading.kind !== 'field' ? following : undefined
  const plain = reading.currency === undefined && reading.percent !== true && reading.op !== 'between'
  if (noun !== undefined && plain && previous?.reading.kind !== 'field' && Number.isInteger(reading.values[0]) && (state.link === 'have' || state.phrases.length === 0 || state.link === 'verb' || state.rankBy === undefined)) {
    const entity = noun.reading.kind === 'entity' ? noun.reading.entity : undefined
    if (!(entity === 'users' && false)) {
      state.countTest = { op: reading.op as 'gt', value: reading.values[0] as number }
      return
    }
  }
  const fieldBefore = previous?.reading.kind === 'preposition' && previous.reading.word === 'of' ? before(state, previous.index) : previous
  let options = fieldBefore?.reading.kind === 'field' ? fieldBefore.reading.options : undefined
  if (options !== undefined) dropLastField(state)
  const fieldAfter = following?.reading.kind === 'field' ? following : following?.reading.kind === 'preposition' && afterNext?.reading.kind === 'field' ? afterNext : undefined
  if (options === undefined && fieldAfter?.reading.kind === 'field' && isNumericField(state, fieldAfter.reading.options)) {
    options = fieldAfter.reading.options
    // The field is explained by this comparison; reading it again must not ask for it.
    ;(fieldAfter as { reading: Item['reading'] }).reading = { kind: 'filler' }
  }
  if (options === undefined && state.rankBy?.kind === 'field' && state.superlative === undefined) options = state.rankBy.options
  const { measures } = state
  const negated = state.negated
  if (options === undefined && state.verb === 'buy' && plain && /^times$/i.test(state.items[item.index + 1]?.lexeme.text ?? '')) {
    const count = { op: reading.op as 'gt', value: reading.values[0] as number }
    place(state, item, (phrase) => (routeBetween(phrase.entity, 'orders')?.[0]?.kind === 'relation' ? { constraint: { slot: 'orders', filter: { relation: 'orders', count } }, cost: 0 } : undefined))
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

function dropLastField(state: ParseState): void {
  state.fields.pop()
}

function isNumericField(state: ParseState, options: ReadingOf<'field'>['options']): boolean {
  return options.some((option) => numeric.has(entities[option.entity].fields[option.path]?.type ?? '') || state.world.customFields.some((field) => field.entity === option.entity && `custom.${field.key}` === option.path && field.type === 'number'))
}

function compareField(state: ParseState, phrase: Phrase, options: ReadingOf<'field'>['options'] | undefined, reading: ReadingOf<'comparison'>, negated: boolean): Attachment | undefined {
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
  if (reading.currency !== undefined && type === 'money') filters.push({ field: path.includes('.') ? path.replace(/[^.]+$/, 'currency') : 'currency', op: 'eq', value: reading.currency })
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
  const test = (op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq', value: number): Filter => ({ relation: first.name, ...(where === undefined ? {} : { where }), sum: { field, op, value } })
  const filter: Filter = reading.op === 'between' ? { and: [test('gte', low), test('lte', high as number)] } : test(reading.op, low)
  return { constraint: { slot: 'orders', filter }, cost: 0 }
}

export function readPeriodItem(state: ParseState, item: Item, period: PeriodValue): void {
  const negated = state.negated || state.verbNegated
  state.periods++
  const { verb, time } = state
  const following = next(state, item.index)
  state.verbNegated = false
  if (time !== undefined) dropLastField(state)
  state.time = undefined
  state.newOnes = false
  const hold = following?.reading.kind === 'possessive' || following?.reading.kind === 'entity'
  place(state, item, (phrase) => periodTest(state, phrase, period, { verb, time, negated }), hold)
}

function isRange(value: unknown): value is TimeRange {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('now' in value)
}

export function spanOfBoth(a: unknown, b: unknown): { range: TimeRange; unit: 'day' | 'week' | 'month' | 'quarter' | 'year' } | undefined {
  if (!isRange(a) || !isRange(b) || !('period' in a) || !('period' in b) || a.period !== b.period) return undefined
  const [low, high] = [Math.min(a.offset ?? 0, b.offset ?? 0), Math.max(a.offset ?? 0, b.offset ?? 0)]
  return { range: { period: a.period, offset: high, count: high - low + 1 }, unit: a.period }
}

function periodTest(state: ParseState, phrase: Phrase, period: PeriodValue, said: { verb: string | undefined; time: string | undefined; negated: boolean }): Attachment | undefined {
  const entity = phrase.entity
  const own = entities[entity].fields
  let field = said.time !== undefined && (own[said.time.split('.')[0] as string] !== undefined || said.time.startsWith('custom.')) ? said.time : undefined
  let cost = 0
  if (field === undefined && phrase.time !== undefined) field = phrase.time
  // Rates and cycles are of what was decided in the period.
  if (field === undefined && entity === 'opportunities' && (state.measures.includes('winRate') || state.measures.includes('cycleDays'))) field = 'actual_close_date'
  if (field === undefined && said.verb !== undefined) {
    field = verbTime(said.verb, entity)
    if (field === undefined) {
      // "customers who ordered in March": the orders' time.
      if (state.phrases.some((other) => other !== phrase && (other.entity === 'orders' || other.entity === 'order_lines' || other.entity === 'products') && (other.entity !== 'products' || other === state.phrases[0]))) return undefined
      const related = said.verb === 'buy' || said.verb === 'spend' ? 'orders' : said.verb === 'sell' ? 'order_lines' : undefined
      const route = related && routeBetween(entity, related)
      if (related !== undefined && route !== undefined && route.some((step) => step.kind === 'relation')) {
        const inner = during(entities[related].defaultTime, period, false)
        const filter = alongRoute(route, inner)
        return { constraint: { slot: 'orders', filter: said.negated ? { not: filter } : filter }, cost: 0 }
      }
      if (said.verb === 'contact') return undefined
    }
  }
  if (field === undefined) {
    field = entities[entity].defaultTime
    cost = things.has(entity) && state.phrases.some((other) => !things.has(other.entity)) ? 0.9 : 0.1
    if (field === 'due_at' && state.verb === 'create') field = 'created_at'
  }
  // What closes in time to come is only forecast to.
  if (field === 'actual_close_date' && said.verb === 'close' && isAhead(period.range)) {
    field = 'forecast_close_date'
    if (!phrase.constraints.some((constraint) => constraint.slot === 'state')) phrase.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  }
  return { constraint: { slot: `time:${field}`, filter: during(field, period, said.negated) }, cost }
}

function isAhead(range: TimeRange): boolean {
  return 'next' in range || ('period' in range && (range.offset ?? 0) > 0)
}

/** Within the period; or, negated, not within it nor ever. "For more than 90 days" looks back to before then either way. */
export function during(field: string, period: PeriodValue, negated: boolean): Filter {
  if (!negated) return { field, op: 'during', value: period.range }
  if (period.duration && 'to' in period.range) return { or: [{ field, op: 'during', value: period.range }, { field, op: 'isEmpty' }] }
  return { or: [{ field, op: 'isEmpty' }, { not: { field, op: 'during', value: period.range } }] }
}

/** A quoted text, an e-mail address, or words that name nothing: something that a text field may say. */
export function readText(state: ParseState, item: Item, text: string): void {
  const previous = before(state, item.index)
  const negated = state.negated
  const following = next(state, item.index)
  const place2 = following?.reading.kind === 'preposition' ? next(state, following.index) : undefined
  const inField = place2?.reading.kind === 'field' ? place2 : undefined
  const named1 = previous?.reading.kind === 'contains' ? before(state, previous.index) : undefined
  const between = state.items.slice((previous?.index ?? -1) + 1, item.index)
  const adjacent = between.every((other) => /^(?:is|are|was|were|the|a|an|be)$/i.test(other.lexeme.text))
  const options = previous?.reading.kind === 'field' && adjacent ? previous.reading.options : named1?.reading.kind === 'field' ? named1.reading.options : inField?.reading.kind === 'field' ? inField.reading.options : undefined
  const plain = !text.includes('@') && !isPhone(text) && !item.lexeme.text.startsWith('"')
  const introduced = previous?.reading.kind === 'contains' || previous?.reading.kind === 'named' || (previous?.reading.kind === 'preposition' && /^(?:about|regarding|re|on|concerning)$/.test(previous.reading.word)) || (previous?.reading.kind === 'verb' && /^(?:mention|relate)$/.test(previous.reading.verb))
  if (options !== undefined) {
    if (plain && !options.some((option) => ['text', 'longText', 'email', 'phone', 'choice', 'list'].includes(fieldTypeOf(option.entity, option.path, state.world) ?? ''))) state.unexplained.push(item.lexeme.text)
    if (inField === undefined) dropLastField(state)
    else (inField as { reading: Item['reading'] }).reading = { kind: 'filler' }
  } else if (plain && (!introduced || state.phrases.length === 0)) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  const named = previous?.reading.kind === 'named'
  place(state, item, (phrase) => textTest(state, phrase, text, named ? [{ entity: phrase.entity, path: entities[phrase.entity].labelField }] : options, negated, previous?.reading.kind === 'contains' || named, edgeOf(previous)), false)
}

/** "Starts with", "ends in". */
function edgeOf(item: Item | undefined): 'startsWith' | 'endsWith' | undefined {
  if (item?.reading.kind !== 'contains') return undefined
  return /^(?:start|begin)/i.test(item.lexeme.text) ? 'startsWith' : /^end/i.test(item.lexeme.text) ? 'endsWith' : undefined
}

function isPhone(text: string): boolean {
  return /^[+(\d][\d\s().-]{6,}$/.test(text)
}

const contentFields: Partial<Record<EntityName, readonly string[]>> = { notes: ['body', 'title'], emails: ['subject', 'body'], tasks: ['title'], events: ['title'], opportunities: ['name'], products: ['name', 'description'], organisations: ['name'], contacts: ['name'], leads: ['name'], orders: ['order_id'], order_lines: ['description'] }

export function textTest(state: ParseState, phrase: Phrase, text: string, options: ReadingOf<'field'>['options'] | undefined, negated: boolean, contains: boolean, edge?: 'startsWith' | 'endsWith'): Attachment | undefined {
  const fields = entities[phrase.entity].fields
  if (isPhone(text)) {
    const phones = ['phone', 'mobile'].filter((name) => fields[name] !== undefined).map((field): Filter => ({ field, op: 'eq', value: text }))
    return phones.length === 0 ? undefined : { constraint: { slot: 'phone', filter: phones.length === 1 ? (phones[0] as Filter) : { or: phones } }, cost: 0 }
  }
  if (text.includes('@') && options === undefined) {
    if (phrase.entity === 'emails') return { constraint: { slot: 'address', filter: { or: [{ field: 'from', op: 'eq', value: text }, { field: 'to', op: 'contains', value: text }] } }, cost: 0 }
    if (phrase.entity === 'events') return { constraint: { slot: 'attendees', filter: { field: 'attendees', op: 'contains', value: text } }, cost: 0 }
    if (fields.email === undefined) return undefined
    return { constraint: { slot: 'email', filter: { field: 'email', op: negated ? 'ne' : 'eq', value: text } }, cost: 0 }
  }
  if (options !== undefined) {
    const found = fieldOn(phrase, options, state.world)
    if (found === undefined || numeric.has(found.type) || temporal.has(found.type)) return undefined
    const exact = (found.type === 'email' || found.type === 'phone' || found.path.endsWith('_id')) && !contains
    return { constraint: { slot: slotOf(found.path), filter: { field: found.path, op: edge ?? (exact ? (negated ? 'ne' : 'eq') : negated ? 'notContains' : 'contains'), value: text } }, cost: found.cost }
  }
  const names = contentFields[phrase.entity]
  if (names === undefined) return undefined
  const filters = names.map((field): Filter => ({ field, op: negated ? 'notContains' : 'contains', value: text }))
  return { constraint: { slot: 'text', filter: filters.length === 1 ? (filters[0] as Filter) : negated ? { and: filters } : { or: filters } }, cost: phrase.entity === 'notes' || phrase.entity === 'emails' ? 0 : 0.5 }
}

export function meaningTime(state: string, entity: EntityName, world: ParseState['world']): string | undefined {
  return stateMeaning(state, entity, world)?.time
}
