import { emptyFrame, type Frame } from '#backend/modules/planner/plan/frame.ts'
import { activityFilter } from '#backend/modules/planner/plan/parse-concepts.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { constraintsOf, type Phrase } from '#backend/modules/planner/plan/phrase.ts'
import { isPlural } from '#backend/modules/planner/plan/sorting.ts'

const by = 'activities.count'
const mostRanked = 10

/** "The most active rep", "top contacts by activities": records by what was noted, planned, met about and mailed, of all time. */
export function activityRanking(state: ParseState, head: Phrase): Frame | undefined {
  if (state.ranksActivity === undefined) return undefined
  const some = activityFilter(head.entity, false)
  const constraints = constraintsOf(head, state.phrases, state.world)
  const timed = constraints.some(({ slot }) => /^(?:time|recurring):/.test(slot))
  const more = state.groups.length > 0 || state.measures.length > 0 || state.aggregate !== undefined || state.count || state.rankBy !== undefined
  if (some === undefined || timed || more) {
    state.unexplained.push(state.ranksActivity)
    return undefined
  }
  const frame = emptyFrame(head.entity)
  frame.constraints = [...constraints, { slot: 'ranked', filter: some }]
  frame.fields = [by]
  frame.sort = [{ by, direction: state.superlative?.direction ?? state.direction ?? 'desc' }]
  if (state.limit !== undefined) frame.limit = state.limit
  else if (state.superlative !== undefined) frame.limit = isPlural(state, head) ? mostRanked : 1
  if (state.shape !== undefined) frame.shape = state.shape
  frame.assumptions.push({ note: 'activity' })
  return frame
}
