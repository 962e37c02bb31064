import { type SQL, sql } from '#backend/infra/database/database.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { type EntityDefinition, type EntityName, entities } from '#contracts/entities.ts'
import type { Condition, Filter, Operator } from '#contracts/query.ts'
import { column, fromClause, labelOf, phoneKeyColumn, referenceIdColumn, valueColumn, visible } from './columns.ts'
import { addSet, type CompileContext, createScope, nothing, requireField, type Scope } from './compile-context.ts'
import { readerOf, type ValueReader } from './condition-values.ts'
import { comparedColumn, noteUncompared } from './conversion.ts'
import type { FieldInfo } from './field-paths.ts'
import { listCondition } from './list-conditions.ts'
import { booleanCondition, idCondition, numberCondition } from './number-conditions.ts'
import { familyOf, operatorsByFamily } from './operators.ts'
import { phoneCondition } from './phone-conditions.ts'
import { relationCondition } from './relations.ts'
import { textCondition, type Vocabulary } from './text-conditions.ts'
import { timeCondition } from './time-conditions.ts'

/**
 * A filter as a condition over the scope's rows. It may be null where a value is missing, which counts as false; every negation is
 * written `is not true`, so that what is missing is never lost by being negated.
 */
export function compileFilter(context: CompileContext, scope: Scope, filter: Filter, at: string): SQL {
  if ('and' in filter)
    return sql`(${sql.join(
      filter.and.map((part, index) => compileFilter(context, scope, part, `${at}.and[${index}]`)),
      sql` and `,
    )})`
  if ('or' in filter)
    return sql`(${sql.join(
      filter.or.map((part, index) => compileFilter(context, scope, part, `${at}.or[${index}]`)),
      sql` or `,
    )})`
  if ('not' in filter) return sql`(${compileFilter(context, scope, filter.not, `${at}.not`)}) is not true`
  if ('relation' in filter) return relationCondition(context, scope, filter, at, compileFilter)
  return compileCondition(context, scope, filter, at)
}

function namesRecords({ value }: Condition): boolean {
  return Array.isArray(value) ? value.every(isUuid) : isUuid(value)
}

const opposites: Partial<Record<Operator, Operator>> = { ne: 'eq', notIn: 'in', notContains: 'contains', isEmpty: 'isNotEmpty' }

function compileCondition(context: CompileContext, scope: Scope, condition: Condition, at: string): SQL {
  const info = requireField(context, scope.entity.name, condition.field, `${at}.field`)
  if (info === undefined) return nothing
  const { op } = condition
  const family = familyOf(info.type)
  if (!operatorsByFamily[family].includes(op)) {
    context.problems.push({ field: `${at}.op`, message: `"${op}" does not fit "${info.path}" (${info.type}); use ${operatorsByFamily[family].join(', ')}.` })
    return nothing
  }
  const [step] = info.steps
  if (step !== undefined) {
    const rest = condition.field.split('.').slice(1).join('.')
    return throughReference(context, scope, step.column, step.target, condition, (target, positive) =>
      compileCondition(context, target, { ...positive, field: rest }, at),
    )
  }
  if (family === 'reference' && op !== 'isEmpty' && op !== 'isNotEmpty' && !namesRecords(condition)) {
    const target = entities[info.definition.entity as EntityName]
    return throughReference(context, scope, info.column, target, condition, (labelled, positive) =>
      textCondition(labelOf(labelled, info.definition.display), positive.op, readerOf(context, positive, `${at}.value`), info.definition),
    )
  }
  return compileOwnCondition(context, scope, info, condition, readerOf(context, condition, `${at}.value`))
}

/**
 * A condition on the record a reference leads to. The records that meet it are found once and matched by id; what is negated is the
 * whole, so that records without a reference count as empty.
 */
function throughReference(
  context: CompileContext,
  scope: Scope,
  fk: string,
  target: EntityDefinition,
  condition: Condition,
  compile: (target: Scope, positive: Condition) => SQL,
): SQL {
  const opposite = opposites[condition.op]
  const referenced = createScope(context, target)
  const inner = compile(referenced, opposite === undefined ? condition : { ...condition, op: opposite })
  const set = addSet(context, sql`select ${column(referenced, 'id')} from ${fromClause(referenced)} where ${visible(context, referenced)} and ${inner}`)
  const test = sql`${column(scope, fk)} in (select id from ${set})`
  return opposite === undefined ? test : sql`(${test}) is not true`
}

function compileOwnCondition(context: CompileContext, scope: Scope, info: FieldInfo, condition: Condition, reader: ValueReader): SQL {
  const { op } = condition
  const value = info.type === 'reference' ? referenceIdColumn(context, scope, info) : valueColumn(context, scope, info)
  switch (familyOf(info.type)) {
    case 'reference':
    case 'id':
      return idCondition(value, op, reader)
    case 'phone':
      return phoneCondition(value, phoneKeyColumn(context, scope, info), op, reader)
    case 'number':
      if (op === 'isEmpty' || op === 'isNotEmpty') return numberCondition(value, op, reader)
      noteUncompared(context, scope, info)
      return numberCondition(comparedColumn(context, scope, info), op, reader)
    case 'boolean':
      return booleanCondition(value, op, reader)
    case 'list':
      return listCondition(value, op, reader)
    case 'date':
      return timeCondition(context, value, true, condition, reader)
    case 'datetime':
      return timeCondition(context, value, false, condition, reader)
    default:
      return textCondition(value, op, reader, info.definition, vocabularyOf(context, info))
  }
}

/** Where the spellings of a field's values are kept, when they are. */
function vocabularyOf(context: CompileContext, info: FieldInfo): Vocabulary | undefined {
  if (info.definition.vocabulary !== true || info.customKey !== undefined) return undefined
  return { workspaceId: context.workspaceId, entity: info.entity.name, field: info.column }
}
