import { AppError } from '#backend/kernel/errors.ts'
import { InsightlyError, type InsightlyProblem } from '../client/insightly-error.ts'

export interface Verdict {
  /** `failed` waits for a person, `later` is tried again, `stop` is tried again and so is everything else, for nothing can be sent now. */
  what: 'failed' | 'later' | 'stop'
  sentence: string
  retryAfterMs: number | undefined
}

const forNobody = new Set<InsightlyProblem>(['key', 'tooOften', 'dayUsedUp', 'resting'])
const passing = new Set<InsightlyProblem>(['failed', 'timeout', 'unreachable', 'unreadable', 'cancelled'])
const ours = new Set<AppError['code']>(['RATE_LIMITED', 'UNAVAILABLE'])
/** Two changes that waited for each other in the database. */
const interlocked = new Set(['40P01', '40001'])

/** What becomes of a change whose delivery ended with an error. Unknown errors are not told to anybody. */
export function judgeFailure(error: unknown): Verdict {
  if (!(error instanceof AppError))
    return { what: 'later', sentence: 'Something went wrong here while this was sent; it is tried again.', retryAfterMs: undefined }
  const retryAfterMs = error.retryAfterSeconds === undefined ? undefined : error.retryAfterSeconds * 1000
  const verdict = (what: Verdict['what']): Verdict => ({ what, sentence: error.message, retryAfterMs })
  if (error instanceof InsightlyError) {
    if (forNobody.has(error.problem)) return verdict('stop')
    const isRefusal = error.status !== undefined && error.status >= 400 && error.status < 500 && error.status !== 408
    return verdict(passing.has(error.problem) || !isRefusal ? 'later' : 'failed')
  }
  if (ours.has(error.code)) return verdict('stop')
  if (interlocked.has((error.cause as { code?: string } | undefined)?.code ?? '')) return verdict('later')
  return verdict(error.code === 'UPSTREAM' || error.code === 'INTERNAL' ? 'later' : 'failed')
}
