import { unitOfSpan } from '#backend/modules/planner/language/calendar.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { Filter, TimeRange } from '#contracts/query.ts'
import type { Constraint, Frame } from '../frame.ts'
import { canonical } from './canonical.ts'

/** The last two answers, when they are of the same question but for one condition. */
function lastTwo(turns: readonly PlannerTurn[]): { frame: Frame; earlier: Constraint; later: Constraint } | undefined {
  const [before, last] = [turns.at(-2)?.frame, turns.at(-1)?.frame]
  if (before === undefined || last === undefined || before.entity !== last.entity || before.constraints.length !== last.constraints.length) return undefined
  if (canonical(before.measures) !== canonical(last.measures) || before.kind !== last.kind) return undefined
  const kept = new Set(before.constraints.map(({ filter }) => canonical(filter)))
  const changed = last.constraints.filter(({ filter }) => !kept.has(canonical(filter)))
  const [later] = changed
  const earlier = before.constraints.find(({ slot }) => slot === later?.slot)
  return later === undefined || earlier === undefined || changed.length > 1 ? undefined : { frame: last, earlier, later }
}

/** "How many of both?": what the last two answers were of, as one. */
export function bothOf(turns: readonly PlannerTurn[], counts: boolean): Frame | undefined {
  const two = lastTwo(turns)
  if (two === undefined) return undefined
  const frame = joined(two.frame, two.later, { or: [two.earlier.filter, two.later.filter] })
  if (!counts) return frame
  const { limit: _, offset: __, ...counted } = frame
  return { ...counted, kind: 'figure', measures: [{ fn: 'count' }], groupBy: [], sort: [], fields: [] }
}

/** "Compare them": the figures of the last two answers beside one another. */
export function comparisonOf(turns: readonly PlannerTurn[]): Frame | undefined {
  const two = lastTwo(turns)
  if (two === undefined || (two.frame.kind !== 'figure' && two.frame.kind !== 'list')) return undefined
  const { later, earlier } = two
  const [a, b] = [earlier.filter, later.filter]
  if (!('field' in a) || !('field' in b) || a.field !== b.field || a.op !== b.op) return undefined
  const units = [a.value, b.value].map((value) => (isSpan(value) ? unitOfSpan(value) : undefined))
  const bucket = units[0] !== undefined && units[0] === units[1] ? units[0] : undefined
  if (a.op === 'during' ? bucket === undefined : a.op !== 'eq') return undefined
  const { limit: _, offset: __, ...frame } = joined(two.frame, later, { or: [a, b] })
  const measures = frame.measures.length === 0 ? [{ fn: 'count' as const }] : frame.measures
  const groupBy = [bucket === undefined ? { field: a.field } : { field: a.field, bucket }]
  const sort = bucket === undefined ? [] : [{ by: a.field, direction: 'asc' as const }]
  return { ...frame, kind: 'groups', measures, groupBy, sort, fields: [], ...(bucket === undefined ? {} : { derive: 'compare' as const }) }
}

function joined(last: Frame, later: Constraint, filter: Filter): Frame {
  const frame = structuredClone(last)
  const { record: _, ...constraint } = later
  frame.constraints = frame.constraints.map((one) => (canonical(one.filter) === canonical(later.filter) ? { ...constraint, filter } : one))
  frame.assumptions = []
  return frame
}

function isSpan(value: unknown): value is TimeRange {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('now' in value)
}
