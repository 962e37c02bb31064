import type { DailyQuota } from '../limiter/call-permit.ts'
import { InsightlyError } from './insightly-error.ts'
import type { CallPurpose } from './refusal.ts'

export type CallOutcome = 'ok' | 'missing' | 'refused' | 'limited' | 'failed' | 'timeout' | 'unreachable' | 'unreadable' | 'cancelled'

/** Told of every call, each attempt by itself. */
export interface InsightlyMetrics {
  /** `object` is the name in Insightly's path, so that there are few. */
  countCall(call: { operation: CallPurpose['operation']; object: string; outcome: CallOutcome; durationMs: number }): void
  noteQuota(quota: DailyQuota): void
}

/** How a call that failed is counted. */
export function outcomeOf(error: unknown): CallOutcome {
  if (!(error instanceof InsightlyError)) return 'cancelled'
  switch (error.problem) {
    case 'missing':
      return 'missing'
    case 'tooOften':
    case 'dayUsedUp':
      return 'limited'
    case 'failed':
    case 'timeout':
    case 'unreachable':
    case 'unreadable':
      return error.problem
    default:
      return 'refused'
  }
}
