import { periodAfter } from '#backend/modules/planner/language/calendar.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Frame } from './frame.ts'
import { compareValues } from './joining.ts'
import { spanOfBoth } from './parse-periods.ts'
import { before, type Item, next, type ParseState } from './parse-state.ts'
import type { Phrase } from './phrase.ts'

const verbEntities: Readonly<Record<string, readonly EntityName[]>> = {
  win: ['opportunities'],
  lose: ['opportunities'],
  close: ['opportunities'],
  stageChange: ['opportunities'],
  convert: ['leads'],
  complete: ['tasks'],
  due: ['tasks', 'opportunities', 'quotes'],
  born: ['contacts'],
  contact: ['contacts'],
  buy: ['contacts', 'organisations', 'products', 'orders', 'order_lines'],
  start: ['events'],
  author: ['notes', 'emails', 'users'],
  attend: ['events'],
  cost: ['products', 'orders', 'order_lines'],
  spend: ['contacts', 'organisations', 'orders', 'order_lines'],
  sell: ['products', 'orders', 'order_lines', 'opportunities'],
}

export const pastOnly = /(?:actual_close_date|created_at|ordered_at|sent_at|last_contacted_at|completed_at|converted_at|updated_at|stage_changed_at)$/

/** What has been recorded lies behind; of the time to come only plans are known. */
export function liesAhead(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'next' in value || ('period' in value && 'offset' in value && typeof value.offset === 'number' && value.offset > 0 && value.offset !== periodAfter)
}

/** "Did Farid email us": letters are asked for, and not who he is. */
function noteLetters({ items, verb, phrases, fields, unexplained }: ParseState, { kind, entity, timeline }: Frame): void {
  const looksUp = kind === 'lookup' && (entity === 'contacts' || entity === 'organisations') && timeline === undefined
  if (!looksUp || (verb !== 'send' && verb !== 'receive') || fields.length > 0 || phrases.some((phrase) => phrase.entity !== entity)) return
  unexplained.push(items.find(({ reading }) => reading.kind === 'verb' && reading.verb === verb)?.lexeme.text ?? verb)
}

/** "What did our largest customer buy": things are asked for, and not who that is. */
function notePurchases({ items, superlative, unexplained }: ParseState, { entity, groupBy }: Frame): void {
  const what = items.findIndex(({ reading }) => reading.kind === 'ask' && reading.word === 'what')
  const bought = items.findIndex(({ reading }) => reading.kind === 'verb' && reading.verb === 'buy')
  const following = items.slice(what + 1).find(({ reading }) => reading.kind !== 'filler')
  // "What customers bought" asks for customers.
  if (what < 0 || bought < what || following?.reading.kind === 'entity' || following === items[bought]) return
  const isRanked = superlative !== undefined && superlative.at > what && superlative.at < bought
  // "What do hotels buy most".
  const toldByBuyer = groupBy.some(({ field }) => field === 'organisation' || field === 'contact')
  if (entity !== 'contacts' && entity !== 'organisations' && !isRanked && !toldByBuyer) return
  unexplained.push(items[bought]?.lexeme.text ?? 'bought')
}

/** "Customers with orders in every quarter": those who have some in each, whom no query finds, and not how many there are in each. */
function noteEvery(state: ParseState, { kind }: Frame): void {
  const isCounted = state.count || state.aggregate !== undefined || state.measures.length > 0 || state.shape !== undefined
  if (kind !== 'groups' || isCounted || (state.phrases.length < 2 && state.verb !== 'buy')) return
  for (const { reading, lexeme } of state.items)
    if (reading.kind === 'bucket' && says(lexeme.text, 'everyUnit', state.world.language)) state.unexplained.push(lexeme.text)
}

/** "Never ordered", where nothing of the plan says so. */
function noteUndenied({ verb, verbNegated, items, unexplained }: ParseState, { constraints, entity }: Frame): void {
  if (!verbNegated || verb !== 'buy' || entity === 'products') return
  const denies = constraints.some(({ filter }) => /"not":|"op":"eq","value":0|"op":"(?:isEmpty|ne|notIn|lt)"/.test(JSON.stringify(filter)))
  if (!denies) unexplained.push(items.find(({ reading }) => reading.kind === 'verb' && reading.verb === verb)?.lexeme.text ?? verb)
}

