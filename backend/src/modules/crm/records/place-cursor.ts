import { AppError } from '#backend/kernel/errors.ts'

/** An opaque cursor for the page after the place that these values name. */
export function toPlace(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/**
 * The values that name a place, each of which its test accepts.
 * @throws AppError VALIDATION when it is not a cursor this list gave out
 */
export function fromPlace(cursor: string, tests: readonly ((value: string) => boolean)[]): string[] {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    values = undefined
  }
  const isPlace =
    Array.isArray(values) && values.length === tests.length && tests.every((test, index) => typeof values[index] === 'string' && test(values[index]))
  if (!isPlace)
    throw new AppError('VALIDATION', 'This cursor is not one of ours; start again without it.', { details: [{ field: 'cursor', message: 'is not valid' }] })
  return values as string[]
}
