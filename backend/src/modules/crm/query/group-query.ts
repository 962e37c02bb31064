import { type SQL, sql } from '#backend/infra/database/database.ts'
import { entities } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'
import { currencyColumn, fromClause } from './columns.ts'
import { type CompileContext, createScope, type Scope, setsOf } from './compile-context.ts'
import { leftOutClauses, withoutRate } from './conversion.ts'
import type { FieldInfo } from './field-paths.ts'
import { groupOrder } from './group-order.ts'
import { compileGroup } from './groups.ts'
import { type CompiledMeasure, compileMeasure } from './measures.ts'
import { compareNumber } from './number-conditions.ts'
import { type CompiledQuery, whereClause } from './record-query.ts'
import type { OutputColumn } from './result-columns.ts'
import { unknownFigure } from './suggestions.ts'
import { compileWindows, type Figure, type FigureKeys, filledBuckets, needsEveryBucket } from './windows.ts'

function sameSource(a: FieldInfo, b: FieldInfo): boolean {
  const sourceOf = (info: FieldInfo) => info.steps.map((step) => step.column).join('.')
  return sourceOf(a) === sourceOf(b)
}

/** The currency that money figures are kept apart by; figures of different fields must share it. */
function currencyOf(context: CompileContext, scope: Scope, measures: readonly CompiledMeasure[]): SQL | undefined {
  const fields = measures.flatMap((measure) => measure.money ?? [])
  const [first] = fields
  if (first === undefined) return undefined
  if (context.convert !== undefined) return sql`${context.convert.to}::text`
  const other = fields.find((info) => !sameSource(info, first))
  if (other !== undefined)
    context.problems.push({ field: 'measures', message: `"${first.path}" and "${other.path}" may be in different currencies; ask for them one at a time.` })
  return currencyColumn(context, scope, first.steps)
}

/** Counts by currency the records whose money has no rate and is in none of the figures. */
function noteLeftOut(context: CompileContext, query: TypedQuery, measures: readonly CompiledMeasure[]): void {
  const { convert } = context
  if (convert === undefined) return
  const fields = new Map(measures.flatMap((measure) => (measure.money === undefined ? [] : [[measure.money.path, measure.money] as const])))
  for (const [path, info] of fields) {
    const scope = createScope(context, entities[query.entity])
    const rows = sql`${whereClause(context, scope, query)} and ${withoutRate(context, scope, info, convert)}`
    const currency = currencyColumn(context, scope, info.steps)
    const counts = sql`select ${currency} as currency, count(*) as records from ${fromClause(scope)} where ${rows} group by 1`
    context.leftOut.set(`figure ${path}`, { entity: query.entity, path, use: 'figure', counts })
  }
}

/** Conditions on result columns, by whether they are of measures or of windows. */
function havingClauses(
  context: CompileContext,
  query: TypedQuery,
  measured: readonly OutputColumn[],
  windowed: readonly OutputColumn[],
): { first: SQL; last: SQL } {
  const outputs = [...measured, ...windowed]
  const clause = (among: readonly OutputColumn[]) => {
    const tests = (query.having ?? []).flatMap(({ measure, op, value }) => {
      const output = among.find(({ column }) => column.key === measure)
      return output === undefined ? [] : [sql`${compareNumber(sql`${sql.identifier(output.name)}::numeric`, op, value)}`]
    })
    return tests.length === 0 ? sql`true` : sql.join(tests, sql` and `)
  }
  for (const [index, { measure }] of (query.having ?? []).entries()) {
    const output = outputs.find(({ column }) => column.key === measure)
    const field = `having[${index}].measure`
    if (output === undefined) {
      const keys = outputs.map(({ column }) => column.key)
      context.problems.push({ field, message: unknownFigure(measure, keys) })
    } else if (output.column.type === 'date' || output.column.type === 'datetime')
      context.problems.push({ field, message: `"${measure}" is a time and cannot be compared with a number.` })
  }
  return { first: clause(measured), last: clause(windowed) }
}

function refuseSameKeys(context: CompileContext, outputs: readonly OutputColumn[]): void {
  const seen = new Set<string>()
  for (const { column } of outputs) {
    if (seen.has(column.key))
      context.problems.push({ field: 'measures', message: `Two result columns are called "${column.key}"; name one of them with "as".` })
    seen.add(column.key)
  }
}

function names(all: readonly string[]): SQL {
  return sql.join(
    all.map((name) => sql`${sql.identifier(name)}`),
    sql`, `,
  )
}

/**
 * Compiles a query for groups and figures. Without groups there is one row, or one per currency of a money figure; money figures over
 * no money at all have no row.
 */