/** A verb that says something of no noun here has not been understood. */
export function noteIdleVerbs(state: ParseState, frame: Frame): void {
  noteLetters(state, frame)
  notePurchases(state, frame)
  noteEvery(state, frame)
  noteUndenied(state, frame)
  for (const { reading, lexeme } of state.items) {
    const fitting = reading.kind === 'verb' ? verbEntities[reading.verb] : undefined
    if (fitting !== undefined && !fitting.includes(frame.entity) && !state.phrases.some((phrase) => fitting.includes(phrase.entity)))
      state.unexplained.push(lexeme.text)
  }
}

/** Verbs that say something by themselves: "who ordered", "never contacted", "won deals". */
export function applyVerbs(state: ParseState, head: Phrase): void {
  const { verb } = state
  const me = state.world.users.length > 0 && state.me
  if (me) state.currency = state.currency ?? undefined
  const wins: Record<string, string> = { win: 'won', lose: 'lost', close: 'closed' }
  const deal = state.phrases.find((phrase) => phrase.entity === 'opportunities')
  if (verb !== undefined && wins[verb] !== undefined && deal !== undefined && !deal.constraints.some((constraint) => constraint.slot === 'state')) {
    const value = verb === 'close' ? (closesItself(state) ? undefined : 'won') : wins[verb]
    if (verb === 'close' && value === 'won') state.assumptions.push({ note: 'closedIsWon' })
    deal.constraints.push({
      slot: 'state',
      filter: value === undefined ? { field: 'state', op: 'in', value: ['won', 'lost'] } : { field: 'state', op: 'eq', value: value as string },
    })
  }
  // "Deals that have not moved for 90 days" are stalled: what was decided moves no more.
  const stuck = deal?.constraints.some(({ slot, filter }) => slot === 'time:stage_changed_at' && !('field' in filter)) === true
  if (deal !== undefined && verb === 'stageChange' && stuck && !deal.constraints.some(({ slot }) => slot === 'state'))
    deal.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  // "Meetings held this year": those to come have not been.
  if (head.entity === 'events' && verb === 'start' && tookPlace(state) && head.constraints.every(({ slot }) => slot !== 'state'))
    head.constraints.push({ slot: 'state', filter: { field: 'starts_at', op: 'lt', value: { now: true } } })
  const mail = state.phrases.find((phrase) => phrase.entity === 'emails')
  if (mail !== undefined) lettersOfCustomers(state, mail)
  if (
    mail !== undefined &&
    (verb === 'receive' || verb === 'send' || state.items.some((item) => says(item.lexeme.text, 'came', state.world.language))) &&
    !state.phrases.some(({ parent, side }) => parent === mail && side !== undefined) &&
    !mail.constraints.some((constraint) => constraint.slot === 'direction' || constraint.slot === 'address' || constraint.slot.startsWith('record'))
  ) {
    mail.constraints.push({ slot: 'direction', filter: { field: 'direction', op: 'eq', value: verb === 'send' ? 'outbound' : 'inbound' } })
  }
  if (
    verb === 'contact' &&
    !state.verbNegated &&
    head.entity === 'contacts' &&
    state.superlative === undefined &&
    !state.asks.includes('when') &&
    !head.constraints.some((constraint) => constraint.slot === 'time:last_contacted_at' || constraint.slot === 'record')
  ) {
    head.constraints.push({ slot: 'time:last_contacted_at', filter: { field: 'last_contacted_at', op: 'isNotEmpty' } })
  }
  if (
    verb === 'contact' &&
    state.verbNegated &&
    // "Not spoken with for the longest time" ranks by when they were.
    state.superlative?.by !== 'long' &&
    head.entity === 'contacts' &&
    !head.constraints.some((constraint) => constraint.slot === 'time:last_contacted_at')
  ) {
    head.constraints.push({ slot: 'time:last_contacted_at', filter: { field: 'last_contacted_at', op: 'isEmpty' } })
  }
  const buyer = buyerOf(state, head)
  if (
    verb === 'buy' &&
    (buyer.entity === 'contacts' || buyer.entity === 'organisations') &&
    !buyer.customer &&
    !state.phrases.some((phrase) => phrase.entity === 'orders' || phrase.entity === 'order_lines') &&
    !state.phrases.some((phrase) =>
      phrase.constraints.some(({ slot, filter }) => slot === 'orders' || JSON.stringify(filter).includes('"relation":"order_lines"')),
    )
  ) {
    buyer.constraints.push({ slot: 'orders', filter: state.verbNegated ? { relation: 'orders', count: { op: 'eq', value: 0 } } : { relation: 'orders' } })
  }
  if (verb === 'buy' && head.customer && state.verbNegated && !head.constraints.some((constraint) => constraint.slot === 'orders'))
    head.constraints.push({ slot: 'orders', filter: { relation: 'orders', count: { op: 'eq', value: 0 } } })
  if (
    (verb === 'sell' || verb === 'buy') &&
    state.verbNegated &&
    head.entity === 'products' &&
    !head.constraints.some((constraint) => constraint.slot === 'orders' || constraint.slot.startsWith('record'))
  )
    head.constraints.push({ slot: 'orders', filter: { relation: 'order_lines', count: { op: 'eq', value: 0 } } })
  // "The cheapest course we sell" is still sold.
  if (verb === 'sell' && !state.verbNegated && head.entity === 'products' && state.superlative?.by === 'price')
    head.constraints.push({ slot: 'active', filter: { field: 'active', op: 'eq', value: true } })
  if (
    verb === 'convert' &&
    head.entity === 'leads' &&
    !state.verbNegated &&
    !state.share &&
    !head.constraints.some((constraint) => constraint.slot === 'state' || constraint.slot === 'time:converted_at')
  ) {
    head.constraints.push({ slot: 'state', filter: { field: 'converted_at', op: 'isNotEmpty' } })
    // "How many leads convert per month": in the month of their conversion.
    if (state.groups.some(({ kind }) => kind === 'bucket')) head.time = 'converted_at'
  }
  if (
    verb === 'complete' &&
    head.entity === 'tasks' &&
    !head.constraints.some((constraint) => constraint.slot.startsWith('time:completed_at') || constraint.slot === 'state')
  )
    head.constraints.push({ slot: 'state', filter: { field: 'completed_at', op: state.verbNegated ? 'isEmpty' : 'isNotEmpty' } })
}

