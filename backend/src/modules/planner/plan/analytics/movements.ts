import { DateTime } from 'luxon'
import { periodBefore, unitOfSpan } from '#backend/modules/planner/language/calendar.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import { spanOfBoth } from '#backend/modules/planner/plan/parse-periods.ts'
import type { Item, ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Phrase } from '#backend/modules/planner/plan/phrase.ts'
import type { Condition, Filter, TimeRange, TimeUnit } from '#contracts/query.ts'

type Timed = Condition & { value: TimeRange }

function timed(filter: Filter): filter is Timed {
  return 'field' in filter && filter.op === 'during' && typeof filter.value === 'object' && !Array.isArray(filter.value) && !('now' in filter.value)
}

export function movementOf(state: ParseState): 'change' | 'running' | undefined {
  for (const { reading } of state.items)
    if (reading.kind === 'movement' && (reading.movement === 'change' || reading.movement === 'running')) return reading.movement
  return undefined
}

/** "This year against the same period last year": the beginning of one. */
function beginsUnit(range: TimeRange, unit: TimeUnit): boolean {
  if (!('from' in range) || range.from === undefined || range.to === undefined) return false
  const [from, to] = [DateTime.fromISO(range.from, { zone: 'utc' }), DateTime.fromISO(range.to, { zone: 'utc' })]
  return from.startOf(unit).equals(from) && to <= from.plus({ [unit]: 1 })
}

/** "Year to date against last year to date": the unit that both begin. */
function unitBegun(a: TimeRange, b: TimeRange): TimeUnit | undefined {
  const units: TimeUnit[] = ['week', 'month', 'quarter', 'year']
  return units.find((unit) => beginsUnit(a, unit) && beginsUnit(b, unit))
}

/** The span of the same unit directly before. */
function before(range: TimeRange, unit: TimeUnit): TimeRange | undefined {
  if ('period' in range) return { period: range.period, offset: (range.offset ?? 0) - 1 }
  if (!('from' in range) || range.from === undefined) return undefined
  const from = DateTime.fromISO(range.from, { zone: 'utc' })
  return { from: from.minus({ [unit]: 1 }).toISODate() as string, to: range.from }
}

/** "Last month against the month before": before the other one. */
function stepBack(span: { filter: Filter }, spans: readonly { filter: Filter }[]): void {
  const { filter } = span
  if (!timed(filter) || !('period' in filter.value) || filter.value.offset !== periodBefore) return
  const { period } = filter.value
  for (const other of spans) {
    if (other === span || !timed(other.filter) || !('period' in other.filter.value) || other.filter.value.period !== period) continue
    span.filter = { ...filter, value: { period, offset: (other.filter.value.offset ?? 0) - 1 } }
    return
  }
}

function saysThan(items: readonly Item[]): boolean {
  return items.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'than')
}

/** "This quarter against last", "May compared to April", "growth this month": the spans compared are the groups, beside one another. */
export function comparedSpans(state: ParseState, phrases: readonly Phrase[]): void {
  const movement = movementOf(state)
  if (!state.versus && movement !== 'change' && !saysThan(state.items)) return
  for (const phrase of phrases) {
    const spans = phrase.constraints.filter(({ slot, filter }) => slot.startsWith('time:') && timed(filter))
    for (const span of spans) stepBack(span, spans)
    for (const first of spans) {
      const second = spans.find((other) => other !== first && other.slot === first.slot)
      if (!timed(first.filter)) continue
      const ends = movement === 'change' ? endsOf(state, first.filter.value) : undefined
      const toDate = second !== undefined && timed(second.filter) ? unitBegun(first.filter.value, second.filter.value) : undefined
      const unit = unitOfSpan(ends?.[0] ?? first.filter.value) ?? toDate
      if (unit === undefined) continue
      const { field } = first.filter
      if (ends !== undefined) {
        if (unitOfSpan(ends[1]) !== unit) continue
        join(first, { ...first.filter, value: ends[0] }, ends[1])
        if (!state.groups.some((group) => group.kind === 'bucket')) state.groups.push({ kind: 'bucket', unit, field })
        return
      }
      if (second !== undefined && timed(second.filter)) {
        if (unitOfSpan(second.filter.value) !== unit && !beginsUnit(second.filter.value, unit)) continue
        phrase.constraints.splice(phrase.constraints.indexOf(second), 1)
        state.isFiner = state.groups.some((group) => group.kind === 'bucket' && group.unit !== unit)
        join(first, first.filter, second.filter.value)
      } else {
        if (spans.length > 1 || state.groups.some((group) => group.kind === 'bucket')) continue
        const range = first.filter.value
        const past = 'period' in range && (range.offset ?? 0) === -1
        if (movement !== 'change' && !past) continue
        // "Up compared to last month" sets the present one against it.
        const other: TimeRange | undefined = past && (state.versus || saysThan(state.items)) ? { period: range.period, offset: 0 } : before(range, unit)
        if (other === undefined) continue
        join(first, first.filter, other)
      }
      if (!state.groups.some((group) => group.kind === 'bucket')) state.groups.push({ kind: 'bucket', unit, field })
      return
    }
  }
}

