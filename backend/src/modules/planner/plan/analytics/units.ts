import { before, type Item, next, type ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { TimePart, TimeUnit } from '#contracts/query.ts'

function isTime({ entity, path }: { entity: EntityName; path: string }): boolean {
  const type = entities[entity].fields[path]?.type
  return type === 'date' || type === 'datetime'
}

const introducing = new Set(['ask', 'superlative', 'top', 'group', 'bucket'])

type Grouped = { kind: 'bucket'; unit: TimeUnit } | { kind: 'part'; part: TimePart; text: string }

/** A unit of time that stands alone: "which month", "best quarter", "by owner and month", "months with more than 20 new leads". */
export function readUnit(state: ParseState, item: Item, unit: TimeUnit): void {
  const previous = before(state, item.index)
  // "The sales cycle in days" says the unit it is told in.
  if (previous?.reading.kind === 'preposition' && state.measures.includes('cycleDays') && next(state, item.index) === undefined) return
  // "What day is the meeting" asks when.
  if (unit === 'day' && previous?.reading.kind === 'ask' && !state.items.some(({ reading }) => reading.kind === 'superlative')) {
    state.asks.push('when')
    return
  }
  // "By expected close month".
  const last = state.groups.at(-1)
  if (previous?.reading.kind === 'field' && last?.kind === 'field' && last.concept === previous.reading.concept) {
    const time = last.options.find((option) => isTime(option))
    if (time !== undefined) {
      state.groups[state.groups.length - 1] = { kind: 'bucket', unit, field: time.path }
      return
    }
  }
  groupByTime(state, item, { kind: 'bucket', unit })
}

/** A part of a time that comes again: "by weekday", "at which hour of the day". */
export function readTimePart(state: ParseState, item: Item, part: TimePart): void {
  groupByTime(state, item, { kind: 'part', part, text: item.lexeme.text })
}

function groupByTime(state: ParseState, item: Item, group: Grouped): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  const joined =
    (previous?.reading.kind === 'conjunction' || previous?.reading.kind === 'group') && (state.groups.length > 0 || previous.reading.kind === 'group')
  const opens = state.phrases.length === 0 && state.measures.length === 0 && (following?.reading.kind === 'have' || following?.reading.kind === 'preposition')
  const asked = previous !== undefined && introducing.has(previous.reading.kind)
  const preposition = previous?.reading.kind === 'preposition' && before(state, previous.index)?.reading.kind === 'ask'
  if (!joined && !opens && !asked && !preposition && previous !== undefined) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  const of = following?.reading.kind === 'preposition' ? next(state, following.index) : following
  const time = of?.reading.kind === 'field' ? of.reading.options.find((option) => isTime(option)) : undefined
  if (time !== undefined && of !== undefined) {
    // The field says which time is meant; reading it again must not ask for it.
    ;(of as { reading: Item['reading'] }).reading = { kind: 'filler' }
    state.groups.push({ ...group, field: time.path })
  } else state.groups.push(group)
  state.grouping = false
}

/** Whether a bare unit of time is what is asked for or ranked. */
export function asksForUnit(state: ParseState): boolean {
  return state.items.some((item) => item.reading.kind === 'unit' || item.reading.kind === 'timePart')
}

/** "By month of expected close": the time that the groups are of. */
export function timeOfBucket(state: ParseState, item: Item): string | undefined {
  const of = next(state, item.index)
  const field = of?.reading.kind === 'preposition' && of.reading.word === 'of' ? next(state, of.index) : undefined
  const time = field?.reading.kind === 'field' ? field.reading.options.find((option) => isTime(option)) : undefined
  if (field === undefined || time === undefined)
    return undefined
    // Reading it again must not ask for it.
  ;(field as { reading: Item['reading'] }).reading = { kind: 'filler' }
  return time.path
}
