import { type SQL, sql } from '#backend/infra/database/database.ts'
import { entities } from '#contracts/entities.ts'
import type { TimeUnit, TypedQuery } from '#contracts/query.ts'
import { currencyColumn, fromClause, referencedIdColumn, valueColumn } from './columns.ts'
import { type CompileContext, createScope, requireField, type Scope, setsOf } from './compile-context.ts'
import { type FieldInfo, listTypes, textTypes, timeTypes } from './field-paths.ts'
import { groupLabel } from './labels.ts'
import { type CompiledMeasure, compileMeasure } from './measures.ts'
import { compareNumber } from './number-conditions.ts'
import { type CompiledQuery, whereClause } from './record-query.ts'
import { fieldColumn, type OutputColumn, referenceIdKey } from './result-columns.ts'
import { didYouMean, nearestNames } from './suggestions.ts'

interface Group {
  output: OutputColumn
  inputs: { name: string; expression: SQL }[]
  /** Joined after the tables: the items of a list, one row each. */
  unnest?: SQL
  isTime: boolean
  isText: boolean
}

function bucketOf(context: CompileContext, value: SQL, info: FieldInfo, bucket: TimeUnit): SQL {
  const local = info.type === 'date' ? sql`${value}::timestamp` : sql`${value} at time zone ${context.timeZone}`
  return sql`date_trunc(${bucket}, ${local})::date`
}

function compileGroup(context: CompileContext, scope: Scope, query: TypedQuery, index: number): Group | undefined {
  const group = query.groupBy?.[index]
  const info = group && requireField(context, query.entity, group.field, `groupBy[${index}].field`)
  if (group === undefined || info === undefined) return undefined
  const isTime = timeTypes.has(info.type)
  if (group.bucket !== undefined && !isTime) {
    context.problems.push({ field: `groupBy[${index}].bucket`, message: `"${group.field}" is not a date or time, so it has no ${group.bucket}s.` })
    return undefined
  }
  // Instants are all different; without a bucket they are grouped by day.
  const bucket = group.bucket ?? (info.type === 'datetime' ? 'day' : undefined)
  const repeated = query.groupBy?.findIndex((other) => other.field === group.field) !== index
  const key = repeated ? `${group.field}_${bucket ?? index}` : group.field
  const name = `k${index}`
  const output: OutputColumn = {
    column: { ...fieldColumn(info), key, label: groupLabel(info, group.bucket), ...(bucket === undefined ? {} : { type: 'date' as const }) },
    name,
  }
  const value = valueColumn(context, scope, info)
  const result: Group = { output, inputs: [], isTime, isText: textTypes.has(info.type) || listTypes.has(info.type) }
  if (listTypes.has(info.type)) {
    result.unnest = sql` left join lateral unnest(${value}) as ${sql.identifier(`l${index}`)} (item) on true`
    result.inputs.push({ name, expression: sql`${sql.identifier(`l${index}`)}.item` })
    result.output.column.type = 'text'
  } else if (bucket !== undefined) result.inputs.push({ name, expression: bucketOf(context, value, info, bucket) })
  else result.inputs.push({ name, expression: textTypes.has(info.type) ? sql`nullif(btrim(${value}), '')` : value })
  if (info.type === 'reference' && info.definition.display === undefined) {
    output.id = { key: referenceIdKey(info), name: `${name}_id` }
    result.inputs.push({ name: output.id.name, expression: referencedIdColumn(context, scope, info) })
  }
  return result
}

/** The currency that money figures are kept apart by; figures of different fields must share it. */
function currencyOf(context: CompileContext, scope: Scope, measures: readonly CompiledMeasure[]): SQL | undefined {
  const fields = measures.flatMap((measure) => measure.money ?? [])
  const [first] = fields
  if (first === undefined) return undefined
  const sourceOf = (info: FieldInfo) => info.steps.map((step) => step.column).join('.')
  const other = fields.find((info) => sourceOf(info) !== sourceOf(first))
  if (other !== undefined)
    context.problems.push({ field: 'measures', message: `"${first.path}" and "${other.path}" may be in different currencies; ask for them one at a time.` })
  return currencyColumn(context, scope, first.steps)
}

function havingClause(context: CompileContext, query: TypedQuery, figures: ReadonlyMap<string, string>): SQL {
  const tests = (query.having ?? []).flatMap(({ measure, op, value }, index) => {
    const name = figures.get(measure)
    if (name !== undefined) return [sql`${compareNumber(sql`${sql.identifier(name)}::numeric`, op, value)}`]
    const nearest = nearestNames(
      measure,
      [...figures.keys()].map((key) => ({ name: key })),
    )
    context.problems.push({
      field: `having[${index}].measure`,
      message: `There is no figure "${measure}". ${didYouMean(nearest, `There are ${[...figures.keys()].join(', ')}.`)}`,
    })
    return []
  })
  return tests.length === 0 ? sql`true` : sql.join(tests, sql` and `)
}

