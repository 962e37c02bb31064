import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, type EntityName, entities, type FieldType, type RelationDefinition } from '#contracts/entities.ts'
import type { Column } from '#contracts/query.ts'
import { currencyColumn, fromClause, valueColumn, visible } from './columns.ts'
import { type CompileContext, createScope, newAlias, type Scope } from './compile-context.ts'
import { comparedColumn, noteUncompared } from './conversion.ts'
import { type FieldInfo, resolveFieldPath } from './field-paths.ts'
import { upperFirst } from './labels.ts'
import { figureField, type RelationFunction, relationAggregate } from './relation-tests.ts'
import { ownerId, relationLink } from './relations.ts'

const functions: readonly RelationFunction[] = ['count', 'sum', 'avg', 'min', 'max', 'latest', 'earliest']

/** A figure of a record's related records, as `orders.count` or `organisation.opportunities.sum.value` name it. */
export interface RelationPath {
  path: string
  references: string
  owner: EntityDefinition
  relation: string
  fn: RelationFunction
  field: string | undefined
}

/** `activities.count` adds up what was noted, planned, met about and mailed. */
const everyActivity = 'activities'
const activities: ReadonlySet<EntityName> = new Set(['tasks', 'events', 'notes', 'emails'])

function activityRelations({ relations }: EntityDefinition): RelationDefinition[] {
  return Object.values(relations).filter(({ entity }) => activities.has(entity))
}

/** What a path over a relation names; undefined when it names none. */
export function resolveRelationPath(entity: EntityName, path: string): RelationPath | undefined {
  const segments = path.split('.')
  let owner = entities[entity]
  for (let index = 0; index < segments.length - 1; index++) {
    const name = segments[index] as string
    const fn = functions.find((candidate) => candidate === segments[index + 1])
    const isActivities = name === everyActivity && fn === 'count' && activityRelations(owner).length > 0
    if ((Object.hasOwn(owner.relations, name) || isActivities) && fn !== undefined) {
      const rest = segments.slice(index + 2)
      if ((fn === 'count') !== (rest.length === 0)) return undefined
      return { path, references: segments.slice(0, index).join('.'), owner, relation: name, fn, field: rest.length === 0 ? undefined : rest.join('.') }
    }
    const target = Object.hasOwn(owner.fields, name) ? owner.fields[name]?.entity : undefined
    if (target === undefined) return undefined
    owner = entities[target]
  }
  return undefined
}

const labels: Record<RelationFunction, string> = {
  count: 'number',
  sum: 'total',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  latest: 'latest',
  earliest: 'earliest',
}

/** "Number of orders", "Total value of opportunities", "Latest ordered of orders". */
export function relationPathLabel({ fn, owner, relation, references }: RelationPath, field: FieldInfo | undefined): string {
  const related = owner.relations[relation]
  const noun = related === undefined ? relation : entities[related.entity].labelPlural.toLowerCase()
  const of = references === '' ? noun : `${noun} of the ${owner.singular}`
  return upperFirst(field === undefined ? `${labels[fn]} of ${of}` : `${labels[fn]} ${field.label.toLowerCase()} of ${of}`)
}

/** The field a path's figure is of. */
export function relationPathField({ owner, relation, field }: RelationPath, customFields: CompileContext['customFields']): FieldInfo | undefined {
  const related = owner.relations[relation]
  return related === undefined || field === undefined ? undefined : resolveFieldPath(related.entity, field, customFields)
}

/** How many activities of every kind are linked to each record. */
function activityFigure(context: CompileContext, scope: Scope, path: RelationPath): RelationFigure {
  const counts = activityRelations(path.owner).map((relation) => {
    const related = createScope(context, entities[relation.entity])
    const { key, belongs } = relationLink(related, relation, path.owner)
    return sql`select ${key} as id, count(*) as part from ${fromClause(related)} where ${visible(context, related)} and ${belongs} and ${key} is not null group by ${key}`
  })
  const id = ownerId(context, scope, path.references)
  const known = scope.joins.get(path.path)
  const alias = known?.alias ?? newAlias(context)
  if (known === undefined) {
    const added = sql`select id, sum(part)::bigint as figure from (${sql.join(counts, sql` union all `)}) parts group by id`
    scope.joins.set(path.path, { alias, statement: sql` left join (${added}) ${sql.identifier(alias)} on ${sql.identifier(alias)}.id = ${id}` })
  }
  return {
    expression: sql`coalesce(${sql.identifier(alias)}.figure, 0)`,
    type: 'integer',
    column: { key: path.path, label: relationPathLabel(path, undefined), type: 'integer' },
  }
}

/** A relation's figure joined to a scope, once for all records. */
export interface RelationFigure {
  expression: SQL
  type: FieldType
  column: Column
}

export function relationFigure(context: CompileContext, scope: Scope, path: RelationPath, at: string): RelationFigure | undefined {
  if (path.relation === everyActivity) return activityFigure(context, scope, path)
  const relation = path.owner.relations[path.relation]
  if (relation === undefined) return undefined
  const related = createScope(context, entities[relation.entity])
  const info = path.field === undefined ? undefined : figureField(context, related, path.fn, path.field, at)
  if (path.field !== undefined && info === undefined) return undefined
  const isMoney = info?.type === 'money'
  if (isMoney && context.currency === undefined && context.convert === undefined) {
    const message = `"${path.path}" may be in several currencies; name one with "currency", or state rates with "convert".`
    context.problems.push({ field: at, message })
    return undefined
  }
  if (isMoney) noteUncompared(context, related, info)
  const { key, belongs } = relationLink(related, relation, path.owner)
  const value = info === undefined ? sql`*` : isMoney ? comparedColumn(context, related, info) : valueColumn(context, related, info)
  const figure = path.fn === 'avg' ? sql`trim_scale(round(${relationAggregate(path.fn, value)}, 6))` : relationAggregate(path.fn, value)
  const inCurrency = isMoney && context.currency !== undefined ? sql` and ${currencyColumn(context, related, info.steps)} = ${context.currency}` : sql``
  const where = sql`${visible(context, related)} and ${belongs} and ${key} is not null${inCurrency}`
  const id = ownerId(context, scope, path.references)
  const known = scope.joins.get(path.path)
  const alias = known?.alias ?? newAlias(context)
  if (known === undefined) {
    const grouped = sql`select ${key} as id, ${figure} as figure from ${fromClause(related)} where ${where} group by ${key}`
    scope.joins.set(path.path, { alias, statement: sql` left join (${grouped}) ${sql.identifier(alias)} on ${sql.identifier(alias)}.id = ${id}` })
  }
  const column = sql`${sql.identifier(alias)}.figure`
  const isZero = path.fn === 'count' || path.fn === 'sum'
  const type: FieldType = path.fn === 'count' ? 'integer' : path.fn === 'latest' || path.fn === 'earliest' ? (info?.type ?? 'datetime') : 'number'
  return {
    expression: isZero ? sql`coalesce(${column}, 0)` : column,
    type,
    column: {
      key: path.path,
      label: relationPathLabel(path, info),
      type: isMoney ? 'money' : type === 'integer' || type === 'date' || type === 'datetime' ? type : 'number',
    },
  }
}
