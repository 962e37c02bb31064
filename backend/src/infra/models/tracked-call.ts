import type { LanguageModelV4CallOptions, LanguageModelV4Usage, SharedV4ProviderMetadata } from '@ai-sdk/provider'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import { runInSpan, type Span, startSpan } from '#backend/kernel/tracing.ts'
import type { Attempted } from './attempts.ts'
import { CallTimeout, ModelError, toFailure } from './call-failure.ts'
import type { CallOutcome, ModelCall, ModelCaller, TokenCounts } from './model-call.ts'
import type { ModelDependencies } from './models.ts'
import { costOf, findPrice } from './prices.ts'
import { createTimeLimit } from './time-limit.ts'
import { countedTokens, estimateInput, estimateTokens, toUsage } from './token-estimate.ts'

export interface CallEnd {
  outcome: CallOutcome
  usage?: LanguageModelV4Usage | undefined
  /** Characters that came, for when nobody counted. */
  characters?: number | undefined
  response?: unknown
}

/** What an answer tells of its call, as `providerMetadata.chatsg` of its finish. */
export interface CallFigures {
  provider: string
  model: string
  isFallback: boolean
  isCached: boolean
  isEstimated: boolean
  costUsd: string | null
}

const none: TokenCounts = { input: 0, cached: 0, output: 0 }

