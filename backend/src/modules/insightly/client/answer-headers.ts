import type { DailyQuota } from '../limiter/call-permit.ts'

export interface AnswerHeaders {
  quota: DailyQuota | undefined
  totalCount: number | undefined
  retryAfterMs: number | undefined
  /** Time of the server, to the second, in ISO 8601. */
  date: string | undefined
}

const longestPauseMs = 86_400_000

/**
 * What the headers of an answer tell. `X-RateLimit-*` are of the day; `Retry-After` is honoured where it is sent.
 * @param now for a `Retry-After` that names a time, when the answer has no date of its own
 */
export function readHeaders(header: (name: string) => string | undefined, now: Date): AnswerHeaders {
  const remaining = count(header('x-ratelimit-remaining'))
  const date = Date.parse(header('date') ?? '')
  return {
    quota: remaining === undefined ? undefined : { limit: count(header('x-ratelimit-limit')), remaining },
    totalCount: count(header('x-total-count')),
    retryAfterMs: retryAfter(header('retry-after'), date || now.getTime()),
    date: Number.isNaN(date) ? undefined : new Date(date).toISOString(),
  }
}

function count(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined
}

function retryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined
  const seconds = /^\d{1,9}(\.\d+)?$/.test(value.trim()) ? Number(value) : (Date.parse(value) - nowMs) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(0, Math.ceil(seconds * 1000)), longestPauseMs) : undefined
}
