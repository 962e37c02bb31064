import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { RecordOption } from '#backend/modules/planner/language/reading.ts'
import type { SimilarTest } from '#backend/modules/planner/phrases/notes.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter, Row } from '#contracts/query.ts'
import { none } from './no-record.ts'

/** Records like one that are shown when nobody says how many. */
const mostSimilar = 20

/** What likeness is, most telling first; figures may differ by the factor. */
const likeness: Partial<Record<EntityName, readonly { field: string; within?: number }[]>> = {
  organisations: [{ field: 'industry' }, { field: 'country' }, { field: 'size', within: 2 }, { field: 'state' }],
  contacts: [{ field: 'title' }, { field: 'organisation.industry' }, { field: 'country' }],
  leads: [{ field: 'industry' }, { field: 'source' }, { field: 'country' }, { field: 'rating' }],
  opportunities: [{ field: 'pipeline' }, { field: 'currency' }, { field: 'value', within: 1.5 }, { field: 'organisation.industry' }, { field: 'stage' }],
  products: [{ field: 'category' }, { field: 'price', within: 1.5 }, { field: 'brand' }],
}

/** Whether records of an entity can be likened to each other. */
export function hasLikeness(entity: EntityName): boolean {
  return likeness[entity] !== undefined
}

/** Restricts a frame to records like one: all that is known of it is compared, then less and less, until others are found. */
export async function similarTo(tx: Transaction, frame: Frame, to: RecordOption, context: PlannerContext): Promise<Frame> {
  const at = { now: context.now, timeZone: context.timeZone }
  const fields = likeness[frame.entity] ?? []
  const { rows } = await runQuery(tx, { entity: frame.entity, filter: { field: 'id', op: 'eq', value: to.id }, select: fields.map(({ field }) => field) }, at)
  const [row] = rows
  const known = row === undefined ? [] : fields.flatMap((one) => testOf(frame.entity, one, row))
  const others: Filter = { field: 'id', op: 'ne', value: to.id }
  for (let count = known.length; count > 0; count--) {
    const tests = known.slice(0, count)
    const filter: Filter = { and: [others, ...tests.map((test) => test.filter)] }
    const { total } = await runQuery(tx, { entity: frame.entity, filter, limit: 1 }, at)
    if (total === 0) continue
    return {
      ...frame,
      constraints: [...frame.constraints, { slot: 'similar', filter }],
      limit: frame.limit ?? mostSimilar,
      assumptions: [...frame.assumptions, { note: 'similar', label: to.label, tests: tests.map(({ told }) => told) }],
    }
  }
  return {
    ...frame,
    constraints: [...frame.constraints, { slot: 'similar', filter: none }],
    assumptions: [...frame.assumptions, { note: 'tooLittleKnown', label: to.label }],
  }
}

function testOf(entity: EntityName, { field, within }: { field: string; within?: number }, row: Row): { filter: Filter; told: SimilarTest }[] {
  const value = row[field]
  if (value === null || value === undefined || value === '') return []
  if (within === undefined)
    return [{ filter: { field, op: 'eq', value: typeof value === 'number' ? value : String(value) }, told: { entity, field, value: String(value) } }]
  const figure = Number(value)
  if (!Number.isFinite(figure) || figure <= 0) return []
  const [low, high] = [Math.floor(figure / within), Math.ceil(figure * within)]
  return [{ filter: { field, op: 'between', value: [low, high] }, told: { entity, field, low, high } }]
}
