import { type SQL, sql } from '#backend/infra/database/database.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { Operator, Scalar } from '#contracts/query.ts'
import { nothing } from './compile-context.ts'
import type { ValueReader } from './condition-values.ts'
import { type Comparison, comparisonSigns } from './operators.ts'

function numberOf(reader: ValueReader, value: Scalar): string | undefined {
  const text = String(value).trim()
  if (typeof value !== 'boolean' && text.length <= 40 && /^-?(\d+(\.\d+)?|\.\d+)(e[+-]?\d{1,2})?$/i.test(text)) return text
  return reader.fail(`"${value}" is not a number.`)
}

/** `column <op> number`, exact whatever the column's number type. */
export function compareNumber(column: SQL, op: Comparison, value: number | string): SQL {
  return sql`${column} ${sql.raw(comparisonSigns[op])} ${String(value)}::numeric`
}

function oneOf(column: SQL, reader: ValueReader): SQL {
  const numbers = reader.many()?.map((value) => numberOf(reader, value))
  if (numbers === undefined || numbers.includes(undefined)) return nothing
  return numbers.length === 1 ? compareNumber(column, 'eq', numbers[0] as string) : sql`${column} = any(${sql.param(numbers)}::numeric[])`
}

export function numberCondition(column: SQL, op: Operator, reader: ValueReader): SQL {
  switch (op) {
    case 'eq':
    case 'in':
      return oneOf(column, reader)
    case 'ne':
    case 'notIn':
      return sql`(${oneOf(column, reader)}) is not true`
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const value = reader.one()
      const number = value === undefined ? undefined : numberOf(reader, value)
      return number === undefined ? nothing : compareNumber(column, op, number)
    }
    case 'between': {
      const [low, high] = (reader.pair() ?? []).map((value) => numberOf(reader, value))
      return low === undefined || high === undefined ? nothing : sql`(${compareNumber(column, 'gte', low)} and ${compareNumber(column, 'lte', high)})`
    }
    case 'isEmpty':
      return sql`${column} is null`
    case 'isNotEmpty':
      return sql`${column} is not null`
    default:
      return nothing
  }
}

function idsOf(reader: ValueReader): string[] | undefined {
  const values = reader.many()
  const wrong = values?.find((value) => !isUuid(value))
  return wrong === undefined ? values?.map(String) : reader.fail(`"${wrong}" is not the id of a record.`)
}

export function idCondition(column: SQL, op: Operator, reader: ValueReader): SQL {
  if (op === 'isEmpty') return sql`${column} is null`
  if (op === 'isNotEmpty') return sql`${column} is not null`
  const ids = idsOf(reader)
  if (ids === undefined) return nothing
  const test = ids.length === 1 ? sql`${column} = ${ids[0]}::uuid` : sql`${column} = any(${sql.param(ids)}::uuid[])`
  return op === 'ne' || op === 'notIn' ? sql`(${test}) is not true` : test
}

const truth: Record<string, boolean> = { true: true, yes: true, '1': true, false: false, no: false, '0': false }

export function booleanCondition(column: SQL, op: Operator, reader: ValueReader): SQL {
  if (op === 'isEmpty') return sql`${column} is null`
  if (op === 'isNotEmpty') return sql`${column} is not null`
  const value = reader.one()
  if (value === undefined) return nothing
  const wanted = truth[String(value).trim().toLowerCase()]
  if (wanted === undefined) {
    reader.fail(`"${value}" is neither true nor false.`)
    return nothing
  }
  const test = sql`${column} is ${sql.raw(wanted ? 'true' : 'false')}`
  return op === 'ne' ? sql`not (${test})` : test
}
