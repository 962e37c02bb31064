import type { Readable } from 'node:stream'
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart, SharedV4Warning } from '@ai-sdk/provider'
import type { request as Request } from 'undici'
import { traceHeaders } from '#backend/kernel/tracing.ts'
import { RequestFailed } from '../call-failure.ts'
import { createChunkParts } from './chunk-parts.ts'
import { createEventReader } from './event-reader.ts'

/** A model of the AI SDK that tells what it would send. */
interface PreparingModel extends LanguageModelV4 {
  prepareRequest(options: LanguageModelV4CallOptions): Promise<{ body: Record<string, unknown>; warnings: SharedV4Warning[] }>
}

export interface StreamedChatOptions {
  /** Of chat completions. */
  url: string
  headers: Record<string, string>
  request: typeof Request
}

/** Words that follow each other faster than this are told together: nobody reads faster, and each part costs all who pass it on. */
const gatherMs = 50
const mostErrorCharacters = 64 * 1024

/**
 * The same model with its streams read by us, where the AI SDK has each piece pass through five streams in a row.
 * What is sent, and answers that come whole, stay the AI SDK's.
 */
export function createStreamedChat(model: PreparingModel, { url, headers: own, request }: StreamedChatOptions): LanguageModelV4 {
  const provider = model.provider.split('.')[0] ?? model.provider

  async function post(body: unknown, { headers: given = {}, abortSignal: signal }: LanguageModelV4CallOptions) {
    const headers = { 'content-type': 'application/json', ...own, ...withoutGaps(given), ...traceHeaders() }
    const answer = await request(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      // Whoever asks keeps the time.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : new RequestFailed('There was no answer.', { cause: error })
    })
    const { statusCode } = answer
    const responseHeaders = toText(answer.headers)
    if (statusCode >= 200 && statusCode < 300) return { body: answer.body, responseHeaders }
    const responseBody = await readSome(answer.body)
    // A redirect would take the key to another host.
    if (statusCode < 400) throw new RequestFailed('The answer is elsewhere.')
    throw new RequestFailed('The request was refused.', { statusCode, responseHeaders, responseBody })
  }

  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: {},
    doGenerate: (options) => model.doGenerate(options),
    async doStream(options) {
      const { body: asked, warnings } = await model.prepareRequest(options)
      const { body, responseHeaders } = await post({ ...asked, stream: true, stream_options: { include_usage: true } }, options)
      return { stream: toParts(body, provider, warnings), response: { headers: responseHeaders } }
    },
  }
}

function toParts(body: Readable, provider: string, warnings: SharedV4Warning[]): ReadableStream<LanguageModelV4StreamPart> {
  const events = createEventReader(body, { gatherMs })
  const chunks = createChunkParts(provider)
  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      start(controller) {
        controller.enqueue({ type: 'stream-start', warnings })
      },
      async pull(controller) {
        for (let parts: LanguageModelV4StreamPart[] = []; parts.length === 0; ) {
          const payloads = await events.next(chunks.hasSpoken)
          parts = payloads === undefined ? chunks.end() : chunks.add(payloads)
          for (const part of parts) controller.enqueue(part)
          if (payloads === undefined) return controller.close()
        }
      },
      cancel() {
        events.close()
      },
    },
    { highWaterMark: 0 },
  )
}

async function readSome(body: Readable): Promise<string> {
  let text = ''
  try {
    body.setEncoding('utf8')
    for await (const piece of body) {
      text += piece
      if (text.length > mostErrorCharacters) break
    }
  } catch {
    // The status says enough.
  }
  return text
}

function toText(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}

function withoutGaps(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined))
}
