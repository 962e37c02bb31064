import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { maxQueryRows, type QueryResult, type Row, type TypedQueryInput } from '#contracts/query.ts'
import { cents, fromCents } from './exact.ts'

export const weightedKey = 'weighted_value'
/** Probabilities are percentages with at most this many hundredths. */
const hundredths = 100n

/**
 * Adds to each row of a forecast its value weighted by the deals' probability, or by their stage's where they have none.
 * Left out where more combinations of probabilities exist than one query returns.
 */
export async function withWeightedValue(
  tx: Transaction,
  frame: Frame,
  query: TypedQueryInput,
  result: QueryResult,
  context: PlannerContext,
): Promise<QueryResult> {
  if (frame.derive !== 'forecast' || (query.groupBy?.length ?? 0) > 2) return result
  const groupBy = [...(query.groupBy ?? []), { field: 'probability' }, { field: 'stage.probability' }]
  const { sort: _sort, having: _having, offset: _offset, ...rest } = query
  const detailed = await runQuery(
    tx,
    { ...rest, measures: [{ fn: 'sum', field: 'value' }], groupBy, limit: maxQueryRows },
    { now: context.now, timeZone: context.timeZone },
  )
  if (detailed.rows.length < detailed.total) return result
  const keys = (query.groupBy ?? []).map(({ field }) => field)
  const nameOf = (row: Row) => JSON.stringify([...keys.map((key) => row[key] ?? null), row.currency ?? null])
  const weighted = new Map<string, bigint>()
  for (const row of detailed.rows) {
    const probability = Math.round(Number(row.probability ?? row['stage.probability'] ?? 0) * 100)
    weighted.set(nameOf(row), (weighted.get(nameOf(row)) ?? 0n) + cents(row.sum_value) * BigInt(probability))
  }
  return {
    ...result,
    columns: [...result.columns, { key: weightedKey, label: phraseBook(context.language).figures.names.weightedValue, type: 'money' }],
    rows: result.rows.map((row) => ({ ...row, [weightedKey]: fromCents(rounded(weighted.get(nameOf(row)) ?? 0n)) })),
  }
}

function rounded(value: bigint): bigint {
  const divisor = 100n * hundredths
  return (value + (value < 0n ? -divisor : divisor) / 2n) / divisor
}
