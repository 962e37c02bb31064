import type { PeriodValue } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'
import { readActivityPeriod } from './parse-concepts.ts'
import { dropLastField } from './parse-fields.ts'
import { place } from './parse-nouns.ts'
import { type Item, next, type ParseState } from './parse-state.ts'
import type { Attachment, Phrase } from './phrase.ts'
import { alongRoute, routeBetween } from './routes.ts'
import { stateMeaning, verbTime } from './states.ts'

/** What lasts: a time beside it and something that happens is about what happens. */
const things = new Set<EntityName>(['organisations', 'contacts', 'products', 'users', 'stages', 'pipelines'])

export function readPeriodItem(state: ParseState, item: Item, period: PeriodValue): void {
  if (readActivityPeriod(state, item, period.range)) return
  const negated = state.negated || state.verbNegated
  state.periods++
  const { verb, time } = state
  const following = next(state, item.index)
  state.verbNegated = false
  if (time !== undefined) dropLastField(state)
  state.time = undefined
  state.newOnes = false
  const hold = following?.reading.kind === 'possessive' || following?.reading.kind === 'entity'
  place(state, item, (phrase) => periodTest(state, phrase, period, { verb, time, negated }, item.lexeme.text), hold)
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
  let field = said.time !== undefined && (own[said.time.split('.')[0] as string] !== undefined || said.time.startsWith('custom.')) ? said.time : undefined
  let cost = 0
  if (field === undefined && phrase.time !== undefined) field = phrase.time
  if (field === undefined && entity === 'opportunities' && (state.measures.includes('forecast') || state.measures.includes('weightedValue')))
    field = 'forecast_close_date'
  // Rates and cycles are of what was decided in the period.
  if (
    field === undefined &&
    entity === 'opportunities' &&
    (state.measures.includes('winRate') || state.measures.includes('lossRate') || state.measures.includes('cycleDays'))
  )
    field = 'actual_close_date'
  if (field === undefined && said.verb !== undefined) {
    field = verbTime(said.verb, entity)
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
      const buys = said.verb === 'buy' || said.verb === 'spend'
      const related = said.verb === 'sell' || (buys && entity === 'products') ? 'order_lines' : buys ? 'orders' : undefined
      const route = related && routeBetween(entity, related)
      if (related && route?.some((step) => step.kind === 'relation')) {
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
  if (field === 'date_of_birth' && comesEveryYear(period.range) && !yearSaid.test(text)) state.unexplained.push('birthday')
  // What closes in time to come is only forecast to.
  if (field === 'actual_close_date' && said.verb === 'close' && (isAhead(period.range) || period.future === true)) {
    field = 'forecast_close_date'
    if (!phrase.constraints.some((constraint) => constraint.slot === 'state'))
      phrase.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  }
  // What is to close by then closes from now on.
  const { range, today } = period
  const coming =
    field === 'forecast_close_date' && today !== undefined && 'to' in range && range.to !== undefined
      ? { ...period, range: { from: today, to: range.to } }
      : period
  return { constraint: { slot: `time:${field}`, filter: during(field, coming, said.negated) }, cost }
}

const yearSaid = /(?:19|20)\d\d|'\d\d\b/
const aYearMs = 366 * 24 * 3_600_000

/** A birthday is a day of every year; a stretch of less than a year asks for those days. */
function comesEveryYear(range: TimeRange): boolean {
  if ('period' in range) return range.period !== 'year' || range.offset !== undefined
  if ('last' in range || 'next' in range) return range.unit !== 'year'
  return range.from !== undefined && range.to !== undefined && Date.parse(range.to) - Date.parse(range.from) < aYearMs
}

function isAhead(range: TimeRange): boolean {
  return 'next' in range || ('period' in range && (range.offset ?? 0) > 0)
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
