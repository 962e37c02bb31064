import { setTimeout as sleep } from 'node:timers/promises'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { BrokenCircuitError, type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen } from 'cockatiel'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { type CallFailure, CallTimeout, isOfProvider, isOutage, isPassing, ModelError, toFailure } from './call-failure.ts'
import type { Endpoint } from './endpoints.ts'

export interface Attempted<T> {
  value: T
  endpoint: Endpoint
  model: string
  isFallback: boolean
}

export interface EndpointState {
  name: Endpoint['name']
  host: string
  /** `resting` is not asked until it may be back. */
  state: 'ready' | 'resting' | 'trying'
  /** How its last request ended; null before the first. */
  last: { at: string; ok: boolean; failure: CallFailure['kind'] | null } | null
}

export interface AttemptsOptions {
  endpoints: readonly Endpoint[]
  logger: Pick<Logger, 'info' | 'warn'>
  now: () => Date
  /** Milliseconds the first pause between two tries lasts, on average. */
  pauseMs?: number
}

export type Attempts = ReturnType<typeof createAttempts>

const mostTries = 3
const failuresUntilRest = 5
/** Whoever waits for an answer does not wait longer than this for another try; less when somebody else can be asked. */
const patienceMs = { alone: 20_000, withFallback: 2000 }

/** Asks one endpoint after the other, each as often as makes sense. */
export function createAttempts({ endpoints, logger, now, pauseMs = 400 }: AttemptsOptions) {
  const lines = endpoints.map((endpoint) => ({ endpoint, breaker: createBreaker(endpoint, logger), pausedUntil: 0, last: null as EndpointState['last'] }))
  type Line = (typeof lines)[number]

  async function send<T>(line: Line, model: string, signal: AbortSignal, call: (model: LanguageModelV4) => Promise<T>): Promise<T> {
    return line.breaker.execute(async () => {
      try {
        const value = await call(await line.endpoint.open(model))
        line.last = { at: now().toISOString(), ok: true, failure: null }
        return value
      } catch (error) {
        // Whoever gave up says nothing about the provider.
        if (signal.aborted && !(signal.reason instanceof CallTimeout)) throw signal.reason
        const failure = toFailure(signal.aborted ? signal.reason : error)
        line.last = { at: now().toISOString(), ok: false, failure: failure.kind }
        throw new ModelError(failure, error)
      }
    })
  }

  /** Resolves to whether it makes sense to try again, after the pause that this takes. */
  async function pause(line: Line, { failure }: ModelError, tries: number, patience: number, signal: AbortSignal): Promise<boolean> {
    if (!isPassing(failure) || signal.aborted) return false
    // Many are told to wait at the same moment, and shall not all come back at the same moment.
    const ms = Math.max(failure.retryAfterMs ?? 0, pauseMs * 2 ** (tries - 1)) * (1 + Math.random() / 2)
    if (failure.retryAfterMs !== undefined) line.pausedUntil = performance.now() + failure.retryAfterMs
    if (tries >= mostTries || ms > patience) return false
    await sleep(ms, undefined, { signal }).catch(() => undefined)
    signal.throwIfAborted()
    return true
  }

  return {
    /**
     * The outcome of `call` at the first endpoint that answers.
     * @param onSend is told of each request
     * @throws ModelError, or the signal's reason
     */
    async run<T>(
      agent: string,
      signal: AbortSignal,
      call: (model: LanguageModelV4, hasNext: boolean) => Promise<T>,
      onSend: () => void,
    ): Promise<Attempted<T>> {
      let failed: ModelError | undefined
      for (const [place, line] of lines.entries()) {
        const { endpoint } = line
        const model = endpoint.modelOf(agent)
        const hasNext = place < lines.length - 1
        const patience = hasNext ? patienceMs.withFallback : patienceMs.alone
        for (let tries = 1; ; tries++) {
          try {
            const paused = line.pausedUntil - performance.now()
            if (tries === 1 && paused > patience) throw new ModelError({ kind: 'rate_limited', status: 429, retryAfterMs: paused })
            const value = await send(line, model, signal, (opened) => {
              onSend()
              return call(opened, hasNext)
            })
            return { value, endpoint, model, isFallback: place > 0 }
          } catch (error) {
            const failure = error instanceof BrokenCircuitError ? new ModelError({ kind: 'resting' }) : error
            if (!(failure instanceof ModelError)) throw failure
            failed = failure
            if (await pause(line, failure, tries, patience, signal)) continue
          }
          break
        }
        if (!isOfProvider(failed.failure) || signal.aborted) break
        if (hasNext)
          logger.warn({ provider: endpoint.name, model, failure: failed.failure, err: failed.cause }, 'The language model failed; the fallback is asked')
      }
      throw failed ?? new ModelError({ kind: 'unreachable' })
    },

    states(): EndpointState[] {
      return lines.map(({ endpoint: { name, host }, breaker, last }) => ({ name, host, state: stateOf(breaker), last }))
    },
  }
}

function stateOf({ state }: CircuitBreakerPolicy): EndpointState['state'] {
  if (state === CircuitState.HalfOpen) return 'trying'
  return state === CircuitState.Closed ? 'ready' : 'resting'
}

function createBreaker({ name, host }: Endpoint, logger: AttemptsOptions['logger']): CircuitBreakerPolicy {
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof ModelError && isOutage(error.failure)),
    { breaker: new ConsecutiveBreaker(failuresUntilRest), halfOpenAfter: new ExponentialBackoff({ initialDelay: 5000, maxDelay: 60_000 }) },
  )
  breaker.onBreak(() => logger.warn({ provider: name, host }, 'The language model does not answer; it is not asked for a while'))
  breaker.onReset(() => logger.info({ provider: name, host }, 'The language model answers again'))
  return breaker
}
