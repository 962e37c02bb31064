import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { compileFrame } from '#backend/modules/planner/plan/compile.ts'
import type { Expansion, Frame } from '#backend/modules/planner/plan/frame.ts'
import { groupsOf } from '#backend/modules/planner/plan/grouping.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter, Row } from '#contracts/query.ts'
import { none } from './no-record.ts'

/** More groups than these are told by their figures, not record by record. */
const mostGroups = 60
const slot = 'firstOfEach'

type FirstOfEach = Extract<Expansion, { kind: 'firstOfEach' }>

/** "The biggest deal in each pipeline" is one record of each, and not the first of all. */
export function takeFirstOfEach(state: ParseState, frame: Frame): void {
  if (!state.firstOfEach) return
  const [sort] = frame.sort
  const [group] = groupsOf({ ...state, groups: state.firstOfEach }, frame.entity)
  if (frame.kind !== 'list' || sort === undefined || group === undefined || group.bucket !== undefined) {
    state.unexplained.push('each')
    return
  }
  delete frame.limit
  frame.expansion = { kind: 'firstOfEach', group: group.field, by: sort.by, direction: sort.direction }
  if (!entities[frame.entity].defaultColumns.includes(group.field)) frame.fields.push(group.field)
}

/** "The biggest one per rep" after a list: of each that was shown before. */
export function firstOfEachBefore(said: Frame, before: Frame): Frame | undefined {
  if (said.expansion?.kind !== 'firstOfEach') return undefined
  const constraints = [...before.constraints.filter((one) => one.slot !== 'ranked'), ...said.constraints]
  const { limit: _, offset: __, ...frame } = structuredClone(before)
  return { ...frame, constraints, sort: said.sort, fields: said.fields, expansion: said.expansion, assumptions: [] }
}

/** Restricts a frame to the records that are first in their group; amounts in each currency by themselves. */
export async function firstOfEach(tx: Transaction, frame: Frame, { group, by, direction }: FirstOfEach, context: PlannerContext): Promise<Frame> {
  const constraints = frame.constraints.filter((one) => one.slot !== slot)
  const measure = { fn: direction === 'desc' ? ('max' as const) : ('min' as const), field: by, as: 'edge' }
  const { expansion: _, ...plain } = frame
  const figures: Frame = {
    ...plain,
    constraints,
    kind: 'groups',
    groupBy: [{ field: group }],
    measures: [measure],
    sort: [{ by: 'edge', direction }],
    fields: [],
  }
  const { columns, rows } = await runQuery(tx, compileFrame(figures), { now: context.now, timeZone: context.timeZone })
  if (rows.length > mostGroups) return figures
  const key = columns[0]?.key ?? group
  const ids = `${key}_id`
  // By their names where these tell them apart, for they are what is shown.
  const names = new Map(rows.map((row) => [row[ids], row[key]]))
  const apart = new Set(names.values()).size === names.size
  const filters = rows.flatMap((row) => edgeOf(row, ids in row && !apart ? ids : key, { group, by, direction }))
  const filter = filters.length === 0 ? none : filters.length === 1 ? (filters[0] as Filter) : { or: filters }
  return { ...frame, constraints: [...constraints, { slot, filter }] }
}

/** Those of one group that nothing goes beyond: moments are kept more finely than they are told. */
function edgeOf(row: Row, key: string, { group, by, direction }: Pick<FirstOfEach, 'group' | 'by' | 'direction'>): Filter[] {
  const { edge, currency } = row
  if (edge === null || edge === undefined) return []
  const held = row[key]
  const value = typeof edge === 'string' && /^-?\d+(?:\.\d+)?$/.test(edge) ? Number(edge) : (edge as string | number)
  return [
    {
      and: [
        held === null || held === undefined ? { field: group, op: 'isEmpty' } : { field: group, op: 'eq', value: held as string },
        { field: by, op: direction === 'desc' ? 'gte' : 'lte', value: direction === 'asc' && typeof value === 'string' ? justAfter(value) : value },
        ...(typeof currency === 'string' ? [{ field: 'currency', op: 'eq' as const, value: currency }] : []),
      ],
    },
  ]
}

function justAfter(moment: string): string {
  return /T/.test(moment) ? new Date(Date.parse(moment) + 1).toISOString() : moment
}
