import { AppError } from '#backend/kernel/errors.ts'

/**
 * Waits for work until it is stopped or its time is up; the work itself is left to notice the signal.
 * @throws AppError UNAVAILABLE when the time is up, and the signal's own reason when it was stopped
 */
export async function withinDeadline<T>(work: Promise<T>, abort: AbortController, withinMs: number): Promise<T> {
  const timer = setTimeout(() => {
    abort.abort(new AppError('UNAVAILABLE', 'The answer took too long and was given up; narrow the question and ask again.', { retryAfterSeconds: 5 }))
  }, withinMs)
  try {
    return await Promise.race([work, aborted(abort.signal)])
  } finally {
    clearTimeout(timer)
  }
}

/** Stopped by a person, rather than given up. */
export function isStopped(signal: AbortSignal): boolean {
  return signal.aborted && !(signal.reason instanceof AppError)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
  })
}
