import { unitOfSpan } from '#backend/modules/planner/language/calendar.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { Item, ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Condition, Filter, TimeRange } from '#contracts/query.ts'

/** Figures of which two periods have one each: together they are neither. */
const ofEach = new Set(['winRate', 'cycleDays', 'avg', 'median', 'percentile'])

/** "The win rate in Q1 and in Q2": a figure of each, and not one of both. */
export function eachPeriod(state: ParseState, frame: Frame): void {
  const [measure] = frame.measures
  if (frame.kind !== 'figure' || measure === undefined || frame.measures.length > 1 || frame.derive !== undefined || frame.groupBy.length > 0) return
  const joined = frame.constraints.find(({ slot, filter }) => slot.startsWith('time:') && 'or' in filter)?.filter
  const spans = joined !== undefined && 'or' in joined ? joined.or.filter(isDuring) : []
  const [first] = spans
  if (joined === undefined || !('or' in joined) || first === undefined || spans.length !== joined.or.length) return
  const unit = unitOfSpan(first.value)
  if (unit === undefined || spans.some(({ field, value }) => field !== first.field || unitOfSpan(value) !== unit)) return
  const said = state.items.filter(({ reading }) => reading.kind === 'period')
  if (state.items.some(({ reading }) => reading.kind === 'conjunction' && reading.word === 'or')) return
  const apart = spans.every(({ value }) => 'period' in value)
  if (!ofEach.has(measure.fn) && !apart && !saysEach(said)) return
  frame.kind = 'groups'
  frame.groupBy = [{ field: first.field, bucket: unit }]
  frame.sort = [{ by: first.field, direction: 'asc' }]
}

/** "In May and in June", and "this year and last year" too, unlike "in May and June". */
function saysEach(periods: readonly Item[]): boolean {
  const words = periods.map(({ lexeme }) => lexeme.text.toLowerCase().split(' '))
  const [lead] = words[0] ?? []
  return words.length > 1 && words.every((one) => one.length > 1 && one[0] === lead)
}

function isDuring(filter: Filter): filter is Condition & { value: TimeRange } {
  return 'field' in filter && filter.op === 'during' && typeof filter.value === 'object' && !Array.isArray(filter.value) && !('now' in filter.value)
}
