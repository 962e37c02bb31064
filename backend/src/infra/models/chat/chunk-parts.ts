import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import { createToolCalls, type ToolCallDelta } from './tool-calls.ts'

/** What of a chunk of chat completions is read; everything may be missing, and more may be there. */
interface Chunk {
  id?: string | null
  model?: string | null
  choices?: { delta?: Delta | null; finish_reason?: string | null }[]
  usage?: WireUsage | null
  error?: unknown
}

interface Delta {
  content?: string | { type?: string; text?: unknown; thinking?: unknown }[] | null
  refusal?: unknown
  reasoning_content?: string | null
  reasoning?: string | null
  tool_calls?: ToolCallDelta[] | null
}

interface WireUsage {
  prompt_tokens?: number | null
  completion_tokens?: number | null
  prompt_tokens_details?: { cached_tokens?: number | null } | null
  completion_tokens_details?: { reasoning_tokens?: number | null } | null
}

/** Reads chunks into the parts of the AI SDK; words that came together are one part. */
export interface ChunkParts {
  /** @param payloads of events, oldest first */
  add(payloads: readonly string[]): LanguageModelV4StreamPart[]
  end(): LanguageModelV4StreamPart[]
  /** Whether something of the answer was told. */
  readonly hasSpoken: boolean
}

const ids = { text: 'text-0', reasoning: 'reasoning-0' } as const

export function createChunkParts(provider: string): ChunkParts {
  let told: LanguageModelV4StreamPart[] = []
  let open: 'text' | 'reasoning' | undefined
  let isIntroduced = false
  let hasSpoken = false
  let hasRefused = false
  let hasFailed = false
  let rawFinish: string | undefined
  let usage: WireUsage | undefined
  const toolCalls = createToolCalls(provider, (part) => told.push(part))

  function fail(error: unknown): void {
    hasFailed = true
    rawFinish = undefined
    told.push({ type: 'error', error })
  }

  function close(): void {
    if (open !== undefined) told.push({ type: `${open}-end`, id: ids[open] })
    open = undefined
  }

  function speak(kind: 'text' | 'reasoning', delta: unknown): void {
    if (typeof delta !== 'string' || delta === '') return
    if (open !== kind) {
      close()
      told.push({ type: `${kind}-start`, id: ids[kind] })
      open = kind
    }
    const last = told.at(-1)
    if ((last?.type === 'text-delta' || last?.type === 'reasoning-delta') && last.id === ids[kind]) last.delta += delta
    else told.push({ type: `${kind}-delta`, id: ids[kind], delta })
  }

  function read(payload: string): void {
    const chunk = parse(payload)
    if (chunk === undefined) fail(new Error('A piece of the answer cannot be read.'))
    else if (chunk.error == null) readChunk(chunk)
    else fail(chunk.error)
  }

  function readChunk({ id, model, choices, usage: counted }: Chunk): void {
    if (!isIntroduced && (id != null || model != null)) {
      isIntroduced = true
      told.push({ type: 'response-metadata', ...(id == null ? {} : { id }), ...(model == null ? {} : { modelId: model }) })
    }
    usage = counted ?? usage
    const [choice] = choices ?? []
    rawFinish = choice?.finish_reason ?? rawFinish
    if (choice?.delta != null) readDelta(choice.delta)
  }

  function readDelta({ content, refusal, reasoning_content, reasoning, tool_calls: calls }: Delta): void {
    speak('reasoning', reasoning_content ?? reasoning)
    if (typeof content === 'string') speak('text', content)
    else if (Array.isArray(content)) {
      for (const part of content) {
        if (part.type === 'text') speak('text', part.text)
        else if (part.type === 'thinking') speak('reasoning', textOf(part.thinking))
      }
    }
    if (typeof refusal === 'string' && refusal !== '') {
      hasRefused = true
      speak('text', refusal)
    }
    if (Array.isArray(calls) && calls.length > 0) {
      if (open === 'reasoning') close()
      for (const call of calls) toolCalls.add(call)
    }
  }

  function take(): LanguageModelV4StreamPart[] {
    const parts = told
    told = []
    hasSpoken ||= parts.some(({ type }) => type !== 'response-metadata')
    return parts
  }

  return {
    get hasSpoken() {
      return hasSpoken
    },
    add(payloads) {
      for (const payload of payloads) if (payload !== '[DONE]') read(payload)
      return take()
    },
    end() {
      close()
      toolCalls.end()
      if (rawFinish === undefined && !hasFailed) told.push({ type: 'error', error: new Error('The stream ended without a finish reason.') })
      const finishReason: LanguageModelV4FinishReason =
        rawFinish === undefined ? { unified: 'error', raw: undefined } : { unified: toFinish(rawFinish, hasRefused), raw: rawFinish }
      told.push({ type: 'finish', finishReason, usage: toUsage(usage) })
      return take()
    },
  }
}

/** Undefined when it is no chunk. */
function parse(payload: string): Chunk | undefined {
  try {
    const value = JSON.parse(payload) as Chunk | null
    if (typeof value !== 'object' || value === null) return undefined
    return value.error != null || Array.isArray(value.choices) || value.usage != null ? value : undefined
  } catch {
    return undefined
  }
}

/** What a model thought, where it is told in pieces. */
function textOf(pieces: unknown): string {
  if (!Array.isArray(pieces)) return ''
  return (pieces as ({ type?: unknown; text?: unknown } | null)[]).map((piece) => (typeof piece?.text === 'string' ? piece.text : '')).join('')
}

function toFinish(raw: string, hasRefused: boolean): LanguageModelV4FinishReason['unified'] {
  if (raw === 'stop') return hasRefused ? 'content-filter' : 'stop'
  if (raw === 'length') return 'length'
  if (raw === 'content_filter') return 'content-filter'
  return raw === 'tool_calls' || raw === 'function_call' ? 'tool-calls' : 'other'
}

function toUsage(usage: WireUsage | undefined): LanguageModelV4Usage {
  const input = usage?.prompt_tokens ?? undefined
  const output = usage?.completion_tokens ?? undefined
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? undefined
  const reasoning = usage?.completion_tokens_details?.reasoning_tokens ?? undefined
  return {
    inputTokens: { total: input, noCache: input === undefined ? undefined : input - (cached ?? 0), cacheRead: cached, cacheWrite: undefined },
    outputTokens: { total: output, text: output === undefined ? undefined : Math.max(0, output - (reasoning ?? 0)), reasoning },
  }
}
