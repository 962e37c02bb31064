import { says } from '#backend/modules/planner/language/says.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { asksWhat, before, type ParseState } from './parse-state.ts'
import { newPhrase, type Phrase } from './phrase.ts'
import { stateMeaning } from './states.ts'

const preference: readonly EntityName[] = [
  'opportunities',
  'tasks',
  'leads',
  'events',
  'products',
  'contacts',
  'organisations',
  'orders',
  'order_lines',
  'quotes',
  'emails',
  'notes',
]

/** Of what a field is that is asked for with nothing said of whose: "industries", "lead sources". */
const mainHolders: readonly EntityName[] = ['organisations', 'leads', 'opportunities', 'contacts']
const places = new Set(['city', 'state', 'country', 'place'])

/** "Who is the best?": the most of something, of which nothing is said. */
const sayingNothing = new Set(['measure', 'any', 'top'])

/** Words beside a verb that say nothing of any records. */
const saysNoRecord = new Set(['filler', 'ask', 'verb', 'period', 'preposition', 'followUp', 'conjunction'])

/** An e-mail address, what one ends in, or a telephone number. */
function isAddress(text: string): boolean {
  return text.includes('@') || /^[\w-]+(?:\.[\w-]+)+$/.test(text) || /^[+(\d][\d\s().-]{6,}$/.test(text)
}

/** A field and nothing else. */
export function loneField(items: ParseState['items']): ParseState['items'][number] | undefined {
  const said = items.filter(({ reading }) => reading.kind !== 'filler' && reading.kind !== 'me')
  const [only] = said
  return said.length === 1 && only?.reading.kind === 'field' ? only : undefined
}

/** The noun that a question without one is about, from its verbs, figures, fields and names; undefined when nothing tells. */
export function inferHead(state: ParseState): Phrase | undefined {
  const { world } = state
  const has = (entity: EntityName) => (world.counts[entity] ?? 0) > 0
  const make = (entity: EntityName, customer = false) => newPhrase(entity, customer, world, -1)
  const who = state.asks.includes('who')
  // Customers spend; owners sell.
  if (
    who &&
    state.superlative !== undefined &&
    state.measures[0] === 'revenue' &&
    state.items.some((item) => says(item.lexeme.text, 'spending', state.world.language))
  )
    return make('contacts', true)
  if (who && state.superlative !== undefined && state.measures.length > 0)
    return make(
      state.measures[0] === 'quantity' || state.measures[0] === 'averageOrder' ? 'contacts' : 'users',
      state.measures[0] === 'quantity' || state.measures[0] === 'averageOrder',
    )
  if (state.measures.length > 0) return make(measureEntity(state))
  // "Compare Spain and Ireland by won value": what is won there are deals.
  const decided = state.items.some(({ reading }) =>
    reading.kind === 'state' ? dealOutcomes.has(reading.state) : reading.kind === 'verb' && dealDeeds.has(reading.verb),
  )
  const placing = state.items.some(({ reading }) => reading.kind === 'value' && reading.options.some(({ path }) => places.has(path)))
  if (decided && placing && !who && state.records.length === 0 && has('opportunities')) return make('opportunities')
  const named = state.items.some((item) => item.reading.kind === 'user')
  if (state.timeline !== undefined && named && state.records.length === 0) return make('users')
  if ((state.duplicate || state.sharing) && state.records.length === 0) return has('contacts') ? make('contacts') : make('organisations')
  if (state.alsoBought !== undefined && state.records.some((options) => options.every(({ entity }) => entity === 'products'))) return make('order_lines')
  if (who && state.ranksActivity !== undefined) return make('users')
  if (who && state.verb === 'author' && state.rankBy?.kind === 'entity') return make('users')
  if (state.verb === 'author' || (state.verb === 'mention' && state.records.length === 0)) return make('notes')
  // "Who gets the newsletter": people are tagged so.
  if (who && state.verb === 'receive' && has('contacts') && saysValue(state, 'contacts', 'tags')) return make('contacts')
  if ((state.verb === 'send' || state.verb === 'receive') && (who || named)) return make('emails')
  // "Did Sarah e-mail us": letters, and not Sarah.
  if (state.records.length > 0 && saysWhoWrote(state)) return make('emails')
  if (state.status) return make('opportunities')
  if (state.superlative?.by === 'sold') return make(who ? 'users' : 'products')
  if (state.verb === 'buy' || state.verb === 'spend') {
    if (who) return make('contacts', true)
    // "Which charities bought Fire Marshal": what they are says who bought.
    const buyers = buyersSaid(state)
    if (buyers !== undefined) return make(buyers)
    if ((state.asks.includes('what') || state.asks.includes('which')) && state.records.length > 0) return make('products')
    // "How often has Acme ordered": so many orders, whatever is in them.
    const often = state.items.some(({ reading, lexeme }) => reading.kind === 'count' && says(lexeme.text, 'howOften', world.language))
    const ofBuyers = state.records.every((options) => options.every(({ entity }) => entity === 'organisations' || entity === 'contacts'))
    if (often && ofBuyers && state.records.length > 0) return make('orders')
    return make(state.whether && state.superlative === undefined ? 'orders' : 'order_lines')
  }
  if (state.verb === 'sell' && !who && (state.superlative?.by === 'count' || (state.superlative?.by === 'price' && has('products')))) return make('products')
  // "How much did Ben sell": what he won, for an order has no seller.
  if (state.verb === 'sell' && sellsHimself(state) && has('opportunities')) {
    state.verb = 'win'
    state.aggregate ??= 'sum'
    state.assumptions.push({ note: 'sales' })
    return make('opportunities')
  }
  if (state.verb === 'sell' && asksWhatIsSold(state) && has('products')) return make('products')
  if (state.verb === 'sell') return who ? make('users') : make('order_lines')
  if (who && state.rankBy?.kind === 'entity') return make('users')
  if (who && (state.verb === 'win' || state.verb === 'close' || state.verb === 'lose')) return make('users')
  if (state.verb === 'win' || state.verb === 'close' || state.verb === 'lose') return make('opportunities')
  if (state.verb === 'convert') return make('leads')
  // "What changed today": of which records is not said.
  if (state.verb === 'update' && state.items.every(({ reading }) => saysNoRecord.has(reading.kind))) return undefined
  if (state.verb === 'due' || (state.verb === 'complete' && has('tasks'))) return make('tasks')
  if (state.verb === 'contact') return make('contacts')
  if (state.verb === 'work' && who) return make('contacts')
  // "Is there anybody at Acme": people there.
  const at = state.items.some(
    ({ reading, index }) =>
      reading.kind === 'record' && reading.options.some(({ entity }) => entity === 'organisations') && before(state, index)?.reading.kind === 'preposition',
  )
  const theirs = state.fields.every(({ options }) => options.some(({ entity }) => entity === 'contacts'))
  if (who && at && state.verb !== 'own' && theirs && has('contacts')) return make('contacts')
  // "Who is the safeguarding lead at Pemberton Hospital": a person there.
  const employers = state.records.length > 0 && state.records.every((options) => options.every(({ entity }) => entity === 'organisations'))
  // "The phone number of the caretaker at Old Mint Hotel": that person's.
  const ofPerson = state.fields.every(({ options }) => options.some(({ entity }) => entity === 'contacts'))
  if (employers && ofPerson && has('contacts') && (saysValue(state, 'contacts', 'title') || saysRole(state))) return make('contacts')
  // "What is still open with Acme": deals, which are open, and no organisation is.
  const toDo = state.items.some(({ lexeme }) => lexeme.readings.some(({ reading }) => reading.kind === 'state' && reading.state === 'todo'))
  if (employers && toDo && state.fields.length === 0 && has('tasks')) return make('tasks')
  const undecided = state.items.some(({ reading }) => reading.kind === 'state' && reading.state === 'open')
  if (employers && undecided && state.fields.length === 0 && has('opportunities')) return make('opportunities')
  if (state.records.length > 0) {
    const [options] = state.records
    const ordered = [...(options ?? [])].sort((a, b) => recordRank(a.entity) - recordRank(b.entity))
    const [first] = ordered
    const asked = state.fields.find((field) => field.options.some((option) => option.entity === first?.entity))
    const holder = ordered.find((record) => state.fields.some((field) => field.options.some((option) => option.entity === record.entity)))
    if (asked === undefined && holder !== undefined) return make(holder.entity)
    if (first !== undefined) return make(first.entity)
  }
  // "Whose number is +44 118 555 7040".
  const address = state.items.some(({ reading }) => reading.kind === 'text' && isAddress(reading.text))
  if (address && state.records.length === 0 && has('contacts')) return make('contacts')
  // A job is that of a contact.
  const jobs = [...state.fields, ...state.groups, ...(state.aggregateField === undefined ? [] : [state.aggregateField])]
  const ofPeople = jobs.some(
    (one) => 'options' in one && one.options.every(({ entity, path }) => path === 'title' && (entity === 'contacts' || entity === 'leads')),
  )
  if (ofPeople && has('contacts')) return make('contacts')
  const lone = loneField(state.items)?.reading
  if (lone?.kind === 'field') {
    const holders = preference.filter((entity) => has(entity) && lone.options.some((option) => option.entity === entity))
    const holder = mainHolders.find((entity) => holders.includes(entity) && !(entity === 'organisations' && places.has(lone.concept))) ?? holders[0]
    if (holder !== undefined) return make(holder)
  }
  const onlyUser =
    state.items.every(
      (item) =>
        ['user', 'filler', 'ask', 'preposition', 'have', 'field', 'verb', 'possessive', 'conjunction'].includes(item.reading.kind) ||
        (item.reading.kind === 'state' &&
          stateMeaning(item.reading.state, 'users', world) !== undefined &&
          !stateMeaning(item.reading.state, 'tasks', world)) ||
        (item.reading.kind === 'state' && item.reading.state === 'active' && state.whether),
    ) &&
    named &&
    state.verb !== 'own'
  if (onlyUser) return make('users')
  // "Gold partners nobody looks after": several that are tagged so.
  const several = state.items.flatMap(({ reading, lexeme }) => (reading.kind === 'value' && isSeveral(reading.options, lexeme.text) ? reading.options : []))
  const [one] = several
  if (one !== undefined && has(one.entity) && several.every(({ entity }) => entity === one.entity)) return make(one.entity)
  const scored = preference
    .filter(has)
    .map((entity) => {
      const phrase = make(entity)
      const attachments = state.pending.map((pending) => pending(phrase))
      const figure = [state.aggregateField?.options, state.rankBy?.kind === 'field' ? state.rankBy.options : undefined].filter((options) =>
        options?.some((option) => option.entity === entity),
      ).length
      const fields = figure + state.fields.filter((field) => field.options.some((option) => option.entity === entity)).length
      const groups = state.groups.filter((group) => (group.kind === 'field' ? group.options.some((option) => option.entity === entity) : false)).length
      const cost = attachments.reduce((sum, attachment) => sum + (attachment === undefined ? 3 : attachment.cost), 0) - fields - groups
      return { entity, cost }
    })
    .sort((a, b) => a.cost - b.cost)
  // A job is that of a contact, unless leads are named.
  const titled = saysValue(state, 'contacts', 'title')
  const placed = state.items.every(
    ({ reading }) => reading.kind !== 'value' || reading.options.every(({ path }) => ['city', 'state', 'country'].includes(path)),
  )
  if (
    (titled || (placed && state.items.some(({ reading }) => reading.kind === 'value'))) &&
    has('contacts') &&
    scored.some(({ entity, cost }) => entity === 'contacts' && cost <= (scored[0]?.cost ?? 0) + 0.01)
  )
    return make('contacts')
  // "Partners" are tagged so, before leads that came through one.
  const tagged = (['organisations', 'contacts'] as const).find((entity) => has(entity) && saysValue(state, entity, 'tags'))
  if (tagged !== undefined && scored[0]?.entity === 'leads' && !saysValue(state, 'leads', 'tags')) return make(tagged)
  // "Charities in Canada" are organisations, unless leads are named.
  const trade = saysValue(state, 'organisations', 'industry')
  if (trade && scored[0]?.entity === 'leads' && scored.some(({ entity, cost }) => entity === 'organisations' && cost <= (scored[0]?.cost ?? 0) + 0.01))
    return make('organisations')
  if (state.aggregateField !== undefined) {
    const holders = new Set(state.aggregateField.options.map((option) => option.entity))
    const holder = scored.find(({ entity }) => holders.has(entity))
    if (holder !== undefined) return make(holder.entity)
  }
  const stateful = state.items.find((item) => item.reading.kind === 'state')
  if (stateful?.reading.kind === 'state') {
    const word = stateful.reading.state
    if (word === 'returned' && !who && has('order_lines')) return make('order_lines')
    if (word === 'returned' && who) return make('contacts', true)
    // What is overdue without a noun is work to do, and what somebody of ours completed was work.
    if ((word === 'overdue' || (word === 'completed' && named)) && has('tasks')) return make('tasks')
    const best = preference.find((entity) => has(entity) && stateMeaning(word, entity, world) !== undefined)
    if (best !== undefined) return make(best)
  }
  // "Who has the Gold tier": those whose tiers there are.
  const firms = state.items.some(
    ({ reading }) => reading.kind === 'value' && reading.options.every(({ entity, path }) => entity === 'organisations' && path.startsWith('custom.')),
  )
  if (who && firms && state.pending.length > 0 && has('organisations')) return make('organisations')
  if (who && state.pending.length > 0) return has('contacts') ? make('contacts') : make(customerEntity(world).entity)
  if (
    state.pending.length === 0 &&
    state.fields.length === 0 &&
    state.groups.length === 0 &&
    (state.superlative === undefined || sayingNothing.has(state.superlative.by) || state.sortBy !== undefined) &&
    state.aggregateField === undefined &&
    !(state.rankBy?.kind === 'field')
  )
    return undefined
  const [best] = scored
  return best === undefined || best.cost >= 3 * Math.max(1, state.pending.length) ? undefined : make(best.entity)
}

/** "Wrote to us", "e-mailed us", "did we e-mail". */
function saysWhoWrote({ items, world }: ParseState): boolean {
  return items.some(
    ({ reading, lexeme }) =>
      (reading.kind === 'state' && reading.state === 'outbound') ||
      (reading.kind === 'verb' && reading.verb === 'receive' && says(lexeme.text.split(' ').at(-1) ?? '', 'us', world.language)),
  )
}

/** Somebody of ours and an amount, and nothing that was sold. */
function sellsHimself({ items, asks, records, fields, groups, superlative, world }: ParseState): boolean {
  const person = groups.length > 0 || items.some(({ reading }) => reading.kind === 'user' || reading.kind === 'me')
  const brings = items.some(({ lexeme }) => says(lexeme.text, 'bringsIn', world.language))
  return (
    person &&
    (asks.includes('howMuch') || (brings && asks.includes('what'))) &&
    records.length === 0 &&
    fields.length === 0 &&
    groups.every((group) => group.kind === 'entity' && group.entity === 'users') &&
    superlative === undefined
  )
}

/** "Which winches do we sell": what there is to be sold, unless a time says that it was. */
function asksWhatIsSold(state: ParseState): boolean {
  const { asks, periods, whether, items, world } = state
  const present = items.some(({ reading, lexeme }) => reading.kind === 'verb' && says(lexeme.text, 'sells', world.language))
  const valued = items.some(({ reading }) =>
    reading.kind === 'value' || reading.kind === 'record' ? reading.options.some(({ entity }) => entity === 'products') : reading.kind === 'text',
  )
  const toSomebody = items.some(
    ({ reading }) => reading.kind === 'preposition' || (reading.kind === 'record' && !reading.options.some(({ entity }) => entity === 'products')),
  )
  if (toSomebody && !items.some(({ reading }) => reading.kind === 'value')) return false
  // "What do we sell": all there is.
  const everything = items.every(({ reading }) => ['filler', 'ask', 'verb', 'concept'].includes(reading.kind))
  return (
    present &&
    (valued || everything) &&
    periods === 0 &&
    !whether &&
    (asks.includes('which') || asksWhat(state) || says(items[0]?.lexeme.text ?? '', 'which', world.language))
  )
}

/** "Champions at Acme": a choice of people's own fields, before a place of work. */
function saysRole(state: ParseState): boolean {
  const at = state.items.some(({ reading }) => reading.kind === 'preposition' && (reading.word === 'at' || reading.word === 'from'))
  return (
    at &&
    state.items.some(
      ({ reading }) =>
        reading.kind === 'value' &&
        (reading.options.some(({ entity, path }) => entity === 'contacts' && path.startsWith('custom.')) ||
          reading.options.every(({ entity, path }) => entity === 'contacts' && path === 'tags')),
    )
  )
}

function saysValue(state: ParseState, entity: EntityName, path: string): boolean {
  return valueAt(state, entity, path) < state.items.length
}

/** "Which charities", "which late payers" bought something: who has what is said before the verb. */
function buyersSaid({ items }: ParseState): EntityName | undefined {
  const verb = items.findIndex(({ reading }) => reading.kind === 'verb')
  for (const { reading } of items.slice(0, Math.max(0, verb))) {
    if (reading.kind !== 'value') continue
    const own = reading.options.filter(({ path }) => path === 'industry' || path === 'tags' || path.startsWith('custom.'))
    const entity = (['organisations', 'contacts'] as const).find((name) => own.some((option) => option.entity === name))
    if (entity !== undefined) return entity
  }
  return undefined
}

/** Where a value of a field is said; behind the end when none is. */
function valueAt({ items }: ParseState, entity: EntityName, path: string): number {
  const at = items.findIndex(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.entity === entity && option.path === path))
  return at === -1 ? items.length : at
}

