import { isUuid } from '#backend/kernel/ids.ts'
import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Condition, Filter } from '#contracts/query.ts'
import { phoneKeyColumn, referenceIdColumn, valueColumn } from './columns.ts'
import { type CompileContext, nothing, requireField, type Scope } from './compile-context.ts'
import { readerOf } from './condition-values.ts'
import { listCondition } from './list-conditions.ts'
import { booleanCondition, idCondition, numberCondition } from './number-conditions.ts'
import { familyOf, operatorsByFamily } from './operators.ts'
import { phoneCondition } from './phone-conditions.ts'
import { relationCondition } from './relations.ts'
import { textCondition } from './text-conditions.ts'
import { timeCondition } from './time-conditions.ts'

/**
 * A filter as a condition over the scope's rows. It may be null where a value is missing, which counts as false; every negation is
 * written `is not true`, so that what is missing is never lost by being negated.
 */
export function compileFilter(context: CompileContext, scope: Scope, filter: Filter, at: string): SQL {
  if ('and' in filter) return sql`(${sql.join(filter.and.map((part, index) => compileFilter(context, scope, part, `${at}.and[${index}]`)), sql` and `)})`
  if ('or' in filter) return sql`(${sql.join(filter.or.map((part, index) => compileFilter(context, scope, part, `${at}.or[${index}]`)), sql` or `)})`
  if ('not' in filter) return sql`(${compileFilter(context, scope, filter.not, `${at}.not`)}) is not true`
  if ('relation' in filter) return relationCondition(context, scope, filter, at, compileFilter)
  return compileCondition(context, scope, filter, at)
}

function namesRecords({ value }: Condition): boolean {
  return Array.isArray(value) ? value.every(isUuid) : isUuid(value)
}

function compileCondition(context: CompileContext, scope: Scope, condition: Condition, at: string): SQL {
  const info = requireField(context, scope.entity.name, condition.field, `${at}.field`)
  if (info === undefined) return nothing
  const { op } = condition
  const family = familyOf(info.type)
  if (!operatorsByFamily[family].includes(op)) {
    context.problems.push({ field: `${at}.op`, message: `"${op}" does not fit "${info.path}" (${info.type}); use ${operatorsByFamily[family].join(', ')}.` })
    return nothing
  }
  const reader = readerOf(context, condition, `${at}.value`)
  switch (family) {
    case 'reference':
      if (op === 'isEmpty' || op === 'isNotEmpty' || (['eq', 'ne', 'in', 'notIn'].includes(op) && namesRecords(condition))) return idCondition(referenceIdColumn(context, scope, info), op, reader)
      return textCondition(valueColumn(context, scope, info), op, reader, info.definition)
    case 'id':
      return idCondition(valueColumn(context, scope, info), op, reader)
    case 'phone':
      return phoneCondition(valueColumn(context, scope, info), phoneKeyColumn(context, scope, info), op, reader)
    case 'number':
      return numberCondition(valueColumn(context, scope, info), op, reader)
    case 'boolean':
      return booleanCondition(valueColumn(context, scope, info), op, reader)
    case 'list':
      return listCondition(valueColumn(context, scope, info), op, reader)
    case 'date':
    case 'datetime':
      return timeCondition(context, valueColumn(context, scope, info), family === 'date', condition, reader)
    default:
      return textCondition(valueColumn(context, scope, info), op, reader, info.definition)
  }
}
