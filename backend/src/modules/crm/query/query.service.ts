import { DateTime } from 'luxon'
import type { Transaction } from '#backend/infra/database/database.ts'
import { type Actor, requireScope, seesEverything } from '#backend/kernel/actor.ts'
import type { CustomFieldDefinition } from '#contracts/entities.ts'
import type { QueryResult, TypedQuery, TypedQueryInput } from '#contracts/query.ts'
import type { CompileContext } from './compile-context.ts'
import { explain } from './explanation.ts'
import { compileGroups } from './group-query.ts'
import { invalid, parseQuery } from './parse-query.ts'
import { prepareQuery } from './preparation.ts'
import { type CompiledQuery, compileRecords } from './record-query.ts'
import { toRow } from './result-columns.ts'
import { isTimeZone } from './time-ranges.ts'

export { fieldType } from './field-paths.ts'

export interface QueryContext {
  now: Date
  /** IANA name; the query's own time zone goes before it. */
  timeZone: string
}

/** The transaction a query should run in, when nothing else needs one. */
export const queryTransaction = { readOnly: true, statementTimeoutMs: 5000 } as const

function compile(
  query: TypedQuery,
  actor: Actor,
  customFields: readonly CustomFieldDefinition[],
  context: QueryContext,
): CompiledQuery & { problems: CompileContext['problems'] } {
  const timeZone = query.timeZone ?? context.timeZone
  if (!isTimeZone(timeZone)) throw invalid([{ field: 'timeZone', message: `"${timeZone}" is not a time zone; use a name such as Europe/Berlin or UTC.` }])
  const compileContext: CompileContext = {
    workspaceId: actor.workspaceId,
    seesEverything: seesEverything(actor),
    now: DateTime.fromJSDate(context.now, { zone: timeZone }),
    timeZone,
    customFields,
    currency: query.currency,
    problems: [],
    aliases: 0,
    sets: [],
  }
  const compiled = query.groupBy !== undefined || query.measures !== undefined ? compileGroups(compileContext, query) : compileRecords(compileContext, query)
  return { ...compiled, problems: compileContext.problems }
}

/**
 * Answers a typed query as the transaction's actor, in one statement of at most five seconds and 1,000 rows.
 * @throws AppError VALIDATION with every problem and the nearest names that exist; FORBIDDEN; UNAVAILABLE when it takes too long
 */
export async function runQuery(tx: Transaction, input: TypedQueryInput, context: QueryContext): Promise<QueryResult> {
  requireScope(tx.actor, 'crm:read')
  const query = parseQuery(input)
  const { customFields, restore } = await prepareQuery(tx, queryTransaction.statementTimeoutMs)
  const { statement, outputs, problems } = compile(query, tx.actor, customFields, context)
  if (problems.length > 0) throw invalid(problems)
  const records = await tx.query<{ present: boolean | null; total: number }>(statement)
  await restore()
  const rows = records.filter((record) => record.present === true).map((record) => toRow(outputs, record as unknown as Record<string, unknown>))
  return {
    columns: outputs.filter((output) => output.hidden !== true).map((output) => output.column),
    rows,
    total: records[0]?.total ?? 0,
    asOf: context.now.toISOString(),
    explanation: explain(query, customFields),
  }
}

/**
 * The query in words.
 * @param customFields the workspace's own fields, for their labels
 * @throws AppError VALIDATION when the query's form is wrong
 */
export function explainQuery(input: TypedQueryInput, customFields: readonly CustomFieldDefinition[] = []): string {
  return explain(parseQuery(input), customFields)
}
