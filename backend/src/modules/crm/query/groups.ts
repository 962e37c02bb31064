import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { TimeUnit, TypedQuery } from '#contracts/query.ts'
import { referencedIdColumn, valueColumn } from './columns.ts'
import { type CompileContext, requireField, type Scope } from './compile-context.ts'
import { type FieldInfo, listTypes, textTypes, timeTypes } from './field-paths.ts'
import { groupLabel } from './labels.ts'
import { fieldColumn, type OutputColumn, referenceIdKey } from './result-columns.ts'

/** One thing that rows are grouped by. */
export interface Group {
  output: OutputColumn
  /** `shown`: what the group says of itself, worked out once for each group instead of each row. */
  inputs: { name: string; expression: SQL; shown?: SQL }[]
  /** Joined after the tables: the items of a list, one row each. */
  unnest?: SQL
  /** Length of its buckets, when it is a time. */
  bucket: TimeUnit | undefined
  isText: boolean
  isWeekday: boolean
}

function bucketOf(context: CompileContext, value: SQL, info: FieldInfo, bucket: TimeUnit): SQL {
  const local = info.type === 'date' ? sql`${value}::timestamp` : sql`${value} at time zone ${context.timeZone}`
  return sql`date_trunc(${bucket}, ${local})::date`
}

/** A reference whose id tells its groups apart. */
function isRecord({ type, definition }: FieldInfo): boolean {
  return type === 'reference' && definition.display === undefined
}

export function compileGroup(context: CompileContext, scope: Scope, query: TypedQuery, index: number): Group | undefined {
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
  const isText = textTypes.has(info.type) || listTypes.has(info.type)
  const result: Group = { output, inputs: [], bucket: isTime ? (bucket ?? 'day') : undefined, isText, isWeekday: info.part === 'weekday' }
  if (listTypes.has(info.type)) {
    result.unnest = sql` left join lateral unnest(${value}) as ${sql.identifier(`l${index}`)} (item) on true`
    result.inputs.push({ name, expression: sql`${sql.identifier(`l${index}`)}.item` })
    result.output.column.type = 'text'
  } else if (bucket !== undefined) result.inputs.push({ name, expression: bucketOf(context, value, info, bucket) })
  else if (isRecord(info)) result.inputs.push({ name, expression: value, shown: sql`nullif(btrim(${sql.identifier(name)}), '')` })
  else result.inputs.push({ name, expression: textTypes.has(info.type) ? sql`nullif(btrim(${value}), '')` : value })
  if (isRecord(info)) {
    output.id = { key: referenceIdKey(info), name: `${name}_id` }
    result.inputs.push({ name: output.id.name, expression: referencedIdColumn(context, scope, info) })
  }
  return result
}
