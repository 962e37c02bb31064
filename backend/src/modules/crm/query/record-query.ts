import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, entities } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'
import { column, currencyColumn, fromClause, referencedIdColumn, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, requireField, type Scope } from './compile-context.ts'
import { type FieldInfo, resolveFieldPath, textTypes } from './field-paths.ts'
import { compileFilter } from './filters.ts'
import { fieldColumn, type OutputColumn, referenceIdKey } from './result-columns.ts'

export interface CompiledQuery {
  statement: SQL
  outputs: OutputColumn[]
}

interface Selected {
  info: FieldInfo
  hidden: boolean
}

function selectedFields(context: CompileContext, query: TypedQuery): Selected[] {
  const entity = entities[query.entity]
  const paths = query.select ?? entity.defaultColumns
  const selected = new Map<string, Selected>()
  const add = (info: FieldInfo | undefined, hidden: boolean) => {
    if (info !== undefined && !selected.has(info.path)) selected.set(info.path, { info, hidden })
  }
  paths.forEach((path, index) => {
    const info = requireField(context, query.entity, path, `select[${index}]`)
    add(info, false)
    // An amount without its currency says nothing.
    if (info?.type === 'money') add(resolveFieldPath(query.entity, [...info.steps.map((step) => step.name), 'currency'].join('.'), context.customFields), false)
  })
  for (const always of ['id', entity.labelField]) add(resolveFieldPath(query.entity, always, []), true)
  return [...selected.values()]
}

/** The order nobody asked for: lists of names by name, records newest first. */
function defaultSort(entity: EntityDefinition): { by: string; direction: 'asc' | 'desc' } {
  if (entity.name === 'stages') return { by: 'position', direction: 'asc' }
  return entity.record ? { by: entity.defaultTime, direction: 'desc' } : { by: entity.name === 'order_lines' ? 'ordered_at' : entity.labelField, direction: entity.name === 'order_lines' ? 'desc' : 'asc' }
}

export function whereClause(context: CompileContext, scope: Scope, query: TypedQuery): SQL {
  const parts = [visible(context, scope, query.includeDeleted)]
  if (query.currency !== undefined && 'currency' in scope.entity.fields) parts.push(sql`${currencyColumn(context, scope, [])} = ${query.currency}`)
  if (query.filter !== undefined) parts.push(compileFilter(context, scope, query.filter, 'filter'))
  return sql.join(parts, sql` and `)
}

/** Compiles a query for records: one page of them, and how many there are in all. */
export function compileRecords(context: CompileContext, query: TypedQuery): CompiledQuery {
  const entity = entities[query.entity]
  const scope = createScope(context, entity)
  const where = whereClause(context, scope, query)
  // Counting needs the joins of the filter alone.
  const filtered = fromClause(scope)
  const outputs: OutputColumn[] = []
  const expressions: SQL[] = []
  for (const { info, hidden } of selectedFields(context, query)) {
    const output: OutputColumn = { column: fieldColumn(info), name: `c${outputs.length}`, hidden }
    expressions.push(sql`${valueColumn(context, scope, info)} as ${sql.identifier(output.name)}`)
    if (info.type === 'reference' && info.definition.display === undefined) {
      output.id = { key: referenceIdKey(info), name: `${output.name}_id` }
      expressions.push(sql`${referencedIdColumn(context, scope, info)} as ${sql.identifier(output.id.name)}`)
    }
    outputs.push(output)
  }
  const orders: SQL[] = []
  for (const [index, { by, direction }] of (query.sort ?? [defaultSort(entity)]).entries()) {
    const info = requireField(context, query.entity, by, `sort[${index}].by`)
    if (info === undefined) continue
    const value = valueColumn(context, scope, info)
    expressions.push(sql`${textTypes.has(info.type) ? sql`fold(${value})` : value} as ${sql.identifier(`s${index}`)}`)
    orders.push(sql`${sql.identifier(`s${index}`)} ${sql.raw(direction)} nulls last`)
  }
  expressions.push(sql`${column(scope, 'id')} as s_id`)
  orders.push(sql`s_id`)
  const order = sql.join(orders, sql`, `)
  const statement = sql`with page as materialized (
      select ${sql.join(expressions, sql`, `)} from ${fromClause(scope)} where ${where} order by ${order} limit ${query.limit} offset ${query.offset}
    ), shown as (select count(*) as rows from page)
    select page.*, page.s_id is not null as present,
      case when shown.rows > 0 and shown.rows < ${query.limit}::int or shown.rows = 0 and ${query.offset}::int = 0 then ${query.offset}::int + shown.rows
        else (select count(*) from ${filtered} where ${where}) end as total
    from shown left join page on true order by ${order}`
  return { statement, outputs }
}
