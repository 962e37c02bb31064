import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { FieldDefinition } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Operator, Scalar } from '#contracts/query.ts'
import { nothing } from './compile-context.ts'
import type { ValueReader } from './condition-values.ts'
import { didYouMean, nearestNames } from './suggestions.ts'

/** The form in which texts are compared: no case, accents or surrounding space. */
export function plainText(value: Scalar): string {
  return fold(String(value).trim())
}

function checkedChoice(reader: ValueReader, definition: FieldDefinition, value: Scalar): string {
  const plain = plainText(value)
  const { choices } = definition
  if (choices !== undefined && !choices.includes(plain)) {
    const nearest = nearestNames(
      plain,
      choices.map((name) => ({ name })),
    )
    reader.fail(`${definition.label} is never "${value}". ${didYouMean(nearest, '')} It is one of ${choices.join(', ')}.`.replace('  ', ' '))
  }
  return plain
}

/** The distinct spellings of a field's values, kept in `field_values` by every writer. */
export interface Vocabulary {
  workspaceId: string
  entity: string
  field: string
}

/** Longest value that is kept in the vocabulary. */
const longestVocabularyValue = 200

function equals(column: SQL, reader: ValueReader, definition: FieldDefinition, vocabulary: Vocabulary | undefined): SQL {
  const values = reader.many()?.map((value) => checkedChoice(reader, definition, value))
  if (values === undefined) return nothing
  const folded = sql`fold(btrim(${column})) = any(${sql.param(values)}::text[])`
  if (vocabulary !== undefined && definition.choices === undefined && values.every((value) => value !== '' && value.length < longestVocabularyValue)) {
    // The few spellings in use are compared instead of every row's, so that an index can be used; a spelling nobody wrote is nobody's.
    const { workspaceId, entity, field } = vocabulary
    return sql`${column} = any(array(select value from field_values
      where workspace_id = ${workspaceId} and entity = ${entity} and field = ${field} and norm = any(${sql.param(values)}::text[])))`
  }
  // Closed choices are stored in their one spelling.
  if (definition.choices === undefined) return values.length === 1 ? sql`fold(btrim(${column})) = ${values[0]}` : folded
  return sql`${column} = any(${sql.param(values)}::text[])`
}

export function isEmptyText(column: SQL): SQL {
  return sql`coalesce(btrim(${column}), '') = ''`
}

/** Whether a folded text contains, begins or ends with another. */
export function textTest(op: 'contains' | 'startsWith' | 'endsWith', folded: SQL, part: string): SQL {
  if (op === 'contains') return sql`strpos(${folded}, ${part}) > 0`
  if (op === 'startsWith') return sql`starts_with(${folded}, ${part})`
  return sql`right(${folded}, ${[...part].length}) = ${part}`
}

export function textCondition(column: SQL, op: Operator, reader: ValueReader, definition: FieldDefinition, vocabulary?: Vocabulary): SQL {
  switch (op) {
    case 'eq':
    case 'in':
      return equals(column, reader, definition, vocabulary)
    case 'ne':
    case 'notIn':
      return sql`(${equals(column, reader, definition, vocabulary)}) is not true`
    case 'isEmpty':
      return isEmptyText(column)
    case 'isNotEmpty':
      return sql`not ${isEmptyText(column)}`
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith': {
      const value = reader.one()
      if (value === undefined) return nothing
      const test = textTest(op === 'notContains' ? 'contains' : op, sql`fold(btrim(${column}))`, plainText(value))
      return op === 'notContains' ? sql`(${test}) is not true` : test
    }
    default:
      return nothing
  }
}
