import { AppError } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'

/** An opaque cursor for the next page of memories. */
export function toMemoryCursor({ updatedAt, id }: { updatedAt: string; id: string }): string {
  return Buffer.from(JSON.stringify([updatedAt, id])).toString('base64url')
}

/** @throws AppError VALIDATION when it is not a cursor that a list of memories gave out */
export function fromMemoryCursor(cursor: string): { updatedAt: string; id: string } {
  const [updatedAt, id] = parse(cursor)
  if (typeof updatedAt !== 'string' || Number.isNaN(Date.parse(updatedAt)) || !isUuid(id))
    throw new AppError('VALIDATION', 'The cursor is not one this list gave out; start from the first page.', {
      details: [{ field: 'cursor', message: 'Unknown cursor.' }],
    })
  return { updatedAt, id }
}

function parse(cursor: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) ? values : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
