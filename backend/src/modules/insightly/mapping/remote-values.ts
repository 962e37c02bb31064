import { Decimal } from 'decimal.js'
import { toDay, toInstant } from '../client/dates.ts'
import type { InsightlyRow } from '../client/records.ts'

/** What our own API takes at most. */
const longestText = 2_000_000
const mostDigits = 40
const decimalPattern = /^-?\d+(\.\d+)?$/

/** A text as it can be stored; null for none. */
export function readText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  let text = value
  if (text.includes('\0')) text = text.replaceAll('\0', '')
  if (!text.isWellFormed()) text = text.replace(/\p{Cs}/gu, '')
  text = text.trim()
  if (text.length > longestText) text = clip(text, longestText)
  return text === '' ? null : text
}

/** The beginning of a text, without half a character at its end. */
export function clip(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/\p{Cs}$/u, '')
}

/** The beginning of what can be stored of a text. */
export function readShortText(value: unknown, longest: number): string | null {
  const text = typeof value === 'string' ? readText(value) : null
  return text === null ? null : clip(text, longest)
}

/** The number of a record; undefined for none, which Insightly also writes as 0. */
export function readId(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(id) && (id as number) > 0 ? (id as number) : undefined
}

/** Decimal text with all its digits. */
export function readAmount(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 1e21 ? new Decimal(value).toFixed() : null
  const text = typeof value === 'string' ? value.trim() : ''
  return decimalPattern.test(text) && text.length <= mostDigits ? text : null
}

/** A number that a float holds. */
export function readNumber(value: unknown, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = {}): number | null {
  const text = readAmount(value)
  if (text === null) return null
  const number = Number(text)
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return null
  return number >= min && number <= max ? number : null
}

export function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return word === 'true' ? true : word === 'false' ? false : null
}

export function readInstant(value: unknown): string | null {
  return typeof value === 'string' ? inYearsThatAreStored(toInstant(value)) : null
}

export function readDay(value: unknown): string | null {
  return typeof value === 'string' ? inYearsThatAreStored(toDay(value)) : null
}

export function readCurrency(value: unknown): string | null {
  return typeof value === 'string' && /^\s*[a-z]{3}\s*$/i.test(value) ? value.trim().toUpperCase() : null
}

/** The rows of a collection within a row, such as LINKS; undefined when it is not told. */
export function readRows(value: unknown): InsightlyRow[] | undefined {
  if (value === null) return []
  return Array.isArray(value) ? value.filter((row) => typeof row === 'object' && row !== null && !Array.isArray(row)) : undefined
}

/** PostgreSQL knows no year 0, and none of five digits in this form. */
function inYearsThatAreStored(date: string | null): string | null {
  return date !== null && /^(?!0000)\d{4}-/.test(date) ? date : null
}
