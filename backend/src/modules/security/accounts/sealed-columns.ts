import type { Row } from './accounts-database.ts'

/** As much of the key ring as columns need. */
export interface SealingKeys {
  encrypt(text: string, purpose: string): string
  decrypt(value: string, purpose: string): string
  needsRotation(value: string): boolean
}

/** Columns that hold ciphertext. Tokens of outside providers are not kept at all. */
export const sealedColumns: Readonly<Record<string, readonly string[]>> = { two_factor: ['secret', 'backup_codes'] }

/** Bound to the row, so that one person's value cannot be put in another's place. */
export function purposeOf(table: string, column: string, id: string): string {
  return `accounts:${table}.${column}:${id}`
}

export function sealRow(keys: SealingKeys, table: string, id: string, row: Row): Row {
  return mapSealed(table, row, (value, column) => keys.encrypt(value, purposeOf(table, column, id)))
}

export function openRow(keys: SealingKeys, table: string, row: Row): Row {
  return mapSealed(table, row, (value, column) => keys.decrypt(value, purposeOf(table, column, String(row.id))))
}

function mapSealed(table: string, row: Row, change: (value: string, column: string) => string): Row {
  const result = { ...row }
  for (const column of sealedColumns[table] ?? []) {
    const value = result[column]
    if (typeof value === 'string') result[column] = change(value, column)
  }
  return result
}
