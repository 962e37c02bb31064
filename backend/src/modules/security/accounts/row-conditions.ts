import type { CleanedWhere } from '@better-auth/core/db/adapter'
import type { Row } from './accounts-database.ts'

/** `twoFactorEnabled` as the database writes it. */
export function toColumn(field: string): string {
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (!/^[a-z][a-z_]*$/.test(column)) throw new Error(`There is no column for ${field}.`)
  return column
}

export function toTable(model: string): string {
  return toColumn(model)
}

export function toColumns(data: Row): Row {
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [toColumn(field), value]))
}

export function toFields(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]))
}

/** Collects the values of a statement and numbers them. */
export function createParameters() {
  const values: unknown[] = []
  return {
    values,
    add: (value: unknown): string => `$${values.push(value)}`,
  }
}

type Parameters = ReturnType<typeof createParameters>

const comparisons: Partial<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** The condition of a statement: everything joined by "and", and at least one of what is joined by "or". */
export function toCondition(where: readonly CleanedWhere[], parameters: Parameters): string {
  const all = where.filter(({ connector }) => connector !== 'OR').map((clause) => toClause(clause, parameters))
  const some = where.filter(({ connector }) => connector === 'OR').map((clause) => toClause(clause, parameters))
  if (some.length > 0) all.push(`(${some.join(' or ')})`)
  return all.length === 0 ? 'true' : all.join(' and ')
}

function toClause({ field, operator = 'eq', value, mode }: CleanedWhere, parameters: Parameters): string {
  const isFolded = mode === 'insensitive' && (typeof value === 'string' || Array.isArray(value))
  const column = isFolded ? `lower("${toColumn(field)}")` : `"${toColumn(field)}"`
  const folded = (item: unknown) => (isFolded && typeof item === 'string' ? item.toLowerCase() : item)
  if (operator === 'in' || operator === 'not_in') {
    const any = `${column} = any(${parameters.add((value as unknown[]).map(folded))})`
    return operator === 'in' ? any : `not (${any})`
  }
  if (value === null) return operator === 'ne' ? `${column} is not null` : `${column} is null`
  const comparison = comparisons[operator]
  if (comparison !== undefined) return `${column} ${comparison} ${parameters.add(folded(value))}`
  const part = String(folded(value)).replace(/[\\%_]/g, '\\$&')
  const patterns: Partial<Record<string, string>> = { contains: `%${part}%`, starts_with: `${part}%`, ends_with: `%${part}` }
  const pattern = patterns[operator]
  if (pattern === undefined) throw new Error(`There is no operator ${operator}.`)
  return `${column} like ${parameters.add(pattern)}`
}
