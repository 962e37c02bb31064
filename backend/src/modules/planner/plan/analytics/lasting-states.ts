import type { PeriodValue } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { Constraint } from '#backend/modules/planner/plan/frame.ts'
import { type Item, next, type ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Phrase } from '#backend/modules/planner/plan/phrase.ts'
import { stateMeaning } from '#backend/modules/planner/plan/states.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'

/** A deal stands still since its stage changed. */
const stalledSince = 'stage_changed_at'

/**
 * What a period says of a state that lasts: "stalled for 30 days", "overdue for two weeks" began before them. Undefined when no such
 * state is meant; `dropped` when the period says something of it that is not recorded.
 */
export function lastingPeriod(state: ParseState, phrase: Phrase, period: PeriodValue, text: string): Constraint | 'dropped' | undefined {
  const lasts = period.duration === true || ('last' in period.range && says(text, 'lasting', state.world.language))
  const stalled = stalledState(phrase)
  if (stalled !== undefined) {
    if (!lasts) return 'dropped'
    stalled.filter = { field: 'state', op: 'eq', value: 'open' }
    return { slot: `time:${stalledSince}`, filter: began(stalledSince, period) }
  }
  // "In Discovery since June": when they came there, or that they came no later, is not said.
  const isOpenEnded = 'from' in period.range && !('to' in period.range) && says(text, 'lasting', state.world.language)
  if (isOpenEnded && phrase.entity === 'opportunities' && phrase.constraints.some(isInStage)) return 'dropped'
  // "In Proposal for more than 30 days": since they came there.
  if (lasts && phrase.entity === 'opportunities' && phrase.constraints.some(isInStage))
    return { slot: `time:${stalledSince}`, filter: began(stalledSince, period) }
  const due = dueField(phrase)
  return due === undefined || !lasts ? undefined : { slot: `time:${due}`, filter: began(due, period) }
}

/** "More than 14 days overdue": the time is that of the state that follows. */
export function timeOfStateAhead(state: ParseState, item: Item, period: PeriodValue, entity: EntityName): string | undefined {
  const following = next(state, item.index)?.reading
  return period.duration === true && following?.kind === 'state' && following.state === 'overdue'
    ? stateMeaning('overdue', entity, state.world)?.time
    : undefined
}

const daysOf: Partial<Record<string, number>> = { day: 1, week: 7 }

function began(field: string, { range, duration }: PeriodValue): Filter {
  const within: Filter = { field, op: 'during', value: range }
  if (duration === true) return within
  const days = 'last' in range ? daysOf[range.unit] : undefined
  if (days !== undefined && 'last' in range) return { field, op: 'lt', value: { now: true, daysAgo: range.last * days } }
  return { and: [{ field, op: 'isNotEmpty' }, { not: within }] }
}

function isInStage({ slot, filter }: Constraint): boolean {
  return slot === 'stage' && 'field' in filter && (filter.op === 'eq' || filter.op === 'in')
}

function stalledState({ entity, constraints }: Phrase): Constraint | undefined {
  return entity === 'opportunities'
    ? constraints.find(({ slot, filter }) => slot === 'state' && 'and' in filter && filter.and.some((part) => 'field' in part && part.field === stalledSince))
    : undefined
}

/** The time that overdue records were due at. */
function dueField({ constraints }: Phrase): string | undefined {
  for (const { slot, filter } of constraints) {
    const parts = slot === 'state' && 'and' in filter ? filter.and : []
    for (const part of parts) if ('field' in part && part.op === 'lt' && (part.field === 'due_at' || part.field === 'forecast_close_date')) return part.field
  }
  return undefined
}
