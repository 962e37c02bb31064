import { periodAfter, periodBefore } from '#backend/modules/planner/language/calendar.ts'
import type { PeriodValue, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'
import { lastingPeriod, timeOfStateAhead } from './analytics/lasting-states.ts'
import { anyTime, recurringIn } from './analytics/recurring.ts'
import { readActivityPeriod } from './parse-concepts.ts'
import { dropLastField } from './parse-fields.ts'
import { before, type Item, next, type ParseState } from './parse-state.ts'
import { type Attachment, fieldTypeOf, type Phrase } from './phrase.ts'
import { place } from './placing.ts'
import { alongRoute, routeBetween } from './routes.ts'
import { stateMeaning, verbTime } from './states.ts'

/** What lasts: a time beside it and something that happens is about what happens. */
const things = new Set<EntityName>(['organisations', 'contacts', 'products', 'users', 'stages', 'pipelines'])

export function readPeriodItem(state: ParseState, item: Item, said: PeriodValue): void {
  const period = besideEarlier(state, item, said)
  if (readActivityPeriod(state, item, period.range)) return
  // "As of 1 January, how many deals were open": how things stood then is not kept.
  if (state.verb === undefined && says(item.lexeme.text, 'asOf', state.world.language)) state.unexplained.push(item.lexeme.text)
  const negated = state.negated || state.verbNegated
  state.periods++
  const { verb, time } = state
  const following = next(state, item.index)
  state.verbNegated = false
  if (time !== undefined) dropLastField(state)
  state.time = undefined
  state.newOnes = false
  const hold = following?.reading.kind === 'possessive' || following?.reading.kind === 'entity'
  const { text } = item.lexeme
  // "More than 90 days to close" lie between two times of a record, and not before now.
  const spans = period.duration === true || 'last' in period.range
  if (spans && (following?.reading.kind === 'state' || following?.reading.kind === 'verb') && says(following.lexeme.text, 'infinitive', state.world.language))
    state.unexplained.push(text)
  place(
    state,
    item,
    (phrase) => {
      const isStill = verb === undefined || (verb === 'live' && phrase.entity === 'opportunities')
      const lasting = isStill && time === undefined && !negated ? lastingPeriod(state, phrase, period, text) : undefined
      if (lasting === 'dropped') state.unexplained.push(text)
      else if (lasting !== undefined) return { constraint: lasting, cost: 0 }
      const ofState = time ?? timeOfStateAhead(state, item, period, phrase.entity)
      return periodTest(state, phrase, period, { verb, time: ofState, negated }, text)
    },
    hold,
  )
  const also = verbBeforeJoint(state, item)
  if (also === undefined) return
  // "Created and won in 2025": the time is of both.
  place(
    state,
    item,
    (phrase) => {
      const own = also(phrase.entity)
      return own === undefined ? undefined : periodTest(state, phrase, period, { verb: undefined, time: own, negated }, item.lexeme.text)
    },
    hold,
  )
}

/** "Tomorrow or the day after": the period after the one said just before. */
function besideEarlier(state: ParseState, item: Item, period: PeriodValue): PeriodValue {
  const { range } = period
  if (!('period' in range) || (range.offset !== periodAfter && range.offset !== periodBefore)) return period
  const earlier = state.items.slice(0, item.index).findLast(({ reading }) => reading.kind === 'period')?.reading
  if (earlier?.kind !== 'period' || !('period' in earlier.period.range) || earlier.period.range.period !== range.period) return period
  const from = earlier.period.range.offset ?? 0
  if (Math.abs(from) >= periodAfter) return period
  return { ...period, range: { ...range, offset: from + (range.offset === periodAfter ? 1 : -1) } }
}

/** "On weekends", "outside business hours": of the time that a period beside them would be of. */
export function readRecurringItem(state: ParseState, item: Item, recurring: ReadingOf<'recurring'>): void {
  // "On which weekdays do leads come in" asks for the days, and leaves none out.
  const asked = before(state, item.index)?.reading
  if (recurring.weekdays?.length === 5 && asked?.kind === 'ask' && (asked.word === 'which' || asked.word === 'what')) {
    state.groups.push({ kind: 'part', part: 'weekday', text: item.lexeme.text })
    return
  }
  const said = { verb: state.verb, time: state.time, negated: false }
  const denied = state.negated || state.verbNegated
  state.verbNegated = false
  if (said.time !== undefined) dropLastField(state)
  state.time = undefined
  const test = (phrase: Phrase): Attachment | undefined => {
    const found = periodTest(state, phrase, { range: anyTime }, said, item.lexeme.text)
    const field = found?.constraint.slot.replace(/^time:/, '') ?? ''
    const filter = found && recurringIn(found.constraint.filter, recurring, fieldTypeOf(phrase.entity, field, state.world) === 'date')
    return found && filter && { ...found, constraint: { slot: `recurring:${field}`, filter: denied ? { not: filter } : filter } }
  }
  place(state, item, test, false)
}

const beside = new Set(['filler', 'preposition', 'followUp', 'unit', 'concept', 'anaphor'])

/** The time of the verb joined to the one that a period follows: "created and won in 2025". */
function verbBeforeJoint(state: ParseState, item: Item): ((entity: EntityName) => string | undefined) | undefined {
  const told = state.items.slice(0, item.index).filter(({ reading }) => !beside.has(reading.kind))
  const [first, joint, second] = told.slice(-3)
  const predicate = second?.reading.kind === 'verb' || second?.reading.kind === 'state'
  if (!predicate || joint?.reading.kind !== 'conjunction' || joint.reading.word !== 'and' || first === undefined) return undefined
  const { reading } = first
  if (reading.kind === 'verb') return (entity) => verbTime(reading.verb, entity)
  if (reading.kind !== 'field') return undefined
  const timeOf = (entity: EntityName) => reading.options.find((option) => option.entity === entity && isTimeField(option.path, entity))?.path
  if (state.phrases.some(({ entity }) => timeOf(entity) !== undefined)) state.fields = state.fields.filter(({ concept }) => concept !== reading.concept)
  return timeOf
}

function isTimeField(path: string, entity: EntityName): boolean {
  const type = entities[entity].fields[path]?.type
  return type === 'date' || type === 'datetime'
}

function isRange(value: unknown): value is TimeRange {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('now' in value)
}

export function spanOfBoth(a: unknown, b: unknown): { range: TimeRange; unit: 'day' | 'week' | 'month' | 'quarter' | 'year' } | undefined {
  if (!isRange(a) || !isRange(b) || !('period' in a) || !('period' in b) || a.period !== b.period) return undefined
  const [low, high] = [Math.min(a.offset ?? 0, b.offset ?? 0), Math.max(a.offset ?? 0, b.offset ?? 0)]
  return { range: { period: a.period, offset: high, count: high - low + 1 }, unit: a.period }
}

function periodTest(
  state: ParseState,
  phrase: Phrase,
  period: PeriodValue,
  said: { verb: string | undefined; time: string | undefined; negated: boolean },
  text: string,
): Attachment | undefined {
  const entity = phrase.entity
  const own = entities[entity].fields
  const ofOwn = said.time?.startsWith('custom.') === true
  // A time of the workspace's own is of the records that have it.
  if (ofOwn && fieldTypeOf(entity, said.time ?? '', state.world) === undefined) return undefined
  let field = said.time !== undefined && (ofOwn || own[said.time.split('.')[0] as string] !== undefined) ? said.time : undefined
  let cost = 0
  // "Tasks older than a month" were made before then, whenever they are due.
  if (field === undefined && entity === 'tasks' && says(text, 'aged', state.world.language)) field = 'created_at'
  // "Contacts over 60 years old": no record is so old, but people are.
  const lifetime = field === undefined && entity === 'contacts' && says(text, 'aged', state.world.language) && isLifetime(period.range, state.world.now)
  if (lifetime) field = 'date_of_birth'
  if (field === undefined && phrase.time !== undefined) field = phrase.time
  if (field === undefined && entity === 'opportunities' && (state.measures.includes('forecast') || state.measures.includes('weightedValue')))
    field = 'forecast_close_date'
  // "The pipeline for Q4" is what is expected to close in it.
  if (field === undefined && entity === 'opportunities' && state.status && said.verb === undefined) field = 'forecast_close_date'
  // Rates and cycles are of what was decided in the period.
  if (
    field === undefined &&
    entity === 'opportunities' &&
    (state.measures.includes('winRate') || state.measures.includes('lossRate') || state.measures.includes('cycleDays'))
  )
    field = 'actual_close_date'
  if (field === undefined && entity === 'leads' && state.measures.includes('conversionDays')) field = 'converted_at'
  // "Customers that ordered this year": what was ordered then.
  // "Items returned this year" came back then, whenever they were added.
  const verb = field === undefined && (said.time === 'ordered_at' || (said.verb === undefined && isReturned(phrase))) ? 'buy' : said.verb
  if (field === undefined && verb !== undefined) {
    field = verbTime(verb, entity)
    if (field === undefined) {
      // "customers who ordered in March": the orders' time.
      if (
        state.phrases.some(
          (other) =>
            other !== phrase &&
            (other.entity === 'orders' || other.entity === 'order_lines' || other.entity === 'products') &&
            (other.entity !== 'products' || other === state.phrases[0]),
        )
      )
        return undefined
      const buys = verb === 'buy' || verb === 'spend'
      const related = verb === 'sell' || (buys && entity === 'products') ? 'order_lines' : buys ? 'orders' : undefined
      const route = related && routeBetween(entity, related)
      if (related && route?.some((step) => step.kind === 'relation')) {
        const inner = during(entities[related].defaultTime, period, false)
        const filter = alongRoute(route, inner)
        return { constraint: { slot: 'orders', filter: said.negated ? { not: filter } : filter }, cost: 0 }
      }
      if (verb === 'contact') return undefined
    }
  }
  // A second time that says not of what is a closer one of the first: "closed last year ... in Q3".
  if (field === undefined) field = timeSaid(phrase)
  if (field === undefined) {
    field = entities[entity].defaultTime
    if (!said.negated) state.presumedTimes.add(JSON.stringify(period.range))
    cost = things.has(entity) && state.phrases.some((other) => !things.has(other.entity)) ? 0.9 : 0.1
    if (field === 'due_at' && state.verb === 'create') field = 'created_at'
  }
  // How long a meeting lasts is no time that it starts at.
  if (entity === 'events' && period.duration === true && field === entities.events.defaultTime) state.unexplained.push(text)
  const everyYear = field === 'date_of_birth' && !lifetime && comesEveryYear(period.range, said.verb !== 'born') && !yearSaid.test(text)
  // "Open deals that close in December": what is open has not closed.
  if (
    field === 'actual_close_date' &&
    said.verb === 'close' &&
    phrase.constraints.some(({ filter }) => 'field' in filter && filter.field === 'state' && filter.value === 'open')
  )
    field = 'forecast_close_date'
  // What closes in time to come is only forecast to; "which deals close this month" speaks of plans.
  if (
    field === 'actual_close_date' &&
    said.verb === 'close' &&
    (isAhead(period.range) ||
      beginsAhead(period.range, state.world.now) ||
      period.future === true ||
      ((isPresent(period.range) || period.running === true) && closes(state)))
  ) {
    field = 'forecast_close_date'
    if (!phrase.constraints.some((constraint) => constraint.slot === 'state'))
      phrase.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  }
  // "Renewals due next quarter": deals are due when they are expected to close.
  if (said.time === 'due_at' && entity === 'opportunities') {
    field = 'forecast_close_date'
    if (!phrase.constraints.some((constraint) => constraint.slot === 'state'))
      phrase.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  }
  const nearest = nearestYear(state, period, field, text)
  if (nearest !== undefined) return { constraint: { slot: `time:${field}`, filter: during(field, nearest, said.negated) }, cost }
  const awaited = ofOwn ? aheadOf(state, period, field, text, entity) : undefined
  if (awaited !== undefined) return { constraint: { slot: `time:${field}`, filter: during(field, awaited, said.negated) }, cost }
  // What is to close by then closes from now on.
  const { range, today } = period
  const planned = field === 'forecast_close_date' || (field === 'expiration_date' && !saysHappened(state))
  const coming = planned && today !== undefined && 'to' in range && range.to !== undefined ? { ...period, range: { from: today, to: range.to } } : period
  return { constraint: { slot: `time:${field}`, filter: during(field, coming, said.negated), ...(everyYear ? { everyYear } : {}) }, cost }
}

function isReturned({ entity, constraints }: Phrase): boolean {
  const came = constraints.some(({ filter }) => 'relation' in filter && filter.relation === 'order_lines' && JSON.stringify(filter).includes('"quantity"'))
  return came && ['products', 'contacts', 'organisations'].includes(entity)
}

/** "Whose renewal is within 90 days", "renewals in November": of a date that is awaited, the time to come is meant, unless a year is said. */
function aheadOf({ world, items }: ParseState, period: PeriodValue, field: string, text: string, entity: EntityName): PeriodValue | undefined {
  const label = world.customFields.find(({ key }) => field.endsWith(`custom.${key}`))?.label ?? ''
  // What a deal is dated by is still to come.
  const awaited = entity === 'opportunities' || label.split(/[^\p{L}]+/u).some((word) => says(word, 'awaited', world.language))
  if (!awaited || saysHappened({ items, world })) return undefined
  const { range } = period
  if ('last' in range) return says(text, 'within', world.language) ? { ...period, range: { next: range.last, unit: range.unit } } : undefined
  if (!('from' in range || 'to' in range) || yearSaid.test(text) || world.now === undefined) return undefined
  // "Before July", "after July": that of this year while it is still to come.
  const { from, to } = range
  const end = to ?? from
  // What is reckoned from today lies where it says.
  if (end === undefined || !end.includes('-01', 7) || Date.parse(end) > world.now.getTime()) return undefined
  return { ...period, range: { ...(from === undefined ? {} : { from: aYearOn(from) }), ...(to === undefined ? {} : { to: aYearOn(to) }) } }
}

const scheduled = new Set(['due_at', 'starts_at'])

/** "Tasks in May", "meetings for January": what is scheduled is in the nearest of them, before or after. */
function nearestYear({ world, items }: ParseState, period: PeriodValue, field: string, text: string): PeriodValue | undefined {
  const { range } = period
  if (!scheduled.has(field) || !('from' in range) || range.from === undefined || range.to === undefined || world.now === undefined) return undefined
  const isMonths = range.from.includes('-01', 7) && range.to.includes('-01', 7)
  // "The first of August".
  const isDay = Date.parse(range.to) - Date.parse(range.from) === dayMs && (range.from.includes('-01', 7) || /\d/.test(text))
  if (yearSaid.test(text) || !(isMonths || isDay)) return undefined
  if (saysHappened({ items, world }) || items.some(({ lexeme }) => says(lexeme.text, 'askedOfPast', world.language))) return undefined
  const ahead = { from: aYearOn(range.from), to: aYearOn(range.to) }
  const now = world.now.getTime()
  const isNearer = Date.parse(range.to) <= now && Date.parse(ahead.from) - now < now - Date.parse(range.to)
  return isNearer ? { ...period, range: ahead } : undefined
}

const dayMs = 86_400_000

/** "Expired", "renewed": it lies behind. */
function saysHappened({ items, world }: Pick<ParseState, 'items' | 'world'>): boolean {
  return items.some(
    ({ lexeme, reading }) =>
      (reading.kind === 'verb' || reading.kind === 'field' || says(lexeme.text, 'ranOut', world.language)) && says(lexeme.text, 'happened', world.language),
  )
}

function aYearOn(day: string): string {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
}

/** The time that an earlier period of the phrase was said of. */
function timeSaid({ constraints }: Phrase): string | undefined {
  return constraints.findLast(({ slot }) => /^(?:time|recurring):/.test(slot))?.slot.replace(/^[a-z]+:/, '')
}

/** Years that no record is old, but people are. */
const fewestYears = 15

function isLifetime(range: TimeRange, now: Date | undefined): boolean {
  if ('last' in range) return range.unit === 'year' && range.last >= fewestYears
  return 'to' in range && range.to !== undefined && now !== undefined && now.getTime() - Date.parse(range.to) > fewestYears * 365 * 24 * 3_600_000
}

const yearSaid = /(?:19|20)\d\d|'\d\d\b/
const aYearMs = 366 * 24 * 3_600_000

/** A birthday is a day of every year; whoever was born in a year was born in that one. */
function comesEveryYear(range: TimeRange, wholeYears: boolean): boolean {
  if ('period' in range) return range.period !== 'year' || wholeYears
  if ('last' in range || 'next' in range) return range.unit !== 'year' || wholeYears
  return range.from !== undefined && range.to !== undefined && Date.parse(range.to) - Date.parse(range.from) < aYearMs
}

function isPresent(range: TimeRange): boolean {
  return 'period' in range && (range.offset ?? 0) === 0
}

/** "Deals close", and not "did we close". */
function closes({ items, world }: ParseState): boolean {
  return items.some(
    ({ reading, lexeme }, at) =>
      reading.kind === 'verb' &&
      reading.verb === 'close' &&
      says(lexeme.text, 'closes', world.language) &&
      ['entity', 'ask'].includes(items[at - 1]?.reading.kind ?? ''),
  )
}

function isAhead(range: TimeRange): boolean {
  return 'next' in range || ('period' in range && (range.offset ?? 0) > 0)
}

/** "After June", said before it. */
function beginsAhead(range: TimeRange, now: Date | undefined): boolean {
  return 'from' in range && range.from !== undefined && now !== undefined && Date.parse(range.from) > now.getTime()
}

/** Within the period; or, negated, not within it nor ever. "For more than 90 days" looks back to before then either way. */
export function during(field: string, period: PeriodValue, negated: boolean): Filter {
  if (!negated) return { field, op: 'during', value: period.range }
  if (period.duration && 'to' in period.range)
    return {
      or: [
        { field, op: 'during', value: period.range },
        { field, op: 'isEmpty' },
      ],
    }
  return { or: [{ field, op: 'isEmpty' }, { not: { field, op: 'during', value: period.range } }] }
}

export function meaningTime(state: string, entity: EntityName, world: ParseState['world']): string | undefined {
  return stateMeaning(state, entity, world)?.time
}
