import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { parseConfig } from '#backend/config/index.ts'
import type { ModelCall, ModelCaller, ModelExchange } from '#backend/infra/models/model-call.ts'
import { createModels, type Models, type ModelsOptions } from '#backend/infra/models/models.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'

export interface TestModels {
  models: Models
  /** Every call that ended. */
  calls: ModelCall[]
  exchanges: ModelExchange[]
  /** What was logged. */
  lines: unknown[]
}

/** Models of an environment, with books that are kept in memory. */
export function createTestModels(env: Record<string, string>, options: Partial<ModelsOptions> = {}): TestModels {
  const calls: ModelCall[] = []
  const exchanges: ModelExchange[] = []
  const lines: unknown[] = []
  const models = createModels(parseConfig(env).models, {
    ledger: { reserve: async () => () => undefined, note: (call) => void calls.push(call), keep: (exchange) => void exchanges.push(exchange) },
    logger: { info: (...line: unknown[]) => void lines.push(line), warn: (...line: unknown[]) => void lines.push(line) },
    clock: createClock('2026-11-22T12:00:00Z'),
    pauseMs: 5,
    ...options,
  })
  return { models, calls, exchanges, lines }
}

/** Somebody who asks. */
export function createCaller(known: Partial<ModelCaller> = {}): ModelCaller {
  return { actor: { type: 'user', workspaceId: newId(), userId: newId(), name: 'Test', role: 'rep', via: 'session' }, purpose: 'answer', ...known }
}

export function prompt(text: string, more: Partial<LanguageModelV4CallOptions> = {}): LanguageModelV4CallOptions {
  return { prompt: [{ role: 'user', content: [{ type: 'text', text }] }], ...more }
}

export interface ReadAnswer {
  text: string
  parts: LanguageModelV4StreamPart[]
  errors: unknown[]
  finish: Extract<LanguageModelV4StreamPart, { type: 'finish' }> | undefined
}

/** Reads a streamed answer to its end. */
export async function readAnswer(model: LanguageModelV4 | undefined, options: LanguageModelV4CallOptions): Promise<ReadAnswer> {
  if (model === undefined) throw new Error('There is no model.')
  const parts: LanguageModelV4StreamPart[] = []
  for await (const part of (await model.doStream(options)).stream) parts.push(part)
  return {
    parts,
    text: parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join(''),
    errors: parts.flatMap((part) => (part.type === 'error' ? [part.error] : [])),
    finish: parts.find((part) => part.type === 'finish'),
  }
}
