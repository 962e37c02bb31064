import { InsightlyError } from './insightly-error.ts'
import type { InsightlyRow } from './records.ts'
import { type CallPurpose, describe } from './refusal.ts'

/** The rows of a list. Ids that come as text become numbers. @throws InsightlyError when it is no list of records */
export function toRows(value: unknown, purpose: CallPurpose, idField?: string): InsightlyRow[] {
  if (!Array.isArray(value) || !value.every(isRow)) throw unreadable(purpose, 'refused')
  if (idField !== undefined) for (const row of value) if (!hasId(row, idField)) throw unreadable(purpose, 'refused')
  return value
}

/** One record. @throws InsightlyError when it is none, which of a write says that it was done */
export function toRow(value: unknown, purpose: CallPurpose, idField?: string): InsightlyRow {
  if (!isRow(value) || (idField !== undefined && !hasId(value, idField)))
    throw unreadable(purpose, purpose.operation === 'create' || purpose.operation === 'update' ? 'done' : 'refused')
  return value
}

function isRow(value: unknown): value is InsightlyRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasId(row: InsightlyRow, field: string): boolean {
  const id = row[field]
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) row[field] = Number(id)
  return Number.isSafeInteger(row[field]) && (row[field] as number) > 0
}

function unreadable(purpose: CallPurpose, fate: 'refused' | 'done'): InsightlyError {
  return new InsightlyError('UPSTREAM', `Insightly's answer when asked to ${describe(purpose)} is not what its API describes. Check INSIGHTLY_API_URL.`, {
    problem: 'unreadable',
    fate,
  })
}
