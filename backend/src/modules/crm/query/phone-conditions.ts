import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Operator, Scalar } from '#contracts/query.ts'
import { phoneKey } from '../search/words.ts'
import { nothing } from './compile-context.ts'
import type { ValueReader } from './condition-values.ts'
import { isEmptyText, textTest } from './text-conditions.ts'

/** Shortest number that is taken for one without its country or trunk code. */
const shortestNational = 7

function digitsOf(reader: ValueReader, value: Scalar): string | undefined {
  const digits = String(value).replace(/[^0-9]/g, '')
  return digits === '' ? reader.fail(`"${value}" holds no digit of a phone number.`) : digits
}

function sameNumber(key: SQL, reader: ValueReader, value: Scalar): SQL {
  const digits = digitsOf(reader, value)
  if (digits === undefined) return nothing
  const exact = sql`${key} in (${phoneKey(String(value)) ?? digits}, ${digits})`
  const national = digits.replace(/^0+/, '')
  return national.length < shortestNational ? exact : sql`(${exact} or right(${key}, ${national.length}) = ${national})`
}

function anyNumber(key: SQL, reader: ValueReader): SQL {
  const tests = reader.many()?.map((value) => sameNumber(key, reader, value))
  return tests === undefined ? nothing : sql`(${sql.join(tests, sql` or `)})`
}

/** @param key digits of the stored number, international where its country is known */
export function phoneCondition(column: SQL, key: SQL, op: Operator, reader: ValueReader): SQL {
  switch (op) {
    case 'eq':
    case 'in':
      return anyNumber(key, reader)
    case 'ne':
    case 'notIn':
      return sql`${anyNumber(key, reader)} is not true`
    case 'isEmpty':
      return isEmptyText(column)
    case 'isNotEmpty':
      return sql`not ${isEmptyText(column)}`
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith': {
      const value = reader.one()
      const digits = value === undefined ? undefined : digitsOf(reader, value)
      if (digits === undefined) return nothing
      const written = sql`regexp_replace(${column}, '[^0-9]', '', 'g')`
      const kind = op === 'notContains' ? 'contains' : op
      const test = sql`(${textTest(kind, key, digits)} or ${textTest(kind, written, digits)})`
      return op === 'notContains' ? sql`${test} is not true` : test
    }
    default:
      return nothing
  }
}
