import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Phrase } from '#backend/modules/planner/plan/phrase.ts'
import { keyOf, sortGroups } from '#backend/modules/planner/plan/sorting.ts'
import type { Filter, Measure } from '#contracts/query.ts'

const decided: Filter = { field: 'state', op: 'in', value: ['won', 'lost'] }
const lost: Filter = { field: 'state', op: 'eq', value: 'lost' }

/** "Share of revenue by product": each group's part of the sum of its currency. */
export function sharesOfSum(state: ParseState, frame: Frame, measure: Measure): Frame | undefined {
  if (measure.fn !== 'sum' || measure.field === undefined || frame.groupBy.length === 0) return undefined
  frame.kind = 'groups'
  frame.measures = [{ fn: 'share', field: measure.field }, measure]
  sortGroups(state, frame)
  return frame
}

/** "Share of won deals by owner": each group's part of the records that the rest of the question names. */
export function sharesOfCount(state: ParseState, frame: Frame): Frame {
  // "The percentage of leads without an e-mail per source": of each source, those without.
  const tests = frame.constraints.filter(({ filter }) => 'field' in filter && (filter.op === 'isEmpty' || filter.op === 'isNotEmpty'))
  const [test] = tests
  if (test !== undefined && tests.length === 1 && test.slot !== 'ranked') {
    frame.kind = 'groups'
    frame.constraints = frame.constraints.filter((constraint) => constraint !== test)
    frame.measures = [
      { fn: 'share', where: test.filter },
      { fn: 'count', as: 'part', where: test.filter },
      { fn: 'count', as: 'whole' },
    ]
    sortGroups(state, frame)
    return frame
  }
  frame.kind = 'groups'
  frame.measures = [{ fn: 'share' }, { fn: 'count' }]
  frame.sort = [{ by: keyOf({ fn: 'count' }), direction: state.direction ?? 'desc' }]
  return frame
}

/** Lost among won and lost, as the win rate's other side. */
export function lossRateFrame(state: ParseState, frame: Frame): Frame {
  frame.constraints.push({ slot: 'state', filter: decided })
  if (frame.groupBy.length > 0) {
    frame.kind = 'groups'
    frame.measures = [
      { fn: 'share', as: 'loss_rate', where: lost },
      { fn: 'count', as: 'lost', where: lost },
      { fn: 'count', as: 'decided' },
    ]
    sortGroups(state, frame)
    return frame
  }
  frame.kind = 'share'
  frame.part = lost
  frame.measures = [
    { fn: 'count', as: 'part', where: lost },
    { fn: 'count', as: 'whole' },
  ]
  return frame
}

/** "The ratio of won to lost deals": two states of one field set against each other. */
export function ratioFrame(head: Phrase, frame: Frame): Frame | undefined {
  const states = head.constraints.filter(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.op === 'eq')
  const [first, second] = states
  if (first === undefined || second === undefined || states.length > 2 || nameOf(first.filter) === nameOf(second.filter)) return undefined
  frame.constraints = frame.constraints.filter(({ filter }) => filter !== first.filter && filter !== second.filter)
  frame.kind = 'figure'
  frame.derive = 'ratio'
  frame.measures = [
    { fn: 'count', as: nameOf(first.filter), where: first.filter },
    { fn: 'count', as: nameOf(second.filter), where: second.filter },
  ]
  return frame
}

function nameOf(filter: Filter): string {
  return 'field' in filter ? String(filter.value) : 'other'
}