function recordRank(entity: EntityName): number {
  const rank = ['contacts', 'organisations', 'leads', 'opportunities', 'products', 'orders', 'quotes', 'tasks', 'events', 'notes', 'emails'].indexOf(entity)
  return rank === -1 ? 99 : rank
}

const dealOutcomes = new Set(['won', 'lost'])
const dealDeeds = new Set(['win', 'lose'])

/** The entity whose rows a named figure is computed over. */
export function measureEntity(state: ParseState): EntityName {
  const [measure] = state.measures
  switch (measure) {
    case 'revenue':
      // "Won revenue" is that of deals: no order is won.
      if (state.phrases.length === 0 && state.items.some(({ reading }) => reading.kind === 'state' && dealOutcomes.has(reading.state))) return 'opportunities'
      return (state.world.counts.order_lines ?? 0) > 0 || (state.world.counts.opportunities ?? 0) === 0 ? 'order_lines' : 'opportunities'
    case 'quantity':
      return 'order_lines'
    case 'averageOrder':
      return 'orders'
    case 'conversionRate':
    case 'conversionDays':
      return 'leads'
    default:
      return 'opportunities'
  }
}

/** The figure that "biggest" and "total" mean for an entity. */
export function defaultMeasure(entity: EntityName): string | undefined {
  return entities[entity].defaultMeasure
}

/** What firms and people are tagged, said of more than one. */
function isSeveral(options: readonly { entity: EntityName; path: string; value: string }[], said: string): boolean {
  return options.every(
    ({ entity, path, value }) => path === 'tags' && (entity === 'organisations' || entity === 'contacts') && fold(said) === `${fold(value)}s`,
  )
}
