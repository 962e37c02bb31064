import { type SQL, sql } from '#backend/infra/database/database.ts'
import { type EntityDefinition, type EntityName, entities } from '#contracts/entities.ts'
import { type TimePart, weekdayNames } from '#contracts/query.ts'
import { type CompileContext, newAlias, type Scope } from './compile-context.ts'
import { type FieldInfo, type ReferenceStep, wholeType } from './field-paths.ts'

/** Named by what refers to them although they were deleted; a person owns what is theirs. */
const namedFurther: ReadonlySet<EntityName> = new Set(['users', 'tags'])

function at(alias: string, column: string): SQL {
  return sql`${sql.identifier(alias)}.${sql.identifier(column)}`
}

/** FROM clause of a scope; call it after every expression over the scope is compiled, since those add joins. */
export function fromClause(scope: Scope): SQL {
  return sql`${sql.identifier(scope.entity.table)} ${sql.identifier(scope.alias)}${joinsOf(scope)}`
}

/** The references joined to a scope, to follow its table. */
export function joinsOf(scope: Scope): SQL {
  return sql.join([...scope.joins.values()].map((join) => join.statement))
}

/** What names a record to a person. */
export function labelOf(scope: Scope, display?: string): SQL {
  return labelColumn(scope.alias, scope.entity, display)
}

/** The rows of a scope that may be seen at all. */
export function visible(context: CompileContext, scope: Scope, includeDeleted = false): SQL {
  const workspace = sql`${at(scope.alias, 'workspace_id')} = ${context.workspaceId}`
  return includeDeleted || scope.entity.name === 'tags' ? workspace : sql`${workspace} and ${at(scope.alias, 'deleted_at')} is null`
}

function join(context: CompileContext, scope: Scope, steps: readonly ReferenceStep[]): string {
  let alias = scope.alias
  let path = ''
  for (const step of steps) {
    path += `${step.column}.`
    const known = scope.joins.get(path)
    if (known !== undefined) {
      alias = known.alias
      continue
    }
    const target = newAlias(context)
    const alive = namedFurther.has(step.target.name) ? sql`` : sql` and ${at(target, 'deleted_at')} is null`
    const statement = sql` left join ${sql.identifier(step.target.table)} ${sql.identifier(target)} on ${at(target, 'workspace_id')} = ${context.workspaceId} and ${at(target, 'id')} = ${at(alias, step.column)}${alive}`
    scope.joins.set(path, { alias: target, statement })
    alias = target
  }
  return alias
}

function columnName(entity: EntityDefinition, field: string): string {
  return entity.fields[field]?.column ?? field
}

function labelColumn(alias: string, entity: EntityDefinition, display: string | undefined): SQL {
  const label = at(alias, columnName(entity, display ?? entity.labelField))
  // A person without a name is known by their e-mail.
  return display === undefined && (entity.name === 'contacts' || entity.name === 'leads') ? sql`coalesce(${label}, ${at(alias, 'email')})` : label
}

function customColumn(alias: string, info: FieldInfo): SQL {
  // The key is one of the workspace's own definitions, whose form the database checks.
  if (!/^[a-z0-9][a-z0-9_]{0,59}$/.test(info.customKey ?? '')) throw new Error('A custom field key of an impossible form.')
  const key = sql.raw(`'${info.customKey}'`)
  const value = sql`(${at(alias, 'custom')} ->> ${key})`
  switch (info.type) {
    case 'number':
      return sql`(case when ${value} ~ '^-?[0-9]+([.][0-9]+)?$' then ${value}::numeric end)`
    case 'date':
      return sql`(case when ${value} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then ${value}::date end)`
    case 'boolean':
      return sql`(case ${value} when 'true' then true when 'false' then false end)`
    case 'multiChoice': {
      const list = sql`(${at(alias, 'custom')} -> ${key})`
      return sql`(case when jsonb_typeof(${list}) = 'array' then array(select jsonb_array_elements_text(${list})) end)`
    }
    default:
      return value
  }
}

/** Part of a time in the time zone of the query. */
function partColumn(context: CompileContext, scope: Scope, info: FieldInfo, part: TimePart): SQL {
  const { part: _, ...whole } = info
  const type = wholeType(info)
  const value = valueColumn(context, scope, { ...whole, type })
  const local = type === 'date' ? sql`${value}::timestamp` : sql`${value} at time zone ${context.timeZone}`
  if (part === 'weekday') return sql`(${weekdays})[extract(isodow from ${local})::int]`
  return sql`extract(${sql.raw(part)} from ${local})::int`
}

const weekdays = sql.raw(`array[${weekdayNames.map((name) => `'${name}'`).join(', ')}]`)

/** Sorts weekdays as they follow each other. */
export function weekdayOrder(name: SQL): SQL {
  return sql`array_position(${weekdays}, ${name})`
}

/** The value of a field as people see it; a reference is the label of its record. */
export function valueColumn(context: CompileContext, scope: Scope, info: FieldInfo): SQL {
  if (info.part !== undefined) return partColumn(context, scope, info, info.part)
  if (info.customKey !== undefined) return customColumn(join(context, scope, info.steps), info)
  if (info.type === 'reference') {
    const target = referenceOf(info)
    return labelColumn(join(context, scope, [...info.steps, target]), target.target, info.definition.display)
  }
  return at(join(context, scope, info.steps), info.column)
}

/** The id a reference holds; null when its record is hidden from the person who asks. */
export function referenceIdColumn(context: CompileContext, scope: Scope, info: FieldInfo): SQL {
  const alias = join(context, scope, info.steps)
  const { target } = referenceOf(info)
  if (context.seesEverything || target.fields.visibility === undefined) return at(alias, info.column)
  // Joined whether or not it was deleted: only row-level security decides here.
  const key = `${alias}.${info.column} held`
  const known = scope.joins.get(key)
  if (known !== undefined) return at(known.alias, 'id')
  const held = newAlias(context)
  const statement = sql` left join ${sql.identifier(target.table)} ${sql.identifier(held)} on ${at(held, 'workspace_id')} = ${context.workspaceId} and ${at(held, 'id')} = ${at(alias, info.column)}`
  scope.joins.set(key, { alias: held, statement })
  return at(held, 'id')
}

/** The id of the record a reference leads to; null when that was deleted. */
export function referencedIdColumn(context: CompileContext, scope: Scope, info: FieldInfo): SQL {
  return at(join(context, scope, [...info.steps, referenceOf(info)]), 'id')
}

function referenceOf(info: FieldInfo): ReferenceStep {
  return { name: info.path, column: info.column, target: entities[info.definition.entity as EntityName] }
}

/** Digits a phone number is compared by: its stored key, else the digits as written. */
export function phoneKeyColumn(context: CompileContext, scope: Scope, info: FieldInfo): SQL {
  const alias = join(context, scope, info.steps)
  return sql`coalesce(${at(alias, `${info.column}_key`)}, regexp_replace(${at(alias, info.column)}, '[^0-9]', '', 'g'))`
}

/** Currency of the money of a record; money without one is in the workspace's currency. */
export function currencyColumn(context: CompileContext, scope: Scope, steps: readonly ReferenceStep[]): SQL {
  return sql`coalesce(${at(join(context, scope, steps), 'currency')}, (select currency from workspaces where id = ${context.workspaceId}))`
}

export function column(scope: Scope, name: string): SQL {
  return at(scope.alias, name)
}
