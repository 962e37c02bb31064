/** The part of OpenAI's chat completions that agents answer to: `POST /v1/chat/completions`, `GET /v1/models`. */
import { z } from 'zod'
import { chatAnswerSchema } from './chat.ts'

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() })), z.null()])

const messageSchema = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: contentSchema.optional(),
})
export type CompletionMessage = z.infer<typeof messageSchema>

export const completionRequestSchema = z.looseObject({
  model: z.string().trim().min(1).max(100).describe('Id of an agent, or `chatsg`, which chooses the agent'),
  messages: z.array(messageSchema).min(1, 'There is no message to answer.').max(2000),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  n: z.int().nullish(),
  tools: z.array(z.unknown()).nullish(),
})
export type CompletionRequest = z.infer<typeof completionRequestSchema>

const usageSchema = z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() })

export const completionSchema = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  /** Seconds since 1970. */
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({ role: z.literal('assistant'), content: z.string() }),
      finish_reason: z.literal('stop'),
      logprobs: z.null(),
    }),
  ),
  usage: usageSchema,
  /** The answer as `POST /api/chat` tells it. */
  chatsg: chatAnswerSchema,
})
export type Completion = z.infer<typeof completionSchema>

export const modelSchema = z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string(), description: z.string() })
export const modelListSchema = z.object({ object: z.literal('list'), data: z.array(modelSchema) })
export type CompletionModel = z.infer<typeof modelSchema>