export function compileGroups(context: CompileContext, query: TypedQuery): CompiledQuery {
  const scope = createScope(context, entities[query.entity])
  const where = whereClause(context, scope, query)
  const groups = (query.groupBy ?? []).flatMap((_, index) => compileGroup(context, scope, query, index) ?? [])
  const compiled = (query.measures ?? [{ fn: 'count' as const }]).flatMap((measure, index) => {
    const one = compileMeasure(context, scope, measure, index)
    return one === undefined ? [] : [{ measure, one, output: { column: one.column, name: `m${index}` } }]
  })
  const measures = compiled.map(({ one }) => one)
  const currency = currencyOf(context, scope, measures)
  if (currency !== undefined && context.convert !== undefined && groups.some(({ output }) => output.column.key === 'currency'))
    context.problems.push({ field: 'groupBy', message: `Converted figures are all in ${context.convert.to}; group by something else than the currency.` })
  // Grouped by currency, money without one is in the workspace's, as in its figures.
  const ownCurrency = groups.find(({ output }) => output.column.key === 'currency')?.inputs[0]
  if (ownCurrency !== undefined && currency !== undefined) ownCurrency.expression = currency
  noteLeftOut(context, query, measures)

  const keys: OutputColumn[] = groups.map((group) => group.output)
  if (currency !== undefined && !keys.some(({ column }) => column.key === 'currency'))
    keys.push({ column: { key: 'currency', label: 'Currency', type: 'currency' }, name: 'currency' })
  const figures: Figure[] = compiled.map(({ measure, one, output }) => ({ measure, output, isMoney: one.money !== undefined }))
  const groupNames = [...groups.flatMap((group) => group.inputs.map((input) => input.name)), ...(currency === undefined ? [] : ['currency'])]
  const time = groups.find((group) => group.bucket !== undefined)
  const figureKeys: FigureKeys = {
    names: groupNames,
    time: time?.bucket === undefined ? undefined : { name: time.output.name, unit: time.bucket },
    perCurrency: currency !== undefined,
  }
  const windows = compileWindows(context, query, figures, figureKeys)
  const measured = figures.map(({ output }) => output)
  const windowed = windows.map(({ output }) => output)
  const outputs = [...keys, ...measured, ...windowed]
  refuseSameKeys(context, outputs)

  const inputs = [
    ...groups.flatMap((group) => group.inputs),
    ...(currency === undefined ? [] : [{ name: 'currency', expression: currency }]),
    ...measures.flatMap((measure) => measure.inputs),
  ]
  const inner =
    inputs.length === 0
      ? sql`1 as one`
      : sql.join(
          inputs.map(({ name, expression }) => sql`${expression} as ${sql.identifier(name)}`),
          sql`, `,
        )
  const shownAs = new Map(groups.flatMap((group) => group.inputs.map(({ name, shown }) => [name, shown] as const)))
  const selected = [
    ...groupNames.map((name) => {
      const shown = shownAs.get(name)
      return shown === undefined ? sql`${sql.identifier(name)}` : sql`${shown} as ${sql.identifier(name)}`
    }),
    ...compiled.map(({ one, output }) => sql`${one.aggregate} as ${sql.identifier(output.name)}`),
    sql`true as present`,
    ...(groups.length === 0 ? [sql`count(*) as made_of`] : []),
  ]
  const grouping = groupNames.length === 0 ? sql`` : sql` group by ${names(groupNames)}`
  const onlyMoney = measures.length > 0 && measures.every((measure) => measure.money !== undefined)
  const hasMoney = onlyMoney
    ? sql` having ${sql.join(
        measures.map((measure) => sql`count(${sql.identifier(measure.inputs[0]?.name ?? '')}) > 0`),
        sql` or `,
      )}`
    : sql``
  const having = havingClauses(context, query, measured, windowed)
  const order = groupOrder(context, query, groups, outputs, measured)
  const unnests = sql.join(groups.flatMap((group) => group.unnest ?? []))
  const fills = windows.length > 0 && needsEveryBucket(query) && figureKeys.time !== undefined
  const computed = sql.join(windows.map(({ output, expression }) => sql`, ${expression} as ${sql.identifier(output.name)}`))
  const leftOut = leftOutClauses(context)
  const madeOf = groups.length === 0 ? sql`, (select coalesce(sum(made_of), 0)::bigint from figures) as records` : sql``
  const statement = sql`with ${setsOf(context)}${leftOut.cte}figures as (
      select ${sql.join(selected, sql`, `)} from (select ${inner} from ${fromClause(scope)}${unnests} where ${where}) rows${grouping}${hasMoney}
    ), ${fills ? filledBuckets(figures, figureKeys) : sql``}windowed as (select *${computed} from ${sql.identifier(fills ? 'filled' : 'figures')} where ${having.first}),
    kept as materialized (select * from windowed where ${having.last}),
    page as (select * from kept order by ${order} limit ${query.limit} offset ${query.offset})
    select page.*, (select count(*) from kept) as total${madeOf}${leftOut.column} from (select 1) once left join page on true order by ${order}`
  return { statement, outputs }
}
