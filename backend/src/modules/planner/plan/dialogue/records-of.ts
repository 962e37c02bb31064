import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from '../frame.ts'

/** Groups of which only the first were shown. */
export function isRanked({ kind, limit, having }: Frame): boolean {
  return kind === 'groups' && (limit !== undefined || having !== undefined)
}

/** "Show them" after "who has the most open deals": that person's; undefined where it is not known whose were shown. */
export function recordsOfRanked({ frame: before, shown }: PlannerTurn): Frame | undefined {
  const [group, ...rest] = before.groupBy
  if (shown.groups !== undefined && before.limit === 1 && rest.length === 0) {
    const frame = recordsOf(before)
    const { field, values } = shown.groups
    const [value] = values
    const filter: Filter = values.length === 1 && value !== undefined ? { field, op: 'eq', value } : { field, op: 'in', value: values }
    frame.constraints = [...frame.constraints.filter(({ slot }) => slot !== 'ranked'), { slot: field, filter }]
    return frame
  }
  const isOfPerson = before.limit === 1 && (group?.field === 'owner' || group?.field === 'author')
  const ids = isOfPerson && shown.person !== undefined ? [shown.person.id] : shown.entity !== before.entity ? shown.ids : []
  if (group === undefined || rest.length > 0 || ids.length === 0) return undefined
  const frame = recordsOf(before)
  frame.constraints = frame.constraints.filter(({ slot }) => slot !== 'ranked')
  frame.constraints.push({ slot: group.field, filter: { field: group.field, op: 'in', value: ids } })
  return frame
}

/** The records that a figure was taken of: of a share, those of the part. */
export function recordsOf(before: Frame): Frame {
  const frame = structuredClone(before)
  if (frame.part !== undefined) frame.constraints.push({ slot: 'part', filter: frame.part })
  const where = frame.measures.length === 1 ? frame.measures[0]?.where : undefined
  if (where !== undefined && frame.part === undefined) frame.constraints.push({ slot: 'part', filter: where })
  frame.kind = 'list'
  frame.measures = []
  frame.groupBy = []
  frame.sort = []
  frame.fields = []
  frame.assumptions = []
  delete frame.having
  delete frame.limit
  delete frame.offset
  delete frame.part
  delete frame.derive
  return frame
}