function orderClause(
  context: CompileContext,
  query: TypedQuery,
  groups: readonly Group[],
  outputs: readonly OutputColumn[],
  measured: readonly OutputColumn[],
): SQL {
  const texts = new Set(groups.filter((group) => group.isText).map((group) => group.output.name))
  const ordered = (name: string, direction: string) =>
    sql`${texts.has(name) ? sql`fold(${sql.identifier(name)})` : sql.identifier(name)} ${sql.raw(direction)} nulls last`
  const orders: SQL[] = []
  for (const [index, { by, direction }] of (query.sort ?? []).entries()) {
    const output = outputs.find(({ column, id }) => column.key === by || id?.key === by)
    if (output !== undefined) orders.push(ordered(output.name, direction))
    else {
      const keys = outputs.map(({ column }) => column.key)
      context.problems.push({
        field: `sort[${index}].by`,
        message: `Groups cannot be sorted by "${by}". ${didYouMean(
          nearestNames(
            by,
            keys.map((name) => ({ name })),
          ),
          `They can by ${keys.join(', ')}.`,
        )}`,
      })
    }
  }
  if (orders.length === 0) {
    // Time runs forwards; other groups are read from the biggest.
    const time = groups.find((group) => group.isTime)
    if (time !== undefined) orders.push(ordered(time.output.name, 'asc'))
    const [first] = measured
    if (first !== undefined) orders.push(ordered(first.name, 'desc'))
  }
  const ties = outputs
    .filter((output) => !measured.includes(output))
    .flatMap(({ name, id }) => [ordered(name, 'asc'), sql`${sql.identifier(name)}`, ...(id === undefined ? [] : [sql`${sql.identifier(id.name)}`])])
  return sql.join([...orders, ...ties, sql`present`], sql`, `)
}

/**
 * Compiles a query for groups and figures. Without groups there is one row, or one per currency of a money figure; money figures over
 * no money at all have no row.
 */
export function compileGroups(context: CompileContext, query: TypedQuery): CompiledQuery {
  const scope = createScope(context, entities[query.entity])
  const where = whereClause(context, scope, query)
  const groups = (query.groupBy ?? []).flatMap((_, index) => compileGroup(context, scope, query, index) ?? [])
  const measures = (query.measures ?? [{ fn: 'count' as const }]).flatMap((measure, index) => compileMeasure(context, scope, measure, index) ?? [])
  const currency = currencyOf(context, scope, measures)

  const keys: OutputColumn[] = groups.map((group) => group.output)
  if (currency !== undefined && !keys.some(({ column }) => column.key === 'currency'))
    keys.push({ column: { key: 'currency', label: 'Currency', type: 'currency' }, name: 'currency' })
  const figures: OutputColumn[] = measures.map((measure, index) => ({ column: measure.column, name: `m${index}` }))
  const outputs = [...keys, ...figures]
  const seen = new Set<string>()
  for (const { column } of outputs) {
    if (seen.has(column.key))
      context.problems.push({ field: 'measures', message: `Two result columns are called "${column.key}"; name one of them with "as".` })
    seen.add(column.key)
  }

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
  const groupNames = [...groups.flatMap((group) => group.inputs.map((input) => input.name)), ...(currency === undefined ? [] : ['currency'])]
  const selected = [
    ...groupNames.map((name) => sql`${sql.identifier(name)}`),
    ...measures.map((measure, index) => sql`${measure.aggregate} as ${sql.identifier(`m${index}`)}`),
    sql`true as present`,
  ]
  const grouping =
    groupNames.length === 0
      ? sql``
      : sql` group by ${sql.join(
          groupNames.map((name) => sql`${sql.identifier(name)}`),
          sql`, `,
        )}`
  const onlyMoney = measures.length > 0 && measures.every((measure) => measure.money !== undefined)
  const hasMoney = onlyMoney
    ? sql` having ${sql.join(
        measures.map((measure) => sql`count(${sql.identifier(measure.inputs[0]?.name ?? '')}) > 0`),
        sql` or `,
      )}`
    : sql``
  const having = havingClause(context, query, new Map(figures.map(({ column, name }) => [column.key, name])))
  const order = orderClause(context, query, groups, outputs, figures)
  const unnests = sql.join(groups.flatMap((group) => group.unnest ?? []))
  const statement = sql`with ${setsOf(context)}figures as (
      select ${sql.join(selected, sql`, `)} from (select ${inner} from ${fromClause(scope)}${unnests} where ${where}) rows${grouping}${hasMoney}
    ), kept as materialized (select * from figures where ${having}),
    page as (select * from kept order by ${order} limit ${query.limit} offset ${query.offset})
    select page.*, (select count(*) from kept) as total from (select 1) once left join page on true order by ${order}`
  return { statement, outputs }
}
