/** Saved views: a query over one kind of record, kept under a name. */
import { z } from 'zod'
import { entityNames } from './entities.ts'
import { typedQuerySchema } from './query.ts'

const name = z.string().trim().min(1).max(100)

export const viewInputSchema = z.object({
  name,
  query: typedQuerySchema,
  /** Everyone of the workspace sees it; otherwise its owner alone. */
  shared: z.boolean().default(false),
})
export type ViewInput = z.infer<typeof viewInputSchema>

export const viewChangeSchema = z
  .object({ name, query: typedQuerySchema, shared: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change.')
export type ViewChange = z.infer<typeof viewChangeSchema>

export const savedViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  entity: z.enum(entityNames),
  query: typedQuerySchema,
  shared: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }),
  /** Whether the person who asks may change it. */
  mine: z.boolean(),
  /** The query in words. */
  explanation: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type SavedView = z.infer<typeof savedViewSchema>
