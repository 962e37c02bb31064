/** Language models over HTTP: what is configured, what it costs, and what it may cost. */
import { z } from 'zod'

const usd = z.string().describe('US dollars as a decimal')

export const agentModelSchema = z.object({
  agent: z.string(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** Its price is known, so that its cost is counted. */
  isPriced: z.boolean(),
  fallback: z.object({ provider: z.string(), model: z.string() }).nullable(),
})

export const modelEndpointSchema = z.object({
  name: z.enum(['openai', 'azure', 'compatible', 'fallback']),
  host: z.string(),
  /** `resting` is not asked until it may be back. */
  state: z.enum(['ready', 'resting', 'trying']),
  last: z.object({ at: z.string(), ok: z.boolean(), failure: z.string().nullable() }).nullable(),
})

export const modelBudgetSchema = z.object({
  /** `person` is one's own. */
  scope: z.enum(['installation', 'workspace', 'person']),
  usdPerDay: usd,
  /** Null where it is not one's own to know. */
  spentUsd: usd.nullable(),
  isExhausted: z.boolean(),
})
export type ModelBudget = z.infer<typeof modelBudgetSchema>

export const modelsSchema = z.object({
  isConfigured: z.boolean(),
  agents: z.array(agentModelSchema),
  endpoints: z.array(modelEndpointSchema),
  limits: z.object({
    timeoutMs: z.int(),
    chunkTimeoutMs: z.int(),
    maxTokens: z.int(),
    temperature: z.number(),
    maxConcurrency: z.int(),
    maxQueue: z.int(),
    running: z.int(),
    waiting: z.int(),
  }),
  /** Those that apply to whoever asks. */
  budgets: z.array(modelBudgetSchema),
  /** When a day's budgets begin anew. */
  renewsAt: z.string(),
  /** Prompts and answers are kept for admins. */
  isAudited: z.boolean(),
  pricesAsOf: z.string(),
})
export type ModelsState = z.infer<typeof modelsSchema>

const amount = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'An amount such as 5 or 0.50.')

/** Null takes a budget away; what is left out stays as it is. */
export const modelBudgetsChangeSchema = z.strictObject({
  workspaceUsdPerDay: amount.nullable().optional(),
  /** Of each person who has none of their own. */
  personUsdPerDay: amount.nullable().optional(),
  people: z
    .array(z.strictObject({ userId: z.uuid(), usdPerDay: amount.nullable() }))
    .max(1000)
    .optional(),
})
export type ModelBudgetsChange = z.infer<typeof modelBudgetsChangeSchema>

export const modelBudgetsSchema = z.object({
  installationUsdPerDay: usd.nullable(),
  workspaceUsdPerDay: usd.nullable(),
  personUsdPerDay: usd.nullable(),
  people: z.array(z.object({ userId: z.string(), name: z.string().nullable(), usdPerDay: usd })),
})
export type ModelBudgets = z.infer<typeof modelBudgetsSchema>

export const usageGroupings = ['user', 'session', 'agent', 'day', 'model'] as const
export type UsageGrouping = (typeof usageGroupings)[number]

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

export const modelUsageQuerySchema = z.strictObject({
  /** A day, or an instant; 30 days before `to` when left out. */
  from: moment.optional(),
  /** A day, which counts whole, or an instant, which does not; now when left out. */
  to: moment.optional(),
  by: z.enum(usageGroupings).default('day'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
export type ModelUsageQuery = z.infer<typeof modelUsageQuerySchema>

const usageFigures = {
  calls: z.int(),
  /** Of them: answered. */
  done: z.int(),
  /** Answered without asking, from what was answered before. */
  cached: z.int(),
  /** Answered by the second provider. */
  fallback: z.int(),
  inputTokens: z.int(),
  cachedTokens: z.int(),
  outputTokens: z.int(),
  /** Of those whose price is known. */
  costUsd: usd,
  /** Calls whose cost is not known. */
  unpriced: z.int(),
  /** Calls whose tokens were estimated, since the provider did not count. */
  estimated: z.int(),
}

export const modelUsageSchema = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(usageGroupings),
  /** Those that cost most first; days in their order. */
  items: z.array(z.object({ key: z.string().nullable(), label: z.string(), ...usageFigures })),
  total: z.object(usageFigures),
})
export type ModelUsage = z.infer<typeof modelUsageSchema>

export const modelExchangesQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().max(200).optional(),
  sessionId: z.string().max(200).optional(),
  userId: z.uuid().optional(),
})
export type ModelExchangesQuery = z.infer<typeof modelExchangesQuerySchema>

export const modelExchangesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      userId: z.string().nullable(),
      sessionId: z.string().nullable(),
      messageId: z.string().nullable(),
      agent: z.string(),
      purpose: z.string(),
      provider: z.string(),
      model: z.string(),
      outcome: z.string(),
      /** Null when no key of this server reads it. */
      prompt: z.unknown(),
      response: z.unknown(),
      /** It was longer than is kept. */
      isCut: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
  total: z.null(),
})
export type ModelExchanges = z.infer<typeof modelExchangesSchema>
