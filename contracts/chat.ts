/** Chat over HTTP: requests, answers, data parts, sessions. */
import { z } from 'zod'
import { proposalSchema } from './approvals.ts'
import { columnSchema, rowSchema, typedQuerySchema } from './query.ts'

export const maxMessageLength = 32_000

export const messageTextSchema = z
  .string()
  .trim()
  // Half of a surrogate pair is no character and cannot be stored.
  .overwrite((text) => text.toWellFormed())
  .min(1, 'Write a message.')
  .max(maxMessageLength, `A message may have at most ${maxMessageLength.toLocaleString('en')} characters; this one is longer.`)

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** What a client may leave out, or send as null. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()
}

const askingSchema = z.object({
  agent: maybe(z.string().trim().min(1).max(40)).describe('Id of the agent that is to answer'),
  timeZone: maybe(z.string().max(60).refine(isTimeZone, 'Not a time zone; write one such as Europe/London.')),
  currency: maybe(
    z
      .string()
      .regex(/^[A-Za-z]{3}$/, 'A currency is three letters, such as USD.')
      .transform((code) => code.toUpperCase()),
  ),
})

/** Where a message goes when it does not go on from the last one: each of these begins a branch of the conversation. */
const branchingSchema = askingSchema.extend({
  parentId: z
    .uuid()
    .nullable()
    .optional()
    .describe('Id of the answer that the question goes after; null begins the conversation anew. Without it the question goes last'),
  regenerate: maybe(z.uuid()).describe('Id of an answer, or of its question, that is answered once more; no message is needed'),
})

export const chatRequestSchema = branchingSchema
  .extend({ message: messageTextSchema.optional(), sessionId: maybe(z.guid()) })
  .refine(({ message, regenerate }) => message !== undefined || regenerate !== undefined, { path: ['message'], message: 'Write a message.' })
  .refine(({ sessionId, regenerate }) => sessionId !== undefined || regenerate === undefined, { path: ['sessionId'], message: 'Say in which conversation.' })
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** A person's word about a change that was proposed, as AI SDK clients send it. */
const uiApprovalSchema = z.looseObject({ id: z.string().max(200), approved: z.boolean().optional(), reason: z.string().max(1000).optional() })

/** A UI message as `useChat` sends it; only the texts and the approvals of its parts are read. */
const uiMessageSchema = z.looseObject({
  id: z.string().max(200).optional(),
  role: z.string().max(20),
  content: maybe(z.string()),
  parts: z
    .array(
      z.looseObject({ type: z.string(), text: z.string().optional(), state: z.string().optional(), approval: uiApprovalSchema.optional().catch(undefined) }),
    )
    .optional(),
})

/** Our own body, or the one that the AI SDK's `useChat` posts: `id` is then the client's name of the chat, and the last user message is asked. */
export const streamRequestSchema = branchingSchema
  .extend({
    message: messageTextSchema.optional(),
    sessionId: maybe(z.guid()),
    id: maybe(z.string().min(1).max(200)),
    messages: z.array(uiMessageSchema).min(1, 'There is no message to answer.').optional(),
    trigger: z.enum(['submit-message', 'regenerate-message']).optional().catch(undefined),
    messageId: maybe(z.string().max(200)).describe('The message that is edited or answered once more, as the client calls it'),
  })
  .refine(({ message, messages, regenerate }) => message !== undefined || messages !== undefined || regenerate !== undefined, {
    path: ['message'],
    message: 'Write a message.',
  })
  .refine(({ sessionId, id, regenerate }) => sessionId !== undefined || id !== undefined || regenerate === undefined, {
    path: ['sessionId'],
    message: 'Say in which conversation.',
  })
export type StreamRequest = z.infer<typeof streamRequestSchema>

export const dataTableSchema = z.object({ title: z.string(), columns: z.array(columnSchema), rows: z.array(rowSchema), total: z.int() })
export const dataMetricSchema = z.object({
  label: z.string(),
  value: z.union([z.number(), z.string()]).nullable(),
  unit: z.string().optional(),
  currency: z.string().optional(),
})
export const dataChartSchema = z.object({
  kind: z.enum(['bar', 'line', 'area', 'pie']),
  title: z.string(),
  series: z.array(
    z.object({ name: z.string(), currency: z.string().optional(), points: z.array(z.object({ label: z.string(), value: z.number().nullable() })) }),
  ),
})
export const dataClarifySchema = z.object({ question: z.string(), options: z.array(z.object({ label: z.string(), message: z.string() })) })

/** What an answer wants changed, as it stood when it was asked for; `GET /api/approvals?batchId=` tells how it stands now. */
export const dataProposalsSchema = z.object({ batchId: z.string(), proposals: z.array(proposalSchema) })
export type DataProposals = z.infer<typeof dataProposalsSchema>

export type DataTable = z.infer<typeof dataTableSchema>
export type DataMetric = z.infer<typeof dataMetricSchema>
export type DataChart = z.infer<typeof dataChartSchema>
export type DataClarify = z.infer<typeof dataClarifySchema>

/** AI SDK UI message parts that an answer is made of. */
export const messagePartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('data-table'), data: dataTableSchema }),
  z.object({ type: z.literal('data-metric'), data: dataMetricSchema }),
  z.object({ type: z.literal('data-chart'), data: dataChartSchema }),
  z.object({ type: z.literal('data-plan'), data: typedQuerySchema.partial({ limit: true, offset: true }) }),
  z.object({ type: z.literal('data-clarify'), data: dataClarifySchema }),
  z.object({ type: z.literal('data-proposals'), data: dataProposalsSchema }),
])
export type MessagePart = z.infer<typeof messagePartSchema>

