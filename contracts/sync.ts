/** The mirror of an Insightly account over HTTP. */
import { z } from 'zod'

export const syncModes = ['full', 'incremental', 'reconcile'] as const
const instant = z.string()
const countsSchema = z.record(z.string(), z.object({ created: z.number(), updated: z.number(), deleted: z.number(), unchanged: z.number() }))
const portionSchema = z.object({ done: z.number(), total: z.number().nullable() })

export const syncRunSchema = z.object({
  id: z.string(),
  mode: z.enum(syncModes),
  state: z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled']),
  requestedBy: z.string(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  apiCalls: z.number(),
  counts: countsSchema,
  progress: portionSchema.extend({
    byEntity: z.record(z.string(), portionSchema),
    rowsPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
  error: z.string().optional().describe('why it failed, or what it waits for'),
})

export const syncStatusSchema = z.object({
  mode: z.enum(['insightly', 'builtin']),
  state: z.enum(['idle', 'running', 'paused', 'failed']),
  connection: z
    .object({
      url: z.string(),
      account: z.string().nullable(),
      keySource: z.enum(['environment', 'workspace']),
      connectedAt: instant,
      notInPlan: z.array(z.string()),
    })
    .nullable(),
  lastRun: syncRunSchema.nullable(),
  quota: z.object({ limit: z.number().nullable(), remaining: z.number() }).nullable().describe("calls of the account's day"),
  lagSeconds: z.number().nullable().describe('since when changes there are not here yet'),
  asOf: instant.nullable(),
  nextRunAt: instant.nullable(),
  outbox: z.object({ pending: z.number(), failed: z.number() }),
  conflicts: z.number(),
  serverKey: z.boolean().describe('the server has a key, so that nobody needs to enter one'),
  hookUrl: z.string().nullable().describe('where workflows of Insightly may say that a record was changed'),
})

/** Address and key may be left out where the environment has them. */
export const insightlyAccessSchema = z.strictObject({ url: z.string().max(300).optional(), key: z.string().max(200).optional() })
export const syncRequestSchema = z.strictObject({
  mode: z.enum(syncModes),
  confirmDeletions: z.boolean().optional().describe('most records of a kind are gone there, and may be deleted here'),
})
export const syncAcceptedSchema = z.object({ runId: z.string() })

export const insightlyTrialSchema = z.object({
  ok: z.literal(true),
  account: z.object({ name: z.string(), email: z.string().nullable() }),
  latencyMs: z.number(),
  quota: z.object({ limit: z.number().nullable(), remaining: z.number() }).nullable(),
  records: z.record(z.string(), z.number()),
  notInPlan: z.array(z.string()),
  estimate: z.object({ calls: z.number(), seconds: z.number() }),
})

export type SyncRunJson = z.infer<typeof syncRunSchema>
export type SyncStatus = z.infer<typeof syncStatusSchema>
export type InsightlyAccess = z.infer<typeof insightlyAccessSchema>
export type InsightlyTrial = z.infer<typeof insightlyTrialSchema>