/** The two spans of "from April to May". */
function endsOf(state: ParseState, range: TimeRange): readonly [TimeRange, TimeRange] | undefined {
  const said = JSON.stringify(range)
  for (const { reading } of state.items)
    if (reading.kind === 'period' && reading.period.ends !== undefined && JSON.stringify(reading.period.range) === said) return reading.period.ends
  return undefined
}

function join(constraint: { filter: Filter }, first: Timed, second: TimeRange): void {
  const both = spanOfBoth(first.value, second)
  const wide = both !== undefined && 'count' in both.range && both.range.count === 2
  constraint.filter = wide ? { ...first, value: both.range } : { or: [first, { ...first, value: second }] }
}

/** Says how the figure of each span moved from the one before, or what it adds up to. */
export function applyMovement(state: ParseState, frame: Frame): void {
  const movement = movementOf(state)
  const compared = state.versus || saysThan(state.items)
  if (movement === undefined && !compared) return
  if (frame.kind === 'groups') delete frame.whether
  const comparing = state.items.find(({ reading }) => reading.kind === 'movement' && reading.movement === 'compare')
  if (comparing !== undefined && frame.kind !== 'groups') state.unexplained.push(comparing.lexeme.text)
  // "Which category grew the most" ranks changes, which no one query does.
  if (movement === 'change' && state.superlative !== undefined) state.unexplained.push(state.items[state.superlative.at]?.lexeme.text ?? '?')
  const bucketed = frame.kind === 'groups' && frame.groupBy.some((group) => group.bucket !== undefined)
  // "This year against last by quarter": all of their quarters.
  if (bucketed && movement === undefined && state.isFiner) return
  if (bucketed) {
    frame.derive = movement === undefined ? 'compare' : movement
    return
  }
  // What is set against something is no figure of one, nor of both.
  const versus = state.items.find(({ reading }) => reading.kind === 'versus')
  const idle = frame.groupBy.length === 0 && frame.measures.length < 2 && frame.derive === undefined && frame.kind !== 'share'
  if (movement === undefined && versus !== undefined && idle && state.context === undefined) state.unexplained.push(versus.lexeme.text)
  if (movement === undefined) return
  state.unexplained.push(state.items.find(({ reading }) => reading.kind === 'movement')?.lexeme.text ?? '?')
}

/** "Revenue growth", "cumulative revenue" without a unit of time go by month. */
export function bucketForMovement(state: ParseState): void {
  const trend = state.items.some(({ reading }) => reading.kind === 'movement' && reading.movement === 'trend')
  if ((movementOf(state) === undefined && !trend) || state.groups.some((group) => group.kind === 'bucket')) return
  if (state.measures.length === 0 && state.phrases.length === 0 && state.aggregate === undefined) return
  state.groups.push({ kind: 'bucket', unit: 'month' })
}
