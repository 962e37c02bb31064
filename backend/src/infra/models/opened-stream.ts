import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { CallTimeout } from './call-failure.ts'
import { createTimeLimit } from './time-limit.ts'

/** A stream whose answer has begun. */
export interface OpenedStream {
  /** The next piece; undefined at the end. @throws the reason when it takes too long or was given up */
  next(): Promise<LanguageModelV4StreamPart | undefined>
  /** Lets go of the request. */
  close(reason?: unknown): void
  headers: Record<string, string> | undefined
}

export interface StreamLimits {
  signal: AbortSignal
  /** Milliseconds until the answer begins. */
  firstChunkMs: number
  /** Milliseconds between two pieces. */
  chunkMs: number
}

const beforeTheAnswer: ReadonlySet<LanguageModelV4StreamPart['type']> = new Set([
  'stream-start',
  'response-metadata',
  'ping',
  'raw',
  'text-start',
  'reasoning-start',
])

/**
 * Asks, and waits until something of the answer is there: up to then the call may be repeated.
 * @throws whatever the provider did wrong before
 */
export async function openStream(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  { signal, firstChunkMs, chunkMs }: StreamLimits,
): Promise<OpenedStream> {
  const first = createTimeLimit(firstChunkMs, () => new CallTimeout('the answer did not begin'), signal)
  const early: LanguageModelV4StreamPart[] = []
  let reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart> | undefined
  try {
    const { stream, response } = await model.doStream({ ...options, abortSignal: first.signal })
    reader = stream.getReader()
    for (;;) {
      const { done, value } = await abortable(reader.read(), first.signal)
      if (done) throw new Error('The stream ended without a finish reason')
      if (value.type === 'error') throw value.error
      early.push(value)
      if (!beforeTheAnswer.has(value.type)) break
    }
    first.rest()
    return continued(reader, early, { limit: first, chunkMs, headers: response?.headers })
  } catch (error) {
    const { aborted, reason } = first.signal
    first.clear()
    reader?.cancel().catch(() => undefined)
    throw aborted ? reason : error
  }
}

interface Continuation {
  limit: ReturnType<typeof createTimeLimit>
  chunkMs: number
  headers: Record<string, string> | undefined
}

function continued(
  reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>,
  early: LanguageModelV4StreamPart[],
  { limit: request, chunkMs, headers }: Continuation,
): OpenedStream {
  const between = createTimeLimit(chunkMs, () => new CallTimeout('the answer stopped'), request.signal)
  between.rest()
  between.signal.addEventListener('abort', () => request.abort(between.signal.reason), { once: true })
  let place = 0
  return {
    headers,
    async next() {
      if (place < early.length) return early[place++]
      between.restart()
      const { done, value } = await abortable(reader.read(), between.signal)
      between.rest()
      return done ? undefined : value
    },
    close(reason) {
      between.abort(reason ?? new Error('closed'))
      between.clear()
      request.clear()
      reader.cancel(reason).catch(() => undefined)
    },
  }
}

/** A provider's stream may not notice that it was given up. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined)
    return Promise.reject(signal.reason)
  }
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(
      (value) => {
        signal.removeEventListener('abort', onAbort)
        resolve(value)
      },
      (error) => {
        signal.removeEventListener('abort', onAbort)
        reject(signal.aborted ? signal.reason : error)
      },
    )
  })
}
