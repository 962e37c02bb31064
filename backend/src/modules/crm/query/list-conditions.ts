import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Operator } from '#contracts/query.ts'
import { nothing } from './compile-context.ts'
import type { ValueReader } from './condition-values.ts'
import { plainText, textTest } from './text-conditions.ts'

function hasItem(column: SQL, test: (item: SQL) => SQL): SQL {
  return sql`exists (select 1 from unnest(${column}) item where ${test(sql`fold(btrim(item))`)})`
}

function hasAny(column: SQL, reader: ValueReader): SQL {
  const values = reader.many()?.map(plainText)
  return values === undefined ? nothing : hasItem(column, (item) => sql`${item} = any(${sql.param(values)}::text[])`)
}

/** Lists of texts: `eq` and `in` mean "has one of", `contains` means that an item contains the text. */
export function listCondition(column: SQL, op: Operator, reader: ValueReader): SQL {
  switch (op) {
    case 'eq':
    case 'in':
      return hasAny(column, reader)
    case 'ne':
    case 'notIn':
      return sql`not ${hasAny(column, reader)}`
    case 'contains':
    case 'notContains': {
      const value = reader.one()
      if (value === undefined) return nothing
      const test = hasItem(column, (item) => textTest('contains', item, plainText(value)))
      return op === 'notContains' ? sql`not ${test}` : test
    }
    case 'isEmpty':
      return sql`coalesce(cardinality(${column}), 0) = 0`
    case 'isNotEmpty':
      return sql`coalesce(cardinality(${column}), 0) > 0`
    default:
      return nothing
  }
}
