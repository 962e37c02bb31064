import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { AppError } from '#backend/kernel/errors.ts'
import { createAnswerCollector, type ModelAnswer, repeatAnswer, toStreamParts } from './answer.ts'
import type { ModelCaller } from './model-call.ts'
import type { ModelDependencies } from './models.ts'
import { type OpenedStream, openStream } from './opened-stream.ts'
import { type TrackedCall, trackCall } from './tracked-call.ts'

/** A language model of the AI SDK through which every call is queued, tried again, paid for and accounted. */
export function createTrackedModel(agent: string, caller: ModelCaller, deps: ModelDependencies): LanguageModelV4 {
  const { config, endpoints, attempts, cache, ledger } = deps
  const first = endpoints[0]
  const modelId = first?.modelOf(agent) ?? 'none'

  const complete = (options: LanguageModelV4CallOptions): LanguageModelV4CallOptions => ({
    ...options,
    temperature: options.temperature ?? config.temperature,
    maxOutputTokens: options.maxOutputTokens ?? config.maxTokens,
    // Requests that begin alike reach the machine that remembers the beginning.
    ...(first?.name === 'openai' || first?.name === 'azure'
      ? {
          providerOptions: {
            ...options.providerOptions,
            openai: { promptCacheKey: `${caller.actor.workspaceId.slice(-12)}-${agent}`, ...options.providerOptions?.openai },
          },
        }
      : {}),
  })

  return {
    specificationVersion: 'v4',
    provider: `chatsg.${first?.name ?? 'none'}`,
    modelId,
    supportedUrls: {},

    async doGenerate(given) {
      const options = complete(given)
      const call = trackCall(agent, caller, options, deps)
      const place = cache?.look(caller, modelId, options)
      try {
        const known = await place?.find()
        if (known !== undefined) {
          const answer = repeatAnswer(known)
          return { ...answer, ...call.figuresOf(call.end({ outcome: 'cached', response: answer.content })), warnings: [] }
        }
        await call.enter()
        const attempted = await attempts.run(
          agent,
          call.signal,
          (model) =>
            untilAborted(
              call.within(() => model.doGenerate({ ...options, abortSignal: call.signal })),
              call.signal,
            ),
          call.countSent,
        )
        call.begins(attempted, false)
        const { content, finishReason, usage, warnings, response, providerMetadata } = attempted.value
        const characters = JSON.stringify(content).length
        const figures = call.figuresOf(call.end({ outcome: 'done', usage, characters, response: content }))
        place?.keep({ content, finishReason })
        return {
          content,
          finishReason,
          warnings,
          ...(response === undefined ? {} : { response }),
          ...figures,
          providerMetadata: { ...providerMetadata, ...figures.providerMetadata },
        }
      } catch (error) {
        throw call.fail(error)
      }
    },

    async doStream(given) {
      const options = complete(given)
      const call = trackCall(agent, caller, options, deps)
      const place = cache?.look(caller, modelId, options)
      try {
        const known = await place?.find()
        if (known !== undefined) return { stream: replay(repeatAnswer(known), call) }
        await call.enter()
        const attempted = await attempts.run(
          agent,
          call.signal,
          (model, hasNext) =>
            call.within(() =>
              openStream(model, options, {
                signal: call.signal,
                // When somebody else can be asked, there must be time left to do so.
                firstChunkMs: hasNext ? Math.min(config.chunkTimeoutMs, config.timeoutMs / 2) : config.chunkTimeoutMs,
                chunkMs: config.chunkTimeoutMs,
              }),
            ),
          call.countSent,
        )
        call.begins(attempted, true)
        const { headers } = attempted.value
        const keeps = place !== undefined || ledger.keep !== undefined
        return { stream: watch(attempted.value, call, keeps, (answer) => place?.keep(answer)), ...(headers === undefined ? {} : { response: { headers } }) }
      } catch (error) {
        throw call.fail(error)
      }
    },
  }
}

/** Passes on what comes, and ends the call exactly once however the stream ends. */
function watch(opened: OpenedStream, call: TrackedCall, keepsContent: boolean, keep: (answer: ModelAnswer) => void): ReadableStream<LanguageModelV4StreamPart> {
  const collected = createAnswerCollector(keepsContent)
  const soFar = () => ({ characters: collected.characters, response: keepsContent ? collected.content() : undefined })
  // A reader that stopped reading notices nothing; its place goes to the next all the same.
  call.onAbort((reason) => {
    call.fail(reason, soFar())
    opened.close(reason)
  })
  let hasFailed = false

  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      async pull(controller) {
        try {
          const part = await opened.next()
          if (part === undefined) {
            opened.close()
            controller.close()
          } else if (part.type === 'error') {
            hasFailed = true
            controller.enqueue({ type: 'error', error: call.fail(part.error, soFar()) })
          } else if (part.type === 'finish') {
            const { characters, response } = soFar()
            const figures = call.figuresOf(call.end({ outcome: 'done', usage: part.usage, characters, response }))
            if (!hasFailed && keepsContent) keep({ content: collected.content(), finishReason: part.finishReason })
            controller.enqueue({ ...part, ...figures, providerMetadata: { ...part.providerMetadata, ...figures.providerMetadata } })
          } else {
            collected.add(part)
            controller.enqueue(part)
          }
        } catch (error) {
          const told = call.fail(error, soFar())
          opened.close(error)
          if (!(told instanceof AppError)) return controller.error(told)
          // Said as a piece of the stream, what came before it stays an answer.
          controller.enqueue({ type: 'error', error: told })
          controller.enqueue({ type: 'finish', finishReason: { unified: 'error', raw: undefined }, ...call.figuresOf(call.end({ outcome: 'cut' })) })
          controller.close()
        }
      },
      cancel(reason) {
        call.end({ outcome: 'aborted', ...soFar() })
        opened.close(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function replay(answer: ModelAnswer, call: TrackedCall): ReadableStream<LanguageModelV4StreamPart> {
  const figures = call.figuresOf(call.end({ outcome: 'cached', response: answer.content }))
  return ReadableStream.from<LanguageModelV4StreamPart>([
    ...toStreamParts(answer),
    { type: 'finish', finishReason: answer.finishReason, ...figures },
  ]) as ReadableStream<LanguageModelV4StreamPart>
}

/** A provider that does not notice that it was given up is not waited for. */
function untilAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}
