import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, entities } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'
import { column, currencyColumn, fromClause, joinsOf, referencedIdColumn, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, requireField, type Scope, setsOf } from './compile-context.ts'
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
  return entity.record
    ? { by: entity.defaultTime, direction: 'desc' }
    : { by: entity.name === 'order_lines' ? 'ordered_at' : entity.labelField, direction: entity.name === 'order_lines' ? 'desc' : 'asc' }
}

export function whereClause(context: CompileContext, scope: Scope, query: TypedQuery): SQL {
  const parts = [visible(context, scope, query.includeDeleted)]
  if (query.currency !== undefined && 'currency' in scope.entity.fields) parts.push(sql`${currencyColumn(context, scope, [])} = ${query.currency}`)
  if (query.filter !== undefined) parts.push(compileFilter(context, scope, query.filter, 'filter'))
  return sql.join(parts, sql` and `)
}

/** Columns that are never null, whose indexes can be walked backwards when nothing is said about nulls. */
const neverNull: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'ordered_at', 'id'])

interface Order {
  /** Sort values by the name they have in the page. */
  expressions: SQL[]
  clause: SQL
}

function compileOrder(context: CompileContext, scope: Scope, query: TypedQuery): Order {
  const expressions: SQL[] = []
  const orders: SQL[] = []
  const sort = query.sort ?? [defaultSort(scope.entity)]
  for (const [index, { by, direction }] of sort.entries()) {
    const info = requireField(context, query.entity, by, `sort[${index}].by`)
    if (info === undefined) continue
    const value = valueColumn(context, scope, info)
    expressions.push(sql`${textTypes.has(info.type) ? sql`fold(${value})` : value} as ${sql.identifier(`s${index}`)}`)
    const nulls = info.steps.length === 0 && neverNull.has(info.column) ? '' : ' nulls last'
    orders.push(sql`${sql.identifier(`s${index}`)} ${sql.raw(direction + nulls)}`)
  }
  // Records that are equal follow the direction of the rest, as the index on time and id does.
  expressions.push(sql`${column(scope, 'id')} as s_id`)
  orders.push(sql`s_id ${sql.raw(sort.at(-1)?.direction ?? 'asc')}`)
  return { expressions, clause: sql.join(orders, sql`, `) }
}

/**
 * Compiles a query for records: one page of them, and how many there are in all. The page is found first, with only the joins that
 * filter and order need; what is shown of it is joined to its few rows.
 */
export function compileRecords(context: CompileContext, query: TypedQuery): CompiledQuery {
  const entity = entities[query.entity]
  const found = createScope(context, entity)
  const where = whereClause(context, found, query)
  const filtered = fromClause(found)
  const order = compileOrder(context, found, query)

  const shown = createScope(context, entity)
  const outputs: OutputColumn[] = []
  const expressions: SQL[] = []
  for (const { info, hidden } of selectedFields(context, query)) {
    const output: OutputColumn = { column: fieldColumn(info), name: `c${outputs.length}`, hidden }
    expressions.push(sql`${valueColumn(context, shown, info)} as ${sql.identifier(output.name)}`)
    if (info.type === 'reference' && info.definition.display === undefined) {
      output.id = { key: referenceIdKey(info), name: `${output.name}_id` }
      expressions.push(sql`${referencedIdColumn(context, shown, info)} as ${sql.identifier(output.id.name)}`)
    }
    outputs.push(output)
  }
  const statement = sql`with ${setsOf(context)}page as materialized (
      select ${sql.join(order.expressions, sql`, `)} from ${fromClause(found)} where ${where} order by ${order.clause} limit ${query.limit} offset ${query.offset}
    ), counted as (select count(*) as rows from page)
    select ${sql.join(expressions, sql`, `)}, page.s_id is not null as present,
      case when counted.rows > 0 and counted.rows < ${query.limit}::int or counted.rows = 0 and ${query.offset}::int = 0 then ${query.offset}::int + counted.rows
        else (select count(*) from ${filtered} where ${where}) end as total
    from counted left join page on true
      left join ${sql.identifier(entity.table)} ${sql.identifier(shown.alias)} on ${column(shown, 'workspace_id')} = ${context.workspaceId} and ${column(shown, 'id')} = page.s_id${joinsOf(shown)}
    order by ${order.clause}`
  return { statement, outputs }
}
