import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, entities, type RelationDefinition } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { column, currencyColumn, fromClause, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, type FilterCompiler, nothing, requireField, type Scope } from './compile-context.ts'
import { numberTypes, resolveFieldPath } from './field-paths.ts'
import { compareNumber } from './number-conditions.ts'
import type { Comparison } from './operators.ts'
import { unknownRelation } from './suggestions.ts'

type RelationFilter = Extract<Filter, { relation: string }>

const holds: Record<Comparison, (a: number, b: number) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
}

/** Column of the related rows that holds this record's id, and which of them are this entity's at all. */
function link(related: Scope, relation: RelationDefinition, entity: EntityDefinition): { key: SQL; belongs: SQL } {
  if (relation.foreignKey !== null) return { key: column(related, relation.foreignKey), belongs: sql`true` }
  return { key: column(related, 'related_id'), belongs: sql`${column(related, 'related_type')} = ${entity.singular}` }
}

/**
 * A test of related records. A figure is computed once for all records and matched by id, so that it costs one pass and not one
 * look-up a record; records without related rows are those the figure is not computed for, and count as zero.
 */
function figureTest(id: SQL, related: Scope, key: SQL, where: SQL, figure: SQL, op: Comparison, value: number, groupBy: SQL = sql``): SQL {
  const zeroFits = holds[op](0, value)
  const test = compareNumber(figure, op, value)
  const grouped = sql`select ${key} as id from ${fromClause(related)} where ${where} group by ${key}${groupBy} having ${zeroFits ? sql`not (${test})` : test}`
  return sql`${sql.raw(zeroFits ? 'not ' : '')}exists (select 1 from (${grouped}) figures where figures.id = ${id})`
}

/** The record a relation is of: the scope's own, or the one its references lead to (`organisation.opportunities` of a contact). */
function ownerOf(context: CompileContext, scope: Scope, references: string): { entity: EntityDefinition; id: SQL } | undefined {
  if (references === '') return { entity: scope.entity, id: column(scope, 'id') }
  const info = resolveFieldPath(scope.entity.name, `${references}.id`, context.customFields)
  return info && { entity: info.entity, id: valueColumn(context, scope, info) }
}

export function relationCondition(context: CompileContext, scope: Scope, filter: RelationFilter, at: string, compileFilter: FilterCompiler): SQL {
  const dot = filter.relation.lastIndexOf('.')
  const name = filter.relation.slice(dot + 1)
  const owner = ownerOf(context, scope, filter.relation.slice(0, Math.max(0, dot)))
  const relation = owner !== undefined && Object.hasOwn(owner.entity.relations, name) ? owner.entity.relations[name] : undefined
  if (owner === undefined || relation === undefined) {
    context.problems.push({
      field: `${at}.relation`,
      message: unknownRelation(owner?.entity.name ?? scope.entity.name, owner === undefined ? filter.relation : name),
    })
    return nothing
  }
  const related = createScope(context, entities[relation.entity])
  const { key, belongs } = link(related, relation, owner.entity)
  const where = filter.where === undefined ? undefined : compileFilter(context, related, filter.where, `${at}.where`)
  const rows = sql`${visible(context, related)} and ${belongs} and ${key} is not null${where === undefined ? sql`` : sql` and ${where}`}`
  const tests: SQL[] = []

  if (filter.sum !== undefined) {
    const info = requireField(context, related.entity.name, filter.sum.field, `${at}.sum.field`)
    if (info === undefined) return nothing
    if (!numberTypes.has(info.type)) {
      context.problems.push({ field: `${at}.sum.field`, message: `"${info.path}" is not a number and cannot be added up.` })
      return nothing
    }
    const figure = sql`coalesce(sum(${valueColumn(context, related, info)}), 0)`
    const currency = info.type === 'money' ? currencyColumn(context, related, info.steps) : undefined
    const inCurrency = currency !== undefined && context.currency !== undefined ? sql`${rows} and ${currency} = ${context.currency}` : rows
    // Without a chosen currency each currency is a sum of its own.
    const perCurrency = currency !== undefined && context.currency === undefined ? sql`, ${currency}` : sql``
    tests.push(figureTest(owner.id, related, key, inCurrency, figure, filter.sum.op, filter.sum.value, perCurrency))
  }
  if (filter.count !== undefined && !isAtLeastOne(filter.count)) {
    const { op, value } = filter.count
    if (holds[op](0, value) && !holds[op](1, value) && (op === 'eq' || op === 'lt' || op === 'lte'))
      tests.push(sql`not ${exists(owner.id, related, key, rows)}`)
    else tests.push(figureTest(owner.id, related, key, rows, sql`count(*)`, op, value))
  } else if (filter.sum === undefined || filter.count !== undefined) {
    tests.push(exists(owner.id, related, key, rows))
  }
  return sql`(${sql.join(tests, sql` and `)})`
}

function isAtLeastOne({ op, value }: { op: Comparison; value: number }): boolean {
  return (op === 'gte' && value === 1) || (op === 'gt' && value === 0)
}

function exists(id: SQL, related: Scope, key: SQL, rows: SQL): SQL {
  return sql`exists (select 1 from ${fromClause(related)} where ${rows} and ${key} = ${id})`
}
