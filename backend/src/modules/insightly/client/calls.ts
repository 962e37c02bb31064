import { type CircuitBreakerPolicy, ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { traced } from '#backend/kernel/tracing.ts'
import type { CallLimiter } from '../limiter/call-limiter.ts'
import type { CallPriority } from '../limiter/call-permit.ts'
import { type AnswerHeaders, readHeaders } from './answer-headers.ts'
import { isBroken, isResting, restingError } from './breaker.ts'
import { type InsightlyMetrics, outcomeOf } from './call-outcome.ts'
import { errorText } from './error-text.ts'
import { InsightlyError } from './insightly-error.ts'
import { parseBody } from './parse-body.ts'
import { type CallPurpose, describe, toRefusal } from './refusal.ts'
import { ExchangeError, type Transport } from './transport.ts'

/** Who waits for a call, and until when. */
export interface CallOptions {
  /** `person` goes first. A read is `sync` and a write `person` unless told otherwise. */
  priority?: CallPriority | undefined
  signal?: AbortSignal | undefined
  /** Told of every attempt that was made, so that whoever asked can count what it cost. */
  onCall?: (() => void) | undefined
}

export interface Call extends CallOptions {
  purpose: CallPurpose
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: string | undefined
}

export interface CallResult {
  /** The parsed body; undefined when it is empty. */
  value: unknown
  totalCount: number | undefined
  /** When it was answered, by the clock there. */
  answeredAt: string | undefined
}

export interface CallsOptions {
  transport: Transport
  limiter: CallLimiter
  breaker: CircuitBreakerPolicy
  clock: Clock
  logger: Pick<Logger, 'debug' | 'warn'>
  metrics: InsightlyMetrics
  /** Attempts after the first one. */
  retries: number
  retryDelayMs: number
  /** Milliseconds that all processes stop after a 429 that names no time. */
  burstPauseMs: number
  /** Takes the API key out of what Insightly says. */
  withoutKey(text: string): string
}

export type MakeCall = (call: Call) => Promise<CallResult>

const longestDelayMs = 10_000

/** Makes calls: each attempt in its turn, counted, within its time; reads again after a failure, writes only what surely was not done. */
export function createCalls(options: CallsOptions): MakeCall {
  const { breaker, retries, retryDelayMs, logger } = options
  const policy = (isWrite: boolean) =>
    retry(
      handleWhen((error) => mayRepeat(error, isWrite)),
      { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: retryDelayMs, maxDelay: longestDelayMs }) },
    )
  const policies = { read: policy(false), write: policy(true) }
  for (const each of [policies.read, policies.write])
    each.onRetry((failure) => logger.debug({ err: 'error' in failure ? failure.error : undefined, delayMs: failure.delay }, 'Insightly is called again'))

  return async (call) => {
    call.signal?.throwIfAborted()
    const repeating = policies[call.method === 'GET' ? 'read' : 'write'].execute(async () => {
      call.signal?.throwIfAborted()
      try {
        // Outside the wait for a permit: what waits for Insightly to come back must not hold a place.
        return await breaker.execute(() => tracedAttempt(options, call))
      } catch (error) {
        throw isBroken(error) ? restingError(error) : error
      }
    })
    return call.method === 'GET' ? orAbort(repeating, call.signal) : repeating
  }
}

/** A read is harmless; a write is repeated when it certainly was not done. */
function mayRepeat(error: unknown, isWrite: boolean): boolean {
  if (!(error instanceof InsightlyError)) return false
  if (error.problem === 'tooOften') return true
  return ['failed', 'timeout', 'unreachable'].includes(error.problem) && (!isWrite || error.fate === 'unsent')
}

function tracedAttempt(options: CallsOptions, call: Call): Promise<CallResult> {
  const { operation, object } = call.purpose
  const attributes = { 'http.request.method': call.method, 'chatsg.insightly.operation': operation, 'chatsg.insightly.object': object.path }
  return traced(
    `insightly.${operation} ${object.path}`,
    () => ({ kind: 'client', attributes }),
    () => attempt(options, call),
  )
}