/** "Held", and not "to be held" or "will have happened by then". */
function tookPlace({ items, verbNegated, world: { language } }: ParseState): boolean {
  const verb = items.find(({ reading }) => reading.kind === 'verb' && reading.verb === 'start')
  if (verb === undefined || verbNegated || !says(verb.lexeme.text, 'tookPlace', language)) return false
  const ahead = items.some(({ reading, lexeme }) => says(lexeme.text, 'toBe', language) || (reading.kind === 'period' && liesAhead(reading.period.range)))
  return !ahead && items.some(({ reading }) => reading.kind === 'period')
}

/** "Deals of organisations that never ordered": who has bought is said right before it, and is not always what is asked for. */
function buyerOf({ items, phrases, who, world: { language } }: ParseState, head: Phrase): Phrase {
  const verb = items.findIndex(({ reading }) => reading.kind === 'verb' && reading.verb === 'buy')
  const last = phrases.findLast(({ entity, at }) => (entity === 'contacts' || entity === 'organisations') && at >= 0 && at < verb)
  if (last === undefined || last === head || who !== undefined) return head
  return items.slice(last.at + 1, verb).some(({ lexeme }) => says(lexeme.text, 'relative', language)) ? last : head
}

/** "Deals that closed" were decided either way; what somebody of ours closed was won, and so are those counted and what they brought. */
function closesItself({ asks, count, items, world: { language } }: ParseState): boolean {
  if (asks.includes('who') || asks.includes('howMuch') || count) return false
  const verb = items.find(({ reading }) => reading.kind === 'verb' && reading.verb === 'close')
  return verb === undefined || !isOurs(items[verb.index - 1], language)
}

