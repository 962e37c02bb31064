import { says } from '#backend/modules/planner/language/says.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { type Measure, timePartFields } from '#contracts/query.ts'
import { asksForUnit } from './analytics/units.ts'
import type { Frame } from './frame.ts'
import { next, type ParseState } from './parse-state.ts'
import { fieldOn, fieldTypeOf, type Phrase } from './phrase.ts'
import { verbTime } from './states.ts'

export function isPlural(state: ParseState, head: Phrase): boolean {
  const item = state.items[head.at]
  // "Which of our products has the highest stock", "which of the deals is the largest" ask for one.
  const singular = state.items.some(
    ({ reading, lexeme, index }) =>
      (reading.kind === 'have' && reading.one === true) ||
      (reading.kind === 'filler' &&
        index > head.at &&
        index < (state.superlative?.at ?? 0) &&
        state.superlative?.by !== 'top' &&
        says(lexeme.text, 'isOne', state.world.language)),
  )
  const one = singular && state.items.some((asked) => asksAmong(state, asked))
  return item?.reading.kind === 'entity' ? item.reading.plural && !one : false
}

/** "Which of our products", "who among the contacts". */
function asksAmong(state: ParseState, { reading, lexeme, index }: ParseState['items'][number]): boolean {
  if (reading.kind !== 'ask' || (reading.word !== 'which' && reading.word !== 'who')) return false
  const following = next(state, index)?.reading
  return (reading.word === 'which' && lexeme.end - lexeme.start > 1) || (following?.kind === 'preposition' && among.has(following.word))
}

const among = new Set(['of', 'among', 'amongst'])

/** The field that "biggest", "newest" or "cheapest" compare. */
export function sortFieldOf(name: EntityName, by: string): string | undefined {
  const entity = entities[name]
  if (by === 'time') return name === 'tasks' ? 'created_at' : entity.defaultTime
  if (by === 'price') return entity.fields.price === undefined ? moneyOf(name) : 'price'
  if (by === 'close') return entity.fields.forecast_close_date === undefined ? undefined : 'forecast_close_date'
  if (by === 'due') return entity.fields.due_at === undefined ? undefined : 'due_at'
  if (by === 'sold') return undefined
  if (by === 'long') return ['opportunities', 'leads', 'tasks'].includes(name) ? 'created_at' : undefined
  if (by === 'next')
    return entity.fields.starts_at !== undefined
      ? 'starts_at'
      : entity.fields.due_at !== undefined
        ? 'due_at'
        : entity.fields.forecast_close_date !== undefined
          ? 'forecast_close_date'
          : undefined
  return entity.defaultMeasure
}

/** The amount by which a record may be dear; a company is none that is expensive by its employees. */
function moneyOf(name: EntityName): string | undefined {
  const { defaultMeasure, fields } = entities[name]
  return fields[defaultMeasure ?? '']?.type === 'money' ? defaultMeasure : undefined
}

/** "Most recently contacted", "latest won": the time that the verb or the state is about. */
export function sortBySaid(state: ParseState, head: Phrase, by: string): string | undefined {
  if (by === 'long' && state.verb === 'contact') return verbTime(state.verb, head.entity)
  // "In Proposal the longest": since they came there.
  if (by === 'long' && head.entity === 'opportunities' && head.constraints.some(({ slot }) => slot === 'stage')) return 'stage_changed_at'
  if (by !== 'time') return sortFieldOf(head.entity, by)
  const word = state.items[state.superlative?.at ?? 0]?.lexeme.text ?? ''
  const recent = says(word, 'recent', state.world.language)
  // What is open has not closed: it closes when it is expected to.
  const isOpen = state.verb === 'close' && head.constraints.some(({ filter }) => 'field' in filter && filter.field === 'state' && filter.value === 'open')
  if (isOpen) return 'forecast_close_date'
  return (
    (state.verb === undefined ? undefined : verbTime(state.verb, head.entity)) ??
    (recent ? head.time : undefined) ??
    datedBefore(state, head) ??
    sortFieldOf(head.entity, by)
  )
}

/** "Which one closed first?", "who was contacted last?": by the day that stands before it. */
function datedBefore({ items, superlative, world }: ParseState, head: Phrase): string | undefined {
  const field = items[(superlative?.at ?? 0) - 1]?.reading
  const found = field?.kind === 'field' ? fieldOn(head, field.options, world) : undefined
  return found?.type === 'date' || found?.type === 'datetime' ? found.path : undefined
}

/** What "biggest first", "alphabetically" and "newest first" order by when no field is named. */
export function orderMeant({ items, world }: ParseState, { entity, constraints }: Phrase): string | undefined {
  const { language } = world
  const text = items.find(({ reading }) => reading.kind === 'direction')?.lexeme.text ?? ''
  if (says(text, 'byLabel', language)) return entities[entity].labelField
  // "Leads with a budget, biggest first".
  const measured = constraints.find(({ slot }) => isAmount(fieldTypeOf(entity, slot, world)))?.slot
  if (says(text, 'bySize', language)) return measured ?? sortFieldOf(entity, entity === 'products' ? 'price' : 'measure')
  return entities[entity].defaultTime
}

function isAmount(type: string | undefined): boolean {
  return type === 'money' || type === 'integer' || type === 'number'
}

export function sortGroups(state: ParseState, frame: Frame): void {
  const [group] = frame.groupBy
  const [measure] = frame.measures
  if (group === undefined || measure === undefined) return
  const ranked = state.superlative !== undefined && asksForUnit(state)
  if ((group.bucket !== undefined || isPartOfTime(group.field)) && !ranked) frame.sort = [{ by: group.field, direction: state.direction ?? 'asc' }]
  else frame.sort = [{ by: keyOf(measure), direction: state.direction ?? (state.superlative?.direction === 'asc' ? 'asc' : 'desc') }]
  if (state.limit !== undefined) frame.limit = state.limit
  else if (state.superlative !== undefined && saysBest(state)) frame.limit = ranksSeveral(state) ? severalRanked : 1
}

const severalRanked = 10

/** Whether a word asks for the best, and not only "by number of contacts" for an order. */
function saysBest({ items, superlative }: ParseState): boolean {
  const kind = items[superlative?.at ?? -1]?.reading.kind
  return kind !== 'entity' && kind !== 'count'
}

/** "Top industries by revenue" are more than one. */
function ranksSeveral({ items, superlative }: ParseState): boolean {
  const named = items.slice((superlative?.at ?? 0) + 1).find(({ reading }) => reading.kind !== 'filler')?.reading
  return superlative?.by === 'top' && named?.kind === 'field' && named.plural === true
}

/** Days of the week and hours of the day follow each other. */
function isPartOfTime(field: string): boolean {
  return Object.hasOwn(timePartFields, field.split('.').at(-1) ?? '')
}

export function keyOf(measure: Measure): string {
  return measure.as ?? (measure.field === undefined ? measure.fn : `${measure.fn}_${measure.field.replaceAll('.', '_')}`)
}

/** "The largest budget among the open deals": one figure of theirs, and whose it is. */
export function isOneOfThem({ items, superlative, rankBy }: ParseState, head: Phrase): boolean {
  const [field, among] = items.slice((superlative?.at ?? 0) + 1)
  return rankBy?.kind === 'field' && field?.reading.kind === 'field' && among?.reading.kind === 'preposition' && head.at > among.index
}
