/** Chat over HTTP: requests, answers, data parts, sessions. */
import { z } from 'zod'
import { columnSchema, rowSchema, typedQuerySchema } from './query.ts'

export const maxMessageLength = 32_000

export const chatRequestSchema = z.object({
  message: z.string().trim().min(1).max(maxMessageLength),
  sessionId: z.uuid().optional(),
  agent: z.string().max(40).optional(),
  timeZone: z.string().max(60).optional(),
  currency: z.string().regex(/^[A-Za-z]{3}$/).optional(),
})
export type ChatRequest = z.infer<typeof chatRequestSchema>

export const dataTableSchema = z.object({ title: z.string(), columns: z.array(columnSchema), rows: z.array(rowSchema), total: z.int() })
export const dataMetricSchema = z.object({ label: z.string(), value: z.union([z.number(), z.string()]).nullable(), unit: z.string().optional(), currency: z.string().optional() })
export const dataChartSchema = z.object({
  kind: z.enum(['bar', 'line', 'area', 'pie']),
  title: z.string(),
  series: z.array(z.object({ name: z.string(), currency: z.string().optional(), points: z.array(z.object({ label: z.string(), value: z.number().nullable() })) })),
})
export const dataClarifySchema = z.object({ question: z.string(), options: z.array(z.object({ label: z.string(), message: z.string() })) })

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
])
export type MessagePart = z.infer<typeof messagePartSchema>

export const citationSchema = z.object({ entity: z.string(), id: z.string(), label: z.string(), url: z.string() })
export type Citation = z.infer<typeof citationSchema>

export const coverageSchema = z.object({ matched: z.int(), shown: z.int(), asOf: z.string() })
export const usageSchema = z.object({ inputTokens: z.int(), outputTokens: z.int(), costUsd: z.string() })

export const chatAnswerSchema = z.object({
  sessionId: z.string(),
  messageId: z.string(),
  agent: z.string(),
  /** Why this agent answers. */
  routing: z.string().optional(),
  answeredBy: z.enum(['planner', 'model']),
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
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

export const slashCommandSchema = z.object({ command: z.string(), aliases: z.array(z.string()), agent: z.string().nullable(), description: z.string(), available: z.boolean() })
export type SlashCommand = z.infer<typeof slashCommandSchema>