async function attempt(options: CallsOptions, call: Call): Promise<CallResult> {
  const { transport, limiter, breaker, clock, logger, metrics, burstPauseMs, withoutKey } = options
  const { purpose, method, path, body, signal } = call
  const permit = await limiter.acquire({ priority: call.priority ?? (method === 'GET' ? 'sync' : 'person'), signal })
  if (isResting(breaker)) {
    await permit.end({ wasMade: false })
    throw restingError()
  }
  const startedAt = performance.now()
  const told = (outcome: Parameters<InsightlyMetrics['countCall']>[0]['outcome'], status?: number) => {
    const durationMs = Math.round(performance.now() - startedAt)
    call.onCall?.()
    metrics.countCall({ operation: purpose.operation, object: purpose.object.path, outcome, durationMs })
    logger.debug({ operation: purpose.operation, object: purpose.object.path, part: purpose.part, status, outcome, durationMs }, 'Insightly call')
  }
  let begun: { status: number; headers: AnswerHeaders; noted: Promise<void> } | undefined
  try {
    const { status, text } = await transport.exchange({
      method,
      path,
      body,
      signal,
      onAnswer: (status, header) => {
        const headers = readHeaders(header, clock.now())
        if (headers.quota !== undefined) metrics.noteQuota(headers.quota)
        begun = { status, headers, noted: permit.end({ wasMade: true, quota: headers.quota, pauseMs: pauseOf(status, headers, burstPauseMs) }) }
      },
    })
    const headers = begun?.headers
    if (status === 429) {
      logger.warn({ status, quota: headers?.quota, retryAfterMs: headers?.retryAfterMs }, 'Insightly Rate limit reached')
      // The others must know before anybody calls again.
      await begun?.noted
    }
    if (status < 200 || status > 299)
      throw toRefusal(purpose, {
        status,
        text: errorText(withoutKey(text)),
        retryAfterSeconds: headers?.retryAfterMs === undefined ? undefined : Math.ceil(headers.retryAfterMs / 1000),
        isDayUsedUp: headers?.quota?.remaining === 0,
      })
    const value = read(call, text)
    told('ok', status)
    return { value, totalCount: headers?.totalCount, answeredAt: headers?.date }
  } catch (error) {
    const failure = error instanceof ExchangeError ? toFailure(call, error, begun?.status) : error
    if (begun === undefined) void permit.end({ wasMade: !(failure instanceof InsightlyError) || failure.fate !== 'unsent' })
    told(error instanceof ExchangeError && error.problem === 'cancelled' ? 'cancelled' : outcomeOf(failure), begun?.status)
    throw failure
  }
}

function pauseOf(status: number, { quota, retryAfterMs }: AnswerHeaders, burstPauseMs: number): number | undefined {
  if (status === 429) return retryAfterMs ?? (quota?.remaining === 0 ? undefined : burstPauseMs)
  return status === 503 ? retryAfterMs : undefined
}

function read({ purpose, method }: Call, text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return parseBody(text)
  } catch (cause) {
    const isPage = /^\s*</.test(text)
    const sentence = isPage
      ? `Insightly answered with a web page when asked to ${describe(purpose)}. Check INSIGHTLY_API_URL.`
      : `Insightly's answer when asked to ${describe(purpose)} could not be read. Try again later.`
    // A parser quotes what it could not read, which is somebody's data.
    const kind = new Error(cause instanceof Error ? cause.name : 'unreadable')
    throw new InsightlyError('UPSTREAM', sentence, { problem: 'unreadable', fate: method === 'GET' ? 'refused' : 'done', cause: kind })
  }
}

/** No whole answer: of a write it is said that it may have been done, and of a refusal that began to arrive that it was not. */
function toFailure(call: Call, error: ExchangeError, status: number | undefined): unknown {
  const { purpose, method, signal } = call
  const isWrite = method !== 'GET'
  const fate = !isWrite || (status !== undefined && status >= 400 && status < 500) ? (error.fate === 'unsent' ? 'unsent' : 'refused') : error.fate
  if (error.problem === 'cancelled' && (fate !== 'unknown' || !isWrite)) return signal?.reason ?? error
  const problem = error.problem === 'tooLong' ? 'unreadable' : error.problem
  const sentence =
    fate === 'unknown'
      ? `The connection to Insightly ended before it said whether it could ${describe(purpose)}, so this may or may not have been done. Look there before trying again.`
      : problem === 'unreadable'
        ? `Insightly answered more than is read when asked to ${describe(purpose)}. Ask for fewer at once.`
        : `Insightly did not answer when asked to ${describe(purpose)}. Check the connection and INSIGHTLY_API_URL, or try again later.`
  return new InsightlyError('UPSTREAM', sentence, { problem, fate, cause: error })
}

/** Whoever leaves need not wait for the pause before another attempt. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((done, failed) => {
    const stop = () => failed(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(done, failed).finally(() => signal.removeEventListener('abort', stop))
  })
}
