import { unitOfSpan } from '#backend/modules/planner/language/calendar.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'
import type { Constraint, Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { toList } from './reshape.ts'
import { timeOfFrame } from './time-of-frame.ts'

/** Groups by time are by the time that the answer is of. */
export function retimeGroups(state: ParseState, before: Frame): void {
  const time = timeOfFrame(before)
  if (time === undefined || state.time !== undefined || state.verb !== undefined) return
  for (const group of state.groups)
    if (group.kind !== 'field' && group.kind !== 'entity' && (group.field === undefined || group.field === entities[before.entity].defaultTime))
      group.field = time
}

/** Whether spans of time are set against each other, and nothing else is grouped by. */
export function comparesTimes({ versus, groups }: ParseState): boolean {
  return versus && groups.length === 1 && groups[0]?.kind === 'bucket'
}

/** "Compared to March": the period said beside the one of the answer before. */
export function comparedWith(state: ParseState, before: Frame, said: Frame): Frame | undefined {
  const [other] = said.constraints
  const values = state.versus && state.groups.length === 0 && said.constraints.length === 1 ? comparedValues(before, other) : undefined
  if (values !== undefined) return values
  const first = before.constraints.find(({ slot }) => slot.startsWith('time:'))
  if (!state.versus || state.groups.length > 0 || said.constraints.length !== 1 || other === undefined || first === undefined) return undefined
  if (before.kind !== 'figure' && before.kind !== 'list') return undefined
  const [range, second] = [spanOf(first.filter), spanOf(other.filter)]
  const unit = range === undefined ? undefined : unitOfSpan(range)
  if (range === undefined || second === undefined || unit === undefined || unitOfSpan(second) !== unit || !('field' in first.filter)) return undefined
  const { field } = first.filter
  const frame = before.kind === 'list' ? toList(structuredClone(before)) : structuredClone(before)
  frame.assumptions = []
  frame.kind = 'groups'
  if (frame.measures.length === 0) frame.measures = [{ fn: 'count' }]
  frame.groupBy = [{ field, bucket: unit }]
  frame.derive = 'compare'
  frame.sort = [{ by: field, direction: 'asc' }]
  frame.fields = []
  const both = { or: [first.filter, { ...first.filter, value: second }] }
  frame.constraints = frame.constraints.map((constraint) => (constraint.slot === first.slot ? { slot: first.slot, filter: both } : constraint))
  return frame
}

function spanOf(filter: Filter): TimeRange | undefined {
  const value = 'field' in filter && filter.op === 'during' ? filter.value : undefined
  return typeof value === 'object' && !Array.isArray(value) && !('now' in value) ? value : undefined
}

/** "Compare with Tom" after a figure of Lucía: one of each. */
function comparedValues(before: Frame, other: Constraint | undefined): Frame | undefined {
  const first = before.constraints.find(({ slot }) => slot === other?.slot)
  if (first === undefined || other === undefined || (before.kind !== 'figure' && before.kind !== 'list') || before.derive !== undefined) return undefined
  const [a, b] = [first.filter, other.filter]
  if (!('field' in a) || !('field' in b) || a.field !== b.field || a.op !== 'eq' || b.op !== 'eq') return undefined
  const { limit: _, offset: __, ...frame } = before.kind === 'list' ? toList(structuredClone(before)) : structuredClone(before)
  const { record: ___, ...kept } = first
  const both: Constraint = { ...kept, filter: { or: [a, b] } }
  return {
    ...frame,
    kind: 'groups',
    measures: frame.measures.length === 0 ? [{ fn: 'count' }] : frame.measures,
    groupBy: [{ field: a.field }],
    sort: [],
    fields: [],
    assumptions: [],
    constraints: frame.constraints.map((constraint) => (constraint.slot === first.slot ? both : constraint)),
  }
}
