import { z } from 'zod'
import type { Config } from '#backend/config/index.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { createBatchClient, type RemoteBatch } from './batch-client.ts'
import { findEndpoints } from './endpoints.ts'
import type { ModelCall, ModelCaller, ModelLedger, TokenCounts } from './model-call.ts'
import { batchCostOf, findPrice } from './prices.ts'
import { estimateTokens } from './token-estimate.ts'

export interface BatchMessage {
  role: 'system' | 'user'
  content: string
}

/** One question of a batch. */
export interface BatchedCall {
  /** Its line in the books has the same. */
  id: string
  messages: readonly BatchMessage[]
}

/** What came of a question: its text, or null where the provider answered with an error. */
export interface BatchAnswer {
  text: string | null
  /** Undefined when the provider did not count. */
  tokens: TokenCounts | undefined
}

/** A batch that is over: questions without an answer were not asked, or their answers are lost. */
export interface EndedBatch {
  status: string
  /** Words of the provider's for what is wrong with all of it, as short as `token_limit_exceeded`. */
  codes: string[]
  answers: ReadonlyMap<string, BatchAnswer>
  /** Files of it that are still there. */
  files: string[]
}

/** Questions that nobody waits for, asked many at once for half the price and answered within a day. */
export interface ModelBatches {
  /** The model that is asked. */
  readonly model: string
  /** Sets the cost of a question aside; the result gives it back. @throws AppError RATE_LIMITED when a budget is used up */
  reserve(caller: ModelCaller, messages: readonly BatchMessage[]): Promise<() => void>
  /** @returns the id of the file of questions */
  upload(batchId: string, model: string, calls: readonly BatchedCall[], signal: AbortSignal): Promise<string>
  /** @returns the provider's id of the batch */
  create(batchId: string, fileId: string, signal: AbortSignal): Promise<string>
  /** The provider's id of a batch whose making was not confirmed; others that were made under the same id are called off. */
  find(batchId: string, since: Date, signal: AbortSignal): Promise<string | undefined>
  /** What came of it; `running` while nothing has, `gone` when the provider does not know it. */
  look(remoteId: string, signal: AbortSignal): Promise<EndedBatch | 'running' | 'gone'>
  /** Puts a question that was answered into the books, once however often it is told. */
  note(asked: { id: string; caller: ModelCaller; model: string; since: Date; messages?: readonly BatchMessage[] | undefined }, answer: BatchAnswer): void
  removeFiles(fileIds: readonly string[], signal: AbortSignal): Promise<void>
}

export interface ModelBatchesOptions {
  /** Under which it stands in the books and in `LLM_AGENT_MODELS`. */
  agent: string
  ledger: ModelLedger
  clock: Clock
  observe?: (call: ModelCall) => void
}

const over = new Set(['completed', 'failed', 'expired', 'cancelled'])

const lineSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
})
const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z
    .object({ prompt_tokens: z.number(), completion_tokens: z.number(), prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish() })
    .nullish(),
})

/** Batches at the first provider of a configuration; undefined when it takes none. */
export function createModelBatches(config: Config['models'], { agent, ledger, clock, observe }: ModelBatchesOptions): ModelBatches | undefined {
  const endpoint = findEndpoints(config)[0]
  if (endpoint?.batches === undefined) return undefined
  const client = createBatchClient(endpoint.batches)
  const { maxTokens } = config
  const costAt = (model: string, tokens: TokenCounts) => batchCostOf(findPrice(model, config.prices), tokens)

  async function readAnswers({ output_file_id: output, error_file_id: errors }: RemoteBatch, signal: AbortSignal): Promise<Map<string, BatchAnswer>> {
    const answers = new Map<string, BatchAnswer>()
    for (const file of [errors, output]) {
      const text = file == null ? undefined : await client.read(file, signal)
      for (const line of text?.split('\n') ?? []) {
        const told = readLine(line)
        if (told !== undefined) answers.set(told.id, told.answer)
      }
    }
    return answers
  }

  return {
    model: endpoint.modelOf(agent),
    reserve: (caller, messages) => ledger.reserve(caller, costAt(endpoint.modelOf(agent), { input: estimateMessages(messages), cached: 0, output: maxTokens })),
    upload: (batchId, model, calls, signal) =>
      client.upload(
        `chatsg-${batchId}.jsonl`,
        calls.map(({ id, messages }) =>
          JSON.stringify({
            custom_id: id,
            method: 'POST',
            url: '/v1/chat/completions',
            // No temperature: models that reason refuse every other than their own.
            body: { model, messages, response_format: { type: 'json_object' }, max_completion_tokens: maxTokens },
          }),
        ),
        signal,
      ),
    create: client.create,
    async find(batchId, since, signal) {
      const made = (await client.find(batchId, since, signal)).filter(({ status }) => !status.startsWith('cancel'))
      const kept = made.pop()
      for (const { id, status } of made) if (!over.has(status)) await client.cancel(id, signal)
      return kept?.id
    },
    async look(remoteId, signal) {
      const batch = await client.get(remoteId, signal)
      if (batch === undefined) return 'gone'
      if (!over.has(batch.status)) return 'running'
      const files = [batch.input_file_id, batch.output_file_id, batch.error_file_id].flatMap((file) => file ?? [])
      const codes = (batch.errors?.data ?? []).flatMap(({ code }) => code?.slice(0, 60) ?? [])
      return { status: batch.status, codes: [...new Set(codes)], answers: await readAnswers(batch, signal), files }
    },
    note({ id, caller, model, since, messages }, { text, tokens }) {
      const isAnswer = text !== null
      const estimated = isAnswer
        ? { input: estimateMessages(messages ?? []), cached: 0, output: estimateTokens(text.length) }
        : { input: 0, cached: 0, output: 0 }
      const counted = tokens ?? estimated
      const at = clock.now()
      const call: ModelCall = {
        id,
        at,
        caller,
        agent,
        provider: endpoint.name,
        model,
        isFallback: false,
        attempts: 1,
        tokens: counted,
        isEstimated: isAnswer && tokens === undefined,
        costUsd: isAnswer ? costAt(model, counted) : '0',
        firstTokenMs: null,
        totalMs: Math.max(0, at.getTime() - since.getTime()),
        outcome: isAnswer ? 'done' : 'failed',
        requestId: undefined,
      }
      ledger.note(call)
      observe?.(call)
      if (messages !== undefined) ledger.keep?.({ call, prompt: { messages }, response: text })
    },
    async removeFiles(fileIds, signal) {
      for (const id of fileIds) await client.remove(id, signal)
    },
  }
}

/** What a line of an output or error file tells; undefined for one that cannot be read, or of a question that was never asked. */
function readLine(line: string): { id: string; answer: BatchAnswer } | undefined {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return undefined
  }
  const read = lineSchema.safeParse(json)
  if (!read.success || read.data.error?.code === 'batch_expired') return undefined
  const { custom_id: id, response } = read.data
  const completion = response?.status_code === 200 ? completionSchema.safeParse(response.body) : undefined
  if (completion?.success !== true) return { id, answer: { text: null, tokens: undefined } }
  const { choices, usage } = completion.data
  const tokens =
    usage == null ? undefined : { input: usage.prompt_tokens, cached: usage.prompt_tokens_details?.cached_tokens ?? 0, output: usage.completion_tokens }
  return { id, answer: { text: choices[0]?.message.content ?? '', tokens } }
}

function estimateMessages(messages: readonly BatchMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content.length) + 4, 0)
}
