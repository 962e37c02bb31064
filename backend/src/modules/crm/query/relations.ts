import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, type EntityName, entities, type RelationDefinition } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { column, fromClause, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, type FilterCompiler, nothing, type Scope } from './compile-context.ts'
import { resolveFieldPath } from './field-paths.ts'
import { compareNumber } from './number-conditions.ts'
import { type Comparison, comparisonHolds } from './operators.ts'
import { type FigureHaving, numberTests, timeTests } from './relation-tests.ts'
import { unknownRelation } from './suggestions.ts'

type RelationFilter = Extract<Filter, { relation: string }>

/** Column of the related rows that holds this record's id, and which of them are this entity's at all. */
export function relationLink(related: Scope, relation: RelationDefinition, entity: EntityDefinition): { key: SQL; belongs: SQL } {
  if (relation.foreignKey !== null) return { key: column(related, relation.foreignKey), belongs: sql`true` }
  return { key: column(related, 'related_id'), belongs: sql`${column(related, 'related_type')} = ${entity.singular}` }
}

/**
 * A test of related records. A figure is computed once for all records and matched by id, so that it costs one pass and not one
 * look-up a record; records without related rows are those the figure is not computed for. Where those meet the test, the records that
 * fail it are found instead.
 */
function figureTest(id: SQL, related: Scope, key: SQL, { where, test, groupBy, nothingFits }: FigureHaving): SQL {
  const grouped = sql`select ${key} as id from ${fromClause(related)} where ${where} group by ${key}${groupBy} having ${nothingFits ? sql`(${test}) is not true` : test}`
  return sql`${sql.raw(nothingFits ? 'not ' : '')}exists (select 1 from (${grouped}) figures where figures.id = ${id})`
}

/** The record a relation is of: the scope's own, or the one its references lead to (`organisation.opportunities` of a contact). */
export function relationOwner(entity: EntityName, path: string): { references: string; name: string; entity: EntityDefinition | undefined } {
  const dot = path.lastIndexOf('.')
  const references = path.slice(0, Math.max(0, dot))
  const owner = references === '' ? entities[entity] : resolveFieldPath(entity, `${references}.id`, [])?.entity
  return { references, name: path.slice(dot + 1), entity: owner }
}

/** Id of the record a relation is of. */
export function ownerId(context: CompileContext, scope: Scope, references: string): SQL {
  const info = references === '' ? undefined : resolveFieldPath(scope.entity.name, `${references}.id`, [])
  return info === undefined ? column(scope, 'id') : valueColumn(context, scope, info)
}

export function relationCondition(context: CompileContext, scope: Scope, filter: RelationFilter, at: string, compileFilter: FilterCompiler): SQL {
  const owner = relationOwner(scope.entity.name, filter.relation)
  const relation = owner.entity !== undefined && Object.hasOwn(owner.entity.relations, owner.name) ? owner.entity.relations[owner.name] : undefined
  if (owner.entity === undefined || relation === undefined) {
    context.problems.push({
      field: `${at}.relation`,
      message: unknownRelation(owner.entity?.name ?? scope.entity.name, owner.entity === undefined ? filter.relation : owner.name),
    })
    return nothing
  }
  const id = ownerId(context, scope, owner.references)
  const related = createScope(context, entities[relation.entity])
  const { key, belongs } = relationLink(related, relation, owner.entity)
  const where = filter.where === undefined ? undefined : compileFilter(context, related, filter.where, `${at}.where`)
  const rows = sql`${visible(context, related)} and ${belongs} and ${key} is not null${where === undefined ? sql`` : sql` and ${where}`}`

  const figures = [...numberTests(context, related, filter, rows, at), ...timeTests(context, related, filter, rows, at)]
  const tests = figures.map((figure) => figureTest(id, related, key, figure))
  if (filter.count !== undefined && !isAtLeastOne(filter.count)) {
    const { op, value } = filter.count
    const nothingFits = comparisonHolds[op](0, value)
    if (nothingFits && !comparisonHolds[op](1, value) && (op === 'eq' || op === 'lt' || op === 'lte')) tests.push(sql`not ${exists(id, related, key, rows)}`)
    else tests.push(figureTest(id, related, key, { where: rows, test: compareNumber(sql`count(*)`, op, value), groupBy: sql``, nothingFits }))
  } else if (tests.length === 0 || filter.count !== undefined) {
    tests.push(exists(id, related, key, rows))
  }
  return sql`(${sql.join(tests, sql` and `)})`
}

function isAtLeastOne({ op, value }: { op: Comparison; value: number }): boolean {
  return (op === 'gte' && value === 1) || (op === 'gt' && value === 0)
}

function exists(id: SQL, related: Scope, key: SQL, rows: SQL): SQL {
  return sql`exists (select 1 from ${fromClause(related)} where ${rows} and ${key} = ${id})`
}
