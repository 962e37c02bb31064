import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, entities } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'
import { column, currencyColumn, fromClause, joinsOf, referencedIdColumn, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, requireField, type Scope, setsOf } from './compile-context.ts'
import { comparedColumn, leftOutClauses, noteUncompared } from './conversion.ts'
import { type FieldInfo, resolveFieldPath, textTypes } from './field-paths.ts'
import { compileFilter } from './filters.ts'
import { afterPage, decodePageEnd, type SortKey } from './page-cursor.ts'
import { type RelationPath, relationFigure, resolveRelationPath } from './relation-figures.ts'
import { fieldColumn, type OutputColumn, referenceIdKey } from './result-columns.ts'

export interface CompiledQuery {
  statement: SQL
  outputs: OutputColumn[]
  /** Of records: what they are sorted by, whose values stand beside the page as `v0`, `v1`… */
  sortKeys?: readonly SortKey[]
  /** Of records: how many come before the page. */
  seen?: number
  /** The same without counting, and the rows that would be counted, for when that takes too long. */
  uncounted?: { statement: SQL; rows: SQL }
}

interface Selected {
  shown: FieldInfo | RelationPath
  hidden: boolean
}

function selectedFields(context: CompileContext, query: TypedQuery): Selected[] {
  const entity = entities[query.entity]
  const paths = query.select ?? entity.defaultColumns
  const selected = new Map<string, Selected>()
  const add = (info: FieldInfo | RelationPath | undefined, hidden: boolean) => {
    if (info !== undefined && !selected.has(info.path)) selected.set(info.path, { shown: info, hidden })
  }
  for (const [index, path] of paths.entries()) {
    const figure = resolveRelationPath(query.entity, path)
    if (figure !== undefined) {
      add(figure, false)
      continue
    }
    const info = requireField(context, query.entity, path, `select[${index}]`)
    add(info, false)
    // An amount without its currency says nothing.
    if (info?.type === 'money') add(resolveFieldPath(query.entity, [...info.steps.map((step) => step.name), 'currency'].join('.'), context.customFields), false)
  }
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

/** What records are sorted by, last of all by their id. */
function compileSort(context: CompileContext, scope: Scope, query: TypedQuery): SortKey[] {
  const sort = query.sort ?? [defaultSort(scope.entity)]
  return sort.flatMap(({ by, direction }, index): SortKey[] => {
    const at = `sort[${index}].by`
    const path = resolveRelationPath(query.entity, by)
    if (path !== undefined) {
      const figure = relationFigure(context, scope, path, at)
      return figure === undefined ? [] : [{ expression: figure.expression, type: figure.type, direction, neverNull: false }]
    }
    const info = requireField(context, query.entity, by, at)
    if (info === undefined) return []
    noteUncompared(context, scope, info)
    const value = comparedColumn(context, scope, info)
    const isText = textTypes.has(info.type)
    const isPlain = info.steps.length === 0 && neverNull.has(info.column)
    return [{ expression: isText ? sql`fold(${value})` : value, type: isText ? 'text' : info.type, direction, neverNull: isPlain }]
  })
}

function orderBy(keys: readonly SortKey[]): SQL {
  const orders = keys.map(
    ({ direction, neverNull: isPlain }, index) => sql`${sql.identifier(`s${index}`)} ${sql.raw(direction + (isPlain ? '' : ' nulls last'))}`,
  )
  // Records that are equal follow the direction of the rest, as the index on time and id does.
  return sql.join([...orders, sql`s_id ${sql.raw(keys.at(-1)?.direction ?? 'asc')}`], sql`, `)
}

function compileShown(context: CompileContext, shown: Scope, query: TypedQuery): { outputs: OutputColumn[]; expressions: SQL[] } {
  const outputs: OutputColumn[] = []
  const expressions: SQL[] = []
  for (const { shown: info, hidden } of selectedFields(context, query)) {
    const name = `c${outputs.length}`
    if ('fn' in info) {
      const scope = createScope(context, shown.entity)
      const sortedBy = query.sort?.findIndex(({ by }) => by === info.path) ?? -1
      const figure = relationFigure(context, sortedBy >= 0 ? scope : shown, info, `select[${query.select?.indexOf(info.path) ?? 0}]`)
      if (figure === undefined) continue
      outputs.push({ column: figure.column, name })
      // What the page is sorted by has been computed for it.
      expressions.push(sql`${sortedBy >= 0 ? sql`page.${sql.identifier(`s${sortedBy}`)}` : figure.expression} as ${sql.identifier(name)}`)
      const currency = context.convert?.to ?? context.currency
      if (figure.column.type === 'money' && currency !== undefined && !outputs.some(({ column: { key } }) => key === 'currency')) {
        outputs.push({ column: { key: 'currency', label: 'Currency', type: 'currency' }, name: `${name}_currency` })
        expressions.push(sql`${currency}::text as ${sql.identifier(`${name}_currency`)}`)
      }
      continue
    }
    const output: OutputColumn = { column: fieldColumn(info), name, hidden }
    expressions.push(sql`${valueColumn(context, shown, info)} as ${sql.identifier(name)}`)
    if (info.type === 'reference' && info.definition.display === undefined) {
      output.id = { key: referenceIdKey(info), name: `${name}_id` }
      expressions.push(sql`${referencedIdColumn(context, shown, info)} as ${sql.identifier(output.id.name)}`)
    }
    outputs.push(output)
  }
  return { outputs, expressions }
}

/**
 * Compiles a query for records: one page of them, one record more to know whether another page follows, and how many there are in all.
 * The page is found first, with only the joins that filter and order need; what is shown of it is joined to its few rows.
 */
export function compileRecords(context: CompileContext, query: TypedQuery): CompiledQuery {
  const entity = entities[query.entity]
  const found = createScope(context, entity)
  const where = whereClause(context, found, query)
  const filtered = fromClause(found)
  const keys = compileSort(context, found, query)
  const order = orderBy(keys)
  const id = column(found, 'id')
  const end = query.cursor === undefined ? undefined : decodePageEnd(query, query.cursor, keys)
  const start = end?.last === undefined ? sql`` : sql` and ${afterPage(keys, id, end.last)}`
  const skipped = end !== undefined && end.last === undefined ? end.seen : query.offset

  const shown = createScope(context, entity)
  const { outputs, expressions } = compileShown(context, shown, query)
  const sorted = [...keys.map(({ expression }, index) => sql`${expression} as ${sql.identifier(`s${index}`)}`), sql`${id} as s_id`]
  const ends = keys.map((_, index) => sql`, page.${sql.identifier(`s${index}`)}::text as ${sql.identifier(`v${index}`)}`)
  const leftOut = leftOutClauses(context)
  const more = query.limit + 1
  const rows = sql`select 1 from ${filtered} where ${where}`
  const counted = sql`(select count(*) from ${filtered} where ${where})`
  const offset = sql`${query.offset}::int`
  // A first page that is not full, and a last one, need no counting.
  const total =
    query.cursor !== undefined
      ? counted
      : sql`case when counted.rows > 0 and counted.rows < ${more}::int or counted.rows = 0 and ${offset} = 0 then ${offset} + counted.rows else ${counted} end`
  const statement = (count: SQL) => sql`with ${setsOf(context)}${leftOut.cte}page as materialized (
      select ${sql.join(sorted, sql`, `)} from ${fromClause(found)} where ${where}${start} order by ${order} limit ${more} offset ${skipped}
    ), counted as (select count(*) as rows from page)
    select ${sql.join(expressions, sql`, `)}, page.s_id${sql.join(ends)}, page.s_id is not null as present, ${count} as total${leftOut.column}
    from counted left join page on true
      left join ${sql.identifier(entity.table)} ${sql.identifier(shown.alias)} on ${column(shown, 'workspace_id')} = ${context.workspaceId} and ${column(shown, 'id')} = page.s_id${joinsOf(shown)}
    order by ${order}`
  return {
    statement: statement(total),
    outputs,
    sortKeys: keys,
    seen: end?.seen ?? query.offset,
    uncounted: { statement: statement(sql`null::bigint`), rows: sql`with ${setsOf(context)}once as (select 1) ${rows}` },
  }
}
