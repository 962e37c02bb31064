import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import type { Measure } from '#contracts/query.ts'

/** "Orders per customer on average", "average monthly revenue": a total by how many groups there are, not a figure of each. */
export function meanPerGroup(state: ParseState, frame: Frame, measure: Measure): Frame | undefined {
  const [group, further] = frame.groupBy
  if (state.aggregate !== 'avg' || group === undefined || further !== undefined || state.superlative !== undefined) return undefined
  if (measure.fn !== 'count' && measure.fn !== 'sum') return undefined
  frame.measures = [measure]
  frame.derive = 'mean'
  if (group.bucket !== undefined) {
    frame.kind = 'groups'
    frame.sort = [{ by: group.field, direction: 'asc' }]
    return frame
  }
  frame.kind = 'figure'
  frame.groupBy = []
  frame.measures = [
    { ...measure, as: keyOf(measure) },
    { fn: 'countDistinct', field: group.field, as: 'groups' },
  ]
  frame.constraints.push({ slot: 'grouped', filter: { field: group.field, op: 'isNotEmpty' } })
  return frame
}