/** One call from its wait to its end: its place, its time, its budget, and its line in the books, of which there is exactly one. */
export function trackCall(agent: string, caller: ModelCaller, options: LanguageModelV4CallOptions, deps: ModelDependencies) {
  const { config, endpoints, queue, ledger, logger, clock, observe } = deps
  const first = endpoints[0]
  const id = newId()
  const at = clock.now()
  const beganAt = performance.now()
  // The stream may be read in another context than the one that asked.
  const { requestId, background } = requestContext()
  const owner = caller.actor.type === 'user' ? caller.actor.userId : caller.actor.job
  const deadline = createTimeLimit(config.timeoutMs, () => new CallTimeout('the call took too long'), options.abortSignal)
  const letGo: (() => void)[] = [deadline.clear]
  const onAbort: ((reason: unknown) => void)[] = []
  let provider: string = first?.name ?? 'none'
  let model = first?.modelOf(agent) ?? 'none'
  let isFallback = false
  let attempts = 0
  let firstTokenMs: number | null = null
  let stage: 'queue' | 'budget' | 'sent' = 'queue'
  let ended: ModelCall | undefined
  const span = startCallSpan(model, agent)
  deadline.signal.addEventListener('abort', () => {
    for (const tell of onAbort) tell(deadline.signal.reason)
  })

  function price() {
    return findPrice(model, config.prices)
  }

  function end({ outcome, usage, characters = 0, response }: CallEnd): ModelCall {
    if (ended !== undefined) return ended
    const counted = usage === undefined ? undefined : countedTokens(usage)
    // A request that was refused costs nothing; one that was given up may have been answered where nobody heard it.
    const isBilled = attempts > 0 && (firstTokenMs !== null || outcome === 'done' || outcome === 'cut' || outcome === 'aborted')
    const estimated = isBilled ? { input: estimateInput(options), cached: 0, output: estimateTokens(characters) } : none
    const tokens = counted ?? estimated
    ended = {
      id,
      at,
      caller,
      agent,
      provider,
      model,
      isFallback,
      attempts,
      tokens,
      isEstimated: counted === undefined && tokens !== none,
      costUsd: tokens === none ? '0' : costOf(price(), tokens),
      firstTokenMs: firstTokenMs === null ? null : Math.round(firstTokenMs),
      totalMs: Math.round(performance.now() - beganAt),
      outcome,
      requestId,
    }
    for (const release of letGo.splice(0)) release()
    endCallSpan(span, ended)
    ledger.note(ended)
    observe?.(ended)
    if (attempts > 0 && ledger.keep !== undefined)
      ledger.keep({ call: ended, prompt: { messages: options.prompt, tools: options.tools }, response: response ?? null })
    return ended
  }
  return {
    signal: deadline.signal,
    end,
    /** Runs what asks the provider, so that its request carries the trace. */
    within: <T>(work: () => T): T => (span === undefined ? work() : runInSpan(span, work)),
    /** Is called once when the person gave up or the time is over. */
    onAbort: (tell: (reason: unknown) => void) => void onAbort.push(tell),

    /** Waits for its turn, and sets its cost aside. @throws AppError RATE_LIMITED, or the signal's reason */
    async enter(): Promise<void> {
      deadline.rest()
      const waiting = createTimeLimit(config.timeoutMs, tooLong, options.abortSignal)
      try {
        letGo.push(await queue.enter({ owner, background: caller.background ?? background, signal: waiting.signal }))
      } finally {
        waiting.clear()
      }
      stage = 'budget'
      const worst = { input: estimateInput(options), cached: 0, output: options.maxOutputTokens ?? config.maxTokens }
      letGo.push(await ledger.reserve(caller, costOf(price(), worst)))
      stage = 'sent'
      deadline.restart()
    },

    countSent: () => {
      attempts++
    },

    begins({ endpoint, model: answering, isFallback: fallback }: Attempted<unknown>, isFirstToken: boolean): void {
      provider = endpoint.name
      model = answering
      isFallback = fallback
      if (isFirstToken) firstTokenMs = performance.now() - beganAt
    },

    /** Ends the call as failed, and tells what to throw. */
    fail(error: unknown, { characters, response }: Pick<CallEnd, 'characters' | 'response'> = {}): unknown {
      const gaveUp = options.abortSignal?.aborted === true
      if (gaveUp) {
        end({ outcome: 'aborted', characters, response })
        return options.abortSignal?.reason
      }
      if (stage !== 'sent') {
        end({ outcome: stage })
        return error
      }
      const known = error instanceof AppError ? error : new ModelError(toFailure(error), error)
      const failure = known instanceof ModelError ? known.failure : undefined
      end({ outcome: characters === undefined ? 'failed' : 'cut', characters, response })
      logger.warn({ agent, provider, model, attempts, failure, err: known.cause ?? known }, 'The language model failed')
      return known
    },

    /** Usage with what was not counted filled in, and what it cost. */
    figuresOf({ tokens, isEstimated, costUsd, outcome, ...call }: ModelCall): { usage: LanguageModelV4Usage; providerMetadata: SharedV4ProviderMetadata } {
      const figures: CallFigures = {
        provider: call.provider,
        model: call.model,
        isFallback: call.isFallback,
        isCached: outcome === 'cached',
        isEstimated,
        costUsd,
      }
      return { usage: toUsage(tokens), providerMetadata: { chatsg: { ...figures } } }
    },
  }
}

/** Of prompt and answer nothing is told but their length. */
function startCallSpan(model: string, agent: string): Span | undefined {
  return startSpan(`chat ${model}`, () => ({
    kind: 'client',
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': model, 'gen_ai.agent.id': agent },
  }))
}

function endCallSpan(span: Span | undefined, { provider, model, outcome, tokens, attempts, isFallback, firstTokenMs }: ModelCall): void {
  span?.set({
    'gen_ai.provider.name': provider === 'azure' ? 'azure.ai.openai' : provider,
    'gen_ai.response.model': model,
    'gen_ai.usage.input_tokens': tokens.input,
    'gen_ai.usage.output_tokens': tokens.output,
    'gen_ai.response.time_to_first_chunk': firstTokenMs === null ? undefined : firstTokenMs / 1000,
    'chatsg.model.outcome': outcome,
    'chatsg.model.attempts': attempts,
    'chatsg.model.is_fallback': isFallback,
  })
  span?.end(outcome === 'done' || outcome === 'cached' ? undefined : outcome)
}

export type TrackedCall = ReturnType<typeof trackCall>

function tooLong(): AppError {
  return new AppError('RATE_LIMITED', 'The language model is busy with others, and your turn did not come. Try again in a moment.', { retryAfterSeconds: 10 })
}
