import { type SQL, sql } from '#backend/infra/database/database.ts'
import { entities } from '#contracts/entities.ts'
import type { Conversion } from '#contracts/query.ts'
import { currencyColumn, fromClause, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, type Scope } from './compile-context.ts'
import type { FieldInfo } from './field-paths.ts'

/** What one unit of each currency is worth, the target's own included. */
function ratesOf({ to, rates }: Conversion): Record<string, string> {
  return { ...rates, [to]: '1' }
}

/** Notes what is wrong with the stated rates. */
export function checkConversion(context: CompileContext): void {
  const { convert } = context
  if (convert === undefined) return
  for (const [code, rate] of Object.entries(convert.rates)) {
    const field = `convert.rates.${code}`
    if (/^[0.]+$/.test(rate)) context.problems.push({ field, message: `The rate of ${code} must be more than 0.` })
    if (code === convert.to && Number(rate) !== 1) context.problems.push({ field, message: `One ${code} is worth one ${code}; leave this rate out.` })
  }
}

/** A number as figures and comparisons take it: money in the currency that is converted to, null where no rate is stated. */
export function comparedColumn(context: CompileContext, scope: Scope, info: FieldInfo): SQL {
  const value = valueColumn(context, scope, info)
  if (info.type !== 'money' || context.convert === undefined) return value
  return sql`(${value} * (${JSON.stringify(ratesOf(context.convert))}::jsonb ->> ${currencyColumn(context, scope, info.steps)})::numeric)`
}

/** Rows of a scope whose amount cannot be converted. */
export function withoutRate(context: CompileContext, scope: Scope, info: FieldInfo, convert: Conversion): SQL {
  const codes = sql.param(Object.keys(ratesOf(convert)))
  return sql`(${valueColumn(context, scope, info)} is not null and ${currencyColumn(context, scope, info.steps)} <> all(${codes}::text[]))`
}

/** Counts by currency the records whose money a filter or a sort could not compare. */
export function noteUncompared(context: CompileContext, scope: Scope, info: FieldInfo): void {
  const { convert } = context
  const key = `${scope.entity.name}.${info.path}`
  if (info.type !== 'money' || convert === undefined || context.leftOut.has(key)) return
  const all = createScope(context, entities[scope.entity.name])
  const rows = sql`${visible(context, all)} and ${withoutRate(context, all, info, convert)}`
  const currency = currencyColumn(context, all, info.steps)
  context.leftOut.set(key, {
    entity: scope.entity.name,
    path: info.path,
    use: 'compared',
    counts: sql`select ${currency} as currency, count(*) as records from ${fromClause(all)} where ${rows} group by 1`,
  })
}

/** What could not be converted, as a CTE to be added to the others and a column of the result; nothing without a conversion. */
export function leftOutClauses(context: CompileContext): { cte: SQL; column: SQL } {
  const sources = [...context.leftOut.values()]
  if (sources.length === 0) return { cte: sql``, column: sql`` }
  const parts = sources.map(({ counts }, index) => sql`select ${index}::int as source, currency, records from (${counts}) counts`)
  return {
    cte: sql`left_out as (${sql.join(parts, sql` union all `)}), `,
    column: sql`, (select jsonb_agg(jsonb_build_array(source, currency, records) order by source, records desc, currency) from left_out) as left_out`,
  }
}
