import { DateTime } from 'luxon'
import type { Transaction } from '#backend/infra/database/database.ts'
import { type Actor, requireScope, seesEverything } from '#backend/kernel/actor.ts'
import type { CustomFieldDefinition } from '#contracts/entities.ts'
import type { QueryResult, TypedQuery, TypedQueryInput } from '#contracts/query.ts'
import type { CompileContext, LeftOut } from './compile-context.ts'
import { checkConversion } from './conversion.ts'
import { type CostLimits, defaultCostLimits, judge } from './cost-guard.ts'
import { explain } from './explanation.ts'
import { compileGroups } from './group-query.ts'
import { withoutHidden } from './hidden-fields.ts'
import { encodePageEnd, type SortKey } from './page-cursor.ts'
import { invalid, parseQuery } from './parse-query.ts'
import { prepareQuery, runWithin } from './preparation.ts'
import { type CompiledQuery, compileRecords } from './record-query.ts'
import { toRow } from './result-columns.ts'
import { resultKey } from './result-key.ts'
import { conversionNotes, type LeftOutCount } from './result-notes.ts'
import { isTimeZone } from './time-ranges.ts'

export { fieldType } from './field-paths.ts'

export interface QueryContext {
  now: Date
  /** IANA name; the query's own time zone goes before it. */
  timeZone: string
  /** Default: the product's. */
  limits?: CostLimits
  /** Columns that were chosen and are hidden from the actor are refused instead of left out. */
  strict?: boolean
}

interface FoundRow extends Record<string, unknown> {
  present: boolean | null
  total: number | null
  records?: number
  left_out?: LeftOutCount[] | null
}

/** The transaction a query should run in, when nothing else needs one. */
export const queryTransaction = { readOnly: true, statementTimeoutMs: 5000 } as const

function compile(
  query: TypedQuery,
  actor: Actor,
  customFields: readonly CustomFieldDefinition[],
  context: QueryContext,
): { compiled: CompiledQuery; problems: CompileContext['problems']; leftOut: LeftOut[] } {
  const timeZone = query.timeZone ?? context.timeZone
  if (!isTimeZone(timeZone)) throw invalid([{ field: 'timeZone', message: `"${timeZone}" is not a time zone; use a name such as Europe/Berlin or UTC.` }])
  const compileContext: CompileContext = {
    workspaceId: actor.workspaceId,
    seesEverything: seesEverything(actor),
    now: DateTime.fromJSDate(context.now, { zone: timeZone }),
    timeZone,
    customFields,
    currency: query.currency,
    convert: query.convert,
    leftOut: new Map(),
    problems: [],
    aliases: 0,
    sets: [],
  }
  checkConversion(compileContext)
  const compiled = query.groupBy !== undefined || query.measures !== undefined ? compileGroups(compileContext, query) : compileRecords(compileContext, query)
  return { compiled, problems: compileContext.problems, leftOut: [...compileContext.leftOut.values()] }
}

/**
 * Answers a typed query as the transaction's actor, in one statement of at most five seconds and 1,000 rows.
 * Columns that the actor does not see are left out; whatever else names them is refused.
 * @throws AppError VALIDATION with every problem and the nearest names that exist, or when it would take too long; FORBIDDEN; UNAVAILABLE when it did
 */
export async function runQuery(tx: Transaction, input: TypedQueryInput, context: QueryContext): Promise<QueryResult> {
  requireScope(tx.actor, 'crm:read')
  const query = withoutHidden(parseQuery(input), await tx.hidden(), context.strict ?? false)
  const kept = resultKey(query, context)
  if (kept === undefined) return answer(tx, query, context)
  const result = await tx.cached(kept.key, () => answer(tx, query, context))
  // Nothing has changed since it was computed, so it is as of now.
  return kept.isLasting ? { ...result, asOf: await tx.asOf(context.now) } : result
}

async function answer(tx: Transaction, query: TypedQuery, context: QueryContext): Promise<QueryResult> {
  const { customFields, largestTable } = await prepareQuery(tx)
  const { compiled, problems, leftOut } = compile(query, tx.actor, customFields, context)
  if (problems.length > 0) throw invalid(problems)
  const { outputs, sortKeys, seen: before = query.offset } = compiled
  const { statement, estimatedTotal } = await judge(tx, query, compiled, largestTable, context.limits ?? defaultCostLimits)
  const records = await runWithin(tx, queryTransaction.statementTimeoutMs, () => tx.query<FoundRow>(statement))
  const found = records.filter((record) => record.present === true)
  // Records come with one more than asked for, which tells whether another page follows.
  const page = sortKeys === undefined ? found : found.slice(0, query.limit)
  const notes = conversionNotes(query, leftOut, records[0]?.left_out ?? [], customFields)
  return {
    columns: outputs.filter((output) => output.hidden !== true).map((output) => output.column),
    rows: page.map((record) => toRow(outputs, record)),
    ...totalOf(query, records[0]?.total ?? 0, estimatedTotal, before + found.length, found.length),
    ...(records[0]?.records === undefined ? {} : { records: records[0].records }),
    ...(sortKeys === undefined ? {} : { nextCursor: found.length > query.limit ? cursorAfter(query, page.at(-1), sortKeys, before + page.length) : null }),
    ...(notes.length === 0 ? {} : { notes }),
    asOf: await tx.asOf(context.now),
    explanation: explain(query, customFields),
  }
}

/** How many there are in all: counted, or estimated unless the page itself ends the list. */
function totalOf(
  query: TypedQuery,
  counted: number,
  estimate: number | undefined,
  seen: number,
  found: number,
): Pick<QueryResult, 'total' | 'totalIsEstimate'> {
  if (estimate === undefined) return { total: counted }
  const isEnd = query.cursor === undefined && found <= query.limit && (found > 0 || query.offset === 0)
  return isEnd ? { total: seen } : { total: Math.max(estimate, seen), totalIsEstimate: true }
}

function cursorAfter(query: TypedQuery, last: FoundRow | undefined, keys: readonly SortKey[], seen: number): string {
  const values = keys.map((_, index) => (last?.[`v${index}`] ?? null) as string | null)
  return encodePageEnd(query, keys, { seen, last: last === undefined ? undefined : { id: last.s_id as string, values } })
}

/**
 * The query in words.
 * @param customFields the workspace's own fields, for their labels
 * @throws AppError VALIDATION when the query's form is wrong
 */
export function explainQuery(input: TypedQueryInput, customFields: readonly CustomFieldDefinition[] = []): string {
  return explain(parseQuery(input), customFields)
}
