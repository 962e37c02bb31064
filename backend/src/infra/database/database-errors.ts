import { AppError } from '#backend/kernel/errors.ts'

const connectionCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08001', '08003'])

/** The database is gone, or a connection to it. */
export function isConnectionError(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (
    (code !== undefined && connectionCodes.has(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout/.test(message ?? '')
  )
}

/** Why there is no connection, as an error of a connection. */
export function away(error: unknown): Error {
  return isConnectionError(error) ? (error as Error) : Object.assign(new Error('connect', { cause: error }), { code: 'ECONNREFUSED' })
}

/** What people are told of an error of the database; others stay as they are. */
export function translate(error: unknown): unknown {
  if (error instanceof AppError) return error
  const { code, message } = error as { code?: string; message?: string }
  if (code === '57014')
    return new AppError('UNAVAILABLE', 'That took longer than allowed; narrow the question and try again.', { cause: error, retryAfterSeconds: 5 })
  if (code === '53100' || code === 'ENOSPC')
    return new AppError('UNAVAILABLE', 'The disk is full; nothing was changed. Free some space and try again.', { cause: error, retryAfterSeconds: 60 })
  if (isConnectionError(error))
    return new AppError('UNAVAILABLE', 'The database does not answer right now; nothing was changed. Try again shortly.', {
      cause: error,
      retryAfterSeconds: 5,
    })
  if (code === '40P01' || code === '40001')
    return new AppError('CONFLICT', 'Somebody else changed the same at the same moment; nothing was changed. Try again.', { cause: error })
  if (code === '42501' && /row-level security/.test(message ?? ''))
    return new AppError('FORBIDDEN', 'This record is not yours to change, or would be hidden from you afterwards; nothing was changed.', { cause: error })
  // A NUL character cannot be stored as text; every other value error is caught by validation before.
  if (code === '22021' || code === '22P05' || (code === '22P02' && /type json/.test(message ?? '')))
    return new AppError('VALIDATION', 'The text holds a character that cannot be stored (NUL or a broken surrogate).', { cause: error })
  return error
}

/** The connection was lost after the commit was sent and before it was answered. */
export function uncertain(error: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The database went away while this was being kept. Look whether it is there before you try again.', {
    cause: error,
    retryAfterSeconds: 5,
  })
}
