import { AppError } from '#backend/kernel/errors.ts'

/** An opaque cursor for the next page of a list. */
export function toCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** @throws AppError VALIDATION when it is not a cursor this list gave out */
export function fromCursor<T extends readonly unknown[]>(cursor: string, isValid: (values: readonly unknown[]) => values is T): T {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (cause) {
    throw invalid(cause)
  }
  if (!Array.isArray(values) || !isValid(values)) throw invalid()
  return values
}

function invalid(cause?: unknown): AppError {
  return new AppError('VALIDATION', 'The cursor is not one this list gave out; start from the first page.', {
    cause,
    details: [{ field: 'cursor', message: 'Unknown cursor.' }],
  })
}
