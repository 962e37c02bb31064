import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { entities } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'
import type { CompiledQuery } from './record-query.ts'

/** What a query may cost, in the planner's units; decision 10 says how they were found. */
export interface CostLimits {
  /** Rows of the largest table below which nothing is asked. */
  bigTable: number
  /** Dearer than this, records are shown without counting them all. */
  counting: number
  /** Dearer than this, a query is refused. */
  running: number
}

export const defaultCostLimits: CostLimits = { bigTable: 200_000, counting: 250_000, running: 2_000_000 }

/** How a query is to be run. */
export interface Verdict {
  statement: SQL
  /** Instead of a count, when counting would take too long. */
  estimatedTotal?: number
}

interface Plan {
  'Total Cost': number
  'Plan Rows': number
}

const mostShapes = 500
/** Shapes of queries that were found cheap. What was dear is looked at again, since other values may make it cheap. */
const cheapShapes = new Set<string>()

/** A query without the values it compares with. */
function shapeOf(query: TypedQuery): string {
  return JSON.stringify(query, (key, value: unknown) => (key === 'value' || key === 'title' || key === 'cursor' || key === 'rates' ? undefined : value))
}

async function planOf(tx: Transaction, statement: SQL): Promise<Plan> {
  const [row] = await tx.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(sql`explain (format json) ${statement}`)
  const plan = row?.['QUERY PLAN'][0]?.Plan
  if (plan === undefined) throw new Error('EXPLAIN gave no plan.')
  return plan
}

/** About 12,345 is 12,000. */
function rounded(rows: number): number {
  return Number(rows.toPrecision(2))
}

/** Detail of the error for a query that is refused for what it would cost. */
export const tooDear = 'is too dear'

function refusal(query: TypedQuery, largestTable: number): AppError {
  const { labelPlural, defaultTime, fields } = entities[query.entity]
  const time = (fields[defaultTime]?.label ?? defaultTime).toLowerCase()
  const message = `This question about ${labelPlural.toLowerCase()} would take too long over about ${rounded(largestTable).toLocaleString('en-GB')} rows; nothing was read. Narrow it, for example to a span of time (${time}) or to one owner, or leave out a condition on related records.`
  return new AppError('VALIDATION', message, { details: [{ field: query.filter === undefined ? 'filter' : 'query', message: tooDear }] })
}

/** Whether a query was refused for what it would cost, and not for its form. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AppError && (error.details as { message?: unknown }[] | undefined)?.[0]?.message === tooDear
}

/**
 * Asks the planner what a query over big tables would cost before it is run.
 * @throws AppError VALIDATION when it would run too long even without counting
 */
export async function judge(tx: Transaction, query: TypedQuery, compiled: CompiledQuery, largestTable: number, limits: CostLimits): Promise<Verdict> {
  const { statement, uncounted } = compiled
  if (largestTable <= limits.bigTable) return { statement }
  const shape = shapeOf(query)
  if (cheapShapes.has(shape)) return { statement }
  const cost = (await planOf(tx, statement))['Total Cost']
  if (cost <= limits.counting) {
    if (cheapShapes.size >= mostShapes) cheapShapes.clear()
    cheapShapes.add(shape)
    return { statement }
  }
  if (uncounted === undefined) {
    if (cost > limits.running) throw refusal(query, largestTable)
    return { statement }
  }
  const { 'Total Cost': pageCost } = await planOf(tx, uncounted.statement)
  if (pageCost > limits.running) throw refusal(query, largestTable)
  return { statement: uncounted.statement, estimatedTotal: rounded((await planOf(tx, uncounted.rows))['Plan Rows']) }
}
