/** Changes on their way to Insightly, and what was changed on both sides. */
import { z } from 'zod'
import { entityNames } from './entities.ts'

export const outboxStatuses = ['pending', 'sending', 'failed', 'done', 'dropped'] as const
const entity = z.enum(entityNames)
const label = z.string().nullable().describe('what the record is called')

export const outboxItemSchema = z.object({
  id: z.string(),
  entity,
  recordId: z.string(),
  label,
  operation: z.enum(['create', 'update', 'delete', 'restore', 'link', 'unlink']),
  fields: z.array(z.string()).describe('columns that were changed; `custom.<key>` for a custom one'),
  status: z.enum(outboxStatuses),
  attempts: z.int(),
  error: z.string().nullable().describe('why it failed or waits, or what is to be known of how it ended'),
  canRestore: z.boolean().describe('it was deleted there: a retry with `restore` makes it there again'),
  madeBy: z.string().nullable().describe('null when a job did it'),
  madeAt: z.string(),
})
export const outboxPageSchema = z.object({
  items: z.array(outboxItemSchema),
  nextCursor: z.string().nullable(),
  total: z.int().nullable(),
  counts: z.object({ pending: z.int(), sending: z.int(), failed: z.int() }),
})
export const outboxQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(60).optional(),
  status: z.enum(outboxStatuses).optional().describe('all that is open when left out'),
})
export const outboxRetrySchema = z.strictObject({ restore: z.boolean().optional() }).nullish()

export const syncConflictSchema = z.object({
  id: z.string(),
  entity,
  recordId: z.string(),
  label,
  field: z.string(),
  base: z.unknown().describe('what both sides had'),
  local: z.unknown(),
  remote: z.unknown(),
  detectedAt: z.string(),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  keep: z.enum(['local', 'remote']).nullable(),
})
export const syncConflictsQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(60).optional(),
  state: z.enum(['open', 'resolved']).default('open'),
})
export const conflictDecisionSchema = z.strictObject({ keep: z.enum(['local', 'remote']) })

export type OutboxItem = z.infer<typeof outboxItemSchema>
export type OutboxPage = z.infer<typeof outboxPageSchema>
export type OutboxQuery = z.infer<typeof outboxQuerySchema>
export type SyncConflict = z.infer<typeof syncConflictSchema>
export type SyncConflictsQuery = z.infer<typeof syncConflictsQuerySchema>
export type ConflictDecision = z.infer<typeof conflictDecisionSchema>