/** "We closed", "Amara closed": somebody of ours did it. */
export function isOurs(subject: Item | undefined, language: Language): boolean {
  if (subject === undefined) return false
  const last = subject.lexeme.text.split(' ').at(-1) ?? ''
  return subject.reading.kind === 'user' || says(last, 'us', language) || (subject.reading.kind === 'me' && says(last, 'i', language))
}

/** "Deals we closed": what is told of the deals is who won them, unless a noun follows that it describes. */
export function closedByUs(state: ParseState, item: Item): boolean {
  const following = next(state, item.index)?.reading.kind
  return following !== 'entity' && isOurs(state.items[item.index - 1], state.world.language)
}

/** "E-mails customers sent us", "mails to clients": they came from outside or went there, whoever of them wrote. */
function lettersOfCustomers(state: ParseState, mail: Phrase): void {
  const { items, phrases, world } = state
  const others = phrases.filter((phrase) => phrase.parent === mail && (phrase.customer === true || phrase.entity === 'contacts'))
  const [whoever] = others
  if (whoever === undefined || others.length > 1 || whoever.constraints.length > 0 || whoever.negated || whoever.count !== undefined) return
  if (phrases.some(({ parent }) => parent === whoever)) return
  const way = wayOf(whoever) ?? (before(state, whoever.at)?.reading.kind === 'preposition' ? undefined : wayOfVerb(whoever))
  const known = mail.constraints.find(({ filter }) => 'field' in filter && filter.field === 'direction')?.filter
  if (way === undefined || (known !== undefined && !('value' in known && known.value === way))) return
  state.phrases = phrases.filter((phrase) => phrase !== whoever)
  if (known === undefined) mail.constraints.push({ slot: 'direction', filter: { field: 'direction', op: 'eq', value: way } })

  function wayOfVerb({ at }: Phrase): 'inbound' | 'outbound' | undefined {
    const verb = items.find(
      ({ reading, lexeme }) => reading.kind === 'verb' && (reading.verb === 'send' || (reading.verb === 'receive' && endsWithUs(lexeme.text))),
    )
    if (verb === undefined) return undefined
    return at < verb.index ? 'inbound' : before(state, at) === verb ? 'outbound' : undefined
  }
  function endsWithUs(text: string): boolean {
    return says(text.split(' ').at(-1) ?? '', 'us', world.language)
  }
}

function wayOf({ side }: Phrase): 'inbound' | 'outbound' | undefined {
  return side === undefined ? undefined : side === 'from' ? 'inbound' : 'outbound'
}

/** "This quarter against last": both periods in one range, a group for each. */
export function comparePeriods(state: ParseState, head: Phrase): void {
  if (!state.versus) return
  const states = head.constraints.filter((one) => one.slot === 'state' && 'field' in one.filter && one.filter.op === 'eq')
  if (states.length > 1) {
    const values = states.map((one) => ('field' in one.filter ? String(one.filter.value) : ''))
    head.constraints = head.constraints.filter((one) => !states.includes(one))
    head.constraints.push({ slot: 'state', filter: { field: 'state', op: 'in', value: values } })
    state.groups.push({ kind: 'field', concept: 'state', options: [{ entity: head.entity, path: 'state' }] })
  }
  compareValues(state, head)
  for (const constraint of head.constraints.filter((one) => one.slot.startsWith('time:'))) {
    const other = head.constraints.find((one) => one !== constraint && one.slot === constraint.slot)
    if (other === undefined || !('field' in constraint.filter) || !('field' in other.filter)) continue
    const both = spanOfBoth(constraint.filter.value, other.filter.value)
    if (both === undefined) continue
    constraint.filter = { ...constraint.filter, value: both.range }
    head.constraints.splice(head.constraints.indexOf(other), 1)
    state.groups.push({ kind: 'bucket', unit: both.unit, field: constraint.filter.field })
    return
  }
}
