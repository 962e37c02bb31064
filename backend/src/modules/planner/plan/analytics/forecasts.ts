import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import { groupsOf } from '#backend/modules/planner/plan/grouping.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'

/** Open deals by their forecast close date; the answer adds their weighted value. */
export function forecastFrame(state: ParseState, frame: Frame): Frame | undefined {
  if (frame.entity !== 'opportunities') return undefined
  const weighted = state.measures[0] === 'weightedValue'
  if (!frame.constraints.some(({ slot }) => slot === 'state')) frame.constraints.unshift({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  for (const group of state.groups) if (group.kind === 'bucket') group.field = 'forecast_close_date'
  frame.groupBy = groupsOf(state, 'opportunities')
  frame.kind = frame.groupBy.length > 0 ? 'groups' : 'figure'
  frame.derive = 'forecast'
  frame.measures = [{ fn: 'sum', field: 'value' }, { fn: 'count' }]
  const [group] = frame.groupBy
  if (group !== undefined) frame.sort = group.bucket === undefined ? [{ by: 'sum_value', direction: 'desc' }] : [{ by: group.field, direction: 'asc' }]
  if (state.limit !== undefined && group?.bucket === undefined) frame.limit = state.limit
  frame.assumptions.push({ note: weighted ? 'weighted' : 'forecast' })
  return frame
}
