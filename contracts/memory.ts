/** What is remembered about how a person works, over HTTP. */
import { z } from 'zod'

export const memoryKinds = ['fact', 'preference'] as const
export const memoryScopes = ['person', 'workspace'] as const

export const memorySourceSchema = z.object({
  sessionId: z.string().nullable(),
  messageId: z.string().nullable(),
  /** The sentence it was learned from; null when it was written by hand, or by somebody else. */
  excerpt: z.string().nullable(),
  at: z.string(),
})
export type MemorySource = z.infer<typeof memorySourceSchema>

export const memorySchema = z.object({
  id: z.string(),
  /** `workspace` is what everybody here may read and admins write. */
  scope: z.enum(memoryScopes),
  kind: z.enum(memoryKinds),
  /** Whom or what it is about: `me`, `workspace`, or a name. */
  subject: z.string(),
  /** In the person's own words. */
  text: z.string(),
  /** What another value would contradict, such as `currency`. */
  key: z.string(),
  value: z.string(),
  source: memorySourceSchema.nullable(),
  /** How often it was said. */
  sources: z.int(),
  /** 0-1 */
  confidence: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** When something newer took its place; it is history since. */
  supersededAt: z.string().nullable(),
  supersededBy: z.string().nullable(),
})
export type Memory = z.infer<typeof memorySchema>

export const memoryListSchema = z.object({ items: z.array(memorySchema), nextCursor: z.string().nullable(), total: z.int() })
export type MemoryList = z.infer<typeof memoryListSchema>

const textSchema = z.string().trim().min(1, 'Write what to remember.').max(500, 'At most 500 characters.')

export const newMemorySchema = z.strictObject({ text: textSchema, scope: z.enum(memoryScopes).default('person') })
export type NewMemoryInput = z.infer<typeof newMemorySchema>
export const changeMemorySchema = z.strictObject({ text: textSchema })

/** Proof of what was erased: the SHA-256 of the sorted ids stands in the audit trail too. */
export const memoryErasureSchema = z.object({ deleted: z.int(), erasedAt: z.string(), sha256: z.string() })
export type MemoryErasure = z.infer<typeof memoryErasureSchema>

export const memorySettingsSchema = z.object({
  /** The person's own switch: while it is off nothing is read and nothing written. */
  enabled: z.boolean(),
  /** The operator's switch. */
  available: z.boolean(),
  store: z.enum(['builtin', 'mem0']),
  /** Changes that the Mem0 server has not taken yet. */
  pending: z.int(),
  /** Messages of the person that a language model has still to read. */
  waiting: z.int(),
})
export type MemorySettings = z.infer<typeof memorySettingsSchema>
export const changeMemorySettingsSchema = z.strictObject({ enabled: z.boolean() })
