import { CircuitState } from 'cockatiel'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { CallLimiter } from '../limiter/call-limiter.ts'
import { toApiAddress } from './api-address.ts'
import { createBreaker } from './breaker.ts'
import type { InsightlyMetrics } from './call-outcome.ts'
import { createCalls } from './calls.ts'
import { createReads, type InsightlyReads } from './reads.ts'
import { createTransport, type Pin } from './transport.ts'
import { createWrites, type InsightlyWrites } from './writes.ts'

export interface InsightlyClientOptions {
  /** Address of the API with its pod, such as `https://api.na1.insightly.com/v3.1`. */
  url: string
  /** The API key; it is sent and never told. */
  key: string
  limiter: CallLimiter
  requestTimeoutMs: number
  clock: Clock
  logger: Pick<Logger, 'debug' | 'info' | 'warn'>
  metrics: InsightlyMetrics
  /** Judges the host of each connection; without it the operator's word is enough. */
  pin?: Pin | undefined
  connections?: number
  maxBytes?: number
  retries?: number
  retryDelayMs?: number
  burstPauseMs?: number
  failuresUntilRest?: number
  restMs?: number
}

export interface InsightlyHealth {
  /** False from the failures that stopped it until a call is answered again. */
  reachable: boolean
  state: 'calling' | 'resting' | 'trying'
}

/** Insightly's API, v3.1: what is read and written, and whether it answers. */
export type InsightlyClient = InsightlyReads & InsightlyWrites & { health(): InsightlyHealth; close(): Promise<void> }

/** @throws AppError VALIDATION when the address or the key cannot be used */
export function createInsightlyClient(options: InsightlyClientOptions): InsightlyClient {
  const { url, key, limiter, requestTimeoutMs, clock, logger, metrics, connections = 16, retries = 3, retryDelayMs = 250, burstPauseMs = 1000 } = options
  // A key is pasted: a line end behind it would be part of what is sent.
  const apiKey = key.trim()
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(apiKey))
    throw new AppError('VALIDATION', 'INSIGHTLY_API_KEY is not an API key. Copy it from the user settings of Insightly.')
  const address = toApiAddress(url)
  const transport = createTransport({ url: address, apiKey, connections, requestTimeoutMs, maxBytes: options.maxBytes, pin: options.pin })
  const breaker = createBreaker({ failures: options.failuresUntilRest ?? 8, restMs: options.restMs ?? 2000, logger })
  const make = createCalls({ transport, limiter, breaker, clock, logger, metrics, retries, retryDelayMs, burstPauseMs, withoutKey: maskOf(apiKey) })
  return {
    ...createReads(make),
    ...createWrites(make),
    health() {
      const state = breaker.state === CircuitState.Closed ? 'calling' : breaker.state === CircuitState.HalfOpen ? 'trying' : 'resting'
      return { reachable: state === 'calling', state }
    },
    close: () => transport.close(),
  }
}

/** Should a server ever say the key back, in any of the forms in which it was sent. */
function maskOf(apiKey: string): (text: string) => string {
  const forms = [apiKey, encodeURIComponent(apiKey), Buffer.from(`${apiKey}:`).toString('base64'), Buffer.from(apiKey).toString('base64').replace(/=+$/, '')]
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, '[redacted]'), text)
}
