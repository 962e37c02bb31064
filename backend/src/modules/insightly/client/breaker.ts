import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  noJitterGenerator,
} from 'cockatiel'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { InsightlyError } from './insightly-error.ts'

export interface BreakerOptions {
  /** Failures one after the other that open it. */
  failures: number
  /** Milliseconds until the first try after that; doubled up to a minute. */
  restMs: number
  logger: Pick<Logger, 'warn' | 'info'>
}

const longestRestMs = 60_000

/** Stops calling while Insightly does not answer or fails; then a single call finds out whether it is back. */
export function createBreaker({ failures, restMs, logger }: BreakerOptions): CircuitBreakerPolicy {
  const breaker = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: restMs, maxDelay: Math.max(restMs, longestRestMs), generator: noJitterGenerator }),
  })
  breaker.onBreak(() => logger.warn('Insightly does not answer; it is not called for a while'))
  breaker.onReset(() => logger.info('Insightly answers again'))
  return breaker
}

/** Whether a failure is of Insightly as a whole, not of one call. */
function isOutage(error: unknown): boolean {
  return error instanceof InsightlyError && ['failed', 'timeout', 'unreachable'].includes(error.problem)
}

export function isResting(breaker: CircuitBreakerPolicy): boolean {
  return breaker.state === CircuitState.Open || breaker.state === CircuitState.Isolated
}

/** What whoever calls while it rests is told. */
export function restingError(cause?: BrokenCircuitError): InsightlyError {
  return new InsightlyError(
    'UNAVAILABLE',
    'Insightly has not answered for a while, so it was not called. Everything here goes on working; it is called again as soon as it answers.',
    { problem: 'resting', fate: 'unsent', cause, retryAfterSeconds: 10 },
  )
}

export function isBroken(error: unknown): error is BrokenCircuitError {
  return error instanceof BrokenCircuitError
}