export const citationSchema = z.object({ entity: z.string(), id: z.string(), label: z.string(), url: z.string() })
export type Citation = z.infer<typeof citationSchema>

export const coverageSchema = z.object({ matched: z.int(), shown: z.int(), asOf: z.string() })
export const usageSchema = z.object({ inputTokens: z.int(), outputTokens: z.int(), costUsd: z.string() })

/** Languages in which questions are answered, by their BCP 47 tags. */
export const answerLanguages = ['en', 'de'] as const
export type AnswerLanguage = (typeof answerLanguages)[number]

export const chatAnswerSchema = z.object({
  sessionId: z.string(),
  messageId: z.string(),
  agent: z.string(),
  /** Why this agent answers. */
  routing: z.string().optional(),
  answeredBy: z.enum(['planner', 'model']),
  /** That of the text. */
  language: z.enum(answerLanguages).optional(),
  text: z.string(),
  parts: z.array(messagePartSchema),
  citations: z.array(citationSchema),
  coverage: coverageSchema.nullable(),
  usage: usageSchema,
  /** Milliseconds. */
  processingTime: z.number(),
})
export type ChatAnswer = z.infer<typeof chatAnswerSchema>

export const sessionSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['active', 'archived']),
  agent: z.string().nullable(),
  memory: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  messageCount: z.int(),
})
export type ChatSession = z.infer<typeof sessionSchema>

export const chatMessageSchema = z.object({
  id: z.string(),
  sessionId: z.string(),
  role: z.enum(['user', 'assistant']),
  /** `running` while an answer is being made, `stopped` when its reader stopped it. */
  status: z.enum(['running', 'done', 'stopped', 'failed']),
  agent: z.string().nullable(),
  text: z.string(),
  parts: z.array(messagePartSchema),
  citations: z.array(citationSchema),
  metadata: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  /** The message before it; null begins the conversation. */
  parentId: z.string().nullable().optional(),
  /** Ids of what stands in the same place of other branches, itself among them, in the order they were written; left out when it is the only one. */
  siblings: z.array(z.string()).optional(),
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

/** Metadata of the `start` and `finish` chunks of the stream; a later chunk adds to and corrects an earlier one. */
export interface AnswerMetadata {
  sessionId: string
  messageId: string
  /** The question's id in the history. */
  questionId?: string
  agent: string
  routing: string
  answeredBy: ChatAnswer['answeredBy']
  /** That of the text, once it is known. */
  language?: AnswerLanguage
  /** Once the answer has ended. */
  status?: 'done' | 'stopped' | 'failed'
  citations?: Citation[]
  coverage?: ChatAnswer['coverage']
  usage?: ChatAnswer['usage']
  /** Milliseconds. */
  processingTime?: number
}

const titleSchema = z.string().trim().min(1, 'Write a title.').max(200, 'A title may have at most 200 characters.')

export const createSessionSchema = z.object({ title: titleSchema.optional(), agent: z.string().max(40).nullish(), memory: z.boolean().optional() })
export type CreateSession = z.infer<typeof createSessionSchema>

export const changeSessionSchema = z
  .strictObject({
    title: titleSchema,
    status: sessionSchema.shape.status,
    agent: z.string().max(40).nullable().describe('Locks the session to an agent; null frees it'),
    memory: z.boolean(),
    leafId: z.uuid().describe('Shows the branch with this message, down to its newest end'),
  })
  .partial()
export type ChangeSession = z.infer<typeof changeSessionSchema>

/** A session found by a search, with the passage that matched. */
export const sessionHitSchema = sessionSchema.extend({ excerpt: z.string(), messageId: z.string().nullable() })
export type SessionHit = z.infer<typeof sessionHitSchema>

/** One line of a session's JSONL transcript and export. */
export const transcriptLineSchema = z.object({
  timestamp: z.string(),
  type: z.enum(['session', 'user', 'assistant']),
  content: z.string(),
  metadata: z.record(z.string(), z.unknown()),
})
export type TranscriptLine = z.infer<typeof transcriptLineSchema>

export const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  command: z.string(),
  aliases: z.array(z.string()),
  entities: z.array(z.string()),
  examples: z.array(z.string()),
  available: z.boolean(),
  /** Why it is not available. */
  reason: z.string().nullable(),
})
export type Agent = z.infer<typeof agentSchema>

export const agentHealthSchema = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  reason: z.string().nullable(),
  initialized: z.boolean(),
  lastError: z.string().nullable(),
  crm: z.object({
    mode: z.enum(['builtin', 'insightly']),
    reachable: z.boolean(),
    rateLimit: z.object({ limit: z.int().nullable(), remaining: z.int().nullable() }),
    lastSync: z.string().nullable(),
  }),
  model: z.object({ configured: z.boolean() }),
})
export type AgentHealth = z.infer<typeof agentHealthSchema>

export const slashCommandSchema = z.object({
  command: z.string(),
  aliases: z.array(z.string()),
  agent: z.string().nullable(),
  description: z.string(),
  available: z.boolean(),
})
export type SlashCommand = z.infer<typeof slashCommandSchema>
