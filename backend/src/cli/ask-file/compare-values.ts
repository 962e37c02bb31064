import { fold } from '#contracts/fold.ts'

/** A figure of a cell: decimal strings and numbers; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim())) return Number(value)
  return undefined
}

/** Equal but for the rounding of an average to cents. */
export function isSameNumber(gold: number, given: number): boolean {
  return Math.abs(gold - given) <= Math.max(0.0051, Math.abs(gold) * 1e-9)
}

/** A share may be written as 0.25 or as 25, to a tenth of a percent. */
export function isSameShare(gold: number, given: number): boolean {
  return Math.abs(gold - given) <= 0.00051 || Math.abs(gold * 100 - given) <= 0.051
}

const blanks = new Set(['', 'none', '(none)', 'no value', '(empty)', 'empty', 'unassigned', 'not set', '–', '-', '—'])

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && blanks.has(fold(value.trim())))
}

/** Equal as people read it: without regard to case and accents; a day equals the midnight it begins with. */
export function isSameText(gold: unknown, given: unknown): boolean {
  if (isBlank(gold)) return isBlank(given)
  if (isBlank(given)) return false
  const [wanted, found] = [textOf(gold), textOf(given)]
  if (wanted === found) return true
  if (/^\d{4}-\d{2}-\d{2}$/.test(wanted)) return found.startsWith(`${wanted}t00:00:00`)
  return false
}

export function textOf(value: unknown): string {
  if (value instanceof Date) return fold(value.toISOString())
  if (Array.isArray(value)) return fold(value.join(', '))
  return fold(String(value).trim())
}
